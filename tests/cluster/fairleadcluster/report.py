# SPDX-License-Identifier: GPL-3.0-or-later
"""What runs: the facts of `status`, as README.md describes them."""

from . import locks, paths, programs, records, state


def whole():
    return {
        "folder": str(paths.base()),
        "merged": str(paths.base() / "merged.kubeconfig"),
        "programs": str(programs.folder()) if programs.ready() else None,
        "clusters": [cluster(name) for name in paths.names()],
    }


def cluster(name):
    folder = paths.Folder(name)
    known = state.read(folder) or {}
    ports = known.get("ports", {})
    real = known.get("realNode", False)
    processes = [
        {"name": each["name"], "pid": each["pid"], "startTime": each["startTime"], "alive": records.alive(each)}
        for each in records.read_all(folder.processes)
    ]
    return {
        "name": name,
        "state": _state(folder, known, processes),
        "folder": str(folder.path),
        "server": f"https://127.0.0.1:{ports['kube-apiserver']}" if ports else None,
        "kubeconfigs": {user: str(folder.kubeconfig(user)) for user in ("admin", "dev", "viewer", "merged")},
        "contexts": {"admin": name, "dev": f"{name}-dev", "viewer": f"{name}-viewer"},
        "auditLog": str(folder.audit_log),
        "logs": str(folder.logs),
        "realNode": real,
        "node": folder.node_name if real else None,
        "podSubnet": known.get("podSubnet"),
        "bridge": folder.bridge if real else None,
        "cgroup": folder.cgroup if real else None,
        "fakeNodes": known.get("fakeNodes", 0),
        "metrics": known.get("metrics", False),
        "ports": ports,
        "stopped": known.get("stopped", []),
        "processes": processes,
    }


def _state(folder, known, processes):
    """ready, stopped (by ctl), broken (something died), starting, removing, or abandoned (its
    command was killed)."""
    if known.get("state") == "ready":
        if not all(each["alive"] for each in processes):
            return "broken"
        return "stopped" if known["stopped"] else "ready"
    try:
        locks.Lock(folder.lock, wait=False).release()
    except locks.Busy:
        return known.get("state", "starting")
    return "abandoned"
