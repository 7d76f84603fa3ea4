# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is who: a process is its id and its start time; an id alone may be somebody else's by now."""

import json
import os
import select
import signal
import time


def boot():
    with open("/proc/sys/kernel/random/boot_id") as file:
        return file.read().strip()


def start_time(pid, proc=None):
    """Field 22 of /proc/PID/stat, or None where there is no such process; a zombie is none."""
    try:
        if proc is None:
            with open(f"/proc/{pid}/stat", "rb") as file:
                text = file.read()
        else:
            fd = os.open(f"{pid}/stat", os.O_RDONLY, dir_fd=proc)
            text = os.read(fd, 4096)
            os.close(fd)
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The program's name may hold spaces and brackets: count from the last one.
    fields = text[text.rindex(b")") + 2 :].split()
    return None if fields[0] in (b"Z", b"X") else int(fields[19])


def write(folder, name, pid, started):
    """Fails where the folder is gone: then the cluster is too, and nothing may be started for it."""
    temporary = folder / f".{name}.{pid}"
    temporary.write_text(json.dumps({"name": name, "pid": pid, "startTime": started, "boot": boot()}))
    os.replace(temporary, folder / f"{name}.json")


def read_all(folder):
    found = []
    try:
        files = sorted(folder.glob("*.json"))
    except FileNotFoundError:
        return found
    for file in files:
        try:
            found.append(json.loads(file.read_text()))
        except (FileNotFoundError, ValueError):
            continue
    return found


def alive(record):
    return record["boot"] == boot() and start_time(record["pid"]) == record["startTime"]


def end(record, patience=20):
    """Kills the recorded process and waits until it is gone."""
    if not alive(record):
        return
    try:
        handle = os.pidfd_open(record["pid"])
    except ProcessLookupError:
        return
    try:
        # Through the handle the id cannot change hands between the look and the signal.
        if not alive(record):
            return
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        ready, _, _ = select.select([handle], [], [], patience)
        if not ready:
            raise RuntimeError(f"{record['name']} ({record['pid']}) does not die")
    except ProcessLookupError:
        pass
    finally:
        os.close(handle)
    try:
        os.waitpid(record["pid"], os.WNOHANG)
    except ChildProcessError:
        pass


def wait_until(condition, seconds, step=0.05):
    deadline = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > deadline:
            return result
        time.sleep(step)
