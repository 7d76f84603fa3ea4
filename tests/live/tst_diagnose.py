#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`fairlead diagnose` on a real cluster: everything that is sick in the scenario, by the right object and reason, and nothing that is healthy;
faults made anew are found, and gone when mended; the exit codes."""

import json
import os
import sys
import pathlib
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from commands import Cluster, Failed, harness, no_cluster, run  # noqa: E402

DEADLINE = 150
SPACES = ("team-a", "team-b", "shop")

# id, kind, namespace, name, and a part of the reason.
SICK = """
crash-loop Deployment team-a crash-loop: exit code 2
crash-loop Deployment team-a out-of-memory: more memory than its limit of 32Mi
crash-loop Pod team-a init-failing: Init container migrate ended with exit code 1
crash-loop Pod team-b half-broken: Container broken ended with exit code 1
liveness Pod team-b unhealthy: its liveness probe fails
not-ready Deployment team-a unready: its readiness probe fails
image-pull Deployment team-a no-such-image: its image 127.0.0.1:1/missing/app:2.0 cannot be pulled
image-pull Deployment team-a rollout-stuck: cannot be pulled
image-pull Pod team-b never-pulled: absent:1.0
image-pull Pod team-a hostile-image: no name of an image
unschedulable Pod team-a wants-a-gpu-node: didn't match Pod's node affinity/selector
unschedulable Deployment team-a too-big: Insufficient cpu
unschedulable StatefulSet team-a db: No node can take the pod
cannot-start Pod team-a missing-secret-key: the secret web-credentials has no key no-such-key
cannot-start Pod team-a missing-config: there is no config map no-such-config-map
cannot-start Pod team-a no-such-program: there is no program /no/such/program
pod-failed Pod team-b failed: exit code 42
service-no-endpoints Service team-a nobody: no pod has the labels that it selects, app=nobody-has-this-label
service-no-endpoints Service team-a unready: none of the 2 pods that it selects is ready
ingress-backend Ingress team-b dangling: a service that does not exist, no-such-service
deployment-stuck Deployment team-a rollout-stuck: The roll-out is stuck
deployment-stuck Deployment shop over-quota: the quota of the namespace is used up
quota-full ResourceQuota shop best-effort: pods
job-failed Job team-a import-failed: gave up after 2 failed tries
job-failed Job team-a import-too-slow: at its deadline of 5s
job-failed Job team-a shards: indexes failed: 2,4
job-failed CronJob team-b every-minute-failing: Its last run failed
claim-pending PersistentVolumeClaim team-a data-db-0: there is no storage class no-such-class
claim-pending PersistentVolumeClaim team-b nowhere: there is no storage class no-such-class
hpa-unable HorizontalPodAutoscaler team-a web: no metrics
hpa-unable HorizontalPodAutoscaler team-b no-target: cannot read how many replicas
"""
# What depends on the clock: ten minutes for the finalizer and for a first roll-out; a failing job's next run may just be starting.
MAYBE = {("stuck-terminating", "Pod", "team-a", "stuck-terminating"), ("job-failed", "CronJob", "team-b", "every-minute-failing")} | {
    ("deployment-stuck", "Deployment", "team-a", name) for name in ("crash-loop", "out-of-memory", "no-such-image", "too-big", "unready")}

cluster = None


def diagnose(user, *arguments, code=None):
    ran = cluster.fairlead(user, "diagnose", *arguments, "-o", "json")
    if code is not None and ran.code != code:
        raise Failed(f"not {code}: {ran}")
    return json.loads(ran.text)


def key(finding):
    object = finding["object"]
    return finding["id"], object["kind"], object["namespace"], object["name"]


def wanted():
    for line in SICK.strip().splitlines():
        where, reason = line.split(": ", 1)
        yield tuple(where.split()), reason


def until(what, question):
    """The first true answer; asks again until the deadline."""
    end = time.monotonic() + DEADLINE
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise Failed(f"{what}: not within {DEADLINE} s")
        time.sleep(0.5)


def all_that_is_sick_and_nothing_else():
    expected = dict(wanted())

    def wrong():
        found = {key(each): each for each in diagnose("admin", "-A", code=1) if each["object"]["namespace"] in SPACES}
        lines = [f"not found: {' '.join(each)}" for each in expected if each not in found and each not in MAYBE]
        lines += [f"found, and healthy: {' '.join(each)}: {found[each]['reason']}" for each in found if each not in expected and each not in MAYBE]
        lines += [f"{' '.join(each)}: {found[each]['reason']}: lacks \"{reason}\"" for each, reason in expected.items()
                  if each in found and reason not in found[each]["reason"]]
        return lines
    # Kubelet's word for a crash comes and goes between two starts.
    end = time.monotonic() + DEADLINE
    while lines := wrong():
        if time.monotonic() > end:
            raise Failed("\n".join(lines))
        time.sleep(1)


def each_finding_is_whole():
    for each in diagnose("admin", "-A"):
        if set(each) != {"id", "severity", "object", "reason", "since", "evidence"} or set(each["object"]) != {"apiVersion", "kind", "namespace", "name"}:
            raise Failed(f"members: {each}")
        if each["severity"] not in ("broken", "risk", "unknown") or not each["reason"] or not each["evidence"] or not each["object"]["apiVersion"]:
            raise Failed(f"says too little: {each}")
        if each["since"] is None and each["id"] not in ("service-no-endpoints", "ingress-backend", "quota-full"):
            raise Failed(f"does not say since when: {each}")


def one_namespace():
    def same():
        found = diagnose("admin", "-n", "team-b", code=1)
        if not found or any(each["object"]["namespace"] != "team-b" for each in found):
            raise Failed(str(found))
        here = {key(each) for each in diagnose("admin", "-A") if each["object"]["namespace"] == "team-b"}
        return not ({key(each) for each in found} ^ here) - MAYBE
    until("the same of one namespace and of all", same)
    table = cluster.fairlead("admin", "diagnose", "-n", "team-b")
    if table.code != 1 or table.text.split()[:5] != ["SEVERITY", "NAMESPACE", "OBJECT", "SINCE", "REASON"] or "Pod/half-broken" not in table.text:
        raise Failed(str(table))


def who_may_read_less():
    until("crash-loop", lambda: ("crash-loop", "Deployment", "team-a", "crash-loop") in {key(each) for each in diagnose("dev", "-n", "team-a", code=1)})
    # Storage classes may not be listed: then nothing is said of a missing one.
    if any(each["id"] == "claim-pending" and "no storage class" in each["reason"] for each in diagnose("dev", "-n", "team-a")):
        raise Failed("says what it cannot know")
    refused = cluster.fairlead("dev", "diagnose", "-n", "team-b")
    if refused.code != 4 or refused.out:
        raise Failed(str(refused))


def exit_codes():
    for arguments, code in ((["diagnose", "-o", "yaml"], 2), (["diagnose", "extra"], 2), (["diagnose", "--context", "nowhere"], 5)):
        ran = cluster.fairlead("admin", *arguments)
        if ran.code != code or ran.out:
            raise Failed(f"not {code}: {ran}")
    config = json.loads(cluster.kubectl("admin", "config", "view", "--raw", "-o", "json").text)
    config["clusters"][0]["cluster"]["server"] = "https://127.0.0.1:1"
    path = pathlib.Path(os.environ.get("TMPDIR", "/tmp")) / f"diagnose-{os.getpid()}.json"
    path.write_text(json.dumps(config))
    try:
        ran = run([cluster.program, "diagnose", "-A"], {"KUBECONFIG": str(path)})
    finally:
        path.unlink()
    if ran.code != 3 or ran.out:
        raise Failed(str(ran))


FAULTS = """
apiVersion: v1
kind: Pod
metadata: {name: waits, labels: {app: waits}}
spec:
  terminationGracePeriodSeconds: 1
  containers: [{name: app, image: "myapp:1.0", envFrom: [{configMapRef: {name: later}}]}]
---
apiVersion: v1
kind: Service
metadata: {name: typo}
spec: {selector: {app: wiats}, ports: [{port: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: port}
spec: {selector: {app: waits}, ports: [{name: http, port: 80, targetPort: no-such-port}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: door}
spec: {defaultBackend: {service: {name: typo, port: {number: 81}}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: idle}
spec:
  replicas: 0
  selector: {matchLabels: {app: idle}}
  template:
    metadata: {labels: {app: idle}}
    spec: {containers: [{name: app, image: "myapp:1.0"}]}
---
apiVersion: v1
kind: Service
metadata: {name: idle}
spec: {selector: {app: idle}, ports: [{port: 80}]}
"""


def found_and_gone_when_mended():
    space = f"diagnose-{os.getpid()}"

    def kubectl(*arguments, stdin=None):
        ran = cluster.kubectl("admin", *arguments, stdin=stdin)
        if ran.code != 0:
            raise Failed(str(ran))

    def ids():
        return {(each["id"], each["object"]["kind"], each["object"]["name"]) for each in diagnose("admin", "-n", space)}

    kubectl("create", "namespace", space)
    try:
        until("an account", lambda: cluster.kubectl("admin", "get", "serviceaccount", "default", "-n", space).code == 0)
        diagnose("admin", "-n", space, code=0)
        kubectl("apply", "-n", space, "-f", "-", stdin=FAULTS.encode())
        waits, typo, port = ("cannot-start", "Pod", "waits"), ("service-no-endpoints", "Service", "typo"), ("service-no-endpoints", "Service", "port")
        door = ("ingress-backend", "Ingress", "door")
        until("the faults", lambda: ids() == {waits, typo, port, door})
        kubectl("create", "configmap", "later", "-n", space, "--from-literal=a=b")
        kubectl("patch", "service", "typo", "-n", space, "-p", '{"spec":{"selector":{"app":"waits"}}}')
        # The pod runs now: what is left of the second service is its port's name.
        until("half mended", lambda: ids() == {port, door})
        reason = next(each["reason"] for each in diagnose("admin", "-n", space) if each["object"]["name"] == "port")
        if "no ready pod has a port named no-such-port" not in reason:
            raise Failed(reason)
        kubectl("patch", "service", "port", "-n", space, "-p", '{"spec":{"ports":[{"name":"http","port":80,"targetPort":8080}]}}')
        kubectl("patch", "ingress", "door", "-n", space, "-p", '{"spec":{"defaultBackend":{"service":{"port":{"number":8080}}}}}')
        until("all mended", lambda: ids() == set())
        diagnose("admin", "-n", space, code=0)
    finally:
        cluster.kubectl("admin", "delete", "namespace", space, "--wait=false")


def main():
    global cluster
    try:
        cluster = Cluster()
    except Failed as failed:
        no_cluster("Diagnose", failed)
    harness.run("Diagnose", [
        ("allThatIsSickAndNothingElse", all_that_is_sick_and_nothing_else),
        ("eachFindingIsWhole", each_finding_is_whole),
        ("oneNamespace", one_namespace),
        ("whoMayReadLess", who_may_read_less),
        ("exitCodes", exit_codes),
        ("foundAndGoneWhenMended", found_and_gone_when_mended),
    ])


if __name__ == "__main__":
    main()
