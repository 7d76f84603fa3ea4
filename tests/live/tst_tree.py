#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`fairlead tree` on a real cluster: the forest that a test makes itself of what kubectl lists, before and after 300 random changes; what was
named with all below it; owners without a namespace; a user who may not list everything."""

import json
import pathlib
import random
import sys
import time
import uuid

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from commands import Cluster, Failed, harness, no_cluster  # noqa: E402

WORDS = {"healthy", "progressing", "degraded", "failed", "idle", "unknown"}
MEMBERS = {"kind", "namespace", "name", "uid", "health", "children"}
CHANGES = 300
TRIES = 30

cluster = None


def expect(condition, *what):
    if not condition:
        raise Failed("\n".join(map(str, what)))


def listed(kinds, *where):
    """uid: (kind, namespace, name, uid of the first owner)"""
    told = cluster.kubectl("admin", "get", ",".join(kinds), *where, "-o", "json")
    expect(told.code == 0, told)
    objects = {}
    for each in json.loads(told.text)["items"]:
        meta = each["metadata"]
        if "uid" in meta:  # metrics and the like are no objects
            owner = (meta.get("ownerReferences") or [{"uid": ""}])[0]["uid"]
            objects[meta["uid"]] = (each["kind"], meta.get("namespace", ""), meta["name"], owner)
    return objects


def kinds_of(namespaced):
    told = cluster.kubectl("admin", "api-resources", "--verbs=list", f"--namespaced={str(namespaced).lower()}", "-o", "name")
    return [each for each in told.text.split() if each.split(".")[0] != "events"]


def shown(user, *arguments):
    """The same of our own answer."""
    told = cluster.fairlead(user, "tree", *arguments, "-o", "json")
    expect(told.code == 0, told)
    objects = {}

    def walk(node, owner):
        expect(MEMBERS <= set(node) <= MEMBERS | {"orphan"}, node)
        expect(node["health"] in WORDS, node)
        expect(node["uid"] not in objects, "twice", node)
        expect("orphan" not in node or (node["orphan"] is True and not owner), node)
        objects[node["uid"]] = (node["kind"], node["namespace"], node["name"], "orphan" if "orphan" in node else owner)
        for child in node["children"]:
            walk(child, node["uid"])
    for root in json.loads(told.text):
        walk(root, "")
    return objects


def same(theirs, ours, *what):
    """A cluster works: only where kubectl says the same before and after can we be wrong."""
    for _ in range(TRIES):
        before = theirs()
        mine = ours()
        after = theirs()
        # The times of leases and endpoints change without end; who there is and who owns whom does not.
        if before == after:
            wrong = sorted(set(before.items()) ^ set(mine.items()))
            expect(not wrong, *what, "kubectl alone, or we alone:", *[("kubectl " if each in before.items() else "fairlead ") + str(each) for each in wrong[:20]])
            return mine
        time.sleep(0.5)
    raise Failed(f"the cluster is never at rest: {sorted(set(before.items()) ^ set(after.items()))[:10]}")


def of_the_whole_cluster():
    kinds = kinds_of(True) + kinds_of(False)
    everything = same(lambda: listed(kinds, "-A"), lambda: shown("admin", "-A"))
    expect(any(kind == "Pod" and owner for kind, _, _, owner in everything.values()), "no pod has an owner")


def of_a_namespace():
    """What owns something in it and has no namespace is there, too; all else is the namespace's."""
    def theirs():
        objects = listed(kinds_of(True), "-n", "kube-node-lease")
        nodes = listed(["nodes"])
        return {**objects, **{uid: nodes[uid] for _, _, _, uid in objects.values() if uid in nodes}}
    found = same(theirs, lambda: shown("admin", "-n", "kube-node-lease"))
    expect(any(kind == "Node" for kind, _, _, _ in found.values()), "no node owns a lease", found)
    # Of the owner's kind there are many: only the owner comes.
    role = json.loads(cluster.kubectl("admin", "get", "clusterrole", "view", "-o", "json").text)["metadata"]
    space = "tree-" + uuid.uuid4().hex[:8]
    body = {"apiVersion": "v1", "kind": "List", "items": [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": space}},
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "owned", "namespace": space, "ownerReferences": [
            {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "name": "view", "uid": role["uid"]}]}}]}
    try:
        told = cluster.kubectl("admin", "apply", "-f", "-", stdin=json.dumps(body).encode())
        expect(told.code == 0, told)
        roles = [each for each in shown("admin", "-n", space).items() if each[1][0] == "ClusterRole"]
        expect(roles == [(role["uid"], ("ClusterRole", "", "view", ""))], roles)
    finally:
        cluster.kubectl("admin", "delete", "namespace", space, "--wait=false")


def after_random_changes():
    space = "tree-" + uuid.uuid4().hex[:8]
    seed = random.randrange(1 << 32)
    dice = random.Random(seed)
    made = {}  # name: uid

    def apply(name, owners):
        controller = dice.randrange(3)
        body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "namespace": space, "ownerReferences": [
            {"apiVersion": "v1", "kind": "ConfigMap", "name": each, "uid": made[each], "controller": number == controller} for number, each in enumerate(owners)]}}
        told = cluster.kubectl("admin", "apply", "-f", "-", "-o", "json", stdin=json.dumps(body).encode())
        expect(told.code == 0, told)
        made[name] = json.loads(told.text)["metadata"]["uid"]

    def owners_for(number):
        """Only older ones: no circle, which the garbage collector would never get rid of."""
        older = [each for each in made if int(each.split("-")[1]) < number]
        return dice.sample(older, min(len(older), dice.choice([0, 1, 1, 1, 2])))

    expect(cluster.kubectl("admin", "create", "namespace", space).code == 0, space)
    try:
        same(lambda: listed(kinds_of(True), "-n", space), lambda: shown("admin", "-n", space), "before")
        expect(cluster.kubectl("admin", "create", "deployment", "web", "--image=app:1", "--replicas=2", "-n", space).code == 0, "deployment")
        for number in range(CHANGES):
            act = dice.random()
            if act < 0.5 or len(made) < 3:
                apply(f"c-{number}", owners_for(number))
            elif act < 0.75:
                name = dice.choice(list(made))
                # Its uid may be gone with its owner: then it is made anew.
                apply(name, owners_for(int(name.split("-")[1])))
            elif act < 0.95:
                name = dice.choice(list(made))
                del made[name]
                told = cluster.kubectl("admin", "delete", "configmap", name, "-n", space, "--ignore-not-found", "--wait=false",
                                       f"--cascade={dice.choice(['orphan', 'background'])}")
                expect(told.code == 0, told)
                alive = {each[2]: uid for uid, each in listed(["configmaps"], "-n", space).items()}
                made = {each: alive[each] for each in made if each in alive}
            else:
                told = cluster.kubectl("admin", "scale", "deployment", "web", f"--replicas={dice.randrange(5)}", "-n", space)
                expect(told.code == 0, told)
        found = same(lambda: listed(kinds_of(True), "-n", space), lambda: shown("admin", "-n", space), f"seed {seed}")
        depth = max(len(list(chain(found, uid))) for uid in found)
        expect(depth >= 3 and len(found) > 30, f"too tame: depth {depth}, {len(found)} objects, seed {seed}")
    finally:
        cluster.kubectl("admin", "delete", "namespace", space, "--wait=false")


def chain(objects, uid):
    while uid in objects:
        yield uid
        uid = objects[uid][3]


def what_was_named():
    whole = shown("admin", "-n", "team-a")
    web = next(uid for uid, each in whole.items() if each[:3] == ("Deployment", "team-a", "web"))
    below = {uid for uid in whole if web in chain(whole, uid)}
    for spelled in (["deployment/web"], ["deploy", "web"], ["deployments.apps/web"]):
        found = shown("admin", *spelled, "-n", "team-a")
        expect(set(found) == below and len(found) >= 3, spelled, found)
    # A part of it stands at the top when it was asked for, and is no orphan.
    pod = next(each[2] for uid, each in whole.items() if each[0] == "Pod" and uid in below)
    expect([each[2:] for each in shown("admin", f"pod/{pod}", "-n", "team-a").values()] == [(pod, "")], "the pod alone")
    several = shown("admin", "statefulsets", "-n", "team-a")
    expect({each[2] for each in several.values() if not each[3]} == {each[2] for each in whole.values() if each[0] == "StatefulSet"}, several)
    # A name that each namespace has, beside a kind that has none.
    mixed = shown("admin", "namespace/team-a", "configmap/kube-root-ca.crt", "-n", "team-a")
    expect([each[:3] for each in mixed.values()] == [("Namespace", "", "team-a"), ("ConfigMap", "team-a", "kube-root-ca.crt")], mixed)
    gone = cluster.fairlead("admin", "tree", "deployment/nobody", "-n", "team-a")
    expect(gone.code == 1 and "deployments.apps \"nobody\" not found" in gone.errors[0], gone)
    unknown = cluster.fairlead("admin", "tree", "nosuchkind", "-n", "team-a")
    expect(unknown.code == 1 and "the server doesn't have a resource type" in unknown.errors[0], unknown)


def as_text():
    told = cluster.fairlead("admin", "tree", "deployment/web", "-n", "team-a")
    lines = told.text.splitlines()
    expect(told.code == 0 and lines[0].split() == ["NAME", "READY", "STATUS", "AGE"], told)
    expect(lines[1].startswith("Deployment/web ") and "ReplicaSet/web-" in told.text, told)
    pods = [line for line in lines if "Pod/web-" in line]
    expect(pods and all(line.startswith(("  ├─Pod", "  └─Pod", "│ ├─Pod", "│ └─Pod")) for line in pods), *lines)
    ready = cluster.kubectl("admin", "get", "deployment", "web", "-n", "team-a", "--no-headers").text.split()[1]
    expect(lines[1].split()[1] == ready, lines[1], ready)
    whole = cluster.fairlead("admin", "tree", "-n", "team-a")
    # Config maps and their like are no tree; how many there are is said.
    expect("ConfigMap/" not in whole.text and any("not shown" in line for line in whole.errors), whole)
    everywhere = cluster.fairlead("admin", "tree", "-A", "--no-headers")
    expect(any(line.split()[:2] == ["team-a", "Deployment/web"] for line in everywhere.text.splitlines()), everywhere)


def who_may_not_list_all():
    told = cluster.fairlead("dev", "tree", "-n", "team-a")
    may = {each for each in kinds_of(True) if cluster.kubectl("dev", "auth", "can-i", "list", each, "-n", "team-a").text.strip() == "yes"}
    refused = sorted(set(kinds_of(True)) - may)
    said = [line for line in told.errors if line.startswith("You may not list ")]
    expect(told.code == 0 and "Deployment/web" in told.text, told)
    expect(bool(said) == bool(refused) and all(each in said[0] for each in refused), refused, *said)
    nowhere = cluster.fairlead("dev", "tree", "-n", "kube-system")
    expect(nowhere.code == 4, nowhere)


if __name__ == "__main__":
    SUITE = "Tree"
    try:
        cluster = Cluster()
    except Failed as failed:
        no_cluster(SUITE, failed)
    harness.run(SUITE, [
        ("ofTheWholeCluster", of_the_whole_cluster), ("ofANamespace", of_a_namespace), ("afterRandomChanges", after_random_changes),
        ("whatWasNamed", what_was_named), ("asText", as_text), ("whoMayNotListAll", who_may_not_list_all)])
