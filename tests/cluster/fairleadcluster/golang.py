# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds a Go that is new enough, or gets one: apt's first, then the pinned toolchain as a Go module."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

NEEDED = (1, 24)
TOOLCHAIN = "golang.org/toolchain@v0.0.1-go1.24.8.linux-amd64"


def environment():
    """No flag, workspace or toolchain of the user changes what is built."""
    result = {name: value for name, value in os.environ.items() if name != "GOROOT"}
    result.update(CGO_ENABLED="0", GOFLAGS="", GOTOOLCHAIN="local", GOWORK="off", GOOS="linux", GOARCH="amd64", GOAMD64="v1")
    return result


def version(go):
    try:
        text = subprocess.run(
            [str(go), "env", "GOVERSION"], env=environment(), capture_output=True, text=True, timeout=60
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.match(r"go(\d+)\.(\d+)", text)
    return (int(match[1]), int(match[2])) if match else None


def candidates(cache):
    on_path = shutil.which("go")
    yield from filter(None, [on_path, "/usr/local/go/bin/go", "/usr/lib/go/bin/go"])
    yield cache / "go-toolchain" / "bin" / "go"


def find_or_install(cache, say):
    old = None
    for go in candidates(cache):
        found = version(go)
        if found and found >= NEEDED:
            return go
        old = old or (go if found else None)
    if old is None:
        old = _install_debians(say)
    return _download_toolchain(old, cache, say)


def _install_debians(say):
    if os.geteuid() != 0:
        raise SystemExit("cluster programs: no Go found; install Debian's golang-go (any version), then try again")
    say("installing Debian's golang-go")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for step in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "golang-go"]):
        # Their talk goes to stderr: stdout is for the folder's path.
        subprocess.run(["apt-get", *step], check=True, stdout=2, env=environment)
    go = shutil.which("go")
    if go is None:
        raise SystemExit("cluster programs: golang-go is installed, but there is no program go on PATH")
    return go


def _download_toolchain(old, cache, say):
    say(f"{old} is older than Go {NEEDED[0]}.{NEEDED[1]}; fetching {TOOLCHAIN}")
    with tempfile.TemporaryDirectory() as empty:
        result = subprocess.run(
            [str(old), "mod", "download", "-json", TOOLCHAIN], cwd=empty, env=environment(), capture_output=True, text=True
        )
    if result.returncode != 0:
        raise SystemExit(f"cluster programs: the Go toolchain could not be fetched:\n{result.stdout}{result.stderr}")
    source = pathlib.Path(json.loads(result.stdout)["Dir"])
    target = cache / "go-toolchain"
    partial = cache / "go-toolchain.partial"
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(source, partial, copy_function=shutil.copyfile)
    # Modules are unpacked read-only; this one is ours to replace.
    for path in [partial, *partial.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
    # Modules carry no x bits; these two folders hold nothing but programs.
    for programs in (partial / "bin", partial / "pkg" / "tool" / "linux_amd64"):
        for path in programs.iterdir():
            path.chmod(0o755)
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)
    return target / "bin" / "go"
