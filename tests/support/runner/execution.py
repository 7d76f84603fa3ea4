# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one program and judges it."""

import dataclasses
import pathlib
import selectors
import shutil
import tempfile
import time

import processes
import programs
from console import span
from qtoutput import QtOutput


@dataclasses.dataclass
class Outcome:
    program: object
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    functions: list = dataclasses.field(default_factory=list)
    passes: list = dataclasses.field(default_factory=list)
    skips: list = dataclasses.field(default_factory=list)
    reasons: list = dataclasses.field(default_factory=list)
    output: str = ""

    def fail(self, reason):
        self.failed += 1
        self.reasons.append(reason)


class Runner:
    """Thread: run() may be called from several at once."""

    def __init__(self, top, builds, logs, seed, rounds, allowed_logs):
        self._top = top
        self._builds = builds
        self._logs = logs
        self._allowed_logs = allowed_logs
        self.extra = {"FAIRLEAD_SEED": str(seed)}
        if rounds is not None:
            self.extra["FAIRLEAD_ROUNDS"] = str(rounds)

    def run(self, program, deadline):
        """Until the program's limit or the run's deadline (monotonic seconds, or None)."""
        home = pathlib.Path(tempfile.mkdtemp(prefix="fairlead-"))
        try:
            environment = {**programs.base_environment(self._top, home, self._builds), **self.extra, **program.environment}
            arguments = list(program.arguments)
            if program.fuzz:
                arguments += self._fuzz_arguments(program, home)
            return self._run(program, arguments, environment, home, deadline)
        finally:
            shutil.rmtree(home, ignore_errors=True)

    def _fuzz_arguments(self, program, home):
        """A copy of the corpus, so that a run does not change the checkout."""
        corpus = home / "corpus"
        source = self._top / "tests" / "fuzz" / "corpus" / program.name
        if source.is_dir():
            shutil.copytree(source, corpus)
        else:
            corpus.mkdir()
        return ["-print_final_stats=1", "-timeout=10", "-rss_limit_mb=2048", f"-artifact_prefix={self._logs}/", str(corpus)]

    def _run(self, program, arguments, environment, home, deadline):
        outcome = Outcome(program)
        began = time.monotonic()
        end = began + program.limit if deadline is None else min(began + program.limit, deadline)
        try:
            process, mark = processes.start(arguments, environment, home / "tmp")
        except OSError as error:
            outcome.fail(f"could not be started: {error}")
            return outcome
        output = QtOutput(began)
        text = []
        over = False
        try:
            over = not self._read(process, output, text, end)
        finally:
            left = processes.finish(mark)
        outcome.seconds = time.monotonic() - began
        outcome.output = "".join(text)
        whole = output.ended()
        outcome.passed, outcome.failed, outcome.skipped = output.passed, output.failed, output.skipped
        outcome.functions, outcome.passes, outcome.skips = output.functions, output.passes, output.skips
        outcome.reasons += output.failures
        code = process.returncode
        if over:
            outcome.fail(f"ended after {span(outcome.seconds)}: " + ("its limit" if end == began + program.limit else "the run's deadline"))
        elif program.fuzz:
            outcome.functions = [(outcome.seconds, program.name)]
            if code == 0 and "stat::number_of_executed_units" in outcome.output:
                outcome.passed += 1
            else:
                outcome.fail(f"exit code {code}")
        elif not whole:
            outcome.fail(f"ended before it had said its totals, exit code {code}")
        elif code != 0 and outcome.failed == 0:
            outcome.fail(f"all functions passed, but the exit code is {code}")
        elif output.ran_none():
            outcome.fail("ran no test function")
        unexpected = [line for line in output.logs if not any(allowed.search(line) for allowed in self._allowed_logs)]
        if unexpected and outcome.failed == 0:
            outcome.fail("unexpected log line: " + unexpected[0])
        if left:
            outcome.output += f"\n(left running and ended: {', '.join(left)})\n"
            if program.label != "fuzz" and outcome.failed == 0:
                outcome.fail(f"left processes running: {', '.join(left)}")
        log = self._logs / f"{program.label}-{program.name.replace(' ', '')}.log"
        log.write_text(outcome.output, encoding="utf-8")
        return outcome

    @staticmethod
    def _read(process, output, text, end):
        """False where the time was over before the program had closed its output."""
        buffer = b""
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while True:
                left = end - time.monotonic()
                if left <= 0:
                    return False
                # A program may end and leave a child that holds its output open.
                if not selector.select(min(left, 0.5)):
                    if process.poll() is not None:
                        break
                    continue
                chunk = process.stdout.read1(65536)
                if not chunk:
                    break
                now = time.monotonic()
                *lines, buffer = (buffer + chunk).split(b"\n")
                for raw in lines:
                    line = raw.decode("utf-8", "replace")
                    text.append(line + "\n")
                    output.line(line, now)
        if buffer:
            line = buffer.decode("utf-8", "replace")
            text.append(line + "\n")
            output.line(line, time.monotonic())
        while process.poll() is None:
            if time.monotonic() > end:
                return False
            time.sleep(0.01)
        return True
