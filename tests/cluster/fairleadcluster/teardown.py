# SPDX-License-Identifier: GPL-3.0-or-later
"""Removes a cluster, whole or in pieces: processes, network, cgroups, mounts, files."""

import json
import os
import shutil
import stat
import subprocess

from . import cgroups, kubeconfigs, locks, namespaces, paths, records, state


def remove(folder):
    """Call with the cluster's lock held: then no process is on its way to its record. May be
    repeated after it was killed at any point: the folder goes last."""
    known = state.read(folder)
    if known:
        known["state"] = "removing"
        state.write(folder, known)
    for record in _in_order(records.read_all(folder.processes)):
        records.end(record)
    if os.geteuid() == 0:
        _remove_network(folder)
        cgroups.remove(folder)
    _remove_mounts(folder)
    if folder.path.exists():
        _remove_files(folder.path)
    with locks.common():
        kubeconfigs.write_merged()


def remove_base_if_empty():
    """The folder of all clusters goes with the last one."""
    try:
        if set(os.listdir(paths.base())) <= {".common.lock"}:
            common = locks.Lock(paths.base() / ".common.lock", wait=False)
            if set(os.listdir(paths.base())) == {".common.lock"}:
                common.remove()
                os.rmdir(paths.base())
            else:
                common.release()
    except (OSError, locks.Busy):
        pass


def _in_order(found):
    # The node's outer process first: it could still be about to record the inner one, which dies
    # with it. Its record is read again, since it may have come meanwhile.
    return sorted(found, key=lambda record: record["name"] != "node")


def sweep(except_name=None, say=lambda text: None):
    """Removes what a killed `up` or `down` left of other clusters, and clusters of which nothing
    runs any more. Leaves alone what another process is working on."""
    for name in paths.names():
        if name == except_name:
            continue
        folder = paths.Folder(name)
        try:
            lock = locks.Lock(folder.lock, wait=False)
        except locks.Busy:
            continue
        if abandoned(folder):
            say(f"cluster {name}: removing what an interrupted command left")
            remove(folder)
            lock.remove()
        else:
            lock.release()
    return None


def abandoned(folder):
    known = state.read(folder)
    if not known or known["state"] != "ready":
        return True
    return not any(records.alive(record) for record in records.read_all(folder.processes))


def _remove_network(folder):
    """The pods' ends of the cable vanish with their network namespaces; the kernel takes its time."""
    if not os.path.exists(f"/sys/class/net/{folder.bridge}"):
        return
    shown = subprocess.run(["ip", "-j", "link", "show", "master", folder.bridge], capture_output=True, text=True)
    if shown.returncode == 0:
        for link in json.loads(shown.stdout or "[]"):
            if link.get("ifname"):
                subprocess.run(["ip", "link", "delete", link["ifname"]], capture_output=True)
    subprocess.run(["ip", "link", "delete", folder.bridge], capture_output=True)


def _remove_mounts(folder):
    """None is ours outside the node's namespace; but nothing is deleted through a mount."""
    for point in reversed(mounts_below(folder.path)):
        namespaces.unmount_at_once(point)
    left = mounts_below(folder.path)
    if left:
        raise SystemExit(f"cluster: still mounted, nothing is deleted: {left}")


def mounts_below(path):
    with open("/proc/self/mountinfo") as file:
        points = [line.split()[4].encode().decode("unicode_escape") for line in file]
    return [point for point in points if point == str(path) or point.startswith(f"{path}/")]


def _remove_files(path):
    def force(function, name, _):
        # A folder without write permission (images may hold such) keeps its files from going.
        try:
            os.chmod(os.path.dirname(name), stat.S_IRWXU)
            function(name)
        except FileNotFoundError:
            pass

    # In two steps: the files that decide what the folder is go last.
    for entry in os.scandir(path):
        if entry.name in ("cluster.json", "processes"):
            continue
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, onerror=force)
        else:
            os.unlink(entry.path)
    shutil.rmtree(path, onerror=force)
