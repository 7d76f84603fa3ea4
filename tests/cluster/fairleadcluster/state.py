# SPDX-License-Identifier: GPL-3.0-or-later
"""cluster.json: what was chosen for a cluster (ports, subnet) and how far it came."""

import json
import os
import random
import socket

from . import paths


def read(folder):
    try:
        return json.loads(folder.state_file.read_text())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def write(folder, state):
    temporary = folder.path / ".cluster.json"
    temporary.write_text(json.dumps(state, indent=2) + "\n")
    os.replace(temporary, folder.state_file)


def all_states():
    found = {}
    for name in paths.names():
        state = read(paths.Folder(name))
        if state:
            found[name] = state
    return found


def choose(folder, real_node, fake_nodes, metrics=False):
    """Call with the common lock held: what is chosen is another's no more once it is written."""
    others = [state for name, state in all_states().items() if name != folder.name]
    taken = {port for state in others for port in state["ports"].values()}
    ports = {}
    for use in ("etcd", "etcd-peer", "kube-apiserver", "kubelet", "kwok", "metrics-server"):
        ports[use] = _free_port(taken)
        taken.add(ports[use])
    state = {
        "name": folder.name,
        "state": "starting",
        "ports": ports,
        "realNode": real_node,
        "fakeNodes": fake_nodes,
        "metrics": metrics,
        "stopped": [],
    }
    if real_node:
        state["podSubnet"] = _free_subnet({other.get("podSubnet") for other in others})
    write(folder, state)
    return state


def _free_port(taken):
    # Below the range from which the kernel takes ports for outgoing connections.
    for _ in range(1000):
        port = random.randrange(20000, 32000)
        if port in taken:
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise SystemExit("cluster: no free port between 20000 and 32000")


def _free_subnet(taken):
    with open("/proc/net/route") as file:
        routes = file.read().split("\n")[1:]
    # Destinations are little-endian hexadecimal: 10.244.7.0 is 0007F40A.
    used = {line.split()[1] for line in routes if line.split()}
    for number in random.sample(range(256), 256):
        if f"00{number:02X}F40A" not in used and f"10.244.{number}.0/24" not in taken:
            return f"10.244.{number}.0/24"
    raise SystemExit("cluster: no free pod subnet in 10.244.0.0/16")
