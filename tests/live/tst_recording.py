#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recordings of a real cluster: 300 random changes, and at random moments between them (50 in soak) what the server said, kind by kind, against what
`get --recording --at` says of that moment; 200 planted secrets, none of which is in the file; copies, killed recorders, full disks."""

import base64
import concurrent.futures
import datetime
import http.client
import json
import os
import pathlib
import random
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import flrec  # noqa: E402
import tabletext  # noqa: E402
from commands import TESTS, Cluster, Failed, harness, no_cluster, run  # noqa: E402

CHANGES = 300
MOMENTS = int(os.environ.get("FAIRLEAD_ROUNDS", 20))
DEADLINE = 90
# What the recorder has heard of after so many seconds: a change needs some milliseconds to come.
LAG = 1.0
# Those whose cells tell other lengths of time than an age, too.
TABLES = ["cronjobs.batch", "jobs.batch", "pods", "events", "nodes", "services", "namespaces", "statefulsets.apps", "daemonsets.apps", "deployments.apps", "roles.rbac.authorization.k8s.io"]
SPACE = f"recorded-{os.getpid()}"

cluster = None
folder = pathlib.Path(tempfile.mkdtemp(prefix="recording-"))
main_recording = None


def expect(condition, *what):
    if not condition:
        raise Failed("\n".join(map(str, what)))


def wait_for(condition, what, seconds=DEADLINE):
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise Failed(f"not within {seconds} s: {what}")
        time.sleep(0.1)
    return answer


class Recorder:
    """`fairlead record`, left running, and the lines that it has said so far."""

    def __init__(self, path, *arguments, user="admin"):
        self.path = path
        self.process = cluster.start("fairlead", user, "record", "-o", str(path), *arguments)
        self.lines = []
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        for line in self.process.stderr:
            self.lines.append(line.decode())

    def listed(self):
        """Waits until all kinds have been listed once."""
        def is_listed():
            expect(self.process.poll() is None, "the recorder has ended", *self.lines)
            return any(re.search(r": (\d+) of \1 kinds?, ", line) for line in self.lines)
        try:
            wait_for(is_listed, "all kinds listed: " + "".join(self.lines))
        except Failed:
            self.process.kill()
            raise
        return self

    def stop(self, number=signal.SIGINT):
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            code = self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Failed("a recorder that does not end")
        self.thread.join(20)
        return code, self.process.stdout.read().decode(), "".join(self.lines)


class Server:
    """The API itself, by kubectl's proxy: the bytes that `kubectl get --raw` prints, without a program for each."""

    def __init__(self):
        self.proxy = cluster.start("kubectl", "admin", "proxy", "--port=0")
        line = self.proxy.stdout.readline().decode()
        found = re.search(r"127\.0\.0\.1:(\d+)", line)
        expect(found, f"kubectl proxy says {line!r}")
        self.connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=60)

    def ask(self, method, path, body=None, kind="application/json"):
        self.connection.request(method, path, json.dumps(body) if body is not None else None, {"Content-Type": kind, "Accept": "application/json"})
        answer = self.connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text.startswith(b"{") else {}

    def end(self):
        self.connection.close()
        self.proxy.kill()
        self.proxy.wait()


def info(path):
    told = run([cluster.program, "recording", "info", path, "-o", "json"])
    expect(told.code == 0, told)
    return json.loads(told.text)


def text_of(moment):
    return datetime.datetime.fromtimestamp(moment, datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


# 1. The world changes.

class World:
    """Objects of a namespace of our own, and of the scenario, that come, change and go."""

    def __init__(self, server, dice):
        self.server = server
        self.dice = dice
        self.made = []  # paths of what may be changed or deleted
        self.counts = {"create": 0, "change": 0, "delete": 0}
        node = server.ask("GET", "/api/v1/nodes")[1]["items"][0]["metadata"]["name"]
        self.shared = [f"/api/v1/nodes/{node}", "/apis/apps/v1/namespaces/team-a/deployments/web"]
        status, _ = server.ask("POST", "/api/v1/namespaces", {"metadata": {"name": SPACE}})
        expect(status == 201, "the namespace", status)

    def body(self, number):
        meta = {"name": f"o-{number}", "labels": {"app": "recorded", "n": str(number % 7)}}
        template = {"metadata": {"labels": {"app": f"o-{number}"}}, "spec": {"containers": [{"name": "main", "image": "alpine:3.20", "command": ["sleep", "1000"]}],
                                                                          "terminationGracePeriodSeconds": 1, "restartPolicy": "Never"}}
        core, space = "/api/v1", f"/namespaces/{SPACE}"
        deployment = {"replicas": self.dice.randrange(2), "selector": {"matchLabels": {"app": f"o-{number}"}},
                      "template": {"metadata": template["metadata"], "spec": {**template["spec"], "restartPolicy": "Always"}}}
        return self.dice.choice([
            (core + space + "/configmaps", {"data": {"text": f"{number} ä€😀\n\"'"}}),
            (core + space + "/configmaps", {"data": {str(n): "x" * 50 for n in range(40)}}),
            (core + space + "/secrets", {"stringData": {"a": f"value {number}"}}),
            (core + space + "/services", {"spec": {"selector": {"app": f"o-{number}"}, "ports": [{"port": 80}]}}),
            (core + space + "/serviceaccounts", {}),
            ("/apis/apps/v1" + space + "/deployments", {"spec": deployment}),
            ("/apis/batch/v1" + space + "/jobs", {"spec": {"suspend": self.dice.random() < 0.7, "template": template}}),
            ("/apis/batch/v1" + space + "/cronjobs", {"spec": {"schedule": "0 0 1 1 *", "jobTemplate": {"spec": {"template": template}}}}),
            ("/apis/rbac.authorization.k8s.io/v1" + space + "/roles", {"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]}),
            ("/apis/rbac.authorization.k8s.io/v1/clusterroles", {"rules": []}),
            ("/apis/networking.k8s.io/v1" + space + "/networkpolicies", {"spec": {"podSelector": {}}}),
            ("/apis/policy/v1" + space + "/poddisruptionbudgets", {"spec": {"maxUnavailable": 1, "selector": {"matchLabels": {"app": f"o-{number}"}}}}),
            ("/apis/scheduling.k8s.io/v1/priorityclasses", {"value": number}),
            ("/apis/shop.example.com/v1" + space + "/orders", {"apiVersion": "shop.example.com/v1", "kind": "Order", "spec": {"customer": f"c-{number}", "quantity": number}}),
            (core + "/namespaces", {}),
        ]), meta

    def step(self, number):
        act = self.dice.random()
        if act < 0.45 or len(self.made) < 5:
            (path, body), meta = self.body(number)
            meta["name"] += "-" + SPACE if "/namespaces/" not in path else ""
            status, told = self.server.ask("POST", path, {**body, "metadata": meta})
            expect(status == 201, path, status, told)
            self.made.append(f"{path}/{meta['name']}")
            self.counts["create"] += 1
        elif act < 0.8:
            path = self.dice.choice(self.made + self.shared)
            self.annotate(path, str(number))
            self.counts["change"] += 1
        else:
            path = self.made.pop(self.dice.randrange(len(self.made)))
            status, told = self.server.ask("DELETE", path, {"propagationPolicy": self.dice.choice(["Background", "Foreground", "Orphan"])})
            expect(status in (200, 202), path, status, told)
            self.counts["delete"] += 1

    def annotate(self, path, value):
        status, told = self.server.ask("PATCH", path, {"metadata": {"annotations": {"recorded": value}}}, "application/merge-patch+json")
        expect(status == 200, path, status, told)

    def end(self):
        for path in self.shared:
            self.annotate(path, None)
        for path in [f"/api/v1/namespaces/{SPACE}", *(each for each in self.made if f"/{SPACE}/" not in each)]:
            self.server.ask("DELETE", path)


# 2. What the server said.

def path_of(kind):
    name, _, group = kind["resource"].partition(".")
    return f"/apis/{group}/{kind['version']}/{name}" if group else f"/api/{kind['version']}/{name}"


def said(server, kinds):
    """resource: {namespace/name: object}, as it is now."""
    out = {}
    for kind in kinds:
        status, body = server.ask("GET", path_of(kind))
        expect(status == 200, path_of(kind), status, body)
        out[kind["resource"]] = {key(each): each for each in body["items"]}
    return out


def key(item):
    return f"{item['metadata'].get('namespace', '')}/{item['metadata']['name']}"


MASK = set("xeHhg4A=")


def masked(ours, theirs):
    """Whether ours is theirs, made unreadable: of the same length, x or the base64 of x where it differs."""
    if isinstance(ours, str) and isinstance(theirs, str):
        mine, other = ours.encode(), theirs.encode()
        if len(mine) > 1 and set(ours) == {"x"}:
            return len(other) <= len(mine) <= 6 * len(other)  # all of it, as long as it stood in the JSON, with its escapes
        return len(mine) == len(other) and all(a == b or chr(a) in MASK for a, b in zip(mine, other))
    if type(ours) in (int, float) and type(theirs) in (int, float):
        return len(str(ours)) == len(str(theirs)) and set(str(ours)) <= set("1.")
    return False


def difference(ours, theirs, path, unreadable):
    """Where two objects differ, or None; what is made unreadable is gathered."""
    if ours == theirs:
        return None
    if isinstance(ours, dict) and isinstance(theirs, dict) and set(ours) == set(theirs):
        return next(filter(None, (difference(ours[each], theirs[each], f"{path}.{each}", unreadable) for each in ours)), None)
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return next(filter(None, (difference(a, b, f"{path}[{i}]", unreadable) for i, (a, b) in enumerate(zip(ours, theirs)))), None)
    if masked(ours, theirs):
        unreadable.append(path)
        return None
    return f"{path}: {ours!r:.120}, not {theirs!r:.120}"


def bare(item):
    """Without what only one of the two forms has."""
    meta = {name: value for name, value in item["metadata"].items() if name != "managedFields"}
    return {**{name: value for name, value in item.items() if name not in ("kind", "apiVersion")}, "metadata": meta}


def version(item):
    return int(item["metadata"]["resourceVersion"])


def judge(kind, ours, before, after, unreadable):
    """Of one kind what is wrong at a moment between two lists of the server. What did not change between them must be the same in ours."""
    wrong = []
    same = 0
    for each in sorted(set(ours) | set(before) | set(after)):
        a, b, mine = before.get(each), after.get(each), ours.get(each)
        if a and b and version(a) == version(b) and a["metadata"]["uid"] == b["metadata"]["uid"]:
            same += 1
            why = "is not there" if mine is None else difference(bare(mine), bare(a), "", unreadable)
        elif mine is None:
            why = None if a is None or b is None or a["metadata"]["uid"] != b["metadata"]["uid"] else "changed, and is not there"
        elif a is None and b is None:
            # It may have come and gone in between; but what was deleted before is no more.
            why = None if version(mine) > max(map(version, [*before.values()]), default=0) else "is there no more"
        else:
            low, high = version(a) if a else 0, version(b) if b else float("inf")
            why = None if low <= version(mine) <= high else f"its version is {version(mine)}, not from {low} to {high}"
        if why:
            wrong.append(f"{kind} {each}: {why}")
    return wrong, same


# 3. Secrets.

class Planted:
    """200 secrets, each beside a mark that is none, and must be found."""

    def __init__(self):
        self.secrets = []
        self.marks = []
        self.items = []
        for number in range(10):
            self.items.append({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": self.mark(), "namespace": SPACE},
                               "data": {f"k{i}": base64.b64encode(self.new().encode()).decode() for i in range(3)},
                               "stringData": {f"s{i}": self.new() for i in range(2)}})
            names = ["DB_PASSWORD", "API_TOKEN", "AWS_SECRET_ACCESS_KEY", "apiKey", "DB_PASS"]
            dollar = [f"--password={self.new()}", "--token", self.new(), "-u", f"admin:{self.new()}", f"--dsn=postgres://app:{self.new()}@db:5432/shop",
                      f"curl -H 'Authorization: Bearer {self.new()}' https://db"]
            self.items.append({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": self.mark(), "namespace": SPACE}, "spec": {
                "replicas": 1 if number < 2 else 0, "selector": {"matchLabels": {"app": f"planted-{number}"}},
                "template": {"metadata": {"labels": {"app": f"planted-{number}"}}, "spec": {"terminationGracePeriodSeconds": 1, "containers": [{
                    "name": "main", "image": "alpine:3.20", "command": ["sleep", "1000"], "args": dollar,
                    "env": [{"name": name, "value": self.new()} for name in names]}]}}}})
            self.items.append({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": self.mark(), "namespace": SPACE, "annotations": {
                f"example.com/{name}": self.new() for name in ("password", "api-token", "client-secret", "db-pass", "private-key")}}, "data": {"a": self.mark()}})

    def new(self):
        self.secrets.append("S3" + secrets.token_hex(11))
        return self.secrets[-1]

    def mark(self):
        self.marks.append("mark-" + secrets.token_hex(8))
        return self.marks[-1]

    def plant(self, half):
        told = cluster.kubectl("admin", "apply", "-f", "-", stdin=json.dumps({"apiVersion": "v1", "kind": "List", "items": self.items[half::2]}).encode())
        expect(told.code == 0, told)

    def found_in(self, data, words):
        return [each for each in words if any(form in data for form in (
            each.encode(), base64.b64encode(each.encode()).rstrip(b"="), base64.b64encode(b" " + each.encode())[2:-4]))]


# The recording that most functions look at.

class Recorded:
    def __init__(self):
        self.seed = random.randrange(1 << 32)
        self.path = folder / "main.flrec"
        self.moments = []  # (time, before, after, table of pods, when it was asked for)
        server = Server()
        planted = self.planted = Planted()
        dice = random.Random(self.seed)
        world = World(server, dice)
        recorder = None
        try:
            planted.plant(0)  # half of them are there before the recording begins
            recorder = Recorder(self.path, "-A")
            recorder.listed()
            planted.plant(1)
            wait_for(lambda: self.path.stat().st_size > 50_000, "the first blocks")
            self.kinds = wait_for(lambda: info(self.path)["kinds"], "the kinds in the file")
            rests = set(dice.sample(range(CHANGES), MOMENTS))
            for number in range(CHANGES):
                world.step(number)
                if number in rests:
                    self.rest(server, number)
            time.sleep(LAG)
            self.second = run([cluster.program, "record", "-A", "-o", self.path], {"KUBECONFIG": cluster.kubeconfigs["admin"]})
            self.live = info(self.path)
            self.code, self.printed, self.errors = recorder.stop()
            told = cluster.kubectl("admin", "get", "secrets,deployments,configmaps,pods", "-n", SPACE, "-o", "json")
            self.plain_words = told.text.encode()
        finally:
            if recorder:
                recorder.process.kill()
            world.end()
            server.end()
        self.counts = world.counts
        print(f"   seed {self.seed}, {self.counts}, {len(self.kinds)} kinds; {self.printed.strip()}", flush=True)

    def rest(self, server, number):
        before = said(server, self.kinds)
        time.sleep(LAG)
        wide, asked = None, 0
        if number % 3 == 0:
            asked = time.time()
            wide = cluster.kubectl("admin", "get", ",".join(TABLES), "-A", "-o", "wide")
            time.sleep(LAG)
        moment = time.time()
        self.moments.append((moment, before, said(server, self.kinds), wide, moment - asked))


def recorded():
    global main_recording
    if main_recording is None:
        try:
            main_recording = Recorded()
        except Failed as failed:
            main_recording = failed
    if isinstance(main_recording, Failed):
        raise main_recording
    return main_recording


def fairlead(*arguments):
    """No kubeconfig: what is read is a file alone."""
    return run([cluster.program, *arguments], {"KUBECONFIG": "/nowhere"}, timeout=120)


def at_random_moments_it_is_what_the_server_said():
    world = recorded()
    names = ",".join(kind["resource"] for kind in world.kinds)
    forms = {(kind["resource"].partition(".")[2] + "/" + kind["version"]).lstrip("/") + " " + kind["kind"]: kind["resource"] for kind in world.kinds}
    wrong, same, unreadable, rows = [], {}, {}, set()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda each: fairlead("get", names, "-A", "-o", "json", "--recording", world.path, "--at", text_of(each[0])), world.moments))
    for (moment, before, after, _, _), told in zip(world.moments, answers):
        expect(told.code == 0, told)
        ours = {kind["resource"]: {} for kind in world.kinds}
        for item in json.loads(told.text)["items"]:
            ours[forms[f"{item['apiVersion']} {item['kind']}"]][key(item)] = item
        rows.add(sum(map(len, ours.values())))
        for kind in world.kinds:
            name = kind["resource"]
            masks = []
            bad, count = judge(name, ours[name], before[name], after[name], masks)
            wrong += [f"{text_of(moment)}: {each}" for each in bad]
            same[name] = same.get(name, 0) + count
            unreadable.setdefault(name, []).extend(masks)
    expect(not wrong, f"seed {world.seed}: {len(wrong)} differences", *wrong[:30])
    expect(len(world.moments) == MOMENTS and len(rows) > 5, "the cluster stood still", rows)
    compared = [name for name, count in same.items() if count > 0]
    expect(len(compared) >= 40, "too few kinds have rows", sorted(compared))
    # Where nothing is secret, nothing is unreadable.
    for name in ("nodes", "services", "namespaces", "jobs.batch", "clusterroles.rbac.authorization.k8s.io"):
        expect(not unreadable[name], name, *unreadable[name][:5])
    expect(len(unreadable["secrets"]) > 20 * MOMENTS, "secrets can be read", len(unreadable["secrets"]))
    print(f"   {sum(same.values())} objects of {len(compared)} kinds the same at {len(world.moments)} moments", flush=True)


def tables_of_a_moment_are_kubectls():
    world = recorded()
    compared = {}
    for moment, before, after, wide, elapsed in world.moments:
        if wide is None:
            continue
        expect(wide.code == 0, wide)
        told = fairlead("get", ",".join(TABLES), "-A", "-o", "wide", "--recording", world.path, "--at", text_of(moment))
        expect(told.code == 0, told)
        ours, theirs = told.text.split("\n\n"), wide.text.split("\n\n")
        expect(len(ours) == len(theirs) == len(TABLES), told, wide)
        for name, mine, other in zip(TABLES, ours, theirs):
            if {k: version(v) for k, v in before[name].items()} != {k: version(v) for k, v in after[name].items()}:
                continue  # it changed meanwhile
            why = tabletext.difference(mine, other, elapsed)
            expect(not why, f"seed {world.seed}, {text_of(moment)}: {name}: {why}")
            compared[name] = compared.get(name, 0) + 1
    expect(sum(compared.values()) >= len(TABLES) and compared.get("cronjobs.batch"), f"too few tables could be compared: {compared}")
    print(f"   tables: {compared}", flush=True)


def every_kind_is_recorded():
    world = recorded()
    watched = cluster.kubectl("admin", "api-resources", "--verbs=list,watch", "-o", "name").text.split()
    expect(sorted(kind["resource"] for kind in world.kinds) == sorted(watched), sorted({kind["resource"] for kind in world.kinds} ^ set(watched)))
    told = fairlead("get", "componentstatuses", "-o", "name", "--recording", world.path)  # that can be listed only
    expect(told.code == 0 and "componentstatus/scheduler" in told.text, told)


def it_ends_cleanly():
    world = recorded()
    expect(world.code == 0, world.code, world.errors)
    expect(world.printed.startswith(f"{world.path}: {len(world.kinds)} kinds, ") and "Made unreadable: " in world.printed, world.printed)
    expect("Missing" not in world.printed, world.printed)
    now = info(world.path)
    expect(world.live["state"] == "recording" and now["state"] == "complete" and now["damagedParts"] == 0, world.live["state"], now["state"])
    expect(now["context"] == cluster.name and now["server"].startswith("v1.") and now["bytes"] == world.path.stat().st_size, now)
    expect(sum(each["count"] for each in now["unreadable"]) >= 200, now["unreadable"])
    table = run([cluster.program, "recording", "info", world.path])
    expect(table.code == 0 and "\npods " in table.text and "STATE         complete" in table.text, table)
    # One file has one recorder.
    expect(world.second.code == 1 and world.second.errors[0] == f"error: {world.path}: is being written by someone else", world.second)


def no_secret_is_in_the_file():
    world = recorded()
    planted = world.planted
    expect(len(planted.secrets) >= 200, len(planted.secrets))
    data = flrec.plain(world.path)
    found = planted.found_in(data, planted.secrets)
    expect(not found, f"{len(found)} of {len(planted.secrets)} secrets", *found[:5], *[data[max(0, data.find(each.encode()) - 200):][:260] for each in found[:3]])
    # The search finds what is there: what stands beside them in the file, and the secrets in what the server says.
    missing = [each for each in planted.marks if each.encode() not in data]
    expect(not missing, "not recorded", *missing[:5])
    expect(len(planted.found_in(world.plain_words, planted.secrets)) == len(planted.secrets), "they were not on the server")


def a_copy_is_as_good():
    world = recorded()
    copy = folder / "elsewhere" / "a copy.flrec"
    copy.parent.mkdir()
    shutil.copyfile(world.path, copy)
    for moment in [each[0] for each in world.moments[::17]] + [None]:
        at = ["--at", text_of(moment)] if moment else []
        for command in (["get", "pods,deployments,nodes", "-A", "-o", "wide"], ["tree", "-A"], ["diagnose", "-A"], ["jobs", "list", "-A"]):
            first = fairlead(*command, "--recording", world.path, *at)
            second = fairlead(*command, "--context", copy, *at)  # its name in place of a context
            expect(first.text and first.code == second.code in (0, 1) and first.text == second.text, first, second)
            # A recording stands still: ages are those of the moment.
            expect(fairlead(*command, "--recording", world.path, *at).text == first.text, command)


def a_recorder_that_was_killed():
    path = folder / "killed.flrec"
    recorder = Recorder(path, "pods", "deployments", "namespaces", "-A").listed()
    wait_for(lambda: [each["lists"] for each in info(path)["kinds"]] == [1, 1, 1], "its lists in the file")
    recorder.stop(signal.SIGKILL)
    told = info(path)
    expect(told["state"] == "unfinished" and told["damagedParts"] == 0 and len(told["kinds"]) == 3, told)
    names = set(cluster.kubectl("admin", "get", "ns", "-o", "name").text.split())
    ours = fairlead("get", "ns", "-o", "name", "--recording", path)
    expect(ours.code == 0 and {"namespace/team-a", "namespace/kube-system"} <= set(ours.text.split()) & names, ours)
    expect(fairlead("get", "pods", "-A", "--recording", path).text.count("\n") > 5, "pods")
    # And another may not be written over it.
    again = cluster.fairlead("admin", "record", "-A", "-o", str(path))
    expect(again.code == 1 and again.errors[0] == f"error: {path}: is there already", again)
    expect(info(path) == told, "it was touched")


def for_a_length_of_time():
    path = folder / "short.flrec"
    began = time.monotonic()
    told = cluster.fairlead("admin", "record", "deploy,pods", "-n", "team-a", "--for", "3s", "-o", str(path))
    expect(told.code == 0 and 3 <= time.monotonic() - began < 30, told)
    expect(info(path)["namespace"] == "team-a", told)
    # Its own namespace counts without -n.
    ours = fairlead("get", "deploy", "-o", "name", "--recording", path)
    expect(ours.text == cluster.kubectl("admin", "get", "deploy", "-n", "team-a", "-o", "name").text, ours)
    nodes = fairlead("get", "nodes", "--recording", path)
    expect(nodes.code == 1 and "nodes are not in this recording" in nodes.errors[0], nodes)
    for option, code, words in ((["--at", "yesterday"], 2, "this is no moment"), (["--at", "+1h"], 2, "the recording ends earlier"), (["--at", "+1s"], 0, "")):
        ours = fairlead("get", "deploy", "--recording", path, *option)
        expect(ours.code == code and words in "".join(ours.errors), ours)
    watched = fairlead("get", "deploy", "-w", "-o", "name", "--recording", path, "--at", "-1s")
    expect(watched.code == 0 and set(watched.text.split()) >= set(fairlead("get", "deploy", "-o", "name", "--recording", path, "--at", "-1s").text.split()), watched)


def logs():
    path = folder / "logs.flrec"
    secret, space = "S3" + secrets.token_hex(11), SPACE + "-logs"
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "talks", "namespace": space}, "spec": {"restartPolicy": "Never", "terminationGracePeriodSeconds": 1,
           "containers": [{"name": "main", "image": "alpine:3.20", "command": ["sh", "-c", f"echo before; sleep 8; for i in $(seq 500); do echo said-$i end; done; echo password={secret}; sleep 1000"]}]}}
    body = {"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": space}}, pod]}
    told = cluster.kubectl("admin", "apply", "-f", "-", stdin=json.dumps(body).encode())
    expect(told.code == 0, told)
    try:
        wait_for(lambda: "before" in cluster.kubectl("admin", "logs", "talks", "-n", space).text, "the pod's first line")
        recorder = Recorder(path, "pods", "--logs", "-n", space).listed()
        wait_for(lambda: secret in cluster.kubectl("admin", "logs", "talks", "-n", space).text, "its last line")
        time.sleep(LAG)
        code, printed, errors = recorder.stop()
        expect(code == 0 and "Logs: 502 lines" in printed, printed, errors)
    finally:
        cluster.kubectl("admin", "delete", "namespace", space, "--wait=false")
    data = flrec.plain(path)
    for word in ("before", "said-1 end", "said-500 end", "password="):
        expect(word.encode() in data, word)
    expect(secret.encode() not in data, "a secret of a log")
    expect(info(path)["logs"] == 1, info(path))


def who_may_not_list_all():
    path = folder / "dev.flrec"
    told = cluster.fairlead("dev", "record", "pods,secrets,services", "-n", "team-a", "--for", "2s", "-o", str(path))
    expect(told.code == 0, told)
    told = cluster.fairlead("viewer", "record", "secrets", "pods", "-n", "team-a", "--for", "2s", "-o", str(folder / "viewer.flrec"))
    expect(told.code == 0 and "Not recorded, since you may not read them: secrets" in told.errors, told)
    nothing = folder / "nothing.flrec"
    told = cluster.fairlead("dev", "record", "-A", "-o", str(nothing))
    expect(told.code == 4 and "you may list nothing of it in all namespaces" in told.errors[0] and not nothing.exists(), told)


def what_cannot_be_written():
    told = cluster.fairlead("admin", "record", "-A", "-o", str(folder / "none" / "x.flrec"))
    expect(told.code == 1 and "none/x.flrec: cannot be written: No such file or directory" in told.errors[0] and len(told.errors) == 2, told)
    told = run([cluster.program, "record", "-A", "-o", folder / "x.flrec", "--context", "nobody"], {"KUBECONFIG": cluster.kubeconfigs["admin"]})
    expect(told.code == 1 and not (folder / "x.flrec").exists(), told)
    if os.geteuid() != 0:
        return
    small = folder / "small"
    small.mkdir()
    expect(run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small]).code == 0, "no small disk")
    try:
        told = cluster.fairlead("admin", "record", "-A", "-o", str(small / "full.flrec"), "--for", "60s")
        expect(told.code == 1 and any("full.flrec: cannot be written: No space left on device" in line for line in told.errors), told)
        expect(any(line.startswith("Make room") for line in told.errors), told)
        expect(fairlead("recording", "info", small / "full.flrec").text.startswith("FILE "), "what was written before")
    finally:
        run(["umount", "-l", small])


def the_demo():
    told = fairlead("get", "pods", "-A", "--demo")
    if (TESTS.parent / "resources" / "demo" / "demo.flrec").exists():
        expect(told.code == 0 and told.text.count("\n") > 50, told)
    else:
        expect(told.code == 1 and told.errors[0] == "error: this build has no demo" and "resources/demo/demo.flrec" in told.errors[1], told)


if __name__ == "__main__":
    SUITE = "Recording"
    try:
        cluster = Cluster()
    except Failed as failed:
        no_cluster(SUITE, failed)
    try:
        harness.run(SUITE, [
            ("atRandomMomentsItIsWhatTheServerSaid", at_random_moments_it_is_what_the_server_said),
            ("tablesOfAMomentAreKubectls", tables_of_a_moment_are_kubectls), ("everyKindIsRecorded", every_kind_is_recorded),
            ("itEndsCleanly", it_ends_cleanly), ("noSecretIsInTheFile", no_secret_is_in_the_file), ("aCopyIsAsGood", a_copy_is_as_good),
            ("aRecorderThatWasKilled", a_recorder_that_was_killed), ("forALengthOfTime", for_a_length_of_time), ("logs", logs),
            ("whoMayNotListAll", who_may_not_list_all), ("whatCannotBeWritten", what_cannot_be_written), ("theDemo", the_demo)])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
