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
        self.environment = {}
        self.up_called = False

    def available(self):
        return (self._tools / "up").exists()

    def _call(self, title, arguments, at_the_end=False):
        began = time.monotonic()
        # What `up` starts outlives the call and carries its mark: the mark is forgotten below, and `down` ends it by its own records.
        process, mark = processes.start(arguments, dict(os.environ), self._top, at_the_end)
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

    def programs(self):
        """Builds what is missing; the folder of the programs."""
        return self._call("cluster programs", [str(self._tools / "build")])[-1]

    def start(self):
        folder = self.programs()
        self.up_called = True
        real = ["--real-node"] if os.geteuid() == 0 else []
        self._call(f"cluster {self.name} up", [str(self._tools / "up"), self.name, *real])
        if (self._tools / "load").exists():
            self._call("scenario small", [str(self._tools / "load"), "small", self.name])
        self.environment = {"FAIRLEAD_TEST_CLUSTER": self.name, "FAIRLEAD_KUBECTL": os.path.join(folder, "kubectl")}

    def stop(self):
        if not self.up_called:
            return
        self.up_called = False
        try:
            self._call(f"cluster {self.name} down", [str(self._tools / "down"), self.name], at_the_end=True)
        except ClusterFailed as error:
            say(str(error))
