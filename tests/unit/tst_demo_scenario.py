#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scenario demo as data: what its manifests and its story name is there. The real server's word on it is `record-demo`'s."""

import copy
import ctypes
import functools
import pathlib
import re
import shlex
import struct
import sys

import yaml

sys.dont_write_bytecode = True
TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "lint"))
sys.path.insert(0, str(TESTS / "cluster"))

import harness  # noqa: E402
from fairleadcluster import demorecording, images, settled, story  # noqa: E402

DEMO = TESTS / "cluster" / "demo"
IMAGES = {name for name, _, _ in images.IMAGES}
# Kinds that are in no namespace.
CLUSTER_WIDE = {"Namespace", "Node", "PriorityClass", "StorageClass", "PersistentVolume", "IngressClass", "CustomResourceDefinition", "Depot"}
# As the story's commands call them.
KINDS = {
    "deployment": "Deployment", "statefulset": "StatefulSet", "service": "Service", "node": "Node", "job": "Job", "cronjob": "CronJob",
    "poddisruptionbudget": "PodDisruptionBudget", "persistentvolumeclaim": "PersistentVolumeClaim", "release": "Release", "campaign": "Campaign",
    "depot": "Depot", "ingress": "Ingress",
}  # fmt: skip
# First names: nobody is to find themselves in a demo.
PEOPLE = "alice anna bob carol charlie dave david emma erik eva frank jane john julia karl laura lisa maria mark martin max mike paul peter sarah thomas tom"
PLANTED = "planted"


def expect(wrong):
    wrong = list(wrong)
    if wrong:
        raise harness.Failed("\n".join(wrong))


def documents(path):
    return [each for each in yaml.safe_load_all(path.read_text()) if each]


@functools.cache
def manifests():
    return [each for path in sorted(DEMO.glob("[0-9]-*.yaml")) for each in documents(path)]


def key(item):
    return item["kind"], item["metadata"].get("namespace", ""), item["metadata"]["name"]


def template(item):
    """Of the pods that it makes, None for what makes none."""
    spec = item.get("spec") or {}
    if item["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    return spec.get("template") if item["kind"] in ("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob") else None


def by_key():
    return {key(each): each for each in manifests()}


def with_templates():
    return [(each, template(each)) for each in manifests() if template(each)]


def told():
    return story.read("demo")


def story_manifests():
    return [each for path in sorted((DEMO / "story").glob("*.yaml")) for each in documents(path) if "kind" in each]


def every_object_has_one_name():
    found = [key(each) for each in manifests()]
    if len(found) < 200:
        raise harness.Failed(f"only {len(found)} objects")
    spaces = {name for kind, _, name in found if kind == "Namespace"}
    expect([f"twice: {each}" for each in set(found) if found.count(each) > 1]
           + [f"not in a namespace of the scenario: {each}" for each in found if each[0] not in CLUSTER_WIDE and each[1] not in spaces]
           + [f"in a namespace: {each}" for each in found if each[0] in CLUSTER_WIDE and each[1]])


def pods_are_about_150():
    nodes = sum(each["kind"] == "Node" for each in manifests()) + 1
    count = sum(nodes if each["kind"] == "DaemonSet" else each["spec"]["replicas"] for each, _ in with_templates() if each["kind"] not in ("Job", "CronJob"))
    # A dozen runs of the cron jobs are kept besides.
    if not 110 <= count <= 130:
        raise harness.Failed(f"{count} pods of services")


def pods_say_where_they_run():
    expect(f"{key(each)}: {pod['spec'].get('nodeSelector')}" for each, pod in with_templates()
           if each["kind"] != "DaemonSet" and pod["spec"].get("nodeSelector") not in ({"pool": "web"}, {"pool": "general"}))


def real_containers_have_images():
    expect(f"{key(each)}: there is no image {container['image']}" for each, pod in with_templates() + [(each, template(each)) for each in story_manifests() if template(each)]
           if pod["spec"].get("nodeSelector") != {"pool": "general"} for container in pod["spec"]["containers"] if container["image"] not in IMAGES)


def real_pods_fit_on_two_cores():
    total = 0
    for each, pod in with_templates():
        if pod["spec"].get("nodeSelector") != {"pool": "general"}:
            cpu = sum(int(container["resources"]["requests"]["cpu"].removesuffix("m")) for container in pod["spec"]["containers"])
            total += cpu * each["spec"].get("replicas", 1)
    if not 0 < total <= 1000:
        raise harness.Failed(f"the real node is asked for {total}m, and may have two cores only")


def references_exist():
    known = by_key()
    wrong = []

    def needs(who, kind, space, name, part=None):
        item = known.get((kind, space, name))
        held = {**(item or {}).get("data", {}), **(item or {}).get("stringData", {})}
        if item is None or part is not None and part not in held:
            wrong.append(f"{who}: there is no {kind} {space}/{name}" + (f" with {part}" if part else ""))

    for each, pod in with_templates():
        who, space = key(each), each["metadata"]["namespace"]
        if "priorityClassName" in pod["spec"]:
            needs(who, "PriorityClass", "", pod["spec"]["priorityClassName"])
        if "serviceAccountName" in pod["spec"]:
            needs(who, "ServiceAccount", space, pod["spec"]["serviceAccountName"])
        for container in pod["spec"]["containers"]:
            for source in container.get("envFrom", []):
                needs(who, "ConfigMap", space, source["configMapRef"]["name"], "LOG")
            for variable in container.get("env", []):
                if "valueFrom" in variable:
                    of = variable["valueFrom"]["secretKeyRef"]
                    needs(who, "Secret", space, of["name"], of["key"])
    for each in manifests():
        who, space, spec = key(each), each["metadata"].get("namespace", ""), each.get("spec") or {}
        if each["kind"] == "Ingress":
            for secret in spec.get("tls", []):
                needs(who, "Secret", space, secret["secretName"])
            for path in spec["rules"][0]["http"]["paths"]:
                of = path["backend"]["service"]
                needs(who, "Service", space, of["name"])
                ports = known.get(("Service", space, of["name"]), {"spec": {}})["spec"].get("ports", [])
                wrong += [] if any(of["port"].get("name") == port["name"] for port in ports) else [f"{who}: {of} has no such port"]
        if each["kind"] == "HorizontalPodAutoscaler":
            needs(who, spec["scaleTargetRef"]["kind"], space, spec["scaleTargetRef"]["name"])
        if each["kind"] == "PersistentVolume":
            name = spec["claimRef"]["name"]
            if not any(f"{claim['metadata']['name']}-{other['metadata']['name']}" == name.rpartition("-")[0] for other in manifests()
                       for claim in (other.get("spec") or {}).get("volumeClaimTemplates", [])):
                wrong.append(f"{who}: nobody claims {name}")
    expect(wrong)


def selectors_select():
    wrong = []
    pods = [(each["metadata"]["namespace"], pod["metadata"]["labels"], pod["spec"]["containers"]) for each, pod in with_templates()]
    for each in manifests():
        spec = each.get("spec") or {}
        wanted = spec.get("selector") if each["kind"] == "Service" else (spec.get("selector") or {}).get("matchLabels") if each["kind"] == "PodDisruptionBudget" else None
        if each["kind"] == "NetworkPolicy":
            wanted = spec["podSelector"].get("matchLabels")
        if not wanted:
            continue
        chosen = [containers for space, labels, containers in pods if space == each["metadata"]["namespace"] and wanted.items() <= labels.items()]
        if not chosen:
            wrong.append(f"{key(each)}: selects no pod: {wanted}")
        for port in spec.get("ports", []) if each["kind"] == "Service" and chosen else []:
            offered = {name for containers in chosen for container in containers for opened in container.get("ports", []) for name in (opened["name"], opened["containerPort"])}
            if offered and port["targetPort"] not in offered:
                wrong.append(f"{key(each)}: nobody serves {port['targetPort']}")
    expect(wrong)


def settles_are_words():
    wrong = []
    for each in manifests():
        for place in (each, template(each) or {}):
            wish = place.get("metadata", {}).get("annotations", {}).get(settled.ANNOTATION)
            if wish and wish.partition(":")[0] not in settled.WORDS:
                wrong.append(f"{key(each)}: {wish}")
            if wish and each["kind"] + "s" not in ("Deployments", "StatefulSets", "DaemonSets", "Services", "Jobs", "CronJobs", "PersistentVolumeClaims"):
                wrong.append(f"{key(each)}: load does not look at this kind")
    expect(wrong)


def nobody_is_named():
    people = re.compile(rf"(?i)\b({'|'.join(PEOPLE.split())})\b|[\w.]+@[\w-]+\.\w+")
    expect(f"{path.name}: {match[0]}" for path in sorted(DEMO.rglob("*.*")) for match in people.finditer(re.sub(r"postgres://\S+", "", path.read_text())))


def credentials_are_planted_where_people_leave_them():
    places = dict.fromkeys(("secret", "env", "argument", "config map", "annotation", "log"), 0)
    for each in manifests():
        data = (each.get("data") or {}) if each["kind"] == "ConfigMap" else {}
        places["secret"] += sum(PLANTED in value for value in each.get("stringData", {}).values())
        places["log"] += data.get("LOG", "").count(PLANTED)
        places["config map"] += sum(PLANTED in value for name, value in data.items() if name != "LOG")
        places["annotation"] += sum(PLANTED in value for value in each["metadata"].get("annotations", {}).values())
        for container in (template(each) or {"spec": {"containers": []}})["spec"]["containers"]:
            places["env"] += sum(PLANTED in variable.get("value", "") for variable in container.get("env", []))
            places["argument"] += sum(PLANTED in argument for argument in container.get("args", []))
        # A secret that is not planted would be somebody's.
        for value in each.get("stringData", {}).values() if each["kind"] == "Secret" else []:
            if PLANTED not in value and value not in ("catalog", "shop", "orders", "admin"):
                raise harness.Failed(f"{key(each)}: is this a credential? {value}")
    if not all(places.values()) or sum(places.values()) < 25:
        raise harness.Failed(f"{places}")


def commands_of(step):
    return [shlex.split(command) for command in step.get("kubectl", [])]


def commands_name_what_is_there(steps=None):
    """Returns nothing; each command of the story, in order, on what the scenario and the steps before it made."""
    known = by_key()
    wrong = []
    for step in steps if steps is not None else told().first + told().before + told().steps:
        for words in commands_of(step):
            space = words[words.index("-n") + 1] if "-n" in words else ""
            where = f"{step['title']}: {' '.join(words)}"
            for number, word in enumerate(words):
                name = None
                if re.fullmatch(r"[a-z]+/[a-z0-9-]+", word) and word.split("/")[0] in KINDS:
                    name = (KINDS[word.split("/")[0]], space, word.split("/")[1])
                elif word.startswith("--from=cronjob/"):
                    name = ("CronJob", space, word.split("/")[1])
                elif word in ("patch", "delete") and words[number + 1] in KINDS:
                    name = (KINDS[words[number + 1]], space, words[number + 2])
                if name and name not in known:
                    wrong.append(f"{where}: there is no {name}")
                if name and word == "delete":
                    known.pop(name, None)
                if word in ("-f", "--patch-file"):
                    path = DEMO / words[number + 1]
                    if not path.exists():
                        wrong.append(f"{where}: there is no such file")
                    else:
                        known.update({key(each): each for each in documents(path) if "kind" in each})
                if words[max(number - 2, 0):number] and "image" in words[:number] and "=" in word and "/" in word and not word.startswith("-"):
                    container, image = word.split("=")
                    owner = next(other for other in words if other.split("/")[0] in KINDS and "/" in other).split("/")
                    made = template(known.get((KINDS[owner[0]], space, owner[1]), {"kind": "", "spec": {}})) or {"spec": {"containers": []}}
                    if container not in [each["name"] for each in made["spec"]["containers"]]:
                        wrong.append(f"{where}: {owner} has no container {container}")
                    pulled = not any("ImagePullBackOff" in text for text in step.get("expect", []))
                    if (image in IMAGES) != pulled:
                        wrong.append(f"{where}: the image is {'not ' if pulled else ''}there")
    expect(wrong)


def what_is_expected_exists():
    known = {**by_key(), **{key(each): each for each in story_manifests()}}
    wrong = []
    for step in told().steps:
        for text in step.get("expect", []):
            expected = story.Expectation(text, step)
            words = shlex.split(expected.what)
            space = words[words.index("-n") + 1] if "-n" in words else ""
            if expected.wish != story.NOTHING and expected.wish.partition(":")[0] not in settled.WORDS:
                wrong.append(f"{text}: no such word")
            kind, _, name = words[0].partition("/")
            if name and not name.startswith("$") and (KINDS.get(kind), space, name) not in known:
                wrong.append(f"{text}: there is no such object")
            if not name and kind != "pods":
                wrong.append(f"{text}: all of a kind is too much to look at")
            for label in re.findall(r"-l app=([\w-]+)", text):
                if not any(pod["metadata"]["labels"].get("app") == label and each["metadata"]["namespace"] == space or "-A" in words for each, pod in with_templates()):
                    wrong.append(f"{text}: no pod has this label")
    for finding in told().findings:
        _, kind, space, name = finding.split()
        if (kind, space, name) not in known:
            wrong.append(f"{finding}: there is no such object")
    expect(wrong)


def names_are_asked_for():
    used = set(re.findall(r"\$([A-Z]+)", str(told().steps)))
    if used != set(told().names) or not used:
        raise harness.Failed(f"{used} against {set(told().names)}")


def time_goes_on():
    tale = told()
    moments = [story.seconds_of(step["at"]) for step in tale.steps]
    if moments != sorted(set(moments)) or moments[-1] >= tale.length or tale.length < demorecording.LEAST_SECONDS:
        raise harness.Failed(f"{moments}, {tale.length} s long")
    longest = max(after - before for before, after in zip(moments, moments[1:]))
    if longest > 60:
        raise harness.Failed(f"nothing happens for {longest} s")
    expect([f"{step['title']}: neither does nor expects anything" for step in tale.steps if not step.get("kubectl") and not step.get("expect")]
           + [f"{step['title']}: mends what does not come before: {of}" for step in tale.steps for of in step.get("mends", [])
              if of not in [each["at"] for each in tale.steps if each.get("expect")] or story.seconds_of(of) >= story.seconds_of(step["at"])])
    if sum("mends" in step for step in tale.steps) < 5:
        raise harness.Failed("too little is mended")


def a_missing_object_is_noticed():
    """The judge, tried: commands that name what nobody made."""
    for command in ("-n shop rollout undo deployment/basket", "-n shop patch service nobody -p '{}'", "apply -f story/nothing.yaml",
                    "-n shop set image deployment/cart basket=registry.example.com/shop/cart:2.4.0",
                    "-n shop set image deployment/cart cart=registry.example.com/shop/cart:9.9.9"):
        try:
            commands_name_what_is_there([{"title": "x", "kubectl": [command]}])
        except harness.Failed:
            continue
        raise harness.Failed(f"says nothing of: {command}")


class Server:
    """Answers `get` with what stands in `objects`, and keeps what was run."""

    def __init__(self):
        self.ran = []
        self.answer = ""

    def run(self, *arguments, quiet=False):
        self.ran.append(arguments)
        if "jsonpath={.spec.nodeName}" in arguments:
            return "node-7"
        return self.answer if arguments[0] == "get" else ""

    def start(self, *arguments):
        self.ran.append(arguments)
        return self

    def terminate(self):
        self.ran.append(("ended",))

    def wait(self):
        pass


def a_story_is_played():
    tale = {"needs": [], "length": "0:02", "names": {"NODE": "-n data get pod x -o jsonpath={.spec.nodeName}"}, "step": [
        {"at": "0:00", "title": "a", "kubectl": ["cordon $NODE"], "expect": ["node/$NODE: Cordoned"], "within": 0},
        {"at": "0:01", "title": "b", "mends": ["0:00"], "kubectl": ["drain $NODE"], "wait": False, "expect": ["pods -l app=x: None"], "within": 0},
    ]}  # fmt: skip
    said, story.say = story.say, lambda text: None
    try:
        server = Server()
        server.answer = '{"items": [{"kind": "Node", "metadata": {}, "spec": {"unschedulable": true}}]}'
        failed = story.Story(tale).play(server, speed=100)
        if len(failed) != 1 or "None" not in failed[0]:
            raise harness.Failed(f"{failed}")
        commands = [" ".join(each) for each in server.ran]
        if [each for each in commands if each.startswith(("cordon", "drain", "ended"))] != ["cordon node-7", "drain node-7", "ended"] or commands.index("drain node-7") < next(
            number for number, each in enumerate(commands) if each.startswith("get node/node-7")) or sum("jsonpath" in each for each in commands) != 1:
            raise harness.Failed(f"{commands}")
        server.answer = ""
        failed = story.Story(tale).play(server, speed=100)
        if len(failed) != 1 or "Cordoned" not in failed[0]:
            raise harness.Failed(f"{failed}")
    finally:
        story.say = said


def a_recording_is_judged():
    good = {"state": "complete", "beginMilliseconds": 0, "endMilliseconds": 600_000, "bytes": 3 << 20, "logs": 1, "unreadable": [{"count": 1}],
            "kinds": [{"resource": f"kind{n}", "events": n * 10, "rows": 5, "lists": 1, "keyframes": 2} for n in range(20)]}  # fmt: skip
    if demorecording.judge(good):
        raise harness.Failed(f"a good one: {demorecording.judge(good)}")
    for name, value, part in (("state", "unfinished", "unfinished"), ("endMilliseconds", 599_000, "1 s too few"), ("logs", 0, "no logs"),
                              ("unreadable", [{"count": 0}], "planted"), ("bytes", (3 << 20) + 1000, "1,000 too many")):
        bad = copy.deepcopy(good)
        bad[name] = value
        problems = demorecording.judge(bad)
        if not problems or part not in problems[0]:
            raise harness.Failed(f"{name}: {problems}")
        if name == "bytes" and (len(problems) != 10 or "kind19: 205 objects: 190 events" not in problems[1]):
            raise harness.Failed(f"{problems}")
    if not demorecording.judge(None):
        raise harness.Failed("none")


def recording(*texts):
    """As the recorder writes it, but for its checksums."""
    zstd = ctypes.CDLL("libzstd.so.1")
    zstd.ZSTD_compress.restype = ctypes.c_size_t
    zstd.ZSTD_compress.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int]
    data = b"FLREC\r\n\x1a" + bytes(24)
    for text in texts:
        room = ctypes.create_string_buffer(len(text) + 100)
        size = zstd.ZSTD_compress(room, len(room), text, len(text), 3)
        data += struct.pack("<IBBHIIqII", 0x1A424C46, 1, 1, 0, size, len(text), 0, 0, 0) + room.raw[:size]
    return data + b"FLEND\r\n\x1a" + bytes(16)


def a_readable_credential_is_found():
    if demorecording.readable(recording(b"a" * 1000, b'{"password":"xxxxxxx"}')):
        raise harness.Failed("there is none")
    for data, part in ((recording(b"a", b"x" * 100 + b"Bearer planted-1"), "1 times"), (recording(b"cGxhbnRlZC0x planted"), "2 times"), (b"", "no block")):
        found = demorecording.readable(data)
        if len(found) != 1 or part not in found[0]:
            raise harness.Failed(f"{part}: {found}")


harness.run("DemoScenario", [
    ("everyObjectHasOneName", every_object_has_one_name),
    ("podsAreAbout150", pods_are_about_150),
    ("podsSayWhereTheyRun", pods_say_where_they_run),
    ("realContainersHaveImages", real_containers_have_images),
    ("realPodsFitOnTwoCores", real_pods_fit_on_two_cores),
    ("referencesExist", references_exist),
    ("selectorsSelect", selectors_select),
    ("settlesAreWords", settles_are_words),
    ("nobodyIsNamed", nobody_is_named),
    ("credentialsArePlantedWherePeopleLeaveThem", credentials_are_planted_where_people_leave_them),
    ("commandsNameWhatIsThere", commands_name_what_is_there),
    ("whatIsExpectedExists", what_is_expected_exists),
    ("namesAreAskedFor", names_are_asked_for),
    ("timeGoesOn", time_goes_on),
    ("aMissingObjectIsNoticed", a_missing_object_is_noticed),
    ("aStoryIsPlayed", a_story_is_played),
    ("aRecordingIsJudged", a_recording_is_judged),
    ("aReadableCredentialIsFound", a_readable_credential_is_found),
])  # fmt: skip
