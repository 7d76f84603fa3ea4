# SPDX-License-Identifier: GPL-3.0-or-later
"""`ctl`: what tests do to a running cluster."""

import base64
import json
import urllib.error
import urllib.request

from . import controlplane, locks, paths, records, state
from .launch import say


def kill(folder, known, name="kube-apiserver"):
    record = _record(folder, name)
    if record and records.alive(record):
        records.end(record)
    # Stopped on purpose: neither broken nor abandoned.
    (folder.processes / f"{name}.json").unlink(missing_ok=True)
    known["stopped"] = sorted(set(known["stopped"]) | {name})
    state.write(folder, known)


def start(folder, known, name="kube-apiserver"):
    record = _record(folder, name)
    if not (record and records.alive(record)):
        controlplane.start_apiserver(folder, known)
    known["stopped"] = [each for each in known["stopped"] if each != name]
    state.write(folder, known)
    controlplane.wait_for_apiserver(folder, known)


def restart(folder, known):
    kill(folder, known)
    start(folder, known)


def compact(folder, known):
    """etcd forgets all history. The API server still answers watches from its cache's memory."""
    header = _etcd(known, "/v3/kv/range", {"key": base64.b64encode(b"/").decode()})["header"]
    try:
        _etcd(known, "/v3/kv/compaction", {"revision": header["revision"], "physical": True})
    except urllib.error.HTTPError as error:
        # Nothing was written since the last time: there is nothing to forget.
        if b"has been compacted" not in error.read():
            raise
    return int(header["revision"])


def expire(folder, known):
    """Compacts, and the API server forgets too: a watch from a version before this gets 410."""
    compact(folder, known)
    restart(folder, known)


COMMANDS = {
    "kill-apiserver": kill,
    "start-apiserver": start,
    "restart-apiserver": restart,
    "compact": compact,
    "expire": expire,
}


def run(name, command):
    folder = paths.Folder(name)
    with locks.Lock(folder.lock, on_wait=lambda: say(f"cluster {name}: another command works on it; waiting")) as lock:
        known = state.read(folder)
        if not known or known["state"] != "ready":
            if not folder.path.exists():
                lock.remove()
            raise SystemExit(f"cluster {name}: is not up")
        COMMANDS[command](folder, known)


def _record(folder, name):
    return next((each for each in records.read_all(folder.processes) if each["name"] == name), None)


def _etcd(known, path, body):
    request = urllib.request.Request(
        f"http://127.0.0.1:{known['ports']['etcd']}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    # The user's proxy, if there is one, has no business with loopback.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=30) as answer:
        return json.load(answer)
