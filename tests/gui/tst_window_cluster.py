#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window on the real cluster, by AT-SPI: its tables are kubectl's, also for one who may see little, and while the server dies and comes back.

FAIRLEAD_TEST_CLUSTER is the run's shared cluster; the server that is killed is one of this test's own."""

import os
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "support"))

from atspi import Program, Table, act, all_of, expect, find, name, run, text_of, wait, walk  # noqa: E402
from windowtables import cluster, is_kubectls, told_stale  # noqa: E402

WIDE = ("IP", "Node")  # of pods: shown here without being asked for


def open_kind(user, kind, *arguments):
    return Program("--kind", kind, *arguments, "--size", "1500x900", kubeconfig=cluster().kubeconfigs[user])


def pods_are_kubectls():
    with open_kind("admin", "pods", "-A") as program:
        table = Table(find(program.window, "table", "pods"))
        is_kubectls(table, "admin", "pods", "-A")


def pods_have_their_place():
    """The columns that are shown although the server calls them wide."""
    with open_kind("admin", "pods", "-A") as program:
        table = Table(find(program.window, "table", "pods"))

        def same():
            form = "{range .items[*]}{.metadata.namespace}/{.metadata.name}{'\\t'}{.status.podIP}{'\\t'}{.spec.nodeName}{'\\n'}{end}".replace("'", '"')
            theirs = [line.split("\t") for line in cluster().kubectl("admin", "get", "pods", "-A", "-o", f"jsonpath={form}").text.splitlines()]
            wanted = {place: (address or "<none>", node or "<none>") for place, address, node in theirs}
            ours = {f"{row['Namespace']}/{row['Name']}": tuple(row[column] for column in WIDE) for row in table.read()}
            return ours == wanted and any(address != "<none>" for address, _ in ours.values())
        wait(same, "each pod's address and node are kubectl's")


def other_kinds_are_kubectls():
    for kind, plural, arguments in (("deploy", "deployments", ["-n", "team-a"]), ("nodes", "nodes", []), ("orders.shop.example.com", "orders", ["-n", "shop"])):
        with open_kind("admin", kind, *arguments) as program:
            is_kubectls(Table(find(program.window, "table", plural)), "admin", kind, *arguments)


def viewer_reads_too():
    with open_kind("viewer", "configmaps", "-A") as program:
        is_kubectls(Table(find(program.window, "table", "configmaps")), "viewer", "configmaps", "-A")


def what_is_forbidden_is_said():
    """dev may not list namespaces, nor pods everywhere: the server's words are there, and the one namespace where it can be done is a button."""
    with open_kind("dev", "pods", "-A") as program:
        words = wait(lambda: [name(each) for each, _ in walk(program.window) if "forbidden" in name(each) or "forbidden" in text_of(each)], "what the server said is there")
        expect(any('cannot list resource "pods"' in each or "pods is forbidden" in each for each in words + [text_of(each) for each in all_of(program.window, "text")]), words)
        act(find(program.window, "push button", "Show team-a"))
        is_kubectls(Table(find(program.window, "table", "pods")), "dev", "pods", "-n", "team-a")
        wait(lambda: not all_of(program.window, "push button", "Show team-a"), "the refusal is gone")


def dev_works_in_the_own_namespace():
    with open_kind("dev", "pods", "-n", "team-a") as program:
        is_kubectls(Table(find(program.window, "table", "pods")), "dev", "pods", "-n", "team-a")


# --- a server that dies ---


class OwnCluster:
    """A control plane without a node: its pods wait, which is all that is needed here."""

    def __init__(self):
        self.name = f"gui-{os.getpid()}"

    def call(self, command, *arguments):
        result = subprocess.run([TOP / "tests" / "cluster" / command, *arguments], capture_output=True, text=True)
        expect(result.returncode == 0, f"{command} {arguments}", result.stdout, result.stderr)
        return result.stdout.strip()

    def __enter__(self):
        self.config = self.call("up", self.name).splitlines()[-1]
        self.kubectl("create", "deployment", "first", "--image=nginx:1.27", "-n", "team-a", "--replicas=3")
        return self

    def __exit__(self, *_):
        subprocess.run([TOP / "tests" / "cluster" / "down", self.name], capture_output=True)

    def kubectl(self, *arguments):
        result = subprocess.run([cluster().oracle, "--kubeconfig", self.config, *arguments], capture_output=True, text=True)
        expect(result.returncode == 0, f"kubectl {arguments}", result.stderr)
        return result.stdout


def a_killed_server_comes_back():
    """Rows stay while it is gone; what happened meanwhile is there afterwards, without a key pressed."""
    with OwnCluster() as own, Program("--kind", "deployments", "-n", "team-a", kubeconfig=own.config) as program:
        table = Table(find(program.window, "table", "deployments"))
        wait(lambda: table.column("Name") == ["first"], lambda: f"one row: {table.read()}")
        own.call("ctl", own.name, "kill-apiserver")
        wait(lambda: told_stale(program), "that the connection is lost is said", 60)
        expect(table.column("Name") == ["first"], "the row is gone", table.read())
        own.call("ctl", own.name, "start-apiserver")
        own.kubectl("create", "deployment", "second", "--image=nginx:1.27", "-n", "team-a")
        own.kubectl("delete", "deployment", "first", "-n", "team-a")
        wait(lambda: table.column("Name") == ["second"], lambda: f"only the second is there: {table.read()}", 90)
        wait(lambda: not told_stale(program), "the lost connection is not spoken of any more", 60)


if __name__ == "__main__":
    run("WindowCluster", [
        ("podsAreKubectls", pods_are_kubectls),
        ("podsHaveTheirPlace", pods_have_their_place),
        ("otherKindsAreKubectls", other_kinds_are_kubectls),
        ("viewerReadsToo", viewer_reads_too),
        ("whatIsForbiddenIsSaid", what_is_forbidden_is_said),
        ("devWorksInTheOwnNamespace", dev_works_in_the_own_namespace),
        ("aKilledServerComesBack", a_killed_server_comes_back),
    ])
