# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts processes so that none can be lost: each writes its record before it becomes the program."""

import ctypes
import os
import signal
import subprocess
import sys

from . import records

SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
PR_SET_PDEATHSIG = 1


def start(folder, name, command, environment=None, before=None, keep=()):
    """Starts command as process `name` of the cluster; its output goes to logs/NAME.log.

    The child keeps the cluster's lock (an inherited descriptor) until it executes the program, and
    its record is written before. keep: descriptors that the program inherits. before: what the
    child does just before.
    """
    reading, writing = os.pipe2(os.O_CLOEXEC)
    # Until the child has its own session and handlers a Ctrl+C would run the parent's in it.
    old_mask = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        pid = os.fork()
        if pid == 0:
            _become(folder, name, command, environment, before, keep, writing)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old_mask)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        problem = pipe.read().decode(errors="replace")
    if problem:
        os.waitpid(pid, 0)
        raise SystemExit(f"cluster: {name} could not be started: {problem}")
    return pid


def _become(folder, name, command, environment, before, keep, writing):
    try:
        os.setsid()
        records.write(folder.processes, name, os.getpid(), records.start_time(os.getpid()))
        log = os.open(folder.logs / f"{name}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.chdir("/")
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        for descriptor in keep:
            os.set_inheritable(descriptor, True)
        if before:
            before()
        os.execve(command[0], [str(part) for part in command], environment or os.environ)
    except BaseException as error:
        os.write(writing, f"{error}".encode() or b"unknown")
    finally:
        os._exit(127)


def dying_with_parent():
    """For preexec_fn: the child is killed when we are, at whatever moment."""
    parent = os.getpid()

    def arrange():
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(127)

    return arrange


def helper(command, **options):
    """Runs a short program to its end."""
    result = subprocess.run(
        [str(part) for part in command], preexec_fn=dying_with_parent(), capture_output=True, text=True, **options
    )
    if result.returncode != 0:
        raise SystemExit(f"cluster: {' '.join(map(str, command[:3]))} … failed:\n{result.stdout}{result.stderr}")
    return result.stdout


def say(text):
    print(text, file=sys.stderr, flush=True)
