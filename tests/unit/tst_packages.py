#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""packaging/install-packages on machines that it is not run on: dpkg-query, apt-get, id and sudo are stand-ins on PATH.

The real apt is run by the first tests/run on a fresh machine."""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "lint"))

import harness  # noqa: E402

TOOLS = ("bash", "env", "awk", "sort", "grep", "tail", "mktemp", "rm", "dirname", "cat", "cmake")


def names(*lists):
    result = []
    for name in lists:
        for line in (TOP / "packaging" / "packages" / f"{name}.txt").read_text().splitlines():
            if line.strip() and not line.startswith("#"):
                result.append(line.split()[0])
    return result


def install(lists, installed=None, user=0, sudo=False, apt_fails=False):
    """Exit code, output, and the calls of apt-get, one a line."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        for tool in TOOLS:
            found = subprocess.run(["/usr/bin/which", tool], capture_output=True, text=True).stdout.strip()
            if found:
                (path / tool).symlink_to(found)
        calls = path / "calls"

        def stand_in(name, script):
            (path / name).write_text(f"#!/bin/bash\n{script}\n")
            (path / name).chmod(0o755)

        stand_in("id", f"echo {user}")
        if installed is not None:
            listing = "".join(f"{name} ii \\n" for name in installed)
            stand_in("dpkg-query", f"printf '{listing}'")
            status = 'echo "pmstatus:x:50.0:Unpacking" >&3; ' if not apt_fails else "echo 'E: broken' >&2; "
            stand_in("apt-get", f'echo "$*" >> {calls}; if [ "$1" = install ]; then {status} exit {100 if apt_fails else 0}; fi')
        if sudo:
            stand_in("sudo", f'echo "sudo $*" >> {calls}; [ "$1" = -n ] && shift; "$@"')
        result = subprocess.run([str(TOP / "packaging" / "install-packages"), *lists], env={"PATH": str(path), "TMPDIR": folder},
                                stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        return result.returncode, result.stdout + result.stderr, calls.read_text().splitlines() if calls.exists() else []


def expect(condition, *what):
    if not condition:
        raise harness.Failed("\n".join(map(str, what)))


def nothing_missing_calls_nothing():
    code, text, calls = install(["build", "run"], names("build", "run"))
    expect(code == 0 and calls == [], code, text, calls)


def missing_is_one_install():
    there = [name for name in names("build", "run") if name not in ("libyaml-cpp-dev", "fonts-inter")]
    code, text, calls = install(["build", "run"], there)
    installs = [call for call in calls if call.startswith("install")]
    expect(code == 0 and len(installs) == 1, code, text, calls)
    expect(installs[0].endswith("fonts-inter libyaml-cpp-dev") and "-y" in installs[0], installs)


def program_stands_for_its_package():
    there = [name for name in names("build") if name not in ("cmake", "ninja-build")]
    code, text, calls = install(["build"], there)
    expect(code == 0 and any(call.endswith(" ninja-build") for call in calls), text, calls)
    expect(not any(" cmake" in call for call in calls), calls)


def failed_install_is_told():
    code, text, calls = install(["build"], [], apt_fails=True)
    expect(code == 1 and "E: broken" in text and "libyaml-cpp-dev" in text, code, text, calls)


def neither_root_nor_sudo_goes_on():
    code, text, calls = install(["build"], [], user=1000)
    expect(code == 0 and calls == [] and "libyaml-cpp-dev" in text and "going on" in text, code, text, calls)


def sudo_is_used():
    code, text, calls = install(["build"], [], user=1000, sudo=True)
    expect(code == 0 and any(call.startswith("sudo env") for call in calls), code, text, calls)


def no_debian_goes_on():
    code, text, calls = install(["build"], None)
    expect(code == 0 and "neither Debian nor Ubuntu" in text and "qt6-base-dev" in text, code, text, calls)


if __name__ == "__main__":
    harness.run("Packages", [
        ("nothingMissingCallsNothing", nothing_missing_calls_nothing),
        ("missingIsOneInstall", missing_is_one_install),
        ("programStandsForItsPackage", program_stands_for_its_package),
        ("failedInstallIsTold", failed_install_is_told),
        ("neitherRootNorSudoGoesOn", neither_root_nor_sudo_goes_on),
        ("sudoIsUsed", sudo_is_used),
        ("noDebianGoesOn", no_debian_goes_on),
    ])
