# SPDX-License-Identifier: GPL-3.0-or-later
"""The real node's two first processes: python3 nodeinit.py FOLDER NODE-NAME KUBELET LOCK-FD

The outer one makes a mount and a process namespace and waits; the inner one is process 1 in them,
starts containerd and kubelet and gathers orphans. When it dies the kernel ends everything in the
namespace, shims and containers too, and the mounts go with it: one recorded process to kill.
"""

import ctypes
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from fairleadcluster import namespaces, realnode, records  # noqa: E402

PR_SET_PDEATHSIG = 1


def main():
    folder = pathlib.Path(sys.argv[1])
    lock = int(sys.argv[4])
    namespaces.unshare(namespaces.CLONE_NEWNS | namespaces.CLONE_NEWPID)
    reading, writing = os.pipe()
    # The /proc of outside, for records: in the inner one's own /proc it is number 1.
    outside = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
    child = os.fork()
    if child == 0:
        os.close(writing)
        inner(folder, reading, lock, outside)
        os._exit(0)
    os.close(reading)
    started = records.start_time(child)
    if started is not None:
        records.write(folder / "processes", "node-init", child, started)
    os.close(lock)
    os.write(writing, b"go")
    os.close(writing)
    os.waitpid(child, 0)


def inner(folder, reading, lock, outside):
    # Died before it recorded us: then the pipe ends, and so do we, the lock still in hand.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.read(reading, 2) != b"go":
        os._exit(1)
    os.close(reading)
    os.close(lock)
    Node(folder, outside).run()


class Node:
    def __init__(self, folder, outside):
        self.folder = folder
        self.node = folder / "node"
        self.outside = outside
        self.began = time.monotonic()
        self.environment = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "TMPDIR": str(self.node / "tmp"),
            "HOME": str(self.node / "tmp"),
        }

    def say(self, text):
        print(f"{time.monotonic() - self.began:6.2f} s  {text}", flush=True)

    def run(self):
        self.mounts()
        children = [self.start("containerd", ["/usr/bin/containerd", "--config", self.configuration()])]
        self.import_images()
        while not (self.node / "kubelet-may-start").exists():
            self.gather()
            time.sleep(0.05)
        children.append(self.start("kubelet", self.kubelet()))
        self.say("kubelet started")
        # One of the two may be killed by a test; without both there is no node.
        while any(child.returncode is None for child in children):
            self.gather(children)
            time.sleep(0.2)
        self.say("containerd and kubelet are gone")

    def mounts(self):
        private = namespaces.MS_REC | namespaces.MS_SLAVE
        namespaces.mount(None, "/", None, private)
        for place in realnode.PRIVATE:
            namespaces.mount(self.node / "private" / place.lstrip("/"), place, None, namespaces.MS_BIND)
        namespaces.mount(self.node / "hosts", "/etc/hosts", None, namespaces.MS_BIND)
        namespaces.mount("proc", "/proc", "proc", 0)
        for setting in realnode.SETTINGS:
            if os.path.exists(f"/proc/sys/{setting}"):
                namespaces.mount(self.node / "settings" / setting, f"/proc/sys/{setting}", None, namespaces.MS_BIND)
        # Pods may ask for mounts that propagate; among ourselves, not to the host.
        namespaces.mount(None, "/", None, namespaces.MS_REC | namespaces.MS_SHARED)

    def configuration(self):
        """Overlay mounts are not to be had everywhere (no overlay upon overlay): try."""
        probe = self.node / "probe"
        for name in ("lower", "upper", "work", "merged"):
            (probe / name).mkdir(parents=True, exist_ok=True)
        try:
            options = f"lowerdir={probe}/lower,upperdir={probe}/upper,workdir={probe}/work"
            namespaces.mount("overlay", probe / "merged", "overlay", 0, options)
            namespaces.unmount_at_once(probe / "merged")
            snapshotter = "overlayfs"
        except OSError as error:
            self.say(f"no overlay here ({error}): images are copied")
            snapshotter = "native"
        path = self.node / "containerd.toml"
        path.write_text(path.read_text().replace("SNAPSHOTTER", snapshotter))
        return path

    def start(self, name, command):
        def record():
            os.setsid()
            own = os.readlink("self", dir_fd=self.outside)
            records.write(self.folder / "processes", name, int(own), records.start_time(own, self.outside))

        with open(self.folder / "logs" / f"{name}.log", "ab") as log:
            return subprocess.Popen(
                [str(part) for part in command],
                preexec_fn=record,
                env=self.environment,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def import_images(self):
        socket = self.node / "containerd.sock"
        command = ["/usr/bin/ctr", "--address", socket, "-n", "k8s.io", "images", "import", self.node / "images.tar"]
        deadline = time.monotonic() + 60
        while True:
            if socket.exists():
                result = subprocess.run([str(part) for part in command], env=self.environment, capture_output=True, text=True)
                if result.returncode == 0:
                    break
                if time.monotonic() > deadline:
                    self.say(f"images could not be imported: {result.stderr}")
                    os._exit(1)
            elif time.monotonic() > deadline:
                self.say("containerd does not answer")
                os._exit(1)
            time.sleep(0.05)
        (self.node / "images.tar").unlink()
        self.say("images imported")

    def kubelet(self):
        return [
            sys.argv[3],
            f"--config={self.node / 'kubelet.json'}",
            f"--kubeconfig={self.folder / 'pki' / 'kubelet.kubeconfig'}",
            f"--hostname-override={sys.argv[2]}",
            f"--root-dir={self.node / 'kubelet'}",
            f"--cert-dir={self.node / 'kubelet' / 'pki'}",
        ]

    def gather(self, children=()):
        for child in children:
            child.poll()
        # Orphans come to process 1; our own children are polled above.
        while True:
            try:
                found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if found is None:
                return
            mine = [child for child in children if child.pid == found.si_pid]
            if mine:
                mine[0].poll()
            else:
                os.waitpid(found.si_pid, 0)


if __name__ == "__main__":
    main()
