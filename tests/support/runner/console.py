# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person sees: one line a step, with the time since the start."""

import sys
import threading
import time

STARTED = time.monotonic()
_lock = threading.Lock()


def span(seconds):
    """1.2 s, 14 s, 3 min 5 s."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    seconds = round(seconds)
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min {seconds % 60} s"


def say(text, *, indent=False):
    with _lock:
        if indent:
            sys.stdout.write("".join(f"    {line}\n" for line in text.splitlines()))
        else:
            elapsed = int(time.monotonic() - STARTED)
            sys.stdout.write(f"[{elapsed // 60:02}:{elapsed % 60:02}] {text}\n")
        sys.stdout.flush()


def closing(text):
    """The last line of all, alone and without a prefix: other tools read it."""
    with _lock:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
