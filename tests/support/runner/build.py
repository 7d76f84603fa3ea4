# SPDX-License-Identifier: GPL-3.0-or-later
"""Configures and builds presets, with progress; reads what the compiler cache answered."""

import collections
import os
import re
import time

import processes
from console import say, span

_STEP = re.compile(r"^\[(\d+)/(\d+)\] ")


class BuildFailed(Exception):
    pass


def build(top, preset, folder, stats):
    """Raises BuildFailed."""
    began = time.monotonic()
    if not (folder / "build.ninja").exists():
        try:
            _run(top, f"configure {preset}", ["cmake", "--preset", preset, "-B", str(folder)], stats)
        except BuildFailed:
            (folder / "build.ninja").unlink(missing_ok=True)  # half a configuration is asked for again
            raise
    steps = _run(top, f"build {preset}", ["cmake", "--build", str(folder), "--parallel", str(os.cpu_count() or 2)], stats)
    say(f"build {preset}: {steps} steps in {span(time.monotonic() - began)}")


def _run(top, title, arguments, stats):
    environment = {**os.environ, "NINJA_STATUS": "[%f/%t] ", "CCACHE_STATSLOG": str(stats), "LC_ALL": "C.UTF-8", "CLICOLOR_FORCE": "0"}
    process, mark = processes.start(arguments, environment, top)
    lines = collections.deque(maxlen=400)
    began = shown = time.monotonic()
    total = 0
    try:
        for raw in process.stdout:
            line = raw.decode("utf-8", "replace").rstrip()
            if not (step := _STEP.match(line)):
                lines.append(line)
                continue
            lines.append(line)
            done, total = int(step[1]), int(step[2])
            now = time.monotonic()
            if now - shown >= 10 and done:
                shown = now
                left = (now - began) * (total - done) / done
                # The first steps are generators: they say nothing about the rest.
                say(f"{title}: {done} of {total}" + (f", about {span(left)} left" if done * 20 > total else ""))
        code = process.wait()
    finally:
        processes.finish(mark)
    if code != 0:
        text = [line for line in lines if not _STEP.match(line)] or list(lines)
        say(f"{title} FAILED")
        say("\n".join(text[-80:]), indent=True)
        raise BuildFailed(title)
    return total


def cache_rate(stats):
    """(hits, all) as ccache itself wrote them down for this run."""
    hits = misses = 0
    try:
        text = stats.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0, 0
    for line in text.splitlines():
        if line in ("direct_cache_hit", "preprocessed_cache_hit"):
            hits += 1
        elif line == "cache_miss":
            misses += 1
    return hits, hits + misses
