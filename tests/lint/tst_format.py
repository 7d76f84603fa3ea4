#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""clang-format over all C++: it takes about a second, so nothing is left out."""

import concurrent.futures
import os
import subprocess
import sys

sys.dont_write_bytecode = True

import harness
from tree import TOP, checkout


def misplaced(paths):
    """The first complaint of each file that clang-format would change."""
    def one(part):
        result = subprocess.run(["clang-format", "--dry-run", *part], cwd=TOP, capture_output=True, text=True)
        if result.returncode != 0 and not result.stderr:
            raise harness.Failed("clang-format did not run")
        seen = {}
        for line in result.stderr.splitlines():
            if "[-Wclang-format-violations]" in line:
                seen.setdefault(line.split(":")[0], line.split(": warning")[0])
        return list(seen.values())

    parts = [paths[at:at + 10] for at in range(0, len(paths), 10)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        return [line for lines in pool.map(one, parts) for line in lines]


def complains():
    bad = subprocess.run(["clang-format", "--dry-run", "-Werror", "--assume-filename", str(TOP / "models" / "base" / "a.cpp")],
                         input="int  f( ) {return 1;}\n", cwd=TOP, capture_output=True, text=True)
    if bad.returncode == 0:
        raise harness.Failed("clang-format takes everything")


def whole_checkout():
    paths = checkout().sources()
    if not paths:
        raise harness.Failed("no C++ found")
    if wrong := misplaced(paths):
        raise harness.Failed("\n".join([f"{len(wrong)} files; mend with clang-format -i FILE", *wrong]))


if __name__ == "__main__":
    harness.run("Format", [("complains", complains), ("wholeCheckout", whole_checkout)])
