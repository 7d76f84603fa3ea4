#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of jobs as a screen reader meets it, on the real cluster: lanes and runs are those of `kubectl get jobs -o json`, with their states and
times to the second; a way through them by keyboard; the table twin; and what was forecast then runs.

FAIRLEAD_TEST_CLUSTER is the run's shared cluster."""

import datetime
import json
import pathlib
import re
import sys

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "support"))

from atspi import Program, Table, act, all_of, children, depth_of, expect, expect_near, expect_named, find, focus, has, name, press, run, wait  # noqa: E402
from commands import Cluster  # noqa: E402

SCHEDULED = "batch.kubernetes.io/cronjob-scheduled-timestamp"
CLUSTER = None


def cluster():
    global CLUSTER
    CLUSTER = CLUSTER or Cluster()
    return CLUSTER


def jobs(space):
    return json.loads(cluster().kubectl("admin", "get", "jobs", "-n", space, "-o", "json").text)["items"]


def clock(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def holds(job, kind):
    return next((each for each in job["status"].get("conditions", []) if each["type"] == kind and each["status"] == "True"), None)


def state_of(job):
    """As the page says it, of those whose state does not change any more; None: it may."""
    if holds(job, "Complete"):
        return "succeeded"
    if holds(job, "Failed"):
        return "failed"
    return "suspended" if job["spec"].get("suspend") else None


def took_of(job):
    start = clock(job["status"]["startTime"])
    end = clock(job["status"]["completionTime"]) if holds(job, "Complete") else clock(holds(job, "Failed")["lastTransitionTime"])
    return int((end - start).total_seconds())


def seconds_of(text):
    """A length as kubectl writes it: "4m12s"."""
    units = {"d": 86400, "h": 3600, "m": 60, "s": 1}
    return sum(int(count) * units[unit] for count, unit in re.findall(r"(\d+)([dhms])", text))


def open_jobs(*arguments):
    return Program("--page", "jobs", "--size", "1400x900", *arguments, kubeconfig=cluster().kubeconfigs["admin"])


def timeline_of(program):
    return find(program.window, "tree", "Jobs in time")


def runs_of(timeline):
    """{run: (state in words, what else is said)} of all lanes."""
    found = {}
    for lane in children(timeline):
        for each in children(lane):
            title, _, words = name(each).partition(": ")
            found[title] = (words, each.get_description() or "")
    return found


def runs_are_kubectls():
    with open_jobs("-n", "team-a") as program:
        timeline = timeline_of(program)
        expect_near(timeline)
        expect_named(program)

        # Those of cron jobs come and go: both are read until they agree.
        def faults():
            wanted = {each["metadata"]["name"]: each for each in jobs("team-a")}
            shown = runs_of(timeline)
            out = [f"{each} is not shown" for each in wanted if each not in shown]
            for title, (words, said) in shown.items():
                job = wanted.get(title)
                if job is None:
                    if "no longer in the cluster" not in said:
                        out.append(f"{title} is shown, and kubectl has none")
                    continue
                state = state_of(job)
                if state and not words.startswith(state):
                    out.append(f"{title} is {state}, not {words}")
                start = job["status"].get("startTime")
                if start and clock(start).strftime("Started %H:%M:%S (%H:%M:%S UTC)") not in re.sub(r"Started \d+ \w+ ", "Started ", said):
                    out.append(f"{title} started {start}: {said}")
                if state in ("succeeded", "failed") and start:
                    took = re.search(r"Took (\w+)", said)
                    if not took or abs(seconds_of(took[1]) - took_of(job)) > (0 if took_of(job) < 600 else 60):
                        out.append(f"{title} took {took_of(job)} s: {said}")
            return out
        wait(lambda: not faults(), lambda: "\n".join(faults()), 60)
        shown = runs_of(timeline)
        expect(len(shown) >= 7, shown)
        expect("BackoffLimitExceeded" in shown["import-failed"][0], shown["import-failed"])
        expect("DeadlineExceeded" in shown["import-too-slow"][0], shown["import-too-slow"])
        expect(shown["import-running"][0].startswith("running"), shown["import-running"])
        expect("Runs for" in shown["import-running"][1], shown["import-running"])


def a_way_by_keyboard():
    with open_jobs("-n", "team-a") as program:
        timeline = timeline_of(program)
        wait(lambda: "shards" in runs_of(timeline), "shards is shown")
        focus(timeline)

        def current():
            """The part with the focus, as a reader would say it."""
            for lane in children(timeline):
                for each in [lane, *children(lane)]:
                    if has(each, "FOCUSED"):
                        return name(each)
            return ""
        seen = []
        for _ in range(20):
            press("Down")
            wait(lambda: current() and (not seen or current() != seen[-1] or seen[-1].startswith("shards")), "another lane has the focus")
            seen.append(current())
            if seen[-1].startswith("shards"):
                break
        expect(any(each.startswith("import-failed: failed") for each in seen), seen)
        expect(seen[-1].startswith("shards: failed"), seen)
        # What the cockpit tells of it.
        cockpit = wait(lambda: next((each for each in all_of(program.window, None, "Chosen run")), None), "the cockpit is there")
        wait(lambda: "4 indexes done, 2 failed" in cockpit.get_description() and "exit 1 × 2" in cockpit.get_description(), cockpit.get_description)
        log = find(program.window, None, "Last lines of the log")
        wait(lambda: re.search(r"shard [24]", log.get_description() or ""), log.get_description)
        # From run to run in a lane, and into its object.
        press("Enter")
        wait(lambda: all_of(program.window, "page tab", lambda text: "shards" in text), "its own page is opened")


def what_was_forecast_runs():
    """Of the cron job of each minute: the table says when it comes due, and then there is a run with that very time."""
    with open_jobs("-n", "team-a") as program:
        timeline_of(program)
        act(find(program.window, "radio button", "Table"))
        table = Table(find(program.window, "table", "Runs"))
        due_column = [each.lower() for each in table.columns].index("due")

        def coming():
            for row in range(table.rows):
                if table.text(row, 0) == "every-minute" and table.text(row, 3) == "comes due":
                    return table.text(row, due_column)
            return None
        due = wait(coming, "a run of every-minute comes due")
        expect(re.fullmatch(r"\d\d:\d\d:00", due), due)

        def ran():
            return next((each["metadata"]["name"] for each in jobs("team-a")
                         if each["metadata"].get("annotations", {}).get(SCHEDULED, "")[11:19] == due), None)
        job = wait(ran, lambda: f"a job that was due at {due}", 120)
        number = wait(lambda: next((row + 1 for row in range(table.rows) if table.text(row, 2) == job), 0), f"{job} is in the table") - 1
        wait(lambda: table.text(number, due_column) == due or table.row_of(job, 2) >= 0 and table.text(table.row_of(job, 2), due_column) == due, f"{job} was due at {due}")
        wait(lambda: coming() not in (None, due), "the next one comes due")
        expect(depth_of(table.accessible) <= 10, depth_of(table.accessible))


BESIDE = """
apiVersion: v1
kind: Namespace
metadata: {name: beside}
---
apiVersion: v1
kind: Secret
metadata: {name: orders-db, namespace: beside}
stringData: {url: "postgres://orders"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: checkout, namespace: beside}
spec:
  replicas: 0
  selector: {matchLabels: {app: checkout}}
  template:
    metadata: {labels: {app: checkout}}
    spec:
      containers:
      - {name: a, image: "myapp:1.0", ports: [{containerPort: 8080}], env: [{name: URL, valueFrom: {secretKeyRef: {name: orders-db, key: url}}}]}
      - {name: tidy, image: "alpine:3.20", command: ["sh", "-c", "while true; do tidy; sleep 600; done"]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: export, namespace: beside}
spec:
  schedule: "0 0 1 1 *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
          - {name: a, image: "alpine:3.20", command: ["true"], env: [{name: URL, valueFrom: {secretKeyRef: {name: orders-db, key: url}}}]}
"""


def jobs_and_services_that_share():
    """What both use and where they stand beside each other is what `fairlead jobs beside` says; mended, it goes."""
    made = cluster().kubectl("admin", "apply", "-f", "-", stdin=BESIDE.encode())
    expect(made.code == 0, made)
    try:
        with open_jobs("-A", "--view", "beside") as program:
            shared = Table(find(program.window, "table", "Used by jobs and services alike"))
            wait(lambda: shared.row_of("orders-db/url") >= 0, lambda: f"the secret is shown: {shared.read()}", 60)
            row = shared.read()[shared.row_of("orders-db/url")]
            expect([row[each] for each in ("Kind", "Namespace", "Jobs")] == ["Secret, database", "beside", "export"], row)
            expect(row["Services"] == "checkout (mixed)", row)
            expect_near(shared.accessible)
            expect_named(program)
            crowded = Table(find(program.window, "table", "Jobs without limits beside services"))

            def both():
                told = json.loads(cluster().fairlead("admin", "jobs", "beside", "-A", "-o", "json").text)
                theirs = sorted(pod["name"] for node in told["unlimited"] for pod in node["pods"])
                return theirs, sorted(each["Pod"] for each in crowded.read())
            # Pods of jobs come and go.
            wait(lambda: both()[0] == both()[1] and "import-running" in " ".join(both()[1]), lambda: f"the command line says the same: {both()}", 90)
            mended = cluster().kubectl("admin", "delete", "cronjob", "export", "-n", "beside")
            expect(mended.code == 0, mended)
            wait(lambda: shared.accessible.get_state_set().is_empty() or shared.row_of("orders-db/url") < 0, "what is mended goes", 30)
    finally:
        cluster().kubectl("admin", "delete", "namespace", "beside", "--wait=false")


def workloads_say_what_they_are():
    """Jobs, services and mixed ones, with the reason, in a column of their own."""
    made = cluster().kubectl("admin", "apply", "-f", "-", stdin=BESIDE.replace("beside", "workwords").encode())
    expect(made.code == 0, made)
    try:
        with Program("--page", "resources", "--kind", "deployments", "-n", "workwords", "--size", "1400x900", kubeconfig=cluster().kubeconfigs["admin"]) as program:
            table = Table(find(program.window, "table", "deployments"))
            wait(lambda: table.column("Work") == ["mixed: a container sleeps in a loop"], lambda: table.read())
        with Program("--page", "resources", "--kind", "deployments", "-n", "team-a", "--size", "1400x900", kubeconfig=cluster().kubeconfigs["admin"]) as program:
            table = Table(find(program.window, "table", "deployments"))
            wait(lambda: table.rows > 3 and all(each.startswith(("service: ", "job: ", "mixed: ")) for each in table.column("Work")), lambda: table.read())
            expect(any(each.startswith("service: ") for each in table.column("Work")), table.read())
    finally:
        cluster().kubectl("admin", "delete", "namespace", "workwords", "--wait=false")


if __name__ == "__main__":
    run("WindowJobs", [
        ("jobsAndServicesThatShare", jobs_and_services_that_share),
        ("workloadsSayWhatTheyAre", workloads_say_what_they_are),
        ("runsAreKubectls", runs_are_kubectls),
        ("aWayByKeyboard", a_way_by_keyboard),
        ("whatWasForecastRuns", what_was_forecast_runs),
    ])
