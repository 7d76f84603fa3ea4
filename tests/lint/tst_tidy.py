#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""clang-tidy and the header-alone check on the files changed since the merge base (`cmake --build --preset tidy` calls it too).

A file takes 2 to 15 s, far more than label lint's share for a big change. So a file that was read and found clean is not read
again until it, a header of ours that it sees, the flags or the checks change: the answers are kept beside the cluster's
programs in the user's cache, and a warm run takes a second. The compilation is preset tidy's, without precompiled headers: those
would hide a missing include. A header with its own .cpp stands alone if that file compiles, where it comes first (rule
include-order); the others are read by themselves.

Arguments: --all reads every file; else function names."""

import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

import changed
import cpp
import harness
from rules.layers import own_path
from tree import TOP

BUILD = TOP / "build" / "tidy"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "fairlead-test" / "tidy"
KEPT = 4000
# Not the tests: half of the time for what running them shows.
READ = ("app/", "models/", "ui/")
ALL = "--all" in sys.argv
if ALL:
    sys.argv.remove("--all")


def configure():
    """The compilation database. Nothing is built: what moc makes is not included by the sources that are read."""
    environment = {**os.environ, "CLICOLOR_FORCE": "0"}
    result = subprocess.run(["cmake", "--preset", "tidy", "-B", str(BUILD)], cwd=TOP, capture_output=True, text=True, env=environment)
    if result.returncode != 0:
        raise harness.Failed("\n".join(["preset tidy cannot be configured", *result.stderr.splitlines()[-20:]]))


@functools.lru_cache(maxsize=None)
def database():
    """Path from the top -> what decides how the file is read."""
    with open(BUILD / "compile_commands.json", encoding="utf-8") as file:
        entries = json.load(file)
    result = {}
    for entry in entries:
        path = os.path.relpath(entry["file"], TOP)
        words = shlex.split(entry["command"])
        flags = []
        for at, word in enumerate(words):
            if word == "-isystem":
                flags += [word, words[at + 1]]
            elif word.startswith(("-I", "-D", "-std", "-f")):
                flags.append(word)
        result.setdefault(path, flags)
    return result


def flags_for(header):
    """Those of a source in the same folder, else of the same top folder."""
    def common(path):
        # Among neighbours the one that knows most libraries.
        return len(os.path.commonpath([path, header]).split("/")), len(database()[path])
    near = [path for path in database() if path.split("/")[0] == header.split("/")[0]]
    return database()[max(near, key=common)] if near else []


def chosen():
    """(sources, headers that no source of theirs stands for)."""
    touched = changed.paths("" if ALL else changed.base())
    touched = [path for path in touched if path.endswith((".h", ".cpp")) and path.startswith(READ)]
    sources = {path for path in touched if path in database()}
    headers = set()
    for path in touched:
        if path.endswith(".h"):
            own = path[:-2] + ".cpp"
            (sources if own in database() else headers).add(own if own in database() else path)
    return sorted(sources), sorted(headers)


@functools.lru_cache(maxsize=None)
def _seen(path):
    """The file and all headers of ours behind it."""
    result = {path}
    waiting = [path]
    while waiting:
        current = waiting.pop()
        for include in cpp.includes((TOP / current).read_text(encoding="utf-8", errors="replace")):
            own = None if include.angled else own_path(current, include.name)
            if own and own not in result and (TOP / own).is_file():
                result.add(own)
                waiting.append(own)
    return tuple(sorted(result))


@functools.lru_cache(maxsize=None)
def _settings():
    version = subprocess.run(["clang-tidy", "--version"], capture_output=True, text=True, check=True).stdout
    return version + (TOP / ".clang-tidy").read_text(encoding="utf-8")


def _key(path, flags):
    digest = hashlib.sha256(json.dumps([_settings(), [flag.replace(str(TOP), "") for flag in flags]]).encode())
    for each in _seen(path):
        digest.update(each.encode() + b"\0" + (TOP / each).read_bytes())
    return digest.hexdigest()


def read(path, header):
    """What clang-tidy says of a file: nothing is good."""
    flags = flags_for(path) if header else database()[path]
    mark = CACHE / _key(path, flags)
    if mark.exists():
        os.utime(mark)
        return ""
    if header:
        # A source that holds nothing else, in the build folder: clang-tidy looks for its settings upwards from there.
        wrapper = BUILD / "alone" / (path.replace("/", "-") + ".cpp")
        wrapper.parent.mkdir(exist_ok=True)
        wrapper.write_text(f'#include "{TOP / path}"\n', encoding="utf-8")
        command = ["clang-tidy", "--quiet", str(wrapper), "--", *flags]
    else:
        command = ["clang-tidy", "--quiet", "-p", str(BUILD), str(TOP / path)]
    result = subprocess.run(command, cwd=TOP, capture_output=True, text=True)
    if result.returncode == 0:
        mark.touch()
        return ""
    lines = [line.replace(str(TOP) + "/", "") for line in result.stdout.splitlines() if line.strip()]
    return "\n".join(lines[:12] or result.stderr.splitlines()[-5:])


def changed_files():
    configure()
    CACHE.mkdir(parents=True, exist_ok=True)
    sources, headers = chosen()
    work = [(path, False) for path in sources] + [(path, True) for path in headers]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        answers = list(pool.map(lambda each: read(*each), work))
    marks = sorted(CACHE.iterdir(), key=lambda mark: mark.stat().st_mtime, reverse=True)
    for old in marks[KEPT:]:
        old.unlink(missing_ok=True)
    wrong = [answer for answer in answers if answer]
    if wrong:
        raise harness.Failed("\n".join([f"{len(wrong)} of {len(work)} files", *wrong]))


def complains():
    """A bug that it must see, and a header that leans on its neighbours."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / ".clang-tidy").write_text((TOP / ".clang-tidy").read_text(encoding="utf-8"))
        (path / "bad.cpp").write_text("#include <string>\nint f(std::string a) { std::string b = std::move(a); return a.size() == b.size(); }\n")
        (path / "leans.h").write_text("#pragma once\nstd::string g();\n")
        (path / "good.cpp").write_text("int f() { return 1; }\n")
        for name, expected in (("bad.cpp", True), ("leans.h", True), ("good.cpp", False)):
            source = path / name
            if name.endswith(".h"):
                source = path / (name + ".cpp")
                source.write_text(f'#include "{path / name}"\n')
            result = subprocess.run(["clang-tidy", "--quiet", str(source), "--", "-std=c++20"], capture_output=True, text=True)
            if (result.returncode != 0) != expected:
                raise harness.Failed(f"{name}: exit code {result.returncode}\n{result.stdout}{result.stderr}")


if __name__ == "__main__":
    harness.run("Tidy", [("complains", complains), ("changedFiles", changed_files)])
