#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the start of the program to pods on the screen, for somebody who has no kubeconfig: an empty HOME, nothing remembered, the demo. Beside it the
least that a Qt program can do, an empty window of the same size; the programs take turns, and medians count.

The screen is Xvfb's, whose picture is a file: it is looked at every 2 ms, and the program knows nothing of it. What is timed is the first moment at
which the rows (of the Overview: its first tile) look as they do when all is still. Figures are printed; what fails is rows that never come."""

import mmap
import os
import pathlib
import statistics
import struct
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("FAIRLEAD_ROUNDS", "9"))
PROGRAM = os.environ.get("FAIRLEAD_RELEASE") or str(TOP / "build" / "release" / "fairlead")
EMPTY = os.environ.get("FAIRLEAD_EMPTY_WINDOW") or str(TOP / "build" / "bench" / "tests" / "bench" / "emptywindow")
SETTLED = 2.5  # seconds after the start at which all stands still; begun again where it does not
STEP = 0.002


class Screen:
    def __init__(self, folder):
        reads, writes = os.pipe()
        with open(folder / "xvfb.log", "wb") as log:
            self.server = subprocess.Popen(["Xvfb", "-displayfd", str(writes), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset", "-fbdir", str(folder)],
                                           pass_fds=[writes], stdout=log, stderr=log)
        os.close(writes)
        with os.fdopen(reads) as file:
            self.display = ":" + file.readline().strip()
        assert self.display != ":", (folder / "xvfb.log").read_text(errors="replace")
        with open(folder / "Xvfb_screen0", "rb") as file:
            self.memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        # XWDFile.h: header_size, …, bytes_per_line (13th), …, ncolors (20th), all big-endian; colours are 12 bytes each.
        head = struct.unpack(">25I", self.memory[:100])
        self.line, self.begin = head[12], head[0] + head[19] * 12

    def region(self, left, top, width, height):
        return b"".join(self.memory[at:at + width * 4] for at in range(self.begin + top * self.line + left * 4, self.begin + (top + height) * self.line, self.line))

    def end(self):
        self.server.terminate()
        self.server.wait()


def first_seen(screen, command, region, home):
    """Seconds to the first look that is the last one."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND_", "XDG_", "KUBECONFIG", "DBUS_"))}
    environment.update({"HOME": str(home), "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8", "XDG_RUNTIME_DIR": str(home)})
    before = screen.region(*region)
    looks = []
    began = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        last = before
        while time.monotonic() - began < SETTLED:
            look = screen.region(*region)
            if look != last:
                looks.append((time.monotonic() - began, look))
                last = look
            time.sleep(STEP)
        assert process.poll() is None, process.stderr.read()[:500]
        assert looks and last != before, f"{command}: nothing came"
        return next(seconds for seconds, look in looks if look == last)
    finally:
        process.terminate()
        process.wait()
        time.sleep(0.1)  # its window goes


def measure():
    pods = (224, 200, 400, 120)  # names of the first rows
    tile = (222, 158, 80, 40)  # how many pods there are
    programs = {
        "an empty Qt window": ([EMPTY], (600, 300, 80, 80)),
        "fairlead, pods of the demo": ([PROGRAM, "--demo", "--at", "-1s", "--kind", "pods", "--all-namespaces"], pods),
        "fairlead, Overview of the demo": ([PROGRAM, "--demo", "--at", "-1s", "--page", "overview"], tile),
    }
    figures = {name: [] for name in programs}
    for turn in range(ROUNDS + 1):  # the first has the files read from the disk and does not count
        for name, (command, region) in programs.items():
            with tempfile.TemporaryDirectory() as folder:
                home = pathlib.Path(folder) / "home"
                home.mkdir()
                screen = Screen(pathlib.Path(folder))
                try:
                    seconds = first_seen(screen, command, region, home)
                finally:
                    screen.end()
            if turn:
                figures[name].append(seconds)
    least = statistics.median(figures["an empty Qt window"])
    for name, values in figures.items():
        median = statistics.median(values)
        print(f"QINFO  : {name:32s} {median * 1000:6.0f} ms (from {min(values) * 1000:.0f} to {max(values) * 1000:.0f})  {median / least:5.2f} x the empty window's time",
              flush=True)


def main():
    start = time.monotonic()
    if "FAIRLEAD_RELEASE" not in os.environ:
        for command in (["cmake", "--preset", "release"], ["cmake", "--build", "--preset", "release"]):
            subprocess.run(command, cwd=TOP, check=True, stdout=subprocess.DEVNULL)
    failed = 0
    try:
        measure()
        print("PASS   : podsOfTheDemoAtOnce")
    except AssertionError as error:
        failed = 1
        print(f"FAIL!  : podsOfTheDemoAtOnce {error}")
    print(f"Totals: {1 - failed} passed, {failed} failed, 0 skipped, 0 blacklisted, {(time.monotonic() - start) * 1000:.0f}ms")
    return failed


sys.exit(main())
