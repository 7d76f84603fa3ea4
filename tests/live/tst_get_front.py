#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`fairlead get` through a front before the real API server: without Tables it prints what kubectl prints, and a quiet watch over
HTTP/1.1 is left in peace."""

import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import uuid

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import tabletext  # noqa: E402
from apifront import ApiFront  # noqa: E402
from commands import Cluster, Failed, harness, no_cluster, run  # noqa: E402

QUERIES = [
    ["pods", "-A"], ["pods", "-A", "-o", "wide"], ["services", "-n", "team-a"], ["nodes"], ["namespaces"], ["namespace", "default", "kube-system"],
    ["service", "kubernetes"], ["configmaps,services", "-A"], ["crd"], ["customresourcedefinitions", "-o", "name"], ["pods", "-n", "nowhere"],
]
# What a whole list in JSON and YAML says of its entries.
BODIES = [["services", "-A", "-o", "json"], ["namespaces", "-o", "yaml"], ["service", "kubernetes", "-o", "json"]]

cluster = None
folder = None


def both(front, arguments):
    environment = {"KUBECONFIG": front.write_kubeconfig(folder / "front.kubeconfig")}
    began = time.monotonic()
    theirs = run([cluster.oracle, "get", *arguments], environment)
    ours = run([cluster.program, "get", *arguments], environment)
    return ours, theirs, time.monotonic() - began


def both_at_rest(front, query, at_rest=lambda text: text):
    """Other tests' pods come and go, and namespaces that they left are still being deleted: only what kubectl says before and after is compared.
    `at_rest`: what of its words must be the same."""
    for _ in range(20):
        ours, before, elapsed = both(front, query)
        _, after, _ = both(front, query)
        if at_rest(before.text) == at_rest(after.text):
            return ours, before, elapsed
        time.sleep(1)
    raise Failed(f"get {' '.join(query)}: kubectl never said the same twice\n{before}\n{after}")


def without_ages(text):
    """Of a table: without the last word of each line."""
    return [line.rsplit(None, 1)[0] for line in text.splitlines() if line.strip()]


def without_tables_it_prints_what_kubectl_prints():
    front = ApiFront(cluster.kubeconfigs["admin"], tables="no")
    wrong = []
    for query in QUERIES:
        ours, theirs, elapsed = both_at_rest(front, query, without_ages)
        why = tabletext.difference(ours.text, theirs.text, elapsed)
        if theirs.code != 0 or ours.code != 0 or why:
            wrong.append(f"get {' '.join(query)}: {why}\n{ours}\n{theirs}")
    front.close()
    if wrong:
        raise Failed("\n".join(wrong))


def without_tables_bodies_are_whole():
    front = ApiFront(cluster.kubeconfigs["admin"], tables="no")
    wrong = []
    for query in BODIES:
        ours, theirs, _ = both_at_rest(front, query)
        if theirs.code != 0 or ours.code != 0 or ours.text != theirs.text:
            wrong.append(f"get {' '.join(query)}\n{ours}\n{theirs}")
    front.close()
    if wrong:
        raise Failed("\n".join(wrong))


def who_refuses_tables_is_asked_in_plain():
    front = ApiFront(cluster.kubeconfigs["admin"], tables="refused")
    plain = ApiFront(cluster.kubeconfigs["admin"], tables="no")
    for query in (["namespaces"], ["namespace", "default"]):
        ours, _, _ = both(front, query)
        _, theirs, elapsed = both(plain, query)
        if ours.code != 0 or tabletext.difference(ours.text, theirs.text, elapsed):
            raise Failed(f"{ours}\n{theirs}")
    front.close()
    plain.close()


def a_quiet_watch_is_left_in_peace():
    """Longer than the bound of silence, and no word on the watch itself; then a change, which must come through."""
    front = ApiFront(cluster.kubeconfigs["admin"])
    name = "quiet-" + uuid.uuid4().hex[:8]
    environment = {"KUBECONFIG": front.write_kubeconfig(folder / "quiet.kubeconfig")}
    watch = subprocess.Popen([cluster.program, "get", "configmaps", "--field-selector", f"metadata.name={name}", "-w"], env=environment,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        time.sleep(40)  # what is tested is that nothing happens
        made = cluster.kubectl("admin", "create", "configmap", name)
        if made.code != 0:
            raise Failed(str(made))
        lines = [watch.stdout.readline(), watch.stdout.readline()]
        watches = front.count("/configmaps", "watch=1", name)
        if name not in lines[1] or watches != 1:
            raise Failed(f"{lines}, {watches} watches")
    finally:
        watch.send_signal(signal.SIGINT)
        _, errors = watch.communicate(timeout=30)
        cluster.kubectl("admin", "delete", "configmap", name, "--ignore-not-found")
        front.close()
    if errors.strip():
        raise Failed(f"it was said to be lost: {errors}")


if __name__ == "__main__":
    SUITE = "GetFront"
    try:
        cluster = Cluster()
    except Failed as failed:
        no_cluster(SUITE, failed)
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        harness.run(SUITE, [(function.__name__, function) for function in (
            without_tables_it_prints_what_kubectl_prints, without_tables_bodies_are_whole, who_refuses_tables_is_asked_in_plain,
            a_quiet_watch_is_left_in_peace)])
