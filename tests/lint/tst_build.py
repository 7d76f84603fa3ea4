#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What only the built programs can prove: no screen is needed where none may be.

CMake's link lists prove nothing on Debian, where every header resolves; what the loader will ask for is in the ELF header."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

import harness
from tree import TOP

BUILD = pathlib.Path(os.environ.get("FAIRLEAD_BUILD", TOP / "build" / "ci"))
HEADLESS = pathlib.Path(os.environ.get("FAIRLEAD_BUILD_HEADLESS", TOP / "build" / "headless"))
SCREEN = re.compile(r"libQt6(Gui|Widgets|Charts|Svg|OpenGL|DBus)\w*\.so")


def needed(program):
    """Names of the libraries that the loader would load for this file alone."""
    if not program.exists():
        raise harness.Failed(f"{program} was not built")
    text = subprocess.run(["readelf", "-d", "-W", str(program)], capture_output=True, text=True, check=True).stdout
    return re.findall(r"\(NEEDED\).*\[(.+?)\]", text)


def screenless(names):
    return [name for name in names if SCREEN.match(name)]


def readelf_tells():
    """The check can fail: a program that needs libQt6Widgets is told apart, by the same reading of readelf's words."""
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        (folder / "a.cpp").write_text("int main() {}\n")
        libraries = subprocess.run(["pkg-config", "--libs", "Qt6Widgets"], capture_output=True, text=True)
        if libraries.returncode != 0:
            raise harness.Failed("pkg-config knows no Qt6Widgets")
        command = ["g++", str(folder / "a.cpp"), "-o", str(folder / "a"), "-Wl,--no-as-needed", *libraries.stdout.split()]
        subprocess.run(command, check=True)
        if "libQt6Widgets.so.6" not in screenless(needed(folder / "a")):
            raise harness.Failed("a program that needs Widgets passes")
    finally:
        shutil.rmtree(folder)


def test_programs_need_no_screen():
    lines = (BUILD / "tests" / "programs.txt").read_text(encoding="utf-8").splitlines()
    names = [name for label, _, name in (line.partition("\t") for line in lines) if label in ("unit", "model")]
    if not names:
        raise harness.Failed("no unit or model program is declared")
    wrong = [f"{name} needs {', '.join(found)}" for name in names if (found := screenless(needed(BUILD / "tests" / name)))]
    if wrong:
        raise harness.Failed("\n".join(["screens", *wrong]))


def headless_needs_no_screen():
    if found := screenless(needed(HEADLESS / "fairlead")):
        raise harness.Failed(f"the headless program needs {', '.join(found)}")


def clean_environment():
    keep = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    return {**keep, "QT_QPA_PLATFORM": "none-such"}


def headless_runs():
    result = subprocess.run([str(HEADLESS / "fairlead"), "--version"], capture_output=True, text=True, env=clean_environment(), timeout=60)
    if result.returncode != 0 or not re.search(r"\d+\.\d+\.\d+", result.stdout):
        raise harness.Failed(f"exit code {result.returncode}: {result.stdout}{result.stderr}")


def headless_has_commands():
    result = subprocess.run([str(HEADLESS / "fairlead"), "--help"], capture_output=True, text=True, env=clean_environment(), timeout=60)
    missing = [command for command in ("contexts", "get") if not re.search(rf"\b{command}\b", result.stdout)]
    if result.returncode != 0 or missing:
        raise harness.Failed(f"exit code {result.returncode}, --help does not name {missing}")


def commands_need_no_display():
    """The whole program, window included, starts its commands where there is no display at all."""
    result = subprocess.run([str(BUILD / "fairlead"), "--version"], capture_output=True, text=True, env=clean_environment(), timeout=60)
    if result.returncode != 0:
        raise harness.Failed(f"exit code {result.returncode}: {result.stderr}")


if __name__ == "__main__":
    harness.run("Build", [
        ("readelfTells", readelf_tells),
        ("testProgramsNeedNoScreen", test_programs_need_no_screen),
        ("headlessNeedsNoScreen", headless_needs_no_screen),
        ("headlessRuns", headless_runs),
        ("headlessHasCommands", headless_has_commands),
        ("commandsNeedNoDisplay", commands_need_no_display),
    ])
