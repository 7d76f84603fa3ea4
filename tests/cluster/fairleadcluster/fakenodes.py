# SPDX-License-Identifier: GPL-3.0-or-later
"""Simulated nodes by kwok: nodes become Ready, pods on them run, without a process behind them."""


from . import launch, programs, records


def start(folder, known):
    launch.start(
        folder,
        "kwok",
        [programs.folder() / "kwok", f"--kubeconfig={folder.pki / 'kwok.kubeconfig'}"]
        + ["--manage-all-nodes=false", "--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake"]
        + [f"--config={programs.GO_FOLDER.parent / 'kwok.yaml'}", "--cidr=10.245.0.0/16", "--node-ip=10.246.0.1", f"--node-port={known['ports']['kwok']}"]
        + [f"--server-address=127.0.0.1:{known['ports']['kwok']}", "--node-lease-duration-seconds=40", "--v=WARN"],
    )


def manifest(number):
    name = f"fake-{number:03d}"
    size = {"cpu": "32", "memory": "256Gi", "pods": "250"}
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {
            "name": name,
            "annotations": {"kwok.x-k8s.io/node": "fake", "node.alpha.kubernetes.io/ttl": "0"},
            "labels": {
                "kubernetes.io/hostname": name,
                "kubernetes.io/os": "linux",
                "kubernetes.io/arch": "amd64",
                "type": "kwok",
            },
        },
        # What is meant for real containers must not land here: only who tolerates it.
        "spec": {"taints": [{"key": "kwok.x-k8s.io/node", "value": "fake", "effect": "NoSchedule"}]},
        "status": {"allocatable": size, "capacity": size},
    }


def create(client, count):
    for number in range(1, count + 1):
        status, text = client.request("POST", "/api/v1/nodes", manifest(number))
        if status not in (201, 409):
            raise SystemExit(f"cluster: fake node {number} was refused ({status}): {text[:300]}")


def wait_until_ready(client, count, check, seconds=120):
    def ready():
        check()
        nodes = client.get("/api/v1/nodes?labelSelector=type%3Dkwok")
        return nodes and count == sum(_is_ready(node) for node in nodes["items"])

    if not records.wait_until(ready, seconds, 0.2):
        raise SystemExit(f"cluster: not all {count} fake nodes are ready after {seconds} s")


def _is_ready(node):
    return any(each["type"] == "Ready" and each["status"] == "True" for each in node["status"].get("conditions", []))
