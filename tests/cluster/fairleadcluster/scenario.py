# SPDX-License-Identifier: GPL-3.0-or-later
"""Loads the manifests of a scenario in their order and waits until what they make has settled."""

import json
import pathlib
import subprocess
import time

from . import launch, paths, programs, records, settled, state, story
from .launch import say

FOLDERS = pathlib.Path(__file__).resolve().parent.parent


def load(scenario, name, wait, seconds):
    folder = paths.Folder(name)
    known = state.read(folder)
    if not known or known["state"] != "ready":
        raise SystemExit(f"cluster {name}: is not up; first: tests/cluster/up {name} --real-node")
    told = story.read(scenario)
    if told:
        told.check(name, known)
    began = time.monotonic()
    kubectl = Kubectl(folder, FOLDERS / scenario)
    files = sorted((FOLDERS / scenario).glob("[0-9]-*.yaml"))
    if told:
        told.prepare(kubectl, told.first)
    definitions, hostile, rollouts = ([file for file in files if word in file.name] for word in ("definitions", "hostile", "rollouts"))
    kubectl.apply(definitions)
    kubectl.run("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all", quiet=True)
    kubectl.apply([file for file in files if file not in definitions + hostile + rollouts])
    kubectl.apply_as_json(hostile)
    say(f"cluster {name}: scenario {scenario} applied after {time.monotonic() - began:.1f} s")
    if not known["realNode"]:
        kubectl.apply(rollouts)
        say(f"cluster {name}: no real node, so its pods stay Pending and nothing else is waited for")
        return
    for file in rollouts:
        # The old generations must stand before the new ones come; only then there is something to see.
        kubectl.run("rollout", "status", "-f", str(file), "--timeout=120s", quiet=True)
        kubectl.apply([file])
    for pod in kubectl.objects("pods"):
        if pod["metadata"].get("annotations", {}).get(settled.ANNOTATION) == "Terminating":
            kubectl.run("delete", "pod", "-n", pod["metadata"]["namespace"], pod["metadata"]["name"], "--wait=false", quiet=True)
    if told:
        told.prepare(kubectl, told.before)
        say(f"cluster {name}: its story may begin after {time.monotonic() - began:.1f} s")
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
    """kubectl as the cluster's admin, in the folder of the scenario."""

    def __init__(self, folder, place=None):
        self.command = [str(programs.folder() / "kubectl"), f"--kubeconfig={folder.kubeconfig('admin')}"]
        self.place = place

    def run(self, *arguments, quiet=False):
        result = subprocess.run([*self.command, *arguments], cwd=self.place, capture_output=True, text=True)
        if result.returncode != 0:
            raise SystemExit(f"kubectl {' '.join(arguments[:3])} … failed:\n{result.stdout[-2000:]}{result.stderr[-4000:]}")
        if not quiet and result.stderr:
            say(result.stderr.rstrip())
        return result.stdout

    def apply(self, files):
        if not files:
            return
        given = [part for file in files for part in ("-f", str(file))]
        self.run("apply", "--server-side", "--force-conflicts", "--field-manager=scenario", *given, quiet=True)

    def apply_as_json(self, files):
        """The server reads a server-side apply as YAML, where raw control characters are refused."""
        if files:
            self.run("apply", *(part for file in files for part in ("-f", str(file))), quiet=True)

    def start(self, *arguments):
        """Left running, and killed when we are."""
        return subprocess.Popen(
            [*self.command, *arguments],
            cwd=self.place,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=launch.dying_with_parent(),
        )

    def objects(self, kinds):
        return json.loads(self.run("get", kinds, "-A", "-o", "json", quiet=True))["items"]
