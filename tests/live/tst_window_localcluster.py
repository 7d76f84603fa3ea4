#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A test cluster started from the page of clusters, or from the demo's notice, as a person does who has no kubeconfig: the button, the output,
the real cluster as a context that answers; and Cancel, after which nothing is left.

By AT-SPI alone; what the page says of the cluster is compared with tests/cluster and kubectl (FAIRLEAD_KUBECTL). The clusters live in a
folder of this test's own."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "support"))

from atspi import Program, Table, act, all_of, expect, find, has, name, press, run, text_of, type_text, wait  # noqa: E402

CLUSTER = TOP / "tests" / "cluster"


class FirstStart:
    """fairlead as packaging/run starts it in a checkout, for somebody who has no kubeconfig yet."""

    def __init__(self, *arguments):
        self.arguments = arguments
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="fl-local-", dir="/tmp"))
        self.home = self.folder / "home"
        (self.home / ".cache").mkdir(parents=True)
        # The cluster's programs are built once for all.
        (self.home / ".cache" / "fairlead-test").symlink_to(pathlib.Path(os.environ["XDG_CACHE_HOME"]) / "fairlead-test")
        self.clusters = self.folder / "clusters"
        self.environment = {"FAIRLEAD_CHECKOUT": str(TOP), "FAIRLEAD_CLUSTER_DIR": str(self.clusters)}

    def __enter__(self):
        os.environ.update(self.environment)
        self.program = Program(*self.arguments, "--size", "1280x800", home=self.home)
        return self

    def __exit__(self, kind, error, trace):
        try:
            self.program.__exit__(kind, error, trace)
        finally:
            self.call("down", "--all")
            os.environ.pop("FAIRLEAD_CHECKOUT")
            shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, command, *arguments):
        return subprocess.run([CLUSTER / command, *arguments], capture_output=True, text=True, env={**os.environ, "HOME": str(self.home)})

    def start(self, button="Start a test cluster"):
        act(find(self.program.window, "push button", button, 60))
        self.output = find(self.program.window, "text", "Output")

    def said(self, words, seconds=60):
        wait(lambda: words in text_of(self.output), lambda: f"the output tells {words!r}:\n{text_of(self.output)}", seconds)

    def cancel(self):
        act(find(self.program.window, "push button", "Cancel"))
        # Its place is the first start's again.
        wait(lambda: len(all_of(self.program.window, "push button", "Start a test cluster")) == 1, "the start is offered again", 90)

    def is_gone(self):
        status = json.loads(self.call("status", "-o", "json").stdout)
        expect(status["folder"] == str(self.clusters), status)
        expect(status["clusters"] == [], "a cluster is left", status)
        left = [path for path in self.clusters.glob("*/*")] if self.clusters.exists() else []
        expect(not left, "files are left", left)
        wait(lambda: not self.processes(), lambda: f"no process is left: {self.processes()}")
        mounts = [line for line in pathlib.Path("/proc/self/mountinfo").read_text().splitlines() if str(self.clusters) in line]
        expect(not mounts, "mounts are left", mounts)

    def processes(self):
        """What still runs with the folder on its command line."""
        found = []
        for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if str(self.clusters) in line:
                found.append(line[:160])
        return found


def cancel_while_programs_start():
    with FirstStart("--page", "clusters") as first:
        first.start()
        first.said("$ tests/cluster/up local")
        wait(first.processes, "one of its programs runs", 60)
        first.cancel()
        first.is_gone()


def the_demos_notice_starts_one():
    """The first start of all: the demo plays, and what its notice offers is begun on the page of clusters, where it can be cancelled."""
    with FirstStart() as first:
        window = first.program.window
        find(window, "push button", "Pause", 60)
        expect(not first.processes(), "something runs before anybody asked", first.processes())
        first.start("Start a local test cluster")
        wait(lambda: name(window).startswith("Clusters "), lambda: f"it leads to the page of clusters, not to {name(window)}")
        first.said("$ tests/cluster/up local")
        wait(first.processes, "one of its programs runs", 60)
        first.cancel()
        first.is_gone()


def cancel_while_it_is_filled():
    """It had come up: taking it down is part of the cancelling, and seen in the output."""
    with FirstStart("--page", "clusters") as first:
        first.start()
        first.said("$ tests/cluster/load small local", 180)
        expect(first.processes(), "no program of the cluster runs", text_of(first.output))
        first.cancel()
        first.is_gone()


def it_starts_and_is_opened():
    with FirstStart("--page", "clusters") as first:
        window = first.program.window
        table = Table(find(window, "table", "contexts"))
        expect(table.rows == 0, "there is a context already", table.read())
        first.start()
        first.said("$ tests/cluster/up local")
        wait(lambda: table.rows == 1, lambda: f"the context is listed:\n{text_of(first.output)}", 400)
        wait(lambda: re.match(r"\d+ ms", (table.column("Reachable") or [""])[0]), lambda: f"its server answers: {table.read()}", 60)

        # What the page says is what tests/cluster and the server say.
        status = json.loads(first.call("status", "local", "-o", "json").stdout)
        [cluster] = status["clusters"]
        expect(cluster["state"] == "ready", cluster)
        config = cluster["kubeconfigs"]["admin"]
        expect(table.text(0, table.number_of("Context")).startswith(cluster["contexts"]["admin"] + ","), table.read(), cluster["contexts"])
        expect(cluster["server"] in table.text(0, table.number_of("Cluster and server")), table.read(), cluster["server"])

        def kubectl(*arguments):
            return subprocess.run([os.environ["FAIRLEAD_KUBECTL"], "--kubeconfig", config, *arguments], capture_output=True, text=True, check=True).stdout
        version = json.loads(kubectl("get", "--raw", "/version"))["gitVersion"]
        expect(table.text(0, table.number_of("Version")).split(",")[0] == version.removeprefix("v"), table.read(), version)

        # And it can be worked with: the scenario's deployments are there.
        wait(lambda: has(table.accessible, "FOCUSED"), "the rows have the keys")
        press("Enter")
        wait(lambda: name(window).startswith("Overview "), lambda: f"it opens on the Overview, not on {name(window)}", 60)
        press("Ctrl+K")
        field = find(window, "text", lambda each: each.startswith("Go to "))
        wait(lambda: has(field, "FOCUSED"), "the cursor is in the go-to field")
        type_text("pods")
        wait(lambda: text_of(field) == "pods", "it is typed")
        press("Enter")
        pods = Table(find(window, "table", "pods", 60))
        wait(lambda: pods.rows >= 10, lambda: f"its pods are shown: {pods.rows}", 60)
        names = kubectl("get", "pods", "-A", "-o", "jsonpath={.items[*].metadata.name}").split()
        shown = set(pods.column("Name"))
        expect(len(shown & set(names)) >= 10, shown, names)

    expect(not first.folder.exists(), "the test left its folder", first.folder)


if __name__ == "__main__":
    run("WindowLocalCluster", [
        ("cancelWhileProgramsStart", cancel_while_programs_start),
        ("theDemosNoticeStartsOne", the_demos_notice_starts_one),
        ("cancelWhileItIsFilled", cancel_while_it_is_filled),
        ("itStartsAndIsOpened", it_starts_and_is_opened),
    ])
