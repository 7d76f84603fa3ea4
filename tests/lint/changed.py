# SPDX-License-Identifier: GPL-3.0-or-later
"""Which files a change touches."""

import os
import subprocess

from tree import TOP


def _git(*arguments):
    result = subprocess.run(["git", *arguments], cwd=TOP, capture_output=True, text=True)
    return result.stdout.strip() if result.returncode == 0 else ""


def base():
    """The commit that a change starts from: FAIRLEAD_BASE, else where it left main. In a clone of the change itself nothing tells
    (HEAD is origin/main): then the newest commit six hours older than HEAD, which is a working day's commits; "" is everything."""
    if chosen := os.environ.get("FAIRLEAD_BASE"):
        return _git("rev-parse", "--verify", "--quiet", chosen)
    head = _git("rev-parse", "HEAD")
    for main in ("origin/HEAD", "origin/main", "main"):
        if (found := _git("merge-base", "HEAD", main)) and found != head:
            return found
    date = int(_git("show", "-s", "--format=%ct", "HEAD") or 0)
    return _git("rev-list", "-1", f"--before={date - 6 * 3600}", "HEAD")


def paths(since):
    """Changed, new and not yet committed files that are still there."""
    listed = _git("ls-files", "-o", "--exclude-standard").splitlines()
    listed += _git("diff", "--name-only", since).splitlines() if since else _git("ls-files").splitlines()
    return sorted(path for path in set(listed) if (TOP / path).is_file())
