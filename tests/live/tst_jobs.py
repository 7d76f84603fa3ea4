#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`fairlead jobs` on a real cluster: jobs in every state, with the API's states and times to the second; when a failed try is made again; and
what comes due, against what the controller then starts. All of it is made first, and judged while it runs: about five minutes."""

import datetime
import json
import os
import pathlib
import re
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from commands import Cluster, Failed, harness, no_cluster  # noqa: E402

DEADLINE = 150
WATCHED = 240  # seconds of forecast that are compared with what really ran
SPACE = f"jobs-{os.getpid()}"
SCHEDULED = "batch.kubernetes.io/cronjob-scheduled-timestamp"

cluster = None
ran = {}  # uid: job, as last seen; also of those that are gone by now
forecast = None
began = None


def container(command, restart="Never"):
    return {"metadata": {"labels": {"app": "jobs"}}, "spec": {"restartPolicy": restart, "terminationGracePeriodSeconds": 1, "containers": [
        {"name": "main", "image": "alpine:3.20", "command": ["sh", "-c", command]}]}}


def job(name, command, **spec):
    return {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": name}, "spec": dict(spec, template=container(command))}


def cron(name, schedule, command, **spec):
    limits = {"successfulJobsHistoryLimit": 100, "failedJobsHistoryLimit": 100}
    return {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": name}, "spec": dict(
        limits, schedule=schedule, jobTemplate={"spec": {"backoffLimit": 0, "template": container(command)}}, **spec)}


FAILS_BY_POLICY = {"rules": [
    {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]},
    {"action": "FailJob", "onExitCodes": {"containerName": "main", "operator": "In", "values": [42]}}]}
OBJECTS = [
    job("succeeds", "sleep 2"),
    job("fails", "exit 3", backoffLimit=0),
    job("retries", "exit 1", backoffLimit=3),
    job("indexed", "case $JOB_COMPLETION_INDEX in 2|4) exit 1;; esac", completionMode="Indexed", completions=6, parallelism=3, backoffLimitPerIndex=0),
    job("too-slow", "sleep 1000", activeDeadlineSeconds=6),
    job("suspended", "true", suspend=True),
    job("by-policy", "exit 42", podFailurePolicy=FAILS_BY_POLICY),
    job("first-of-three", "test $JOB_COMPLETION_INDEX = 1 || sleep 1000", completionMode="Indexed", completions=3, parallelism=3,
        successPolicy={"rules": [{"succeededIndexes": "1"}]}),
    job("goes-on", "sleep 1000", activeDeadlineSeconds=900, completions=2, parallelism=1),
    job("short-lived", "true", ttlSecondsAfterFinished=20),
    cron("minutely", "* * * * *", "true"),
    cron("in-a-zone", "*/2 * * * *", "true", timeZone="Asia/Kathmandu"),  # an hour that is not whole
    cron("every", "@every 75s", "true"),  # two in one minute would bear one name
    cron("failing", "*/1 * * * *", "exit 1"),
    cron("replaces", "* * * * *", "sleep 100", concurrencyPolicy="Replace"),
    cron("forbids", "* * * * *", "sleep 100", concurrencyPolicy="Forbid"),
    cron("paused", "* * * * *", "true", suspend=True),
    cron("never", "0 0 30 2 *", "true"),
]


def kubectl(*arguments, stdin=None):
    told = cluster.kubectl("admin", *arguments, stdin=stdin)
    if told.code != 0:
        raise Failed(str(told))
    return told.text


def listed(kind):
    return json.loads(kubectl("get", kind, "-n", SPACE, "-o", "json"))["items"]


def fairlead(*arguments, code=0):
    told = cluster.fairlead("admin", "jobs", *arguments, "-n", SPACE, "-o", "json")
    if told.code != code:
        raise Failed(f"not {code}: {told}")
    return json.loads(told.text) if code == 0 else None


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None


def utc(text):
    """As fairlead writes it."""
    return moment(text).astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if text else None


def look():
    """Remembers every job that is there now."""
    for each in listed("jobs"):
        ran[each["metadata"]["uid"]] = each


def until(what, question, seconds=DEADLINE):
    end = time.monotonic() + seconds
    while True:
        look()
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise Failed(f"{what}: not within {seconds} s")
        time.sleep(0.7)


def holding(job):
    return {each["type"]: each for each in job["status"].get("conditions", []) if each["status"] == "True"}


def expected_run(job, pods):
    """What the API says of a job, in the members of fairlead's JSON that are certain at any time."""
    status, conditions = job["status"], holding(job)
    owner = next((each["name"] for each in job["metadata"].get("ownerReferences", []) if each["kind"] == "CronJob"), "")
    out = {"namespace": SPACE, "name": job["metadata"]["name"], "uid": job["metadata"]["uid"], "cronJob": owner,
           "scheduled": utc(job["metadata"].get("annotations", {}).get(SCHEDULED)), "start": utc(status.get("startTime")), "end": None,
           "succeeded": status.get("succeeded", 0), "failed": status.get("failed", 0), "active": status.get("active", 0),
           "completedIndexes": status.get("completedIndexes", ""), "failedIndexes": status.get("failedIndexes", "")}
    if "Complete" in conditions:
        out.update(state="succeeded", end=utc(status["completionTime"]))
    elif "Failed" in conditions:
        out.update(state="failed", reason=conditions["Failed"]["reason"], end=utc(conditions["Failed"]["lastTransitionTime"]))
    elif "FailureTarget" in conditions or "SuccessCriteriaMet" in conditions:
        out.update(state="ending")
    elif job["spec"].get("suspend"):
        out.update(state="suspended")
    attempts = {}
    for pod in pods:
        if not any(each["uid"] == job["metadata"]["uid"] for each in pod["metadata"].get("ownerReferences", [])):
            continue
        ended = [each["state"]["terminated"] for each in pod["status"].get("containerStatuses", []) if "terminated" in each["state"]]
        if ended and pod["status"]["phase"] in ("Succeeded", "Failed"):
            attempts[pod["metadata"]["name"]] = (pod["status"]["phase"].lower(), ended[0]["exitCode"], utc(ended[0]["startedAt"]), utc(ended[0]["finishedAt"]))
    out["attempts"] = attempts
    return out


def told_run(run, like):
    out = {name: run[name] for name in like if name != "attempts"}
    out["attempts"] = {each["pod"]: (each["state"], each["exitCode"], each["start"], each["end"])
                       for each in run["attempts"] if each["state"] in ("succeeded", "failed")}
    return out


def states_and_times_are_the_apis():
    until("all ended", lambda: {"succeeds", "fails", "indexed", "too-slow", "by-policy", "first-of-three"} <= {
        each["metadata"]["name"] for each in ran.values() if {"Complete", "Failed"} & set(holding(each))})
    for _ in range(5):
        before = [listed("jobs"), listed("pods")]
        told = {each["uid"]: each for each in fairlead("runs")}
        after = [listed("jobs"), listed("pods")]
        wrong = []
        for side in (before, after):
            if set(told) != {each["metadata"]["uid"] for each in side[0]}:
                wrong.append("other jobs: " + str({each["name"] for each in told.values()} ^ {each["metadata"]["name"] for each in side[0]}))
                continue
            differs = []
            for each in side[0]:
                want = expected_run(each, side[1])
                have = told_run(told[want["uid"]], want)
                if want != have:
                    differs.append(f"{want['name']}: " + ", ".join(f"{name} {have[name]} for {want[name]}" for name in want if want[name] != have[name]))
            if not differs:
                break
            wrong.append("; ".join(differs))
        else:
            time.sleep(1)
            continue
        break
    else:
        raise Failed("\n".join(wrong))
    runs = {each["name"]: each for each in told.values()}
    for name, state in (("succeeds", "succeeded"), ("fails", "failed"), ("indexed", "failed"), ("too-slow", "failed"), ("suspended", "suspended"),
                        ("by-policy", "failed"), ("first-of-three", "succeeded"), ("goes-on", "running")):
        if runs[name]["state"] != state:
            raise Failed(f"{name}: {runs[name]['state']}")
    if not any(each["cronJob"] == "minutely" and each["state"] == "succeeded" and each["attempts"] for each in until(
            "a run of a cron job", lambda: [each for each in fairlead("runs", "minutely") if each["state"] == "succeeded"])):
        raise Failed("no run of a cron job with its pod")


def what_ended_it():
    policy, success, slow = fairlead("show", "by-policy"), fairlead("show", "first-of-three"), fairlead("show", "too-slow")
    if (policy["rule"] or {}).get("index") != 1 or policy["rule"]["words"] != "FailJob on exit code 42 of container main" or policy["reason"] != "PodFailurePolicy":
        raise Failed(str(policy))
    if (success["rule"] or {}).get("policy") != "successPolicy" or success["rule"]["words"] != "all of the indexes 1":
        raise Failed(str(success))
    if slow["reason"] != "DeadlineExceeded" or slow["rule"] is not None:
        raise Failed(str(slow))
    indexed = fairlead("show", "indexed")
    if indexed["failedIndexes"] != "2,4" or indexed["completedIndexes"] != "0,1,3,5" and indexed["completedIndexes"] != "0-1,3,5":
        raise Failed(str(indexed))
    going = fairlead("show", "goes-on")
    if (moment(going["deadline"]) - moment(going["start"])).total_seconds() != 900 or going["completions"] != 2:
        raise Failed(str(going))


def next_try_is_when_the_controller_makes_it():
    said = {}  # by how many pods had failed by then

    def finished():
        run = fairlead("show", "retries")
        if run["backOff"]["nextRetry"]:
            said[len(run["attempts"])] = (run["backOff"]["nextRetry"], run["backOff"]["left"])
        return run["state"] == "failed"
    until("retries given up", finished)
    pods = sorted((each["metadata"]["creationTimestamp"] for each in listed("pods")
                   if any(owner["name"] == "retries" for owner in each["metadata"].get("ownerReferences", []))))
    if len(pods) != 4 or not {1, 2, 3} <= set(said):
        raise Failed(f"pods at {pods}, told {said}")
    for count in (1, 2, 3):
        late = (moment(pods[count]) - moment(said[count][0])).total_seconds()
        if not 0 <= late <= 4 or said[count][1] != 3 - count:
            raise Failed(f"after {count} failures: told {said[count]}, made at {pods[count]}")


def removed_by_its_time_to_live():
    run = next(each for each in ran.values() if each["metadata"]["name"] == "short-lived")
    if "removal" not in told_short_lived:
        raise Failed("never seen ended")
    if moment(told_short_lived["removal"]) - moment(told_short_lived["end"]) != datetime.timedelta(seconds=20):
        raise Failed(str(told_short_lived))
    until("its end", lambda: run["metadata"]["uid"] not in {each["metadata"]["uid"] for each in listed("jobs")})
    missing = cluster.fairlead("admin", "jobs", "show", "short-lived", "-n", SPACE)
    if missing.code != 1 or 'jobs.batch "short-lived" not found' not in "\n".join(missing.errors):
        raise Failed(str(missing))


told_short_lived = {}


def see_the_short_lived():
    global told_short_lived

    def ended():
        run = fairlead("show", "short-lived")
        return run if run["end"] else None
    told_short_lived = until("short-lived ended", ended, 40)


def really_ran(name):
    return {utc(each["metadata"]["annotations"][SCHEDULED]) for each in ran.values()
            if any(owner["name"] == name for owner in each["metadata"].get("ownerReferences", [])) and SCHEDULED in each["metadata"]["annotations"]}


def what_forbid_skips():
    """Its runs take 100 s: of each three times one is started at once or late, and one skipped."""
    def first_ended():
        return [each for each in fairlead("runs", "forbids") if each["state"] == "succeeded"]
    until("the first run of forbids", first_ended, 230)
    until("its second", lambda: len([each for each in fairlead("runs", "forbids")]) > 1, 20)
    told = cluster.fairlead("admin", "jobs", "forecast", "-n", SPACE)
    if told.code != 0:
        raise Failed(str(told))
    now = datetime.datetime.now(datetime.timezone.utc)
    lines = [re.match(r"(\S+) +\S+ +forbids *(.*)$", line) for line in told.text.splitlines()]
    coming = [(each.group(1), each.group(2)) for each in lines if each][:2]
    starts = {at for at, note in coming if "likely to be skipped" not in note}
    skipped = {at for at, note in coming if "likely to be skipped" in note}
    if len(starts) != 1 or len(skipped) != 1 or not all(moment(at) > now - datetime.timedelta(seconds=5) for at, _ in coming):
        raise Failed(f"{coming}\n{told}")
    late = re.search(r"starts late, ([^:]+:\d\d:\d\d)Z", dict(coming)[next(iter(starts))])
    until("the next one", lambda: starts <= really_ran("forbids"), 130)
    if skipped & really_ran("forbids"):
        raise Failed(f"started all the same: {skipped} of {really_ran('forbids')}")
    begun = next(each["status"]["startTime"] for each in ran.values() if utc(each["metadata"].get("annotations", {}).get(SCHEDULED)) in starts
                 and each["metadata"]["ownerReferences"][0]["name"] == "forbids")
    if not late or abs((moment(begun) - moment(late.group(1) + "Z")).total_seconds()) > 15:  # runs are not of one length
        raise Failed(f"told {coming}, started {begun}")


def what_comes_due_is_what_ran():
    end = began + datetime.timedelta(seconds=WATCHED)
    until("the end of the forecast", lambda: datetime.datetime.now(datetime.timezone.utc) > end + datetime.timedelta(seconds=6), WATCHED + 60)

    def inside(at):
        return began < moment(at) <= end
    for name in ("minutely", "in-a-zone", "every", "failing", "replaces"):
        told = {each["at"] for each in forecast["runs"] if each["cronJob"] == name and inside(each["at"])}
        real = {at for at in really_ran(name) if inside(at)}
        if not told or told != real:
            raise Failed(f"{name}: told {sorted(told)}, ran {sorted(real)}")
    if any(each["cronJob"] in ("paused", "never") for each in forecast["runs"]):
        raise Failed("told of one that never runs")
    if any(each["namespace"] != SPACE for each in forecast["runs"]):
        raise Failed("told of another namespace")
    counts = {}
    for each in forecast["runs"]:
        minute = each["at"][:17] + "00Z"
        counts[minute] = counts.get(minute, 0) + 1
    if counts != {each["at"]: each["count"] for each in forecast["perMinute"]}:
        raise Failed("perMinute is not the count of runs")
    if real and not [each for each in ran.values() if each["metadata"]["name"].startswith("replaces-")]:
        raise Failed("nothing was replaced")


def median_and_list():
    lanes = {each["name"]: each for each in fairlead("list")}
    minutely = [each for each in fairlead("runs", "minutely") if each["state"] == "succeeded"]
    lengths = sorted(each["seconds"] for each in minutely)
    middle = len(lengths) // 2
    median = lengths[middle] if len(lengths) % 2 else (lengths[middle - 1] + lengths[middle]) // 2
    if abs(lanes["minutely"]["medianSeconds"] - median) > 1 or lanes["minutely"]["schedule"] != "* * * * *":
        raise Failed(f"{lanes['minutely']}, lengths {lengths}")
    if lanes["paused"]["next"] is not None or not lanes["paused"]["suspend"] or lanes["never"]["problem"] != "Its schedule never comes due":
        raise Failed(f"{lanes['paused']}\n{lanes['never']}")
    if lanes["failing"]["last"]["state"] != "failed" or lanes["failing"]["succeeded"] != 0:
        raise Failed(str(lanes["failing"]))
    if (moment(lanes["minutely"]["next"]) - datetime.datetime.now(datetime.timezone.utc)).total_seconds() > 61:
        raise Failed(str(lanes["minutely"]))
    calendar = cluster.fairlead("admin", "jobs", "forecast", "-n", SPACE, "-o", "ics")
    if calendar.code != 0 or not calendar.out.startswith(b"BEGIN:VCALENDAR\r\n") or f"SUMMARY:{SPACE}/minutely\r\n" not in calendar.text:
        raise Failed(str(calendar))


def who_may_read_less():
    refused = cluster.fairlead("dev", "jobs", "list", "-n", SPACE)
    if refused.code != 4 or refused.out:
        raise Failed(str(refused))
    allowed = cluster.fairlead("dev", "jobs", "list", "-n", "team-a")
    if allowed.code != 0 or "every-minute" not in allowed.text:
        raise Failed(str(allowed))


def make():
    global began, forecast
    kubectl("create", "namespace", SPACE)
    end = time.monotonic() + 60
    while cluster.kubectl("admin", "get", "serviceaccount", "default", "-n", SPACE).code != 0:
        if time.monotonic() > end:
            raise Failed("no service account")
        time.sleep(0.3)
    kubectl("apply", "-n", SPACE, "-f", "-", stdin=json.dumps({"apiVersion": "v1", "kind": "List", "items": OBJECTS}).encode())
    # Not in the last seconds of a minute: what is told and what is compared would be of different minutes.
    while datetime.datetime.now().second > 54:
        time.sleep(1)
    # The clock of fairlead may be the server's, whole seconds: what comes due in this very one is told of, or not.
    began = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=2)
    forecast = fairlead("forecast", "--days", "1")


def main():
    global cluster
    try:
        cluster = Cluster()
    except Failed as failed:
        no_cluster("Jobs", failed)
    try:
        make()
        tests = [
            ("seeTheShortLived", see_the_short_lived),
            ("nextTryIsWhenTheControllerMakesIt", next_try_is_when_the_controller_makes_it),
            ("statesAndTimesAreTheApis", states_and_times_are_the_apis),
            ("whatEndedIt", what_ended_it),
            ("removedByItsTimeToLive", removed_by_its_time_to_live),
            ("whatForbidSkips", what_forbid_skips),
            ("whatComesDueIsWhatRan", what_comes_due_is_what_ran),
            ("medianAndList", median_and_list),
            ("whoMayReadLess", who_may_read_less),
        ]
    except Failed as failed:
        cluster.kubectl("admin", "delete", "namespace", SPACE, "--wait=false")
        no_cluster("Jobs", failed)
    try:
        harness.run("Jobs", tests)
    finally:
        cluster.kubectl("admin", "delete", "namespace", SPACE, "--wait=false")


if __name__ == "__main__":
    main()
