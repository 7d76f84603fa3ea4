# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether an object is in the state that its annotation test.example.com/settles names."""

ANNOTATION = "test.example.com/settles"
# The kinds that carry it, or whose pods do.
KINDS = (
    "pods,deployments.apps,statefulsets.apps,daemonsets.apps,jobs.batch,cronjobs.batch,services,"
    "persistentvolumeclaims,horizontalpodautoscalers.autoscaling"
)


def unsettled(items, slices):
    """The objects that are not there yet, as lines for people."""
    missing = []
    for item in items:
        wish = item["metadata"].get("annotations", {}).get(ANNOTATION)
        if wish and not holds(item, wish, slices):
            meta = item["metadata"]
            missing.append(f"{item['kind']} {meta['namespace']}/{meta['name']}: not yet {wish}")
    return missing


def holds(item, wish, slices):
    word, _, argument = wish.partition(":")
    return WORDS[word](item, argument, slices)


def _condition(item, kind):
    return next((each for each in item.get("status", {}).get("conditions", []) if each["type"] == kind), {})


def _holds(item, kind):
    return _condition(item, kind).get("status") == "True"


def _containers(pod):
    status = pod.get("status", {})
    return status.get("initContainerStatuses", []) + status.get("containerStatuses", [])


def _waiting(pod, reasons, _):
    return any(each["state"].get("waiting", {}).get("reason") in reasons.split(",") for each in _containers(pod))


def _out_of_memory(pod, *_):
    return any(
        each[state].get("terminated", {}).get("reason") == "OOMKilled"
        for each in _containers(pod)
        for state in ("state", "lastState")
    )


def _not_ready(pod, *_):
    running = any("running" in each["state"] for each in _containers(pod))
    return running and not _holds(pod, "Ready")


def _available(item, *_):
    status, wanted = item.get("status", {}), item["spec"].get("replicas")
    if item["kind"] == "DaemonSet":
        wanted = status.get("desiredNumberScheduled", 0)
    ready = status.get("numberAvailable") if item["kind"] == "DaemonSet" else status.get("availableReplicas")
    return status.get("observedGeneration") == item["metadata"]["generation"] and (ready or 0) == wanted


def _stuck(item, *_):
    return _condition(item, "Progressing").get("reason") == "ProgressDeadlineExceeded"


def _rolling(item, *_):
    updated = item["status"].get("updatedReplicas", 0)
    return 0 < updated < item["spec"]["replicas"] and item["status"].get("replicas", 0) > item["spec"]["replicas"]


def _addresses(item, slices):
    return sum(
        len(each["addresses"])
        for slice in slices
        if slice["metadata"]["namespace"] == item["metadata"]["namespace"]
        and slice["metadata"].get("labels", {}).get("kubernetes.io/service-name") == item["metadata"]["name"]
        for each in slice.get("endpoints") or []
        if each.get("conditions", {}).get("ready", True)
    )


WORDS = {
    "Active": lambda job, *_: job["status"].get("ready", 0) > 0,
    "Available": _available,
    "Bound": lambda claim, *_: claim["status"]["phase"] == "Bound",
    "Complete": lambda job, *_: _holds(job, "Complete"),
    "Cordoned": lambda node, *_: node["spec"].get("unschedulable", False),
    "Endpoints": lambda service, _, slices: _addresses(service, slices) > 0,
    "Failed": lambda item, *_: item["status"].get("phase") == "Failed" or _holds(item, "Failed"),
    "FailedIndexes": lambda job, indexes, _: _holds(job, "Failed") and job["status"].get("failedIndexes") == indexes,
    "NoEndpoints": lambda service, _, slices: _addresses(service, slices) == 0,
    "NoMetrics": lambda scaler, *_: _condition(scaler, "ScalingActive").get("status") == "False",
    "NotReady": _not_ready,
    "OOMKilled": _out_of_memory,
    "Pending": lambda item, *_: item["status"].get("phase") == "Pending",
    "Ran": lambda cron, *_: "lastSuccessfulTime" in cron.get("status", {}),
    "Ready": lambda pod, *_: _holds(pod, "Ready"),
    "Restarted": lambda pod, *_: any(each["restartCount"] > 0 for each in _containers(pod)),
    "Rolling": _rolling,
    "Schedulable": lambda node, *_: not node["spec"].get("unschedulable", False),
    "Stuck": _stuck,
    "Succeeded": lambda pod, *_: pod["status"].get("phase") == "Succeeded",
    "Suspended": lambda job, *_: _holds(job, "Suspended"),
    "Terminating": lambda pod, *_: "deletionTimestamp" in pod["metadata"],
    "Unschedulable": lambda pod, *_: _condition(pod, "PodScheduled").get("reason") == "Unschedulable",
    "Waiting": _waiting,
}
