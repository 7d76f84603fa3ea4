# SPDX-License-Identifier: GPL-3.0-or-later
"""The cluster's programs: which, how they are built, where they are kept."""

import fcntl
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import time

from . import golang, launch

GO_FOLDER = pathlib.Path(__file__).resolve().parent.parent / "go"

# The programs' own version, and the one that their user agents tell.
VERSION_PACKAGES = ("k8s.io/component-base/version", "k8s.io/client-go/pkg/version")
KUBERNETES_LDFLAGS = " ".join(
    ["-s -w"]
    + [
        f"-X {package}.{name}={value}"
        for package in VERSION_PACKAGES
        for name, value in (
            ("gitVersion", "v1.34.4"),
            ("gitMajor", "1"),
            ("gitMinor", "34"),
            ("gitCommit", "v1.34.4"),
            ("gitTreeState", "clean"),
            ("buildDate", "1970-01-01T00:00:00Z"),
        )
    ]
)

# name, module folder, package, ldflags, seconds of a cold build on two cores in this order (the
# first one of a module pays for what the others share). Only for the progress line.
PROGRAMS = (
    ("etcd", "etcd", "go.etcd.io/etcd/server/v3", "-s -w", 23),
    ("kube-apiserver", "kubernetes", "k8s.io/kubernetes/cmd/kube-apiserver", KUBERNETES_LDFLAGS, 283),
    ("kube-controller-manager", "kubernetes", "k8s.io/kubernetes/cmd/kube-controller-manager", KUBERNETES_LDFLAGS, 65),
    ("kube-scheduler", "kubernetes", "k8s.io/kubernetes/cmd/kube-scheduler", KUBERNETES_LDFLAGS, 5),
    ("kubectl", "kubernetes", "k8s.io/kubernetes/cmd/kubectl", KUBERNETES_LDFLAGS, 15),
    ("kubelet", "kubernetes", "k8s.io/kubernetes/cmd/kubelet", KUBERNETES_LDFLAGS, 21),
    ("kwok", "kwok", "sigs.k8s.io/kwok/cmd/kwok", "-s -w -X sigs.k8s.io/kwok/pkg/consts.Version=v0.7.0", 93),
)
# How long another checkout's programs are kept that are not asked for.
UNUSED_DAYS = 3
BUILD_FLAGS = ("-trimpath", "-buildvcs=false", "-mod=readonly", "-p", "2")


def cache_root():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return pathlib.Path(base) / "fairlead-test"


def fingerprint():
    """Everything that decides what the programs are; the Go that builds them is not part of it."""
    digest = hashlib.sha256()
    for folder in sorted({program[1] for program in PROGRAMS}):
        for name in ("go.mod", "go.sum"):
            digest.update(f"{folder}/{name}\n".encode())
            digest.update((GO_FOLDER / folder / name).read_bytes())
    digest.update(repr((PROGRAMS_WITHOUT_TIMES, BUILD_FLAGS, "CGO_ENABLED=0")).encode())
    return digest.hexdigest()


PROGRAMS_WITHOUT_TIMES = tuple(program[:4] for program in PROGRAMS)


def folder():
    return cache_root() / fingerprint()


def ready():
    """Says also, to another checkout's prune, that this folder is still somebody's."""
    try:
        os.utime(folder())
    except FileNotFoundError:
        return False
    return True


def say(text):
    print(f"cluster programs: {text}", file=sys.stderr, flush=True)


def build():
    """Returns the folder of the programs; builds what is missing. One process builds, others wait."""
    target = folder()
    if ready():
        say("nothing to do, all are built")
        return target
    root = cache_root()
    root.mkdir(parents=True, exist_ok=True)
    with open(root / (target.name + ".lock"), "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another build is running; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready():
            _build_into(target)
            for name in prune(target):
                say(f"removed {name[:12]}…, which nothing has used for {UNUSED_DAYS} days")
    return target


def prune(kept):
    """Removes what other fingerprints built: not what runs, is being built, or was asked for in the last days (another
    checkout's). Their lock files stay: a lock on a removed file guards nothing. Returns the names."""
    removed = []
    running = _running_from(kept.parent)
    for path in sorted(kept.parent.iterdir()):
        owner = path.name[:64]
        if not re.fullmatch(r"[0-9a-f]{64}(\.partial)?(\.removing)?", path.name) or owner == kept.name or not path.is_dir():
            continue
        if time.time() - path.stat().st_mtime < UNUSED_DAYS * 86400 or str(path) in running:
            continue
        with open(path.with_name(f"{owner}.lock"), "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            # Renamed first: half a folder must never look like a whole one.
            gone = path.with_name(path.name.removesuffix(".removing") + ".removing")
            if path != gone:
                shutil.rmtree(gone, ignore_errors=True)
                os.rename(path, gone)
            shutil.rmtree(gone, ignore_errors=True)
        removed.append(path.name)
    return removed


def _running_from(root):
    """Folders of `root` of which a process executes a program."""
    real = os.path.realpath(root)
    found = set()
    for entry in os.listdir("/proc"):
        try:
            program = os.readlink(f"/proc/{entry}/exe") if entry.isdigit() else ""
        except OSError:
            continue  # gone meanwhile, or another user's, who has his own cache
        if program.startswith(real + "/"):
            found.add(str(root / program[len(real) + 1 :].split("/")[0]))
    return found


def _build_into(target):
    go = golang.find_or_install(cache_root(), say)
    # A fixed name: what a killed build left is thrown away by the next one, under the lock.
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    began = time.monotonic()
    for number in range(len(PROGRAMS)):
        _build_one(go, number, partial, began)
    os.rename(partial, target)
    say(f"all {len(PROGRAMS)} built in {_span(time.monotonic() - began)}")


def _build_one(go, number, partial, began):
    name, module, package, ldflags, seconds = PROGRAMS[number]
    done = sum(program[4] for program in PROGRAMS[:number])
    rest = sum(program[4] for program in PROGRAMS[number:])

    def left(within):
        elapsed = time.monotonic() - began
        # The pace so far once there is one; the table's before that.
        pace = elapsed / done if done > 60 else 1.0
        return _span(max(rest * pace - within, 10))

    say(f"{number + 1} of {len(PROGRAMS)}: {name}, at most {left(0)} left")
    started = time.monotonic()
    command = [str(go), "build", *BUILD_FLAGS, "-v", "-ldflags", ldflags, "-o", str(partial / name), package]
    process = subprocess.Popen(
        command,
        cwd=GO_FOLDER / module,
        env=golang.environment(),
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        # Else it would write into the folder of the next build.
        preexec_fn=launch.dying_with_parent(),
    )
    packages = []
    others = []

    def read():
        # -v names each package when it is compiled; everything else is worth showing on failure.
        for line in process.stderr:
            line = line.rstrip()
            known = "/" in line and " " not in line
            (packages if known else others).append(line)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    while True:
        try:
            code = process.wait(timeout=20)
            break
        except subprocess.TimeoutExpired:
            spent = time.monotonic() - started
            say(f"  {name}: {len(packages)} packages compiled in {_span(spent)}, about {left(spent)} left")
        except BaseException:
            process.terminate()
            process.wait()
            raise
    reader.join(5)
    if code != 0:
        raise SystemExit(f"cluster programs: {name} could not be built:\n" + "\n".join(others[-20:]))
    say(f"  {name}: {_span(time.monotonic() - started)}")


def _span(seconds):
    seconds = int(seconds)
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min {seconds % 60} s"
