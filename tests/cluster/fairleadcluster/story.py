# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays the story of a scenario: kubectl commands at their times, and what is expected to come of them. demo/story.toml tells the form."""

import json
import pathlib
import re
import shlex
import subprocess
import time
import tomllib

from . import settled
from .launch import say

FOLDERS = pathlib.Path(__file__).resolve().parent.parent
NOTHING = "None"
# Between two looks at what has not come yet.
LOOK = 4.0
PATIENCE = 90


def read(scenario):
    """None for a scenario without a story."""
    path = FOLDERS / scenario / "story.toml"
    return Story(tomllib.loads(path.read_text())) if path.exists() else None


def seconds_of(text):
    minutes, seconds = text.split(":")
    return int(minutes) * 60 + int(seconds)


class Expectation:
    def __init__(self, text, step):
        self.text = text
        self.what, _, self.wish = text.rpartition(": ")
        self.step = step
        self.until = None

    def holds(self, kubectl, names):
        arguments = names.fill(self.what)
        # What is not there yet is no error here.
        answer = json.loads(kubectl.run("get", *arguments, "--ignore-not-found", "-o", "json", quiet=True) or '{"items": []}')
        items = answer.get("items", [answer])
        if self.wish == NOTHING:
            return not items
        slices = kubectl.objects("endpointslices.discovery.k8s.io") if self.wish.endswith("Endpoints") else []
        return any(settled.holds(item, self.wish, slices) for item in items)


class Names:
    """What $NAME stands for: asked of the cluster when it is first needed, and the same from then on."""

    def __init__(self, questions, kubectl):
        self.questions = questions
        self.kubectl = kubectl
        self.known = {}

    def fill(self, text):
        return [re.sub(r"\$([A-Z]+)", lambda match: self._of(match[1]), word) for word in shlex.split(text)]

    def _of(self, name):
        if name not in self.known:
            self.known[name] = self.kubectl.run(*shlex.split(self.questions[name]), quiet=True)
        return self.known[name]


class Story:
    def __init__(self, told):
        self.needs = told["needs"]
        self.names = told.get("names", {})
        self.first = told.get("first", [])
        self.before = told.get("before", [])
        self.steps = told["step"]
        self.findings = told.get("end", {}).get("findings", [])
        self.length = seconds_of(told["length"])

    def check(self, name, known):
        absent = [need for need in self.needs if not known.get(need)]
        if absent:
            raise SystemExit(f"cluster {name}: is up without {', '.join(absent)}, which this scenario needs")

    @staticmethod
    def prepare(kubectl, steps):
        """`steps`: first, before anything is there; before, when everything is."""
        for step in steps:
            for command in step["kubectl"]:
                kubectl.run(*shlex.split(command), quiet=True)

    def play(self, kubectl, speed=1.0):
        """Returns what was expected and did not come, as lines for people. Ends when the story does."""
        player = _Player(kubectl, self.names)
        began = time.monotonic()
        try:
            for step in self.steps:
                player.wait(began + seconds_of(step["at"]) / speed)
                # Played quickly, what is mended too soon was never broken.
                player.wait_for(lambda expected, step=step: expected.step["at"] in step.get("mends", []))
                say(f"{_span(time.monotonic() - began)}  {step['title']}")
                player.begin(step)
            # However quickly it is played, what it expects takes its own time.
            player.wait(began + self.length / speed)
            player.wait_for(lambda _: True)
            return player.failed
        finally:
            player.end()

    def missing_findings(self, program, kubeconfig):
        """Those of the story's end that the program does not name."""
        ran = subprocess.run([program, "--kubeconfig", str(kubeconfig), "diagnose", "-A", "-o", "json"], capture_output=True, text=True, timeout=120)
        if ran.returncode not in (0, 1):
            return [f"diagnose: exit code {ran.returncode}: {ran.stderr.strip()[-500:]}"]
        objects = [(each["id"], each["object"]) for each in json.loads(ran.stdout)]
        found = {" ".join([rule, each["kind"], each["namespace"], each["name"]]) for rule, each in objects}
        return [each for each in self.findings if each not in found]


class _Player:
    def __init__(self, kubectl, questions):
        self.kubectl = kubectl
        self.names = Names(questions, kubectl)
        self.waiting = []
        self.failed = []
        self.beside = []
        self.looked = time.monotonic()

    def begin(self, step):
        for command in step.get("kubectl", []):
            arguments = self.names.fill(command)
            if step.get("wait", True):
                self.kubectl.run(*arguments, quiet=True)
            else:
                self.beside.append(self.kubectl.start(*arguments))
        now = time.monotonic()
        for text in step.get("expect", []):
            expected = Expectation(text, step)
            expected.until = now + step.get("within", PATIENCE)
            self.waiting.append(expected)

    def wait(self, moment):
        while (left := moment - time.monotonic()) > 0:
            if self.waiting and time.monotonic() - self.looked > LOOK:
                self._look()
            else:
                time.sleep(min(left, 0.5))

    def wait_for(self, chosen):
        while any(chosen(expected) for expected in self.waiting):
            self._look()
            time.sleep(0.2)

    def _look(self):
        rest = []
        for expected in self.waiting:
            if expected.holds(self.kubectl, self.names):
                say(f"         came: {expected.text}")
            elif time.monotonic() > expected.until:
                self.failed.append(f"{expected.step['at']} {expected.step['title']}: did not come: {expected.text}")
                say(f"         {self.failed[-1]}")
            else:
                rest.append(expected)
        self.waiting = rest
        self.looked = time.monotonic()

    def end(self):
        for process in self.beside:
            process.terminate()
            process.wait()


def _span(seconds):
    return f"{int(seconds) // 60:2d}:{int(seconds) % 60:02d}"
