# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs fairlead and kubectl side by side on the cluster that tests/run started, for the tests that compare them."""

import dataclasses
import json
import os
import pathlib
import subprocess
import sys

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "lint"))

import harness  # noqa: E402,F401 (for who imports this module)
from harness import Failed  # noqa: E402


def program():
    """The fairlead that was built beside these tests."""
    named = os.environ.get("FAIRLEAD_PROGRAM")
    build = os.environ.get("FAIRLEAD_BUILD")
    path = pathlib.Path(named) if named else pathlib.Path(build or TESTS.parent / "build" / "ci") / "fairlead"
    if not path.exists():
        raise Failed(f"{path} is not there: FAIRLEAD_PROGRAM names the program to test")
    return str(path)


@dataclasses.dataclass
class Ran:
    arguments: list
    code: int
    out: bytes
    err: bytes

    @property
    def text(self):
        return self.out.decode("utf-8", "surrogateescape")

    @property
    def errors(self):
        return self.err.decode("utf-8", "surrogateescape").splitlines()

    def __str__(self):
        return f"{' '.join(self.arguments)}: exit code {self.code}\n{self.text[:600]}{chr(10).join(self.errors[:6])}"


def run(arguments, environment=None, timeout=60, stdin=None):
    merged = {name: value for name, value in os.environ.items() if name not in ("KUBECONFIG", "HTTPS_PROXY", "https_proxy")}
    merged.update(environment or {})
    done = subprocess.run([str(each) for each in arguments], env=merged, input=stdin, capture_output=True, timeout=timeout)
    return Ran([str(each) for each in arguments], done.returncode, done.stdout, done.stderr)


class Cluster:
    """The shared cluster, as its own status tells it."""

    def __init__(self):
        self.name = os.environ.get("FAIRLEAD_TEST_CLUSTER", "")
        if not self.name:
            raise Failed("FAIRLEAD_TEST_CLUSTER names no cluster: start one with tests/cluster/up NAME and tests/cluster/load small NAME")
        told = run([TESTS / "cluster" / "status", self.name, "-o", "json"])
        clusters = {each["name"]: each for each in json.loads(told.text)["clusters"]} if told.code == 0 else {}
        if self.name not in clusters:
            raise Failed(f"the cluster {self.name} is not up\n{told}")
        self.kubeconfigs = clusters[self.name]["kubeconfigs"]
        self.audit_log = pathlib.Path(clusters[self.name]["auditLog"])
        self.oracle = os.environ.get("FAIRLEAD_KUBECTL") or str(pathlib.Path(json.loads(told.text)["programs"]) / "kubectl")
        self.program = program()

    def kubectl(self, user, *arguments, stdin=None):
        return run([self.oracle, *arguments], {"KUBECONFIG": self.kubeconfigs[user]}, stdin=stdin)

    def fairlead(self, user, *arguments):
        return run([self.program, *arguments], {"KUBECONFIG": self.kubeconfigs[user]})

    def start(self, which, user, *arguments):
        """Left running; its output goes to pipes."""
        path = self.program if which == "fairlead" else self.oracle
        environment = dict(os.environ, KUBECONFIG=self.kubeconfigs[user])
        return subprocess.Popen([path, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def kinds(self):
        told = self.kubectl("admin", "api-resources", "--verbs=list", "-o", "name")
        kinds = told.text.split()
        if len(kinds) < 50:
            raise Failed(f"only {len(kinds)} kinds can be listed: this is no whole cluster\n{told}")
        return kinds


def no_cluster(suite, failed):
    """Ends the program: nothing of it can run."""

    def say():
        raise failed

    del sys.argv[1:]
    harness.run(suite, [("initTestCase", say)])
