# SPDX-License-Identifier: GPL-3.0-or-later
"""The real metrics server, for clusters that are asked for it: its build, its start, and the API that it stands behind."""

import fcntl
import hashlib
import os
import pathlib
import subprocess

from . import golang, kubeconfigs, launch, namespaces, pki, programs, records

NAME = "metrics-server"
PACKAGE = "sigs.k8s.io/metrics-server/cmd/metrics-server"
MODULE = programs.GO_FOLDER / NAME
LDFLAGS = "-s -w"
NODES = "/apis/metrics.k8s.io/v1beta1/nodes"


def build():
    """Its path. A build of its own beside the other programs': who needs no metrics does not wait for it, and their cache stays what it is."""
    digest = hashlib.sha256()
    for name in ("go.mod", "go.sum"):
        digest.update((MODULE / name).read_bytes())
    digest.update(repr((PACKAGE, LDFLAGS, programs.BUILD_FLAGS)).encode())
    root = programs.cache_root()
    root.mkdir(parents=True, exist_ok=True)
    target = root / f"{NAME}-{digest.hexdigest()[:16]}"
    with open(root / f"{NAME}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            programs.say(f"{NAME}: some minutes, the first time")
            _build(golang.find_or_install(root, programs.say), target)
            for old in root.glob(f"{NAME}-*"):
                if old != target:
                    old.unlink()
    return target


def _build(go, target):
    partial = target.with_suffix(".partial")
    result = subprocess.run(
        [str(go), "build", *programs.BUILD_FLAGS, "-ldflags", LDFLAGS, "-o", str(partial), PACKAGE],
        cwd=MODULE,
        # A test's own folders are thrown away with their modules, which Go would make read-only.
        env={**golang.environment(), "GOFLAGS": "-modcacherw"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=launch.dying_with_parent(),
    )
    if result.returncode != 0:
        raise SystemExit(f"cluster programs: {NAME} could not be built:\n{result.stdout[-4000:]}")
    os.rename(partial, target)


def gateway(known):
    """The node's end of the pods' bridge: an endpoint that the API server takes (loopback it refuses)."""
    return known["podSubnet"].split("/")[0].rsplit(".", 1)[0] + ".1"


def start(folder, known, client, apply):
    """After the node is ready. Waits for nothing; see wait_until_ready()."""
    program = build()
    address = gateway(known)
    pki.component(folder, NAME)
    kubeconfigs.write_component(folder, known["ports"], NAME)
    # The bridge comes with the first pod only; the network plugin takes one that is there.
    if not pathlib.Path(f"/sys/class/net/{folder.bridge}").exists():
        launch.helper(["ip", "link", "add", folder.bridge, "type", "bridge"])
    subprocess.run(["ip", "address", "add", f"{address}/24", "dev", folder.bridge], capture_output=True)
    launch.helper(["ip", "link", "set", folder.bridge, "up"])
    kubeconfig = folder.pki / f"{NAME}.kubeconfig"
    hosts = folder.node / "hosts"
    launch.start(
        folder,
        NAME,
        [program, f"--kubeconfig={kubeconfig}", f"--authentication-kubeconfig={kubeconfig}", f"--authorization-kubeconfig={kubeconfig}"]
        + [f"--bind-address={address}", f"--secure-port={known['ports'][NAME]}", f"--cert-dir={folder.path / NAME}"]
        + ["--kubelet-insecure-tls", "--kubelet-preferred-address-types=Hostname,InternalIP", "--kubelet-use-node-status-port"]
        # 10 s, the least that it takes by its own words, ends in a panic.
        + ["--metric-resolution=15s", f"--requestheader-client-ca-file={folder.pki / 'front-proxy-ca.crt'}"],
        # Like the API server it asks the kubelet by the node's name.
        before=lambda: namespaces.private_mounts([(hosts, pathlib.Path("/etc/hosts"))]),
    )
    for path, manifest in _objects(address, known["ports"][NAME]):
        apply(client, path, manifest)


def _objects(address, port):
    space = {"name": NAME, "namespace": "kube-system"}
    yield (
        f"/api/v1/namespaces/kube-system/services/{NAME}",
        {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": space,
            # Without a selector: what it leads to is the slice below.
            "spec": {"ports": [{"name": "https", "port": 443, "targetPort": port}]},
        },
    )
    yield (
        f"/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices/{NAME}",
        {
            "apiVersion": "discovery.k8s.io/v1",
            "kind": "EndpointSlice",
            "metadata": {**space, "labels": {"kubernetes.io/service-name": NAME}},
            "addressType": "IPv4",
            "endpoints": [{"addresses": [address], "conditions": {"ready": True}}],
            "ports": [{"name": "https", "port": port, "protocol": "TCP"}],
        },
    )
    yield (
        "/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io",
        {
            "apiVersion": "apiregistration.k8s.io/v1",
            "kind": "APIService",
            "metadata": {"name": "v1beta1.metrics.k8s.io"},
            "spec": {
                "group": "metrics.k8s.io",
                "version": "v1beta1",
                "groupPriorityMinimum": 100,
                "versionPriority": 100,
                "insecureSkipTLSVerify": True,
                "service": {"name": NAME, "namespace": "kube-system", "port": 443},
            },
        },
    )


def wait_until_ready(folder, client, check, seconds=120):
    """Until it knows what the node uses: two of its rounds. A pod that starts later is known two rounds after that."""

    def ready():
        check()
        found = client.get(NODES)
        return bool(found and any(each["metadata"]["name"] == folder.node_name for each in found["items"]))

    if not records.wait_until(ready, seconds, 0.5):
        log = (folder.logs / f"{NAME}.log").read_text(errors="replace").splitlines()[-15:]
        raise SystemExit(f"cluster: the metrics server knows nothing of the node after {seconds} s:\n" + "\n".join(log))
