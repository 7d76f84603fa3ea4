# SPDX-License-Identifier: GPL-3.0-or-later
"""A cgroup of the cluster's own in every hierarchy: its containers are below it, and nothing else."""

import os
import time

CONTROLLERS = ("cpuset", "cpu", "io", "memory", "pids")


def _hierarchies():
    with open("/proc/self/mountinfo") as file:
        for line in file:
            before, _, after = line.partition(" - ")
            place = before.split()[4]
            if after.split()[0] in ("cgroup", "cgroup2") and place.startswith("/sys/fs/cgroup"):
                yield place


def make(folder):
    """The kubelet insists that its root is there."""
    for hierarchy in _hierarchies():
        place = os.path.join(hierarchy, folder.cgroup)
        os.makedirs(place, exist_ok=True)
        # Version 2 hands controllers down level by level. Those that cannot be had the kubelet names.
        for level in (hierarchy, place):
            for controller in CONTROLLERS:
                try:
                    with open(f"{level}/cgroup.subtree_control", "r+") as file:
                        file.write(f"+{controller}")
                except OSError:
                    continue


def remove(folder):
    """Members that were killed leave their cgroup some moments later."""
    deadline = time.monotonic() + 10
    while True:
        tops = [os.path.join(hierarchy, folder.cgroup) for hierarchy in _hierarchies()]
        for top in tops:
            for place, _, _ in os.walk(top, topdown=False):
                try:
                    os.rmdir(place)
                except OSError:
                    continue
        left = [top for top in tops if os.path.exists(top)]
        if not left:
            return
        if time.monotonic() > deadline:
            raise SystemExit(f"cluster: these cgroups still have members: {left}")
        time.sleep(0.05)
