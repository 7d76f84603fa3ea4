# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs functions and prints what Qt Test would, so that tests/run reads one form only."""

import sys
import time
import traceback


class Skipped(Exception):
    pass


class Failed(Exception):
    pass


def run(suite, functions):
    """`functions`: (name, callable). A callable raises Failed or Skipped, or returns. Ends the program."""
    began = time.monotonic()
    counts = {"PASS": 0, "FAIL!": 0, "SKIP": 0}
    print(f"********* Start testing of {suite} *********", flush=True)
    chosen = set(sys.argv[1:])
    for name, function in functions:
        if chosen and name not in chosen:
            continue
        kind, text = "PASS", ""
        try:
            function()
        except Skipped as skipped:
            kind, text = "SKIP", str(skipped)
        except Failed as failed:
            kind, text = "FAIL!", str(failed)
        except Exception:
            kind, text = "FAIL!", "the test itself broke\n" + traceback.format_exc()
        counts[kind] += 1
        first, *more = text.splitlines() or [""]
        print(f"{kind:<7}: {suite}::{name}() {first}".rstrip(), flush=True)
        for line in more:
            print(f"   {line}", flush=True)
    milliseconds = int((time.monotonic() - began) * 1000)
    print(f"Totals: {counts['PASS']} passed, {counts['FAIL!']} failed, {counts['SKIP']} skipped, 0 blacklisted, {milliseconds}ms")
    print(f"********* Finished testing of {suite} *********", flush=True)
    sys.exit(1 if counts["FAIL!"] else 0)
