# SPDX-License-Identifier: GPL-3.0-or-later
"""`up`: from nothing, or from what a killed `up` left, to a cluster that is ready."""

import os
import shutil
import signal
import time

from . import controlplane, fakenodes, kubeconfigs, locks, metricsserver, paths, pki, programs, rbac, realnode, records, state, teardown
from .launch import SIGNALS, say


class Interrupted(BaseException):
    pass


def up(name, real_node, fake_nodes, metrics=False):
    folder = paths.Folder(name)
    _check_machine(folder, real_node)
    # Before the clock: only the first `up` after a change of the programs builds.
    if not programs.ready():
        programs.build()
    if metrics:
        metricsserver.build()
    began = time.monotonic()
    for number in SIGNALS:
        signal.signal(number, _interrupt)
    try:
        lock = locks.Lock(folder.lock, on_wait=lambda: say(f"cluster {name}: another command works on it; waiting"))
    except Interrupted as reason:
        raise SystemExit(128 + reason.args[0]) from None
    try:
        teardown.sweep(except_name=name, say=say)
        known = state.read(folder)
        if known and _is_up(folder, known, real_node, fake_nodes, metrics):
            lock.release()
            say(f"cluster {name}: is up already")
            return
        if folder.path.exists():
            say(f"cluster {name}: removing what is left of an earlier one")
        # Also without a folder: bridge and cgroups are known by name.
        teardown.remove(folder)
        _create(folder, real_node, fake_nodes, metrics, lock, began)
        lock.release()
    except Refused:
        lock.release()
        raise
    except BaseException as reason:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        _keep_logs(folder, reason)
        say(f"cluster {name}: not up; removing what was started")
        teardown.remove(folder)
        lock.remove()
        teardown.remove_base_if_empty()
        if isinstance(reason, Interrupted):
            raise SystemExit(128 + reason.args[0]) from None
        raise


def _interrupt(number, _):
    raise Interrupted(number)


def _check_machine(folder, real_node):
    if shutil.which("openssl") is None:
        raise SystemExit("cluster: openssl is missing: apt-get install openssl")
    if not real_node:
        return
    if os.geteuid() != 0:
        raise SystemExit("cluster: --real-node needs root (containerd, namespaces, a bridge); without it: up NAME, --fake-nodes N")
    absent = realnode.missing()
    if absent:
        raise SystemExit(f"cluster: --real-node needs Debian packages that are missing: apt-get install {' '.join(absent)}")
    place = realnode.hidden(folder)
    if place:
        raise SystemExit(f"cluster: a real node has its own {place}: set FAIRLEAD_CLUSTER_DIR to a folder elsewhere")


def _is_up(folder, known, real_node, fake_nodes, metrics):
    """True where the wished cluster runs. Another wish for a running cluster is refused."""
    if known["state"] != "ready":
        return False
    dead = [record["name"] for record in records.read_all(folder.processes) if not records.alive(record)]
    if dead:
        say(f"cluster {folder.name}: no longer running: {', '.join(dead)}")
        return False
    if (real_node and not known["realNode"]) or fake_nodes > known["fakeNodes"] or (metrics and not known.get("metrics")):
        raise Refused(f"cluster {folder.name}: is up without what is asked for; first: tests/cluster/down {folder.name}")
    return True


class Refused(SystemExit):
    pass


def _create(folder, real_node, fake_nodes, metrics, lock, began):
    for path in (folder.path, folder.processes, folder.logs):
        path.mkdir(mode=0o700)
    with locks.common():
        known = state.choose(folder, real_node, fake_nodes, metrics)
    controlplane.start_etcd(folder, known["ports"])
    pki.create(folder)
    kubeconfigs.write(folder, known["ports"])
    if real_node:
        realnode.prepare(folder, known)
    controlplane.start_apiserver(folder, known)
    if real_node:
        realnode.start(folder, known, lock)
    client = controlplane.wait_for_apiserver(folder, known)
    controlplane.start_controllers(folder)
    if real_node:
        realnode.let_kubelet_start(folder)
    for path, manifest in rbac.objects():
        _apply(client, path, manifest)
    if fake_nodes:
        fakenodes.start(folder, known)
        fakenodes.create(client, fake_nodes)

    def check():
        names = {record["name"] for record in records.read_all(folder.processes)}
        controlplane.check_running(folder, names)

    _wait_for_controllers(client, check)
    say(f"cluster {folder.name}: control plane ready after {time.monotonic() - began:.1f} s")
    if real_node:
        realnode.wait_until_ready(folder, client, check)
        say(f"cluster {folder.name}: node {folder.node_name} ready after {time.monotonic() - began:.1f} s")
    if metrics:
        metricsserver.start(folder, known, client, _apply)
        metricsserver.wait_until_ready(folder, client, check)
        say(f"cluster {folder.name}: metrics known after {time.monotonic() - began:.1f} s")
    if fake_nodes:
        fakenodes.wait_until_ready(client, fake_nodes, check)
        say(f"cluster {folder.name}: {fake_nodes} simulated nodes ready after {time.monotonic() - began:.1f} s")
    known["state"] = "ready"
    state.write(folder, known)
    with locks.common():
        kubeconfigs.write_merged()


def _apply(client, path, manifest):
    answer = (0, "")

    def applied():
        nonlocal answer
        answer = client.apply(path, manifest)
        return 200 <= answer[0] < 300

    # Just after the start a namespace may not be known everywhere yet.
    if not records.wait_until(applied, 15, 0.1):
        raise SystemExit(f"cluster: {path} was refused ({answer[0]}): {answer[1][:300]}")


def _wait_for_controllers(client, check):
    """A pod can be made once its namespace has its service account."""

    def settled():
        check()
        return all(client.get(f"/api/v1/namespaces/{name}/serviceaccounts/default") for name in ("default", "team-a", "team-b"))

    if not records.wait_until(settled, 60):
        raise SystemExit("cluster: the controller manager makes no service accounts")


def _keep_logs(folder, reason):
    """The folder goes, so what was logged last is shown."""
    if isinstance(reason, Interrupted):
        return
    for log in sorted(folder.logs.glob("*.log")):
        lines = log.read_text(errors="replace").splitlines()[-5:]
        if lines:
            say(f"--- end of {log.name}\n" + "\n".join(line[:400] for line in lines))
