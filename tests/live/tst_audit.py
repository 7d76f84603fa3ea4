#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The API server's own word on what we ask for: get, list, watch and reviews of our own rights, and nothing else, ever."""

import json
import pathlib
import re
import signal
import subprocess
import sys
import time
import uuid

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from commands import Cluster, Failed, harness, no_cluster  # noqa: E402

OURS = re.compile(r"^fairlead/")
REVIEWS = {"selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews"}
SUBRESOURCES = {("pods", "log", "get")}
DEADLINE = 30

cluster = None


def requests():
    """All that came from a fairlead program since the cluster came up, one entry a request."""
    found = {}
    with open(cluster.audit_log, encoding="utf-8") as log:
        for line in log:
            try:
                event = json.loads(line)
            except ValueError:
                continue  # the last line, being written
            if OURS.match(event.get("userAgent", "")):
                found[event["auditID"]] = event
    return list(found.values())


def named(label):
    """The requests that carry this label selector: a mark that tells one command's requests from all others'."""
    return [event for event in requests() if label in event["requestURI"]]


def wait_for(condition, what):
    deadline = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > deadline:
            raise Failed(f"not within {DEADLINE} s: {what}")
        time.sleep(0.1)


def mark():
    return "mark-" + uuid.uuid4().hex[:12]


def verbs(label):
    return sorted(event["verb"] for event in named(label))


def only_reading_requests():
    commands = (["get", "pods", "-A"], ["get", "all", "-A", "-o", "json"], ["get", "svc", "web", "-n", "team-a"],
                ["get", "svc/web", "deploy/web", "-n", "team-a", "-o", "yaml"], ["get", "nope"], ["get", "secrets", "-A", "-o", "name"])
    for user in ("admin", "dev", "viewer"):
        for command in commands:
            cluster.fairlead(user, *command)
    wait_for(lambda: len(requests()) >= 60, "the log of what was asked just now")
    seen = requests()
    for event in seen:
        reference = event.get("objectRef") or {}
        own_review = event["verb"] == "create" and reference.get("resource") in REVIEWS
        if event["verb"] not in ("get", "list", "watch") and not own_review:
            raise Failed(f"{event['user']['username']}: {event['verb']} {event['requestURI']}")
        if reference.get("subresource") and (reference["resource"], reference["subresource"], event["verb"]) not in SUBRESOURCES:
            raise Failed(f"a subresource was asked for: {event['requestURI']}")
    print(f"   {len(seen)} requests: {sorted({event['verb'] for event in seen})}", flush=True)


def a_list_is_one_request_and_no_watch():
    """Of many kinds at once: some are there long before the last, and must not go on to be watched meanwhile."""
    label = mark()
    done = cluster.fairlead("admin", "get", "all,cm,sa,secrets,crd,clusterroles,roles", "-A", "-l", f"app!={label}")
    if done.code != 0:
        raise Failed(str(done))
    # What comes later comes with it: a second command, after which the first one's requests are all in the log.
    second = mark()
    cluster.fairlead("admin", "get", "cm", "-A", "-l", f"app!={second}")
    wait_for(lambda: named(second), "the second list in the log")
    asked = [(event["verb"], event["objectRef"]["resource"], event["objectRef"].get("apiGroup", "")) for event in named(label)]
    if {verb for verb, _, _ in asked} != {"list"} or len(set(asked)) != len(asked) or len(asked) < 12:
        raise Failed(f"{sorted(asked)}")


def a_watch_lists_once():
    label = mark()
    process = cluster.start("fairlead", "admin", "get", "cm", "-A", "-l", f"app!={label}", "-w")
    try:
        wait_for(lambda: "watch" in verbs(label), "the watch in the log")
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
    if verbs(label) != ["list", "watch"]:
        raise Failed(f"{verbs(label)} for one watch")


def tables_are_asked_for_without_objects():
    label = mark()
    cluster.fairlead("admin", "get", "cm", "-A", "-l", f"app!={label}")
    wait_for(lambda: named(label), "the list in the log")
    uri = named(label)[0]["requestURI"]
    if "includeObject=Metadata" not in uri or "limit=500" not in uri:
        raise Failed(uri)


FUNCTIONS = [
    ("onlyReadingRequests", only_reading_requests),
    ("aListIsOneRequestAndNoWatch", a_list_is_one_request_and_no_watch),
    ("aWatchListsOnce", a_watch_lists_once),
    ("tablesAreAskedForWithoutObjects", tables_are_asked_for_without_objects),
]


def main():
    global cluster
    try:
        cluster = Cluster()
    except Failed as failed:
        no_cluster("Audit", failed)
    harness.run("Audit", FUNCTIONS)


if __name__ == "__main__":
    main()
