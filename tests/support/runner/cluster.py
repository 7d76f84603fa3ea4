# SPDX-License-Identifier: GPL-3.0-or-later
"""The one cluster that the programs of a run share, and its end."""

import os
import subprocess
import time

import processes
from console import say, span


class ClusterFailed(Exception):
    pass


def _end(process):
    """The call alone; what it had started is `down`'s."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class SharedCluster:
    """Started before the first program that needs it, down when the run ends, however it ends."""

    def __init__(self, top):
        self._tools = top / "tests" / "cluster"
        self._top = top
        self.name = f"t-{os.getpid()}"
        # A folder of the tests' own: the user's clusters are not swept, listed or merged with ours. The same in each run, so
        # that the next one's `up` clears what a killed one left.
        self.folder = f"/tmp/fairlead-tests-{os.geteuid()}"
        self.environment = {}
        self.up_called = False

    def available(self):
        return (self._tools / "up").exists()

    def _call(self, title, arguments, at_the_end=False):
        began = time.monotonic()
        # What `up` starts outlives the call and carries its mark: the mark is forgotten below, and `down` ends it by its own records.
        process, mark = processes.start(arguments, {**os.environ, "FAIRLEAD_CLUSTER_DIR": self.folder}, self._top, at_the_end)
        lines = []
        try:
            for raw in process.stdout:
                line = raw.decode("utf-8", "replace").rstrip()
                lines.append(line)
                if not at_the_end:
                    say(line, indent=True)
            code = process.wait()
        except BaseException:
            _end(process)
            raise
        finally:
            processes.forget(mark)
        if code != 0:
            say("\n".join(lines[-60:]), indent=True)
            raise ClusterFailed(f"{title} failed with {code}")
        say(f"{title}: {span(time.monotonic() - began)}")
        return lines

    def start(self):
        """The control plane, a real node where that can be, and the scenario, which goes on settling while others are tested."""
        real = ["--real-node"] if os.geteuid() == 0 else []
        # Here and not in the test that wants it: a test's caches are its own, and Go's would be empty.
        folder = self._call("cluster programs", [str(self._tools / "build"), *(["--metrics"] if real else [])])[-1]
        self.up_called = True
        processes.spared = f"{self.folder}/{self.name}/"
        self._call(f"cluster {self.name} up", [str(self._tools / "up"), self.name, *real])
        self._call("scenario small", [str(self._tools / "load"), "small", self.name])
        self.environment = {
            "FAIRLEAD_CLUSTER_DIR": self.folder,
            "FAIRLEAD_TEST_CLUSTER": self.name,
            "FAIRLEAD_KUBECTL": os.path.join(folder, "kubectl"),
        }
        if real:
            self._need_real_node()

    def settle(self):
        self._call("scenario small settled", [str(self._tools / "load"), "small", self.name, "--wait"])

    def _need_real_node(self):
        """As root there is no excuse: half of the live tests would quietly test nothing."""
        config = os.path.join(self.folder, self.name, "admin.kubeconfig")
        command = [self.environment["FAIRLEAD_KUBECTL"], "--kubeconfig", config, "get", "nodes", "--no-headers"]
        lines = self._call("nodes", command)
        if not any(line.split()[1:2] == ["Ready"] for line in lines):
            raise ClusterFailed("the real node is missing, though this is root")

    def stop(self):
        if not self.up_called:
            return
        self.up_called = False
        try:
            self._call(f"cluster {self.name} down", [str(self._tools / "down"), self.name], at_the_end=True)
        except ClusterFailed as error:
            say(str(error))
