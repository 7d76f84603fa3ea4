# SPDX-License-Identifier: GPL-3.0-or-later
"""A real node: containerd and kubelet in mount and process namespaces of their own (nodeinit.py)."""

import json
import os
import pathlib
import shutil
import sys

from . import cgroups, images, launch, programs, records

# Program, the Debian package that brings it.
NEEDED = (
    ("containerd", "containerd"),
    ("ctr", "containerd"),
    ("containerd-shim-runc-v2", "containerd"),
    ("runc", "runc"),
    ("ip", "iproute2"),
    ("/usr/lib/cni/bridge", "containernetworking-plugins"),
    (images.BUSYBOX, "busybox-static"),
)

# What the node sees as its own, since these programs' folders there cannot all be configured.
PRIVATE = ("/run", "/var/lib", "/var/log")

# Kernel settings that kubelet and the bridge plugin insist on. They read and write copies: nothing
# here needs the effect (pods talk over one bridge), and the machine's own stay as they are.
SETTINGS = {
    "net/ipv4/ip_forward": "1",
    "vm/overcommit_memory": "1",
    "vm/panic_on_oom": "0",
    "kernel/panic": "10",
    "kernel/panic_on_oops": "1",
    "kernel/keys/root_maxkeys": "1000000",
    "kernel/keys/root_maxbytes": "25000000",
}

CONTAINERD = """version = 2
root = "{node}/containerd"
state = "{node}/state"
# Optional plugins cost start time; "opt" would make a folder on the host.
disabled_plugins = ["io.containerd.internal.v1.opt", "io.containerd.snapshotter.v1.aufs",
  "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper",
  "io.containerd.snapshotter.v1.zfs", "io.containerd.tracing.processor.v1.otlp",
  "io.containerd.internal.v1.tracing"]

[grpc]
  address = "{node}/containerd.sock"

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "{pause}"
  # Without CAP_SYS_RESOURCE, as in many containers, a lower oom_score_adj is refused.
  restrict_oom_score_adj = true
  disable_apparmor = true
  netns_mounts_under_state_dir = true
  stream_server_address = "127.0.0.1"
  stream_server_port = "0"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "{node}/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "{snapshotter}"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
"""


def missing():
    """Debian packages without which there is no real node."""
    search = os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/bin:/bin"
    absent = []
    for program, package in NEEDED:
        there = os.path.exists(program) if program.startswith("/") else shutil.which(program, path=search)
        if not there and package not in absent:
            absent.append(package)
    return absent


def hidden(folder):
    """The node has its own folders at these places: a cluster below one of them would not see itself."""
    return next((place for place in PRIVATE if folder.path.is_relative_to(place)), None)


def prepare(folder, known):
    node = folder.node
    node.mkdir(exist_ok=True)
    cgroups.make(folder)
    # No image pull and no test goes out by name, so a node needs no name server.
    (node / "resolv.conf").write_text("nameserver 127.0.0.1\n")
    # So that an image that is not there is asked for nowhere else.
    (node / "hosts").write_text(f"127.0.0.1 localhost\n127.0.0.1 {folder.node_name}\n127.0.0.1 {images.REGISTRY}\n")
    for place in PRIVATE:
        (node / "private" / place.lstrip("/")).mkdir(parents=True, exist_ok=True)
    for setting, value in SETTINGS.items():
        copy = node / "settings" / setting
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(value + "\n")
    for name in ("cni", "kubelet", "tmp", "manifests", "volume-plugins"):
        (node / name).mkdir(exist_ok=True)
    (node / "containerd.toml").write_text(
        CONTAINERD.format(node=node, pause=images.PAUSE, snapshotter="SNAPSHOTTER")
    )
    (node / "cni" / "10-bridge.conflist").write_text(json.dumps(_network(folder, known), indent=2) + "\n")
    (node / "kubelet.json").write_text(json.dumps(_kubelet(folder, known), indent=2) + "\n")


def _network(folder, known):
    return {
        "cniVersion": "1.0.0",
        "name": folder.bridge,
        "plugins": [
            {
                "type": "bridge",
                "bridge": folder.bridge,
                "isGateway": True,
                # Nothing to reach outside, and so no iptables rule to leave behind.
                "ipMasq": False,
                "hairpinMode": True,
                "ipam": {
                    "type": "host-local",
                    "dataDir": str(folder.node / "ipam"),
                    "ranges": [[{"subnet": known["podSubnet"]}]],
                    "routes": [{"dst": "0.0.0.0/0"}],
                },
            }
        ],
    }


def _kubelet(folder, known):
    node = folder.node
    return {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "address": "127.0.0.1",
        "port": known["ports"]["kubelet"],
        "healthzPort": 0,
        "readOnlyPort": 0,
        "authentication": {
            "anonymous": {"enabled": False},
            "webhook": {"enabled": True},
            "x509": {"clientCAFile": str(folder.pki / "ca.crt")},
        },
        "authorization": {"mode": "Webhook"},
        "tlsCertFile": str(folder.pki / "kubelet-serving.crt"),
        "tlsPrivateKeyFile": str(folder.pki / "kubelet-serving.key"),
        "containerRuntimeEndpoint": f"unix://{node}/containerd.sock",
        "cgroupDriver": "cgroupfs",
        "cgroupRoot": f"/{folder.cgroup}",
        "failCgroupV1": False,
        # Without it the kubelet names no parent, and containers of all clusters would share /k8s.io.
        "cgroupsPerQOS": True,
        "enforceNodeAllocatable": [],
        "failSwapOn": False,
        # Its chains would stay on the host; nothing here uses them.
        "makeIPTablesUtilChains": False,
        "localStorageCapacityIsolation": False,
        # A nearly full disk of the developer must neither evict pods nor delete our images.
        "evictionHard": {
            signal: "0%" for signal in ("memory.available", "nodefs.available", "nodefs.inodesFree", "imagefs.available", "imagefs.inodesFree")
        },
        "imageGCHighThresholdPercent": 100,
        # Nobody answers there; without an address every pod gets a warning event.
        "clusterDNS": ["10.96.0.10"],
        "clusterDomain": "cluster.local",
        "resolvConf": str(node / "resolv.conf"),
        "staticPodPath": str(node / "manifests"),
        "volumePluginDir": str(node / "volume-plugins"),
        "maxPods": 250,
        "serializeImagePulls": False,
        "registryPullQPS": 0,
        "eventRecordQPS": 0,
        "kubeAPIQPS": 200,
        "kubeAPIBurst": 400,
        "nodeStatusUpdateFrequency": "5s",
        "shutdownGracePeriod": "0s",
        "logging": {"verbosity": 1},
    }


def start(folder, known, lock):
    """Starts the node's first process, which starts containerd, imports images, and waits with the
    kubelet for `let_kubelet_start`."""
    images.write(folder.node / "images.tar")
    script = pathlib.Path(__file__).with_name("nodeinit.py")
    launch.start(
        folder,
        "node",
        ["/usr/bin/python3", "-B", script, folder.path, folder.node_name, programs.folder() / "kubelet", lock.fd],
        # The lock goes on until the second process of the pair has its record.
        keep=[lock.fd],
    )


def let_kubelet_start(folder):
    (folder.node / "kubelet-may-start").touch()


def wait_until_ready(folder, client, check, seconds=90):
    def ready():
        check()
        found = client.get(f"/api/v1/nodes/{folder.node_name}")
        conditions = found["status"].get("conditions", []) if found else []
        return any(each["type"] == "Ready" and each["status"] == "True" for each in conditions)

    if not records.wait_until(ready, seconds, 0.1):
        for name in ("kubelet", "containerd", "node"):
            log = folder.logs / f"{name}.log"
            if log.exists():
                print(f"--- {log}", *log.read_text(errors="replace").splitlines()[-15:], sep="\n", file=sys.stderr)
        raise SystemExit(f"cluster: the node is not ready after {seconds} s; see {folder.logs}")
