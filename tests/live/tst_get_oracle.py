#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`fairlead get` prints what kubectl prints: every kind, three users, five forms, and the spellings of a kind.

A cluster does not stand still: kubectl, fairlead, and kubectl again where they differ; ours must equal one of the two, within five tries.
"""

import concurrent.futures
import json
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import tabletext  # noqa: E402
import yaml  # noqa: E402
from commands import TESTS, Cluster, Failed, harness, no_cluster, run  # noqa: E402

TRIES = 5
# The server itself gives these in no order.
UNORDERED = {"componentstatuses"}
DEADLINE = 60

# What is typed after `get`, and our exit code; kubectl's is 0 where ours is, else 1.
SPELLINGS = """
0 pods -n team-a
0 pod -n team-a
0 po -n team-a
0 Pod -n team-a
0 PODS -n team-a
0 -n team-a pods
0 pods --namespace team-a
0 pods --namespace=team-a -o wide
0 pods.v1. -n team-a
0 deploy -n team-a
0 deployments.apps -n team-a
0 deployments.v1.apps -n team-a
0 deploy.apps -n team-a
0 Deployment.v1.apps -n team-a
0 all -n team-a
0 all,cm -n team-a
0 pods,svc -n team-a
0 pods,svc,nodes -A
0 nodes,pods -A
0 po,po,pods -n team-a
0 cronjob,job -n team-a
0 hpa,pdb,quota,netpol -n team-a
0 no
0 ns -A
0 crd
0 orders -A
0 ord -n team-a
0 orders.shop.example.com -A
0 ev.events.k8s.io -n team-a
0 svc web -n team-a
0 svc/web deploy/web -n team-a
0 svc,deploy web -n team-a
0 ns/default ns/team-b
0 clusterrole/system:node
0 cm -n nowhere
0 cm,svc -n nowhere
0 svc -n nowhere -o json
0 svc -n nowhere -o name
0 pods -l app=web -n team-a
0 pods -l app!=web,app -A -o wide
0 pods --selector=!app -n team-a
0 pods --field-selector status.phase=Running -A
0 pods --field-selector=status.phase!=Running -n team-a -o name
0 svc web -n team-a -o name
0 svc web -n team-a -o json
0 svc web -n team-a -o yaml
0 endpoints -A
1 svc nope -n team-a
1 svc web nope -n team-a
1 svc,cm web web-config -n team-a -o yaml
1 svc nope nope2 -n team-a -o json
1 svc/web deploy/nope -n team-a -o yaml
1 nope
1 nope/x
1 pods,nope
1 all/x
1 deployments.v1beta1.apps
1 deployments.extensions
1 pods.v1
1 pods,
1 bindings
1 tokenreviews
1 pods/log
1 pods -l app=x=y
1 pods --field-selector nonsense=x
1 pods --field-selector x
1 configmap/a%b
1 pods ..
2 svc web -A
2 all web
2 pods/x/y
2 pods/
2 pods x -l a=b
2 pods/x -l a=b
2 pods pods/x
2 pods -o nonsense
2 pods --nonsense
2 pods,svc -w
4dev pods -A
4dev pods -n team-b
4dev pods,svc -n team-b
4dev nodes,svc -n team-a
4dev nodes
4dev ns
4dev svc web -n team-b
4dev pods -A -o json
4dev pods -A -o name
4viewer secrets -A
4viewer secrets,cm -n team-a
4viewer secret web-tls -n team-a -o yaml
"""

# In kubectl's YAML: an escaped control, which we may write otherwise.
ESCAPES = re.compile(r"\\[xuUeabvf0N_LP]")

class KubernetesReader(yaml.CSafeLoader):
    """YAML 1.1 as Kubernetes' reader has it: a float needs no point."""


KubernetesReader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"[-+]?\d+[eE][-+]?\d+$"), list("-+0123456789"))

cluster = None


def attempt(user, arguments, agrees):
    """`agrees(ours, theirs, elapsed)` returns "" or why not; kubectl's second answer is asked for where the first does not do."""
    why = ""
    for _ in range(TRIES):
        began = time.monotonic()
        before = cluster.kubectl(user, *arguments)
        ours = cluster.fairlead(user, *arguments)
        if not agrees(ours, before, time.monotonic() - began):
            return ""
        after = cluster.kubectl(user, *arguments)
        why = agrees(ours, after, time.monotonic() - began)
        if not why:
            return ""
    return why


def words(lines):
    """The first lines of kubectl's errors; the advice that is not ours to repeat left out."""
    return [line for line in lines if line.strip() and not line.startswith(("See 'kubectl", "Examples:", "Usage:"))]


def same_errors(ours, theirs):
    mine = ours.errors
    for line in words(theirs.errors):
        if tabletext.visible(line) not in mine:
            return f"kubectl says {line!r}, and we {mine[:3]}"
    return ""


def same_tables(ours, theirs, elapsed, ordered=True):
    if (ours.code == 0) != (theirs.code == 0):
        return f"exit code {ours.code}, kubectl {theirs.code}: {ours.errors[:2]}, kubectl {theirs.errors[:2]}"
    return same_errors(ours, theirs) or tabletext.difference(ours.text, theirs.text, elapsed, ordered)


def escaped(text):
    """kubectl's JSON with the controls that it prints raw as the escapes that ours has."""
    return "".join(f"\\u{ord(character):04x}" if 0x7F <= ord(character) < 0xA0 else character for character in text)


def same_json(ours, theirs, _, ordered=True):
    if (ours.code == 0) != (theirs.code == 0):
        return f"exit code {ours.code}, kubectl {theirs.code}"
    if found := tabletext.hidden(ours.text, False):
        return f"a raw {found}"
    mine, other = json.loads(ours.text or "null"), json.loads(theirs.text or "null")
    if not ordered:
        for each in (mine, other):
            each["items"].sort(key=lambda item: item["metadata"]["name"])
        return "" if mine == other else "other content"
    if mine != other:
        return "other content: " + first_difference(mine, other)
    return "" if ours.text == escaped(theirs.text) else "the same content, written differently"


def first_difference(a, b, path=""):
    if type(a) is not type(b):
        return f"{path}: {a!r:.80}, not {b!r:.80}"
    if isinstance(a, dict):
        for key in sorted(set(a) | set(b)):
            if a.get(key) != b.get(key):
                return first_difference(a.get(key), b.get(key), f"{path}.{key}")
    if isinstance(a, list):
        if len(a) != len(b):
            return f"{path}: {len(a)} entries, not {len(b)}"
        for i, (x, y) in enumerate(zip(a, b)):
            if x != y:
                return first_difference(x, y, f"{path}[{i}]")
    return f"{path}: {a!r:.80}, not {b!r:.80}"


def together(work, things):
    """Two at a time: most of it is waiting for the server."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(work, things))


def over_kinds(user, form, agrees):
    kinds = cluster.kinds()

    def why(kind):
        return attempt(user, ["get", kind, "-A", "-o", form], lambda *answers: agrees(*answers, kind not in UNORDERED))

    failures = [f"{kind}: {reason}" for kind, reason in zip(kinds, together(why, kinds)) if reason]
    if failures:
        raise Failed(f"{len(failures)} of {len(kinds)} kinds differ for {user}\n" + "\n".join(failures))
    print(f"   {len(kinds)} kinds as {user}", flush=True)


def every_kind_as(user):
    return lambda: over_kinds(user, "wide", same_tables)


def json_is_kubectls():
    over_kinds("admin", "json", same_json)


def yaml_of(kind):
    """Why our YAML of a kind is not right, and whether its bytes could be compared: kubectl prints none where there is a control."""
    ordered = kind not in UNORDERED
    why = ""
    for _ in range(TRIES):
        objects = cluster.kubectl("admin", "get", kind, "-A", "-o", "json")
        ours = cluster.fairlead("admin", "get", kind, "-A", "-o", "yaml")
        theirs = cluster.kubectl("admin", "get", kind, "-A", "-o", "yaml")
        if ours.code != 0:
            why = str(ours)
            continue
        if found := tabletext.hidden(ours.text, True):
            return f"a raw {found}", False
        content, wanted = yaml.load(ours.text, KubernetesReader), json.loads(objects.text)
        if not ordered:
            for each in (content, wanted):
                each["items"].sort(key=lambda item: item["metadata"]["name"])
        if content != wanted:
            why = "other content: " + first_difference(content, wanted)
            continue
        comparable = ordered and theirs.code == 0 and not tabletext.hidden(theirs.text, True) and not ESCAPES.search(theirs.text)
        if comparable and ours.text != theirs.text:
            why = "the same content, written differently"
            continue
        return "", comparable
    return why, False


def yaml_reads_back_equal():
    failures = []
    compared = 0
    kinds = cluster.kinds()
    for kind, (why, comparable) in zip(kinds, together(yaml_of, kinds)):
        compared += comparable
        if why:
            failures.append(f"{kind}: {why}")
    if failures:
        raise Failed("\n".join(failures))
    if compared < 30:
        raise Failed(f"only {compared} kinds could be compared byte for byte")
    print(f"   {compared} kinds byte for byte", flush=True)


def names_are_kubectls():
    def agrees(ours, theirs, _, ordered):
        mine, other = ours.text.splitlines(), theirs.text.splitlines()
        return "" if (mine if ordered else sorted(mine)) == (other if ordered else sorted(other)) else f"{len(mine)} names, not {len(other)}"

    over_kinds("admin", "name", agrees)


def spellings_behave_as_kubectls():
    rows = [line.split() for line in SPELLINGS.strip().splitlines()]

    def why(row):
        code, *arguments = row
        user = code.lstrip("0123456789") or "admin"
        wanted = int(code[0])
        form = next((word for word in arguments if word in ("json", "yaml", "name")), "table")

        def agrees(ours, theirs, elapsed):
            if ours.code != wanted:
                return f"exit code {ours.code}, not {wanted}: {ours.errors[:2]}"
            if (theirs.code == 0) != (wanted == 0):
                return f"kubectl's exit code is {theirs.code}"
            if wanted == 2:
                return "" if ours.errors and not ours.out else "usage errors say something, and print nothing"
            if reason := same_errors(ours, theirs):
                return reason
            if form == "table":
                return tabletext.difference(ours.text, theirs.text, elapsed)
            return "" if ours.text == escaped(theirs.text) else "another output"

        return attempt(user, ["get", *arguments], agrees)

    failures = [f"get {' '.join(row[1:])}: {reason}" for row, reason in zip(rows, together(why, rows)) if reason]
    if failures:
        raise Failed("\n".join(failures))
    print(f"   {len(rows)} spellings", flush=True)


def ambiguous_short_names_are_told():
    wrong = []
    for typed in ("ev", "ev,ev", "ev.v1.", "ev.events.k8s.io", "events", "nope,ev", "ev,nope", "all,ev", "ev/x ev/y", "ev x y"):
        arguments = ["get", *typed.split(), "-n", "team-a"]
        told = [[line for line in cluster.kubectl("admin", *arguments).errors if line.startswith("Warning: short name")],
                [line for line in cluster.fairlead("admin", *arguments).errors if line.startswith("Warning: short name")]]
        if told[0] != told[1]:
            wrong.append(f"{typed}: {told[1]}, kubectl {told[0]}")
    if wrong:
        raise Failed("\n".join(wrong))


def no_right_says_what_helps():
    for kind, helps in (("nodes", "Ask an administrator"), ("pods", "Choose a namespace in which you may see pods.")):
        ours = cluster.fairlead("dev", "get", kind, "-A")
        if ours.code != 4 or not any(line.startswith(helps) for line in ours.errors):
            raise Failed(str(ours))


def rows_stand_in_the_servers_order():
    spaces = ("order", "order-1", "order1")  # "order-1/…" is less than "order/…"
    for space in spaces:
        cluster.kubectl("admin", "create", "namespace", space)
    try:
        wait_for(lambda: all(cluster.kubectl("admin", "get", "cm", "-n", space, "-o", "name").text for space in spaces), "their config maps")
        # Tables have the order of their own making, the objects that of the storage.
        for form, agrees in (("wide", same_tables), ("json", same_json)):
            if why := attempt("admin", ["get", "cm", "-A", "-o", form], agrees):
                raise Failed(f"-o {form}: {why}")
    finally:
        cluster.kubectl("admin", "delete", "namespace", *spaces, "--wait=false")


def long_lists_come_in_pages():
    """More rows than a page of 500 holds, in every form."""
    cluster.kubectl("admin", "create", "namespace", "pages")
    items = [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": f"page-{i}"}, "data": {"i": str(i)}} for i in range(600)]
    try:
        made = cluster.kubectl("admin", "create", "-n", "pages", "-f", "-", stdin=json.dumps({"apiVersion": "v1", "kind": "List", "items": items}).encode())
        if made.code != 0:
            raise Failed(str(made))
        for form, agrees in (("wide", same_tables), ("json", same_json)):
            if why := attempt("admin", ["get", "cm", "-n", "pages", "-o", form], agrees):
                raise Failed(f"-o {form}: {why}")
        if (count := len(cluster.fairlead("admin", "get", "cm", "-n", "pages", "-o", "name").text.split())) < 600:
            raise Failed(f"{count} names of 600")
    finally:
        cluster.kubectl("admin", "delete", "namespace", "pages", "--wait=false")


def wait_for(condition, what):
    deadline = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > deadline:
            raise Failed(f"not within {DEADLINE} s: {what}")
        time.sleep(0.1)


class Watching:
    """A command that runs on, and the lines that it has printed so far."""

    def __init__(self, which, *arguments):
        self.process = cluster.start(which, "admin", *arguments)
        self.lines = []
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.decode())

    def stop(self, number=signal.SIGINT):
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            code = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Failed("a watch that does not end at a signal")
        self.thread.join(20)
        return code, self.process.stderr.read().decode()


def watch_prints_every_change():
    arguments = ("get", "cm", "-n", "watching", "-w")
    cluster.kubectl("admin", "create", "namespace", "watching")
    wait_for(lambda: cluster.kubectl("admin", "get", "cm", "-n", "watching", "-o", "name").text, "the namespace's own config map")
    theirs, ours = Watching("kubectl", *arguments), Watching("fairlead", *arguments)
    names = Watching("fairlead", *arguments, "-o", "name")
    objects = Watching("fairlead", *arguments, "-o", "json")
    try:
        for watching in (theirs, ours, names, objects):
            wait_for(lambda: watching.lines, "the first list")
        steps = (("create", "cm", "one", "--from-literal=a=1"), ("patch", "cm", "one", "-p", '{"data":{"b":"2"}}'),
                 ("create", "cm", "a-much-longer-name-than-before", "--from-literal=a=1"), ("delete", "cm", "one"))
        for step in steps:
            # One change a tick, so that none may be skipped.
            counts = len(theirs.lines), len(ours.lines)
            done = cluster.kubectl("admin", *step, "-n", "watching")
            if done.code != 0:
                raise Failed(str(done))
            wait_for(lambda: (len(theirs.lines), len(ours.lines)) == (counts[0] + 1, counts[1] + 1), f"one line for {step[:3]}")

        def cells(lines):
            return [re.split(r"   +", line.rstrip("\n"))[:2] for line in lines]

        if cells(ours.lines) != cells(theirs.lines):
            raise Failed("".join(ours.lines) + "is not\n" + "".join(theirs.lines))
        wait_for(lambda: names.lines.count("configmap/one\n") == 3, "three lines for the object by name")
        printed = "".join(objects.lines)
        if printed.count('"name": "one"') != 3 or "managedFields" in printed:
            raise Failed(printed)
        code, errors = ours.stop(signal.SIGINT)
        if (code, errors) != (130, ""):
            raise Failed(f"after SIGINT: exit code {code}, {errors!r}")
        code, errors = names.stop(signal.SIGTERM)
        if (code, errors) != (143, ""):
            raise Failed(f"after SIGTERM: exit code {code}, {errors!r}")
    finally:
        for watching in (theirs, ours, names, objects):
            watching.stop(signal.SIGTERM)
        cluster.kubectl("admin", "delete", "namespace", "watching", "--wait=false")


def watch_ends_when_nobody_reads():
    process = cluster.start("fairlead", "admin", "get", "ns", "-w")
    process.stdout.readline()
    process.stdout.close()
    try:
        code = process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        raise Failed("it goes on for nobody")
    errors = process.stderr.read()
    if code != 0 or errors:
        raise Failed(f"exit code {code}, {errors!r}")


def watch_of_what_cannot_be_watched_fails():
    ours = cluster.fairlead("admin", "get", "componentstatuses", "-w")
    if ours.code != 1 or not any("MethodNotAllowed" in line for line in ours.errors):
        raise Failed(str(ours))
    ours = cluster.fairlead("dev", "get", "pods", "-n", "team-b", "-w")
    if ours.code != 4:
        raise Failed(str(ours))


def watch_survives_the_servers_death():
    watching = Watching("fairlead", "get", "cm", "-n", "default", "-w")
    try:
        wait_for(lambda: watching.lines, "the first list")
        restarted = run([TESTS / "cluster" / "ctl", cluster.name, "restart-apiserver"], timeout=120)
        if restarted.code != 0:
            raise Failed(str(restarted))
        wait_for(lambda: cluster.kubectl("admin", "create", "cm", "after-the-death", "-n", "default").code == 0, "the server again")
        wait_for(lambda: any(line.startswith("after-the-death ") for line in watching.lines), "the change after the reconnect")
        if sum(line.startswith("kube-root-ca.crt ") for line in watching.lines) != 1:
            raise Failed("the reconnect printed rows that had not changed\n" + "".join(watching.lines))
    finally:
        code, errors = watching.stop()
        cluster.kubectl("admin", "delete", "cm", "after-the-death", "-n", "default")
    if code != 130:
        raise Failed(f"exit code {code}, {errors}")


def no_control_reaches_the_terminal():
    """The scenario's hostile texts, in every form."""
    found = 0
    for kind in ("cm", "events", "events.events.k8s.io", "orders", "regions", "pods", "deploy", "secrets"):
        for form in ("table", "wide", "json", "yaml", "name"):
            ours = cluster.fairlead("admin", "get", kind, "-A", "-o", form)
            if ours.code != 0:
                raise Failed(str(ours))
            for text in (ours.text, "\n".join(ours.errors)):
                if hidden := tabletext.hidden(text, form in ("table", "wide", "name")):
                    raise Failed(f"get {kind} -A -o {form}: a raw {hidden}")
            found += ours.text.count("^[") + ours.text.count("\\u001b") + ours.text.count("\\u202e")
    if found < 5:
        raise Failed("there was nothing hostile to print: is the scenario loaded?")


def contexts_are_the_kubeconfigs():
    ours = run([cluster.program, "contexts", "-o", "json"], {"KUBECONFIG": cluster.kubeconfigs["merged"]})
    theirs = json.loads(run([cluster.oracle, "config", "view", "-o", "json"], {"KUBECONFIG": cluster.kubeconfigs["merged"]}).text)
    servers = {each["name"]: each["cluster"]["server"] for each in theirs["clusters"]}
    wanted = [{"name": each["name"], "cluster": each["context"]["cluster"], "server": servers[each["context"]["cluster"]],
               "user": each["context"]["user"], "namespace": each["context"].get("namespace", ""),
               "current": each["name"] == theirs["current-context"]} for each in theirs["contexts"]]
    listed = json.loads(ours.text)
    lines = pathlib.Path(cluster.kubeconfigs["merged"]).read_text(encoding="utf-8").splitlines()
    for each in listed:
        if each["file"] != cluster.kubeconfigs["merged"] or each["name"] not in lines[each["line"] - 1]:
            raise Failed(f"{each['name']} does not stand in {each['file']}:{each['line']}")
    ours_sorted = sorted(({key: value for key, value in each.items() if key not in ("file", "line")} for each in listed), key=lambda each: each["name"])
    if ours_sorted != sorted(wanted, key=lambda each: each["name"]):
        raise Failed(f"{ours_sorted}\nis not\n{wanted}")


FUNCTIONS = [
    ("everyKindAsAdmin", every_kind_as("admin")),
    ("everyKindAsDev", every_kind_as("dev")),
    ("everyKindAsViewer", every_kind_as("viewer")),
    ("jsonIsKubectls", json_is_kubectls),
    ("yamlReadsBackEqual", yaml_reads_back_equal),
    ("namesAreKubectls", names_are_kubectls),
    ("spellingsBehaveAsKubectls", spellings_behave_as_kubectls),
    ("ambiguousShortNamesAreTold", ambiguous_short_names_are_told),
    ("noRightSaysWhatHelps", no_right_says_what_helps),
    ("rowsStandInTheServersOrder", rows_stand_in_the_servers_order),
    ("longListsComeInPages", long_lists_come_in_pages),
    ("noControlReachesTheTerminal", no_control_reaches_the_terminal),
    ("contextsAreTheKubeconfigs", contexts_are_the_kubeconfigs),
    ("watchPrintsEveryChange", watch_prints_every_change),
    ("watchEndsWhenNobodyReads", watch_ends_when_nobody_reads),
    ("watchOfWhatCannotBeWatchedFails", watch_of_what_cannot_be_watched_fails),
    ("watchSurvivesTheServersDeath", watch_survives_the_servers_death),
]

def main():
    global cluster
    try:
        cluster = Cluster()
    except Failed as failed:
        no_cluster("GetOracle", failed)
    harness.run("GetOracle", FUNCTIONS)


if __name__ == "__main__":
    main()
