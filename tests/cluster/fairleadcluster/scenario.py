# SPDX-License-Identifier: GPL-3.0-or-later
"""Loads the manifests of a scenario in their order and waits until what they make has settled."""

import json
import pathlib
import subprocess
import time

from . import paths, programs, records, settled, state
from .launch import say

FOLDERS = pathlib.Path(__file__).resolve().parent.parent


def load(scenario, name, wait, seconds):
    folder = paths.Folder(name)
    known = state.read(folder)
    if not known or known["state"] != "ready":
        raise SystemExit(f"cluster {name}: is not up; first: tests/cluster/up {name} --real-node")
    began = time.monotonic()
    kubectl = Kubectl(folder)
    files = sorted((FOLDERS / scenario).glob("[0-9]-*.yaml"))
    definitions, rollouts = files[0], files[-1]
    kubectl.apply([definitions])
    kubectl.run("wait", "--for=condition=Established", "--timeout=30s", "crd", "orders.shop.example.com", "regions.fleet.example.com", quiet=True)
    hostile = [file for file in files if "hostile" in file.name]
    kubectl.apply([file for file in files[1:-1] if file not in hostile])
    kubectl.apply_as_json(hostile)
    say(f"cluster {name}: scenario {scenario} applied after {time.monotonic() - began:.1f} s")
    if not known["realNode"]:
        kubectl.apply([rollouts])
        say(f"cluster {name}: no real node, so its pods stay Pending and nothing else is waited for")
        return
    # Both old generations must stand before the new ones come; only then there is something to see.
    for deployment in ("rollout-stuck", "rollout-slow"):
        kubectl.run("rollout", "status", "-n", "team-a", f"deployment/{deployment}", "--timeout=120s", quiet=True)
    kubectl.apply([rollouts])
    kubectl.run("delete", "pod", "-n", "team-a", "stuck-terminating", "--wait=false", quiet=True)
    if wait:
        _wait(kubectl, name, began, seconds)


def _wait(kubectl, name, began, seconds):
    missing = []

    def done():
        nonlocal missing
        items = kubectl.objects(settled.KINDS)
        missing = settled.unsettled(items, kubectl.objects("endpointslices.discovery.k8s.io"))
        return not missing

    if not records.wait_until(done, seconds, 1.0):
        raise SystemExit(f"cluster {name}: not settled after {seconds} s:\n  " + "\n  ".join(missing))
    say(f"cluster {name}: settled after {time.monotonic() - began:.1f} s")


class Kubectl:
    def __init__(self, folder):
        self.command = [str(programs.folder() / "kubectl"), f"--kubeconfig={folder.kubeconfig('admin')}"]

    def run(self, *arguments, quiet=False):
        result = subprocess.run([*self.command, *arguments], capture_output=True, text=True)
        if result.returncode != 0:
            raise SystemExit(f"kubectl {' '.join(arguments[:3])} … failed:\n{result.stdout[-2000:]}{result.stderr[-4000:]}")
        if not quiet and result.stderr:
            say(result.stderr.rstrip())
        return result.stdout

    def apply(self, files):
        given = [part for file in files for part in ("-f", str(file))]
        self.run("apply", "--server-side", "--force-conflicts", "--field-manager=scenario", *given, quiet=True)

    def apply_as_json(self, files):
        """The server reads a server-side apply as YAML, where raw control characters are refused."""
        self.run("apply", *(part for file in files for part in ("-f", str(file))), quiet=True)

    def objects(self, kinds):
        return json.loads(self.run("get", kinds, "-A", "-o", "json", quiet=True))["items"]
