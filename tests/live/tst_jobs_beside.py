#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`fairlead jobs beside` on a real cluster: a job's pod without limits beside a service's, what a cron job and a deployment share, and when it
starts; nothing of what has limits or is not shared; and nothing any more when it is mended."""

import datetime
import json
import os
import pathlib
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from commands import Cluster, Failed, harness, no_cluster  # noqa: E402

DEADLINE = 120
SPACE = f"beside-{os.getpid()}"
LIMITS = {"limits": {"cpu": "100m", "memory": "32Mi"}}

cluster = None


def kubectl(*arguments, stdin=None):
    told = cluster.kubectl("admin", *arguments, stdin=stdin)
    if told.code != 0:
        raise Failed(str(told))
    return told.text


def apply(*objects):
    kubectl("apply", "-n", SPACE, "-f", "-", stdin=json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}).encode())


def beside(*arguments, user="admin", code=0):
    told = cluster.fairlead(user, "jobs", "beside", *(arguments or ("-n", SPACE)), "-o", "json")
    if told.code != code:
        raise Failed(f"not {code}: {told}")
    return json.loads(told.text)


def until(what, question):
    end = time.monotonic() + DEADLINE
    while not (answer := question()):
        if time.monotonic() > end:
            raise Failed(f"{what}: not within {DEADLINE} s\n{json.dumps(beside(), indent=1)[:3000]}")
        time.sleep(0.7)
    return answer


def secret(name, key):
    return {"name": f"{name}-{key}".upper().replace("-", "_"), "valueFrom": {"secretKeyRef": {"name": name, "key": key}}}


def pods(command, env=(), resources=None):
    container = {"name": "main", "image": "alpine:3.20", "command": ["sh", "-c", command], "env": list(env)}
    if resources:
        container["resources"] = resources
    return {"metadata": {"labels": {"app": "beside"}}, "spec": {"terminationGracePeriodSeconds": 1, "containers": [container]}}


def finite(template):
    return {**template, "spec": {**template["spec"], "restartPolicy": "Never"}}


def job(name, resources=None):
    return {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": name}, "spec": {
        "template": finite(pods("sleep 1000", [secret("for-jobs", "token")], resources))}}


def cron(name, schedule, **spec):
    env = [secret("orders-db", "url"), secret("orders-db", "for-jobs"), {"name": "DB", "value": "postgres://etl@orders-db:5432/orders"}]
    return {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": name}, "spec": dict(
        spec, schedule=schedule, jobTemplate={"spec": {"template": finite(pods("true", env))}})}


def deployment(env):
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "checkout"}, "spec": {
        "selector": {"matchLabels": {"app": "beside"}}, "template": pods("sleep 1000000", env, LIMITS)}}


SHARING = [secret("orders-db", "url"), secret("for-services", "token"), {"name": "DB_HOST", "value": "orders-db"}, {"name": "MODE", "value": "mode"}]


def make():
    kubectl("create", "namespace", SPACE)
    until("a service account", lambda: cluster.kubectl("admin", "get", "serviceaccount", "default", "-n", SPACE).code == 0)
    secrets = [{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "stringData": dict.fromkeys(keys, "x")}
               for name, keys in (("orders-db", ("url", "for-jobs")), ("for-jobs", ("token",)), ("for-services", ("token",)))]
    services = [{"apiVersion": "v1", "kind": "Service", "metadata": {"name": name}, "spec": {"selector": {"app": name}, "ports": [{"port": 5432}]}}
                for name in ("orders-db", "mode")]
    hour = (datetime.datetime.now(datetime.timezone.utc).hour + 5) % 24
    apply(*secrets, *services, cron("etl", f"10 {hour} * * *"), cron("paused", "* * * * *", suspend=True), deployment(SHARING), job("greedy"),
          job("modest", LIMITS))


def users(workloads):
    return {(each["kind"], each["namespace"], each["name"]) for each in workloads}


def a_pod_without_limits():
    def found():
        listed = beside()["unlimited"]
        return listed if listed and listed[0]["servicePods"] == 1 else None
    listed = until("the pod of greedy", found)
    if len(listed) != 1 or len(listed[0]["pods"]) != 1:
        raise Failed(str(listed))
    pod = listed[0]["pods"][0]
    told = json.loads(kubectl("get", "pod", pod["name"], "-n", SPACE, "-o", "json"))
    if told["spec"]["nodeName"] != listed[0]["node"] or told["metadata"]["ownerReferences"][0]["name"] != "greedy":
        raise Failed(f"{listed} is of {told['metadata']['ownerReferences']}")
    if pod["owner"] != {"kind": "Job", "namespace": SPACE, "name": "greedy"} or pod["missing"] != ["cpu", "memory"] or pod["namespace"] != SPACE:
        raise Failed(str(pod))
    until("modest runs too", lambda: '"Running"' in kubectl("get", "pods", "-n", SPACE, "-l", "job-name=modest", "-o", "json"))
    if [each["name"] for node in beside()["unlimited"] for each in node["pods"]] != [pod["name"]]:
        raise Failed(str(beside()["unlimited"]))


def what_both_use():
    shared = beside()["shared"]
    keys = [(each["kind"], each["namespace"], each["name"], each["key"], each["database"]) for each in shared]
    if keys != [("Secret", SPACE, "orders-db", "url", True), ("Service", SPACE, "orders-db", None, True)]:
        raise Failed(str(keys))
    for each in shared:
        if users(each["jobs"]) != {("CronJob", SPACE, "etl"), ("CronJob", SPACE, "paused")}:
            raise Failed(str(each["jobs"]))
        if each["services"] != [{"kind": "Deployment", "namespace": SPACE, "name": "checkout", "mixed": False}]:
            raise Failed(str(each["services"]))


def when_they_start():
    now = datetime.datetime.now(datetime.timezone.utc)
    for each in beside()["shared"]:
        hours = each["startsPerHour"]
        begin = datetime.datetime.fromisoformat(hours[0]["at"].replace("Z", "+00:00"))
        if not datetime.timedelta(0) <= now - begin < datetime.timedelta(hours=1, minutes=1) or begin.minute or begin.second or len(hours) != 24:
            raise Failed(str(hours))
        due = json.loads(cluster.fairlead("admin", "jobs", "forecast", "-n", SPACE, "-o", "json").text)["runs"]
        if {each["at"] for each in hours if each["count"] == 1} != {each["at"][:13] + ":00:00Z" for each in due} or sum(each["count"] for each in hours) != 1:
            raise Failed(f"{hours}, due {due}")


def in_words_and_of_all_namespaces():
    told = cluster.fairlead("admin", "jobs", "beside", "-n", SPACE)
    for word in ("WITHOUT LIMIT", "Job/greedy", "cpu, memory", "Secret/orders-db", "CronJob/etl, CronJob/paused", "Deployment/checkout"):
        if told.code != 0 or word not in told.text:
            raise Failed(f"no {word}: {told}")
    everywhere = beside("-A")
    here = [each for each in everywhere["shared"] if each["namespace"] == SPACE]
    if here != beside()["shared"]:
        raise Failed(str(here))
    if not any(pod["owner"]["name"] == "greedy" for node in everywhere["unlimited"] for pod in node["pods"]):
        raise Failed(str(everywhere["unlimited"]))


def who_may_read_less():
    refused = cluster.fairlead("dev", "jobs", "beside", "-n", SPACE)
    if refused.code != 4 or refused.out:
        raise Failed(str(refused))
    beside("-n", "team-a", user="dev")
    beside("-n", SPACE, user="viewer")  # secrets are named by who uses them: none is read


def gone_when_mended():
    kubectl("delete", "job", "greedy", "-n", SPACE)
    until("no pod without limits", lambda: not beside()["unlimited"])
    apply(deployment(SHARING[1:]))
    until("the secret is no longer shared", lambda: [each["kind"] for each in beside()["shared"]] == ["Service"])
    apply(deployment([{"name": "MODE", "value": "mode"}]))
    until("nothing is shared", lambda: beside() == {"unlimited": [], "shared": []})
    told = cluster.fairlead("admin", "jobs", "beside", "-n", SPACE)
    if told.code != 0 or told.out or told.errors != [f"No jobs beside services found in {SPACE} namespace."]:
        raise Failed(str(told))


def main():
    global cluster
    try:
        cluster = Cluster()
    except Failed as failed:
        no_cluster("JobsBeside", failed)
    try:
        harness.run("JobsBeside", [
            ("initTestCase", make),
            ("aPodWithoutLimits", a_pod_without_limits),
            ("whatBothUse", what_both_use),
            ("whenTheyStart", when_they_start),
            ("inWordsAndOfAllNamespaces", in_words_and_of_all_namespaces),
            ("whoMayReadLess", who_may_read_less),
            ("goneWhenMended", gone_when_mended),
        ])
    finally:
        cluster.kubectl("admin", "delete", "namespace", SPACE, "--wait=false")


if __name__ == "__main__":
    main()
