#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The judge judged: tests/support/runner with small programs that behave badly."""

import os
import pathlib
import sys
import tempfile
import time

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "tests" / "support" / "runner"), str(TOP / "tests" / "lint")]

import harness  # noqa: E402
import processes  # noqa: E402
import programs  # noqa: E402
import skips  # noqa: E402
from execution import Runner  # noqa: E402

BUILDS = {name: TOP / "build" / name for name in ("ci", "headless", "tsan-net", "fuzz")}
GOOD = "echo 'PASS   : T::initTestCase()'; echo 'PASS   : T::works()'; echo 'Totals: 2 passed, 0 failed, 0 skipped, 0 blacklisted, 1ms'"


def run(script, limit=20, deadline=None, label="unit", **changes):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        runner = Runner(TOP, BUILDS, path, 7, changes.pop("rounds", None), changes.pop("allowed", []))
        program = programs.Program(label, "sample", ["/bin/bash", "-c", script], limit=limit, **changes)
        return runner.run(program, deadline)


def expect(condition, outcome):
    if not condition:
        raise harness.Failed(f"{outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped: {outcome.reasons}\n{outcome.output}")


def counts_as_reported():
    outcome = run(GOOD)
    expect((outcome.passed, outcome.failed, outcome.skipped) == (2, 0, 0), outcome)
    two = run(f"{GOOD}; {GOOD}")
    expect(two.passed == 4 and two.failed == 0, two)


def failure_is_counted_once():
    outcome = run("echo 'FAIL!  : T::works() no'; echo 'Totals: 0 passed, 1 failed, 0 skipped, 0 blacklisted, 1ms'; exit 1")
    expect(outcome.failed == 1, outcome)


def crash_is_a_failure():
    outcome = run("echo 'PASS   : T::works()'; kill -SEGV $$")
    expect(outcome.passed == 1 and outcome.failed == 1, outcome)


def silence_is_a_failure():
    """Exit code 0, but it never came to its totals: somebody called exit() in the middle."""
    outcome = run("echo 'PASS   : T::works()'; exit 0")
    expect(outcome.passed == 1 and outcome.failed == 1, outcome)


def leak_at_exit_is_a_failure():
    outcome = run(f"{GOOD}; exit 23")
    expect(outcome.passed == 2 and outcome.failed == 1, outcome)


def ran_none_is_a_failure():
    outcome = run("echo 'PASS   : T::initTestCase()'; echo 'PASS   : T::cleanupTestCase()'; echo 'Totals: 2 passed, 0 failed, 0 skipped, 0 blacklisted, 1ms'")
    expect(outcome.failed == 1, outcome)
    silent = run("true")
    expect(silent.failed == 1, silent)


def missing_program_is_a_failure():
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(TOP, BUILDS, pathlib.Path(folder), 7, None, [])
        outcome = runner.run(programs.Program("unit", "none", [folder + "/none"], limit=5), None)
    expect(outcome.failed == 1, outcome)


def limit_ends_it():
    began = time.monotonic()
    outcome = run("echo 'PASS   : T::works()'; exec tail -f /dev/null", limit=1)
    expect(outcome.failed == 1 and time.monotonic() - began < 15, outcome)


def deadline_ends_it():
    outcome = run("exec tail -f /dev/null", limit=60, deadline=time.monotonic() + 1)
    expect(outcome.failed == 1 and "deadline" in outcome.reasons[0], outcome)


def left_process_is_ended_and_told():
    waits = "until [ \"$(cat /proc/$!/comm)\" = tail ]; do :; done"  # setsid has become it
    outcome = run(f"setsid tail -f /dev/null >/dev/null 2>&1 </dev/null & {waits}; {GOOD}")
    expect(outcome.failed == 1 and "tail" in outcome.reasons[0], outcome)
    alive = [pid for pid in os.listdir("/proc") if pid.isdigit() and "tail" in _comm(pid) and b"FAIRLEAD_RUN_MARK" in _environment(pid)
             and f"={processes._run}.".encode() in _environment(pid)]
    expect(not alive, outcome)


def cluster_process_is_spared():
    """What names the shared cluster's folder in its arguments outlives the program that started it."""
    processes.spared = "/nowhere/t-1/"
    try:
        command = "exec -a '/nowhere/t-1/server' tail -f /dev/null"
        outcome = run(f"setsid bash -c \"{command}\" >/dev/null 2>&1 </dev/null & until [ \"$(cat /proc/$!/comm)\" = tail ]; do :; done; {GOOD}")
        left = [pid for pid in os.listdir("/proc") if pid.isdigit() and _command(pid).startswith(b"/nowhere/t-1/server")]
    finally:
        processes.spared = None
    for pid in left:
        os.kill(int(pid), 9)
    expect(outcome.failed == 0 and len(left) == 1, outcome)


def _command(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _comm(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return ""


def _environment(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


def unexpected_log_is_a_failure():
    import re
    script = f"echo 'QWARN  : T::works() something odd'; {GOOD}"
    outcome = run(script)
    expect(outcome.failed == 1, outcome)
    allowed = run(script, allowed=[re.compile("something odd$")])
    expect(allowed.failed == 0, allowed)


def environment_is_its_own():
    script = ('[ "$TZ $LC_ALL $QT_QPA_PLATFORM $QT_FONT_DPI $FAIRLEAD_SEED $FAIRLEAD_ROUNDS" = "UTC C.UTF-8 offscreen 96 7 5" ] && '
              f'[ "$(stat -c %a "$XDG_RUNTIME_DIR")" = 700 ] && [ -z "$(ls -A "$HOME")" ] && [ -z "$DISPLAY$KUBECONFIG" ] || exit 1; {GOOD}')
    os.environ["DISPLAY"] = ":99"
    os.environ["KUBECONFIG"] = "/nowhere"
    outcome = run(script, rounds=5)
    expect(outcome.failed == 0, outcome)


SKIPPED = "echo 'SKIP   : T::real() no root'; echo 'PASS   : T::works()'; echo 'Totals: 1 passed, 0 failed, 1 skipped, 0 blacklisted, 1ms'"


def skip_needs_its_line():
    outcome = run(SKIPPED)
    complaints = skips.judge([outcome], [])
    expect(outcome.failed == 1 and outcome.skipped == 0 and not complaints, outcome)
    listed = run(SKIPPED)
    complaints = skips.judge([listed], [skips.Skip("unit/sample", "T::real()", "it needs root")])
    expect(listed.failed == 0 and listed.skipped == 1 and not complaints, listed)


def skip_line_must_be_needed():
    outcome = run(GOOD)
    passes = skips.judge([outcome], [skips.Skip("unit/sample", "T::works()", "r")])
    gone = skips.judge([outcome], [skips.Skip("unit/other", "T::works()", "r")])
    other_label = skips.judge([outcome], [skips.Skip("live/other", "T::works()", "r")])
    expect(len(passes) == 1 and len(gone) == 1 and not other_label, outcome)


def data_rows_are_read():
    outcome = run("echo 'PASS   : T::works(one two)'; echo 'XFAIL  : T::works(b) why'; echo 'PASS   : T::works(b)'; "
                  "echo 'Totals: 2 passed, 0 failed, 0 skipped, 0 blacklisted, 1ms'")
    expect([name for _, name in outcome.functions] == ["T::works(one two)", "T::works(b)"] and outcome.failed == 0, outcome)


def benches_measure_what_users_run():
    with tempfile.TemporaryDirectory() as folder:
        builds = {name: pathlib.Path(folder) / name for name in ("ci", "bench")}
        for name, build in builds.items():
            (build / "tests").mkdir(parents=True)
            (build / "tests" / "programs.txt").write_text(f"bench\ttst_{name}\n", encoding="utf-8")
        named = [p.arguments[0] for p in programs.collect(TOP, ["bench"], builds) if p.name in ("tst_ci", "tst_bench")]
        if named != [str(builds["bench"] / "tests" / "tst_bench")]:
            raise harness.Failed(str(named))
        if (wanted := programs.wanted_builds(["bench"], TOP)) != ["release", "bench"]:
            raise harness.Failed(str(wanted))
        if "bench" in programs.wanted_builds(list(programs.DEFAULT), TOP):
            raise harness.Failed("every run would build it")


def fuzz_must_have_run():
    good = run("echo 'stat::number_of_executed_units: 12'", fuzz=True)
    expect((good.passed, good.failed) == (1, 0), good)
    silent = run("true", fuzz=True)
    expect(silent.failed == 1, silent)
    found = run("echo 'stat::number_of_executed_units: 12'; exit 77", fuzz=True)
    expect(found.failed == 1, found)


if __name__ == "__main__":
    harness.run("Runner", [
        ("countsAsReported", counts_as_reported),
        ("failureIsCountedOnce", failure_is_counted_once),
        ("crashIsAFailure", crash_is_a_failure),
        ("silenceIsAFailure", silence_is_a_failure),
        ("leakAtExitIsAFailure", leak_at_exit_is_a_failure),
        ("ranNoneIsAFailure", ran_none_is_a_failure),
        ("missingProgramIsAFailure", missing_program_is_a_failure),
        ("limitEndsIt", limit_ends_it),
        ("deadlineEndsIt", deadline_ends_it),
        ("leftProcessIsEndedAndTold", left_process_is_ended_and_told),
        ("clusterProcessIsSpared", cluster_process_is_spared),
        ("unexpectedLogIsAFailure", unexpected_log_is_a_failure),
        ("environmentIsItsOwn", environment_is_its_own),
        ("skipNeedsItsLine", skip_needs_its_line),
        ("skipLineMustBeNeeded", skip_line_must_be_needed),
        ("dataRowsAreRead", data_rows_are_read),
        ("benchesMeasureWhatUsersRun", benches_measure_what_users_run),
        ("fuzzMustHaveRun", fuzz_must_have_run),
    ])
