#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests/cluster decides before it starts anything: which Go builds, which old programs go, what a machine lacks.

apt, Go and the kernel's files are stand-ins. Not provable here: containers on a machine whose cgroups are all version 2, since a
controller that is mounted as version 1 cannot be had as version 2 meanwhile."""

import fcntl
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "tests" / "cluster"), str(TOP / "tests" / "lint")]

import harness  # noqa: E402
from fairleadcluster import cgroups, golang, paths, programs, startup  # noqa: E402

DAY = 86400


def expect(condition, *what):
    if not condition:
        raise harness.Failed("\n".join(map(str, what)))


class Instead:
    """Attributes of modules replaced while the `with` lasts."""

    def __init__(self, *changes):
        self.changes = changes

    def __enter__(self):
        self.before = [(module, name, getattr(module, name)) for module, name, _ in self.changes]
        for module, name, value in self.changes:
            setattr(module, name, value)

    def __exit__(self, *_):
        for module, name, value in self.before:
            setattr(module, name, value)


# --- which programs stay ---


class Cache:
    """Folders of fingerprints made of one letter each, `days` old."""

    def __init__(self, folder):
        self.root = pathlib.Path(folder) / "fairlead-test"
        self.root.mkdir()

    def add(self, letter, days, suffix=""):
        path = self.root / (letter * 64 + suffix)
        path.mkdir()
        (path / "program").write_bytes(b"")
        os.utime(path, (time.time() - days * DAY,) * 2)
        return path

    def left(self):
        return {f"{path.name[0]}{path.name[64:]}" for path in self.root.iterdir() if path.is_dir()}


def old_programs_go():
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(folder)
        kept = cache.add("a", 90)
        cache.add("b", 90)
        cache.add("c", 1)
        cache.add("d", 90, ".partial")
        cache.add("e", 0, ".partial")
        cache.add("f", 90, ".removing")
        (cache.root / "tidy").mkdir()
        (cache.root / "go-toolchain").mkdir()
        os.utime(cache.root / "tidy", (0, 0))
        os.utime(cache.root / "go-toolchain", (0, 0))
        programs.prune(kept)
        names = {path.name for path in cache.root.iterdir() if path.is_dir() and len(path.name) < 64}
        expect(names == {"tidy", "go-toolchain"}, names)
        expect(cache.left() - {"t", "g"} == {"a", "c", "e.partial"}, cache.left())


def what_runs_stays():
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(folder)
        kept, used = cache.add("a", 0), cache.add("b", 90)
        shutil.copy2("/bin/sleep", used / "program")
        os.utime(used, (0, 0))
        process = subprocess.Popen([used / "program", "100"])
        try:
            programs.prune(kept)
            expect(cache.left() == {"a", "b"}, "while it runs", cache.left())
        finally:
            process.kill()
            process.wait()
        programs.prune(kept)
        expect(cache.left() == {"a"}, "when it has ended", cache.left())


def what_is_being_built_stays():
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(folder)
        kept, building = cache.add("a", 0), cache.add("b", 90, ".partial")
        with open(cache.root / ("b" * 64 + ".lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            programs.prune(kept)
            expect(building.is_dir(), "removed while another process builds it")
        programs.prune(kept)
        expect(not building.exists(), "not removed afterwards")


def building_prunes_and_asking_keeps():
    """`build` moves the new one into place, then prunes; and whoever asks for programs keeps them from others' prunes."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(folder)
        cache.add("b", 90)

        def built(target):
            target.mkdir()

        with Instead((programs, "cache_root", lambda: cache.root), (programs, "_build_into", built), (programs, "say", lambda text: None)):
            target = programs.build()
            expect(target.is_dir() and not (cache.root / ("b" * 64)).exists(), cache.left())
            os.utime(target, (0, 0))
            expect(programs.ready() and time.time() - target.stat().st_mtime < 60, "its time is not renewed")
            cache.add("b", 90)
            programs.build()
            expect((cache.root / ("b" * 64)).is_dir(), "pruned though nothing was built")


# --- which Go ---


class Go:
    """Programs that answer `go env GOVERSION`; None is no Go at all there."""

    def __init__(self, folder, **versions):
        self.folder = pathlib.Path(folder)
        self.calls = []
        self.said = []
        for name, version in versions.items():
            self.place(name, version)

    def place(self, name, version):
        path = self.folder / name / "go"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\necho {version}\n")
        path.chmod(0o755)
        return path

    def find(self, candidates, user=0, apt_brings=None):
        def run(arguments, **options):
            if arguments[0] != "apt-get":
                return subprocess_run(arguments, **options)
            self.calls.append(" ".join(arguments))
            if "install" in arguments and apt_brings:
                self.place("apt", apt_brings)

        def download(old, cache, say):
            self.calls.append(f"toolchain by {old}")
            return cache / "go-toolchain" / "bin" / "go"

        subprocess_run = subprocess.run
        apt = self.folder / "apt" / "go"
        with Instead((golang, "candidates", lambda cache: [self.folder / name / "go" for name in candidates]), (golang.os, "geteuid", lambda: user),
                     (golang.subprocess, "run", run), (golang, "_download_toolchain", download), (golang.shutil, "which", lambda name: str(apt) if apt.exists() else None)):
            return str(golang.find_or_install(self.folder, self.said.append))


def a_new_go_is_taken():
    with tempfile.TemporaryDirectory() as folder:
        go = Go(folder, old="go1.19.8", new="go1.24.8", newer="go1.30rc1")
        expect(go.find(["none", "old", "new"]) == f"{folder}/new/go" and go.calls == [], go.calls)
        expect(go.find(["newer"]) == f"{folder}/newer/go", go.calls)


def an_old_go_fetches_the_pinned_one():
    with tempfile.TemporaryDirectory() as folder:
        go = Go(folder, old="go1.19.8")
        expect(go.find(["none", "old"]) == f"{folder}/go-toolchain/bin/go" and go.calls == [f"toolchain by {folder}/old/go"], go.calls)


def without_go_debians_is_installed():
    with tempfile.TemporaryDirectory() as folder:
        go = Go(folder)
        found = go.find(["none"], apt_brings="go1.19.8")
        expect(found == f"{folder}/go-toolchain/bin/go", found)
        expect([call.split()[1] for call in go.calls[:2]] == ["update", "install"] and go.calls[1].endswith(" golang-go"), go.calls)
        expect(go.calls[2] == f"toolchain by {folder}/apt/go", go.calls)


def without_go_and_root_it_says_what_to_do():
    with tempfile.TemporaryDirectory() as folder:
        go = Go(folder)
        try:
            go.find(["none"], user=1000)
        except SystemExit as reason:
            expect("golang-go" in str(reason) and go.calls == [], reason, go.calls)
            return
        raise harness.Failed("it went on")


def a_broken_go_is_none():
    with tempfile.TemporaryDirectory() as folder:
        expect(golang.version(pathlib.Path(folder) / "nowhere") is None, "a Go that is not there")
        expect(golang.version(Go(folder, odd="gcc-12").folder / "odd" / "go") is None, "another program of that name")
        expect(golang.version(Go(folder, next="go2.1").folder / "next" / "go") == (2, 1), "two numbers")


def users_flags_do_not_reach_the_build():
    for name, value in (("GOFLAGS", "-mod=mod"), ("GOROOT", "/nowhere"), ("GOWORK", "/nowhere/go.work"), ("GOARCH", "arm64")):
        os.environ[name] = value
    environment = golang.environment()
    expect("GOROOT" not in environment and (environment["GOFLAGS"], environment["GOWORK"], environment["GOARCH"]) == ("", "off", "amd64"), environment)


# --- the machine ---


def cgroups_of_version_two():
    """One tree: the controllers are handed down to the cluster's own cgroup, and it goes with everything below it."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        place = paths.Folder("two")
        (root / place.cgroup).mkdir()
        for level in (root, root / place.cgroup):
            (level / "cgroup.subtree_control").write_text("")
        with Instead((cgroups, "_hierarchies", lambda: [folder])):
            cgroups.make(place)
            for level in (root, root / place.cgroup):
                written = re.findall(r"\+(\w+)", (level / "cgroup.subtree_control").read_text())
                # A plain file keeps only what was written last; the kernel's keeps all.
                expect(written, f"nothing was handed down in {level}")
            (root / place.cgroup / "cgroup.subtree_control").unlink()
            (root / place.cgroup / "kubepods" / "pod1").mkdir(parents=True)
            cgroups.remove(place)
        expect(not (root / place.cgroup).exists(), "it is still there")


def hierarchies_of_every_machine():
    """As in /proc/self/mountinfo of machines with version 1 only, both, and version 2 only."""
    samples = {
        "27 24 0:23 / /sys/fs/cgroup/memory rw,nosuid - cgroup cgroup rw,memory\n28 24 0:24 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids":
            ["/sys/fs/cgroup/memory", "/sys/fs/cgroup/pids"],
        "27 24 0:23 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n29 24 0:25 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw":
            ["/sys/fs/cgroup/memory", "/sys/fs/cgroup/unified"],
        "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 master:9 - cgroup2 cgroup2 rw,nsdelegate": ["/sys/fs/cgroup"],
        "30 23 0:26 / /run/other rw - cgroup2 cgroup2 rw\n31 23 0:27 / /sys/fs/cgroup ro - tmpfs tmpfs ro": [],
    }
    import builtins
    import io
    for text, wanted in samples.items():
        with Instead((builtins, "open", lambda *_, text=text: io.StringIO(text))):
            found = list(cgroups._hierarchies())
        expect(found == wanted, found, wanted)


def a_real_node_needs_root():
    with Instead((startup.os, "geteuid", lambda: 1000)):
        try:
            startup._check_machine(paths.Folder("one"), True)
        except SystemExit as reason:
            expect("needs root" in str(reason) and "--fake-nodes" in str(reason), reason)
        else:
            raise harness.Failed("it went on")
        startup._check_machine(paths.Folder("one"), False)


def missing_packages_are_named():
    from fairleadcluster import realnode
    with Instead((realnode, "missing", lambda: ["containerd", "runc"]), (startup.os, "geteuid", lambda: 0)):
        try:
            startup._check_machine(paths.Folder("one"), True)
        except SystemExit as reason:
            expect("apt-get install containerd runc" in str(reason), reason)
        else:
            raise harness.Failed("it went on")


if __name__ == "__main__":
    harness.run("ClusterPrograms", [
        ("oldProgramsGo", old_programs_go),
        ("whatRunsStays", what_runs_stays),
        ("whatIsBeingBuiltStays", what_is_being_built_stays),
        ("buildingPrunesAndAskingKeeps", building_prunes_and_asking_keeps),
        ("aNewGoIsTaken", a_new_go_is_taken),
        ("anOldGoFetchesThePinnedOne", an_old_go_fetches_the_pinned_one),
        ("withoutGoDebiansIsInstalled", without_go_debians_is_installed),
        ("withoutGoAndRootItSaysWhatToDo", without_go_and_root_it_says_what_to_do),
        ("aBrokenGoIsNone", a_broken_go_is_none),
        ("usersFlagsDoNotReachTheBuild", users_flags_do_not_reach_the_build),
        ("cgroupsOfVersionTwo", cgroups_of_version_two),
        ("hierarchiesOfEveryMachine", hierarchies_of_every_machine),
        ("aRealNodeNeedsRoot", a_real_node_needs_root),
        ("missingPackagesAreNamed", missing_packages_are_named),
    ])
