# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a cluster lives. Its folder's path decides every name it has on the machine."""

import hashlib
import os
import pathlib
import re


class Folder:
    """The paths and machine-wide names of one cluster, computed, so that a sweep needs no record."""

    def __init__(self, name):
        if not re.fullmatch(r"[a-z]([-a-z0-9]{0,28}[a-z0-9])?", name):
            raise SystemExit(f"cluster: {name!r} is no name: 1 to 30 of a-z, 0-9 and -, a letter first, no - last")
        self.name = name
        self.path = base() / name
        self.lock = base() / f"{name}.lock"
        self.state_file = self.path / "cluster.json"
        self.processes = self.path / "processes"
        self.pki = self.path / "pki"
        self.logs = self.path / "logs"
        self.node = self.path / "node"
        self.audit_log = self.logs / "audit.jsonl"
        digest = hashlib.sha256(str(self.path).encode()).hexdigest()[:8]
        self.bridge = f"fl-{digest}"
        self.cgroup = f"fairlead-{digest}"
        self.node_name = f"{name}-node1"

    def kubeconfig(self, user):
        return self.path / f"{user}.kubeconfig"


def base():
    """The folder of all clusters: not XDG_RUNTIME_DIR, since tests give each program its own."""
    chosen = os.environ.get("FAIRLEAD_CLUSTER_DIR")
    path = pathlib.Path(chosen) if chosen else pathlib.Path(f"/tmp/fairlead-cluster-{os.geteuid()}")
    return pathlib.Path(os.path.abspath(path))


def make_base():
    path = base()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    # /tmp is everybody's: keys are not put into a folder that somebody else made.
    if path.is_symlink() or path.stat().st_uid != os.geteuid():
        raise SystemExit(f"cluster: {path} belongs to another user; set FAIRLEAD_CLUSTER_DIR to a folder of yours")
    return path


def names():
    """The names of all clusters of which anything is there."""
    try:
        entries = sorted(os.listdir(base()))
    except FileNotFoundError:
        return []
    found = set()
    for entry in entries:
        if (base() / entry).is_dir():
            found.add(entry)
        elif entry.endswith(".lock") and not entry.startswith("."):
            found.add(entry[: -len(".lock")])
    return sorted(name for name in found if re.fullmatch(r"[a-z][-a-z0-9]*", name))
