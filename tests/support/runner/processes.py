# SPDX-License-Identifier: GPL-3.0-or-later
"""Processes that the runner starts, and their certain end.

Each gets a mark of its own in its environment. What a program leaves behind (a display, a bus, a server that made itself a
daemon) carries the same mark and is ended by it; a process of anyone else never does."""

import ctypes
import os
import signal
import subprocess
import threading
import time

MARK = "FAIRLEAD_RUN_MARK"
_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1
_lock = threading.Lock()
_marks = {}  # mark -> process
# A folder that the shared cluster's processes name in their arguments. A test may end and start its API server: the new one
# carries the test's mark and must outlive it all the same; `down` ends it.
spared = None
_number = 0
_ending = False
_run = f"{os.getpid()}.{int(time.time())}"


def _dies_with_runner():
    # Where the runner itself is killed with -9, its programs end too.
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def start(arguments, environment, folder=None, at_the_end=False):
    """A process in a session of its own, its output and errors in one pipe. Returns it and its mark."""
    global _number
    with _lock:
        if _ending and not at_the_end:
            raise OSError("the run is ending")
        _number += 1
        mark = f"{_run}.{_number}"
    process = subprocess.Popen(
        arguments, cwd=folder, env={**environment, MARK: mark}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=_dies_with_runner)
    with _lock:
        _marks[mark] = process
    return process, mark


def _is_spared(pid):
    if spared is None:
        return False
    with open(f"/proc/{pid}/cmdline", "rb") as file:
        return spared.encode() in file.read()


def _marked(mark):
    wanted = f"{MARK}={mark}".encode()
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/environ", "rb") as file:
                if wanted in file.read().split(b"\0") and not _is_spared(entry):
                    with open(f"/proc/{entry}/comm", encoding="utf-8", errors="replace") as name:
                        found.append((int(entry), name.read().strip()))
        except OSError:
            continue
    return found


def _signal(pids, number):
    for pid, _ in pids:
        try:
            os.kill(pid, number)
        except OSError:
            pass


def finish(mark):
    """Ends what still carries the mark; returns the names of what had to be ended."""
    with _lock:
        process = _marks.pop(mark, None)
    left = _marked(mark)
    names = sorted({name for pid, name in left if process is None or pid != process.pid})
    _signal(left, signal.SIGTERM)
    deadline = time.monotonic() + 5
    while (left := _marked(mark)) and time.monotonic() < deadline:
        if process is not None:
            process.poll()
        time.sleep(0.05)
    _signal(left, signal.SIGKILL)
    if process is not None:
        process.wait()
    return names


def forget(mark):
    """What was started under this mark lives on, and is someone else's to end."""
    with _lock:
        _marks.pop(mark, None)


def finish_all():
    global _ending
    with _lock:
        _ending = True
        marks = list(_marks)
    for mark in marks:
        finish(mark)
