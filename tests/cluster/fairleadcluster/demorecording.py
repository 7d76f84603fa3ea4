# SPDX-License-Identifier: GPL-3.0-or-later
"""record-demo: from nothing to a recording that is judged, and to no cluster again."""

import ctypes
import json
import math
import os
import pathlib
import re
import signal
import struct
import subprocess
import time

from . import launch, paths, records, scenario, story
from .launch import say

HERE = pathlib.Path(__file__).resolve().parent.parent
TOP = HERE.parent.parent
OUTPUT = TOP / "resources" / "demo" / "demo.flrec"
SCENARIO = "demo"
MOST_BYTES = 3 << 20
LEAST_SECONDS = 600
# Stands in every credential of the scenario; as plain text, and as base64 at the beginning of a value.
PLANTED = re.compile(rb"planted|cGxhbnRlZ")
# Of models/recording/format.h.
HEAD, BLOCK_HEAD, BLOCK_MARKER, LARGEST_PLAIN = 32, 32, 0x1A424C46, 32 << 20
# The recorder lists before it watches; and the story ends before the recording does.
LEAD = 10
# The real node has one, the simulated ones are the scenario's.
UP = ("--real-node", "--metrics", "--fake-nodes", "1")


def program():
    named = os.environ.get("FAIRLEAD_PROGRAM")
    candidates = [pathlib.Path(named)] if named else [TOP / "build" / preset / "fairlead" for preset in ("release", "ci", "dev")]
    found = next((path for path in candidates if path.exists()), None)
    if not found:
        raise SystemExit("record-demo: no fairlead is built: FAIRLEAD_PROGRAM names the one to record with")
    if subprocess.run([found, "record", "--help"], capture_output=True).returncode != 0:
        raise SystemExit(f"record-demo: {found} cannot record")
    return found


def record(name, output, minutes):
    fairlead = program()
    told = story.read(SCENARIO)
    seconds = told.length if minutes is None else minutes * 60
    speed = max(1.0, told.length / seconds)
    folder = paths.Folder(name)
    if folder.path.exists():
        raise SystemExit(f"record-demo: there is a cluster {name}; first: tests/cluster/down {name}")
    output = pathlib.Path(output).resolve()
    output.parent.mkdir(parents=True, exist_ok=True)
    # Moved into place when it is good: what is there stays until then.
    partial = output.with_name(f".{output.stem}.partial.flrec")
    partial.unlink(missing_ok=True)
    for number in launch.SIGNALS:
        signal.signal(number, _interrupted)
    try:
        _call("up", name, *UP)
        _call("load", SCENARIO, name, "--wait", "--seconds", "400")
        problems = _play_and_record(fairlead, folder, told, partial, seconds, speed)
        problems += judge(facts(fairlead, partial))
        problems += readable(partial.read_bytes()) if partial.exists() else []
    finally:
        for number in launch.SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        _call("down", name)
    if problems:
        raise SystemExit(f"record-demo: not what the demo needs; it is kept as {partial}:\n  " + "\n  ".join(problems))
    os.replace(partial, output)
    say(f"record-demo: {output}")


def _interrupted(number, _):
    raise SystemExit(128 + number)


def _call(command, *arguments):
    code = subprocess.run([HERE / command, *arguments], stdout=subprocess.DEVNULL).returncode
    if code != 0:
        raise SystemExit(f"record-demo: tests/cluster/{command} ended with {code}")


def _play_and_record(fairlead, folder, told, partial, seconds, speed):
    kubeconfig = folder.kubeconfig("admin")
    span = math.ceil(LEAD + seconds + LEAD)
    command = [fairlead, "record", "--kubeconfig", kubeconfig, "--context", folder.name, "-A", "--logs", "--for", f"{span}s", "-o", partial]
    recorder = subprocess.Popen([str(part) for part in command], preexec_fn=launch.dying_with_parent())
    problems = []
    try:
        ends = time.monotonic() + span
        time.sleep(LEAD)
        if recorder.poll() is not None:
            return [f"the recorder ended with {recorder.returncode} before the story began"]
        problems += told.play(scenario.Kubectl(folder, scenario.FOLDERS / SCENARIO), speed)
        missing = []

        def all_named():
            nonlocal missing
            missing = told.missing_findings(fairlead, kubeconfig)
            return not missing

        # Kubelet's word for a crash comes and goes, and so does a failed run's, between two starts.
        records.wait_until(all_named, 30, 2.0)
        problems += [f"diagnose does not name: {each}" for each in missing]
        recorder.wait(max(ends - time.monotonic(), 0) + 60)
        if recorder.returncode != 0:
            problems.append(f"the recorder ended with {recorder.returncode}")
    except subprocess.TimeoutExpired:
        problems.append("the recorder does not end")
    finally:
        if recorder.poll() is None:
            # As Ctrl+C does: what it has is brought to its end.
            recorder.send_signal(signal.SIGINT)
            try:
                recorder.wait(20)
            except subprocess.TimeoutExpired:
                recorder.kill()
                recorder.wait()
    return problems


def facts(fairlead, file):
    """What `recording info` says of it; None where it cannot be read."""
    told = subprocess.run([fairlead, "recording", "info", file, "-o", "json"], capture_output=True, text=True)
    return json.loads(told.stdout) if told.returncode == 0 else None


def judge(info):
    """What keeps a recording from being the demo, as lines for people."""
    if info is None:
        return ["the recording cannot be read"]
    problems = []
    if info["state"] != "complete":
        problems.append(f"the recording is {info['state']}")
    seconds = (info["endMilliseconds"] - info["beginMilliseconds"]) / 1000
    if seconds < LEAST_SECONDS:
        problems.append(f"it holds {seconds:.0f} s, {LEAST_SECONDS - seconds:.0f} s too few")
    if not info["logs"]:
        problems.append("it holds no logs")
    if not any(each["count"] for each in info["unreadable"]):
        problems.append("nothing was made unreadable, and the scenario is full of planted credentials")
    if info["bytes"] > MOST_BYTES:
        problems.append(f"it takes {info['bytes']:,} bytes, {info['bytes'] - MOST_BYTES:,} too many; what it holds most of:")
        # A keyframe is all rows of its kind once more.
        weights = [(each["events"] + each["rows"] * (each["lists"] + each["keyframes"]), each) for each in info["kinds"]]
        for weight, each in sorted(weights, key=lambda pair: -pair[0])[:8]:
            lists = each["lists"] + each["keyframes"]
            problems.append(f"    {each['resource']}: {weight:,} objects: {each['events']:,} events, {lists} lists of {each['rows']} rows")
        problems.append(f"    the logs of {info['logs']} containers")
    return problems


def blocks(data):
    """The plain bytes of each block of a recording."""
    zstd = ctypes.CDLL("libzstd.so.1")
    zstd.ZSTD_decompress.restype = ctypes.c_size_t
    zstd.ZSTD_decompress.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]
    at = HEAD
    while at + BLOCK_HEAD <= len(data) and struct.unpack_from("<I", data, at)[0] == BLOCK_MARKER:
        stored, plain = struct.unpack_from("<II", data, at + 8)
        room = ctypes.create_string_buffer(min(plain, LARGEST_PLAIN))
        frame = data[at + BLOCK_HEAD : at + BLOCK_HEAD + stored]
        if zstd.ZSTD_decompress(room, len(room), frame, len(frame)) != plain:
            raise SystemExit(f"record-demo: the block at {at} cannot be unpacked")
        yield room.raw
        at += BLOCK_HEAD + stored


def readable(data):
    """Planted credentials that can be read in it, as lines for people."""
    count = 0
    found = []
    for plain in blocks(data):
        count += 1
        for match in PLANTED.finditer(plain):
            found.append(plain[max(match.start() - 60, 0) : match.end() + 20].decode("utf-8", "replace"))
    if not count:
        return ["it has no block"]
    return [f"a planted credential can be read in it, {len(found)} times: {each!r}" for each in found[:1]]
