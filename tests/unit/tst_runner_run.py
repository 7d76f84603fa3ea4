#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole runs of tests/support/runner in a small checkout of this test's own: cmake and the cluster's commands are stand-ins.

Every run is started as tests/run starts it, and judged by what it prints and by its exit code."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "lint"))

import harness  # noqa: E402

# What the runner keeps back of TESTS_MINUTES for its own end.
RESERVE = 45
PASSES = """
print(f"PASS   : {name}::works()")
print("Totals: 1 passed, 0 failed, 0 skipped, 0 blacklisted, 1ms")
"""
HANGS = "import signal\nsignal.pause()\n"
TELLS = """
import os
print("INFO   : rounds", os.environ.get("FAIRLEAD_ROUNDS"), "cluster", os.environ.get("FAIRLEAD_TEST_CLUSTER"))
""" + PASSES


def expect(condition, *what):
    if not condition:
        raise harness.Failed("\n".join(map(str, what)))


class Checkout:
    """Programs by their title ("unit/tst_a") and text; `cmake` is what each build does."""

    def __init__(self, folder, programs, cmake="true", rounds=""):
        self.top = pathlib.Path(folder) / "checkout"
        self.calls = pathlib.Path(folder) / "calls"
        shutil.copytree(TOP / "tests" / "support" / "runner", self.top / "tests" / "support" / "runner", ignore=shutil.ignore_patterns("__pycache__"))
        for title, text in programs.items():
            label, _, name = title.partition("/")
            self._script(self.top / "tests" / label / f"{name}.py", f"name = {name!r}\n{text}", "#!/usr/bin/python3", 0o644)
        for build in ("ci", "tsan-net", "release"):
            (self.top / "build" / build / "tests").mkdir(parents=True)
            (self.top / "build" / build / "build.ninja").touch()
        (self.top / "tests" / "skips.txt").write_text("")
        if rounds:
            (self.top / "tests" / "soak").mkdir()
            (self.top / "tests" / "soak" / "rounds.txt").write_text(rounds)
        self.path = pathlib.Path(folder) / "bin"
        self._script(self.path / "cmake", f'echo "[1/1] all"; {cmake}')
        for command in ("build", "up", "load", "down"):
            self._script(self.top / "tests" / "cluster" / command, f'echo "{command} $*" >> {self.calls}; echo {self.path}')
        self._script(self.path / "kubectl", "echo 'n1 Ready'")

    @staticmethod
    def _script(path, text, head="#!/bin/bash", mode=0o755):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{head}\n{text}\n")
        path.chmod(mode)

    def run(self, *arguments, seconds_left=None, ci=False):
        """seconds_left: until the deadline. Exit code, output, and how long it took."""
        environment = {name: value for name, value in os.environ.items() if name not in ("CI", "TESTS_MINUTES", "FAIRLEAD_ROUNDS")}
        environment["PATH"] = f"{self.path}:{environment['PATH']}"
        if seconds_left is not None:
            environment["TESTS_MINUTES"] = str((RESERVE + seconds_left) / 60)
        if ci:
            environment["CI"] = "true"
        began = time.monotonic()
        result = subprocess.run(["/usr/bin/python3", "-B", str(self.top / "tests" / "support" / "runner"), *arguments], env=environment,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
        return result.returncode, result.stdout, time.monotonic() - began


def in_checkout(*arguments, **options):
    """The test gets a Checkout of these programs."""
    def wrap(test):
        def run():
            with tempfile.TemporaryDirectory() as folder:
                test(Checkout(folder, *arguments, **options))
        run.__doc__ = test.__doc__
        return run
    return wrap


def closing(text):
    return text.splitlines()[-1]


def failures(text):
    """Title and reason of every line of the summary that says FAILED."""
    return dict(re.findall(r"^\[\d+:\d+\] FAILED ([^:\n]+): (.*)$", text, re.MULTILINE))


@in_checkout({"unit/tst_a": PASSES, "model/tst_b": PASSES, "live/tst_c": PASSES})
def labels_choose(checkout):
    code, text, _ = checkout.run("unit", "model")
    expect(code == 0 and closing(text) == "2 passed, 0 failed, 0 skipped", code, text)
    expect(not checkout.calls.exists(), "a cluster was started for nothing", text)


@in_checkout({f"unit/tst_{letter}": HANGS for letter in "abcd"} | {"model/tst_last": PASSES})
def what_does_not_fit_has_failed(checkout):
    """Two run at a time when the time is over: they are ended. The other three never start. All five are told, one by one."""
    code, text, seconds = checkout.run("unit", "model", seconds_left=2)
    told = failures(text)
    expect(code == 1 and closing(text) == "0 passed, 5 failed, 0 skipped", code, text)
    ended = [title for title, reason in told.items() if "the run's deadline" in reason]
    unfit = [title for title, reason in told.items() if reason == "did not fit into the run's time"]
    expect(len(ended) == 2 and len(unfit) == 3 and "model/tst_last" in unfit, told, text)
    expect(seconds < 2 + RESERVE / 2, f"{seconds:.0f} s", text)


@in_checkout({"unit/tst_a": PASSES, "unit/tst_b": PASSES}, cmake="exec tail -f /dev/null")
def a_build_that_takes_all_the_time(checkout):
    code, text, seconds = checkout.run("unit", seconds_left=2)
    told = failures(text)
    expect(code == 1 and closing(text) == "0 passed, 3 failed, 0 skipped", code, text)
    expect({"unit/tst_a", "unit/tst_b", "run"} == set(told) and all("stopped" in reason for reason in told.values()), told, text)
    expect(seconds < 2 + RESERVE / 2, f"{seconds:.0f} s", text)


@in_checkout({"live/tst_a": HANGS, "live/tst_b": PASSES})
def the_cluster_goes_down_after_the_deadline(checkout):
    code, text, _ = checkout.run("live", seconds_left=2)
    calls = checkout.calls.read_text().splitlines()
    expect(code == 1 and closing(text) == "0 passed, 2 failed, 0 skipped", code, text)
    expect([call.split()[0] for call in calls] == ["build", "up", "load", "load", "down"], calls, text)
    expect(len({call.split()[1] for call in calls if call.startswith(("up", "down"))}) == 1, calls)


@in_checkout({"gui/tst_a": TELLS, "gui/tst_b": PASSES})
def a_gui_program_may_want_the_cluster(checkout):
    code, text, _ = checkout.run("gui")
    log = (checkout.top / "build" / "ci" / "tests" / "logs" / "gui-tst_a.log").read_text()
    expect(code == 0 and closing(text) == "2 passed, 0 failed, 0 skipped" and "cluster t-" in log, code, text, log)
    expect([call.split()[0] for call in checkout.calls.read_text().splitlines()] == ["build", "up", "load", "down"], "its scenario is not waited for")


@in_checkout({"gui/tst_a": TELLS, "gui/tst_b": PASSES})
def without_the_cluster_only_they_fail(checkout):
    (checkout.top / "tests" / "cluster" / "up").write_text("#!/bin/bash\nexit 1\n")
    code, text, _ = checkout.run("gui")
    expect(code == 1 and closing(text) == "1 passed, 2 failed, 0 skipped" and {"cluster", "gui/tst_a"} == set(failures(text)), code, text)


@in_checkout({"unit/tst_a": PASSES}, cmake="echo 'no such header'; false")
def a_failed_build_is_a_failure(checkout):
    code, text, _ = checkout.run("unit")
    expect(code == 1 and "no such header" in text and failures(text).get("build ci"), code, text)


@in_checkout({"unit/tst_a": TELLS, "live/tst_b": TELLS, "unit/tst_c": TELLS}, rounds="# a comment\nunit/tst_a 5000\nlive/tst_b 20\n")
def soak_runs_full_numbers(checkout):
    """Only what rounds.txt names, with its rounds and the cluster."""
    code, text, _ = checkout.run("soak")
    expect(code == 0 and closing(text) == "2 passed, 0 failed, 0 skipped" and "soak/tst_a: 1 passed" in text and "soak/tst_b: 1 passed" in text, code, text)
    logs = {path.stem: path.read_text() for path in (checkout.top / "build" / "ci" / "tests" / "logs").iterdir()}
    expect("rounds 5000 cluster t-" in logs["soak-tst_a"] and "rounds 20 cluster t-" in logs["soak-tst_b"], logs)


@in_checkout({"unit/tst_a": TELLS}, rounds="unit/tst_a 5000\n")
def soak_takes_a_number(checkout):
    code, text, _ = checkout.run("soak", "--rounds", "2", "--seed", "11")
    log = (checkout.top / "build" / "ci" / "tests" / "logs" / "soak-tst_a.log").read_text()
    expect(code == 0 and "rounds 2" in log and "seed 11" in text, code, text, log)


@in_checkout({"unit/tst_a": PASSES}, rounds="unit/tst_gone 3\n")
def soak_misses_what_is_gone(checkout):
    code, text, _ = checkout.run("soak")
    expect(code == 1 and failures(text).get("soak/tst_gone"), code, text)


def soak_names_what_is_there():
    """Each line of the real file names a program that reads its rounds."""
    lines = [line.split() for line in (TOP / "tests" / "soak" / "rounds.txt").read_text().splitlines() if line and not line.startswith("#")]
    expect(lines, "no line")
    named = set()
    for title, rounds in lines:
        label, _, name = title.partition("/")
        sources = [path for path in (TOP / "tests" / label).glob(f"{name}.*") if path.suffix in (".py", ".cpp")]
        expect(len(sources) == 1 and int(rounds) > 0, f"{title}: {sources}")
        text = sources[0].read_text(encoding="utf-8")
        named.add(title)
        expect("FAIRLEAD_ROUNDS" in text, f"{title} does not read FAIRLEAD_ROUNDS")
    # The other way round: a random test has its full number there.
    for label in ("unit", "model", "gui", "live", "fault"):
        for path in (TOP / "tests" / label).glob("tst_*"):
            if path.stem not in ("tst_runner", "tst_runner_run") and "FAIRLEAD_ROUNDS" in path.read_text(encoding="utf-8"):
                expect(f"{label}/{path.stem}" in named, f"{label}/{path.stem} reads FAIRLEAD_ROUNDS; its full number is missing in tests/soak/rounds.txt")


if __name__ == "__main__":
    harness.run("RunnerRun", [
        ("labelsChoose", labels_choose),
        ("whatDoesNotFitHasFailed", what_does_not_fit_has_failed),
        ("aBuildThatTakesAllTheTime", a_build_that_takes_all_the_time),
        ("theClusterGoesDownAfterTheDeadline", the_cluster_goes_down_after_the_deadline),
        ("aGuiProgramMayWantTheCluster", a_gui_program_may_want_the_cluster),
        ("withoutTheClusterOnlyTheyFail", without_the_cluster_only_they_fail),
        ("aFailedBuildIsAFailure", a_failed_build_is_a_failure),
        ("soakRunsFullNumbers", soak_runs_full_numbers),
        ("soakTakesANumber", soak_takes_a_number),
        ("soakMissesWhatIsGone", soak_misses_what_is_gone),
        ("soakNamesWhatIsThere", soak_names_what_is_there),
    ])
