# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls packaging/run as a person without a display would; on the ci build of this checkout, unless told otherwise."""

import os
import pathlib
import signal
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[2]


def call(folder, *arguments, display=None, top=TOP, preset="ci", seconds=240, **variables):
    """Exit code, output and errors together, and the folder where pictures go. `folder` is also its home. preset None: the script's own."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "KUBECONFIG", "QT_QPA_PLATFORM")}
    pictures = pathlib.Path(folder) / "pictures"
    environment.update({"HOME": str(folder), "FAIRLEAD_RUN_PICTURES": str(pictures), **variables})
    if preset:
        environment.setdefault("FAIRLEAD_RUN_PRESET", preset)
    if display:
        environment["DISPLAY"] = display
    # In a session of its own, so that its compilers end with it.
    process = subprocess.Popen([str(top / "packaging" / "run"), *arguments], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True)
    try:
        text, _ = process.communicate(timeout=seconds)
    except BaseException as error:
        os.killpg(process.pid, signal.SIGTERM)
        text, _ = process.communicate()
        if isinstance(error, subprocess.TimeoutExpired):
            return -signal.SIGTERM, f"{text}\n(ended: not done after {seconds} s)\n", pictures
        raise
    return process.returncode, text, pictures


def is_picture(path):
    """A PNG of some size: its head says how wide and high."""
    data = path.read_bytes()
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    return data[:8] == b"\x89PNG\r\n\x1a\n" and data[-8:-4] == b"IEND" and width >= 640 and height >= 400
