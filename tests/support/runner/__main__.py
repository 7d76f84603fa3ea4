# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/run after its packages are there: builds, runs the programs, says how it went.

A failure of any kind counts: a build, a program that crashed, ran none, left processes running or did not fit into the time."""

import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import re
import shutil
import signal
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import build  # noqa: E402
import console  # noqa: E402
import processes  # noqa: E402
import programs  # noqa: E402
import skips  # noqa: E402
from cluster import ClusterFailed, SharedCluster  # noqa: E402
from console import say, span  # noqa: E402
from execution import Outcome, Runner  # noqa: E402

TOP = pathlib.Path(__file__).resolve().parents[3]
# What `down` and the summary may take at the end, in seconds.
RESERVE = 45


class Stopped(BaseException):
    """Ctrl+C, kill, or the deadline during a build."""


class Run:
    def __init__(self, options):
        self.labels = [label for label in programs.LABELS if label in (options.labels or programs.DEFAULT)]
        self.seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1, 2**31)
        self.rounds = options.rounds
        self.ci = os.environ.get("CI") == "true"
        minutes = os.environ.get("TESTS_MINUTES")
        self.deadline = console.STARTED + float(minutes) * 60 - RESERVE if minutes else None
        self.builds = {name: TOP / "build" / name for name in ("ci", "headless", "tsan-net", "fuzz", "release", "bench")}
        self.stats = pathlib.Path(tempfile.mkdtemp(prefix="fairlead-run-")) / "ccache"
        self.cluster = SharedCluster(TOP)
        self._waited = False
        self.outcomes = []
        self.broken = set()
        self.extra_failures = []  # (title, why)

    # --- time ---

    def arm(self):
        """One place for every way to stop: the main thread is interrupted once, and what follows is the way down."""
        def stop(number, _frame):
            for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):
                signal.signal(each, signal.SIG_IGN)
            raise Stopped("the deadline" if number == signal.SIGALRM else signal.Signals(number).name)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):
            signal.signal(number, stop)
        if self.deadline:
            signal.setitimer(signal.ITIMER_REAL, max(1, self.deadline - time.monotonic()))

    def history(self):
        try:
            return json.loads((self.builds["ci"] / "tests" / "durations.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    def remember(self, history):
        history.update({o.program.title: round(o.seconds, 2) for o in self.outcomes if o.seconds})
        path = self.builds["ci"] / "tests" / "durations.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(history, indent=1, sort_keys=True), encoding="utf-8")

    # --- steps ---

    def build_all(self):
        """Each preset on its own: one that does not build takes only its own programs with it."""
        for preset in programs.wanted_builds(self.labels, TOP):
            folder = self.builds[preset]
            try:
                build.build(TOP, preset, folder, self.stats)
            except build.BuildFailed as error:
                self.extra_failures.append((f"build {preset}", str(error)))
                self.broken.add(preset)  # its old programs would tell of old sources

    def execute(self):
        work = programs.collect(TOP, self.labels, self.builds, self.broken, self.rounds)
        history = self.history()

        def guess(program):
            return history.get(program.title, programs.GUESSES[program.label])

        logs = self.builds["ci"] / "tests" / "logs"
        shutil.rmtree(logs, ignore_errors=True)
        logs.mkdir(parents=True)
        allowed = [re.compile(line) for line in _lines(TOP / "tests" / "support" / "loglines.txt")]
        runner = Runner(TOP, self.builds, logs, self.seed, self.rounds, allowed)
        signal.setitimer(signal.ITIMER_REAL, 0)  # from here on the deadline is kept by hand
        if self.deadline and work:
            signal.setitimer(signal.ITIMER_REAL, max(1, self.deadline + RESERVE / 2 - time.monotonic()))
        say(f"{len(work)} programs, about {span(sum(map(guess, work)))}; seed {self.seed}" + (f", {self.rounds} rounds" if self.rounds else ""))
        self._pending = list(work)
        if any(program.clustered for program in work):
            self._start_cluster(runner)
        for parallel in (True, False):
            part = [p for p in work if (p.label in programs.PARALLEL) == parallel]
            workers = min(2, os.cpu_count() or 1) if parallel else 1
            with concurrent.futures.ThreadPoolExecutor(workers) as pool:
                try:
                    for label in programs.LABELS:
                        self._label([p for p in part if p.label == label], label, pool, runner, guess)
                except BaseException:
                    pool.shutdown(wait=False, cancel_futures=True)
                    processes.finish_all()
                    raise
        self.remember(history)

    def _label(self, part, label, pool, runner, guess):
        if not part:
            return
        there = self._settled() if label in programs.CLUSTERED else bool(self.cluster.environment)
        for program in [program for program in part if program.clustered and not there]:
            self._done(Outcome(program, failed=1, reasons=["there is no cluster to run it on"]), guess)
            part.remove(program)
        # The longest first, so that two at a time end together.
        part = sorted(part, key=guess, reverse=True) if label in programs.PARALLEL else part
        futures = [pool.submit(self._one, program, runner) for program in part]
        for future in concurrent.futures.as_completed(futures):
            self._done(future.result(), guess)

    def _one(self, program, runner):
        if self.deadline and time.monotonic() >= self.deadline:
            return Outcome(program, failed=1, reasons=["did not fit into the run's time"])
        return runner.run(program, self.deadline)

    def _start_cluster(self, runner):
        """Before everything else that runs: the scenario has crash loops and cron jobs that need their minutes."""
        try:
            self.cluster.start()
        except ClusterFailed as error:
            self.extra_failures.append(("cluster", str(error)))
        runner.extra.update(self.cluster.environment)

    def _settled(self):
        if self.cluster.environment and not self._waited:
            self._waited = True
            try:
                self.cluster.settle()
            except ClusterFailed as error:
                self.extra_failures.append(("cluster", str(error)))
        return bool(self.cluster.environment)

    def _done(self, outcome, guess):
        self.outcomes.append(outcome)
        if outcome.program in self._pending:
            self._pending.remove(outcome.program)
        left = sum(map(guess, self._pending))
        counts = f"{outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped"
        rest = f"; {len(self._pending)} to go, about {span(left)}" if self._pending else ""
        say(f"{'FAILED ' if outcome.failed else ''}{outcome.program.title}: {counts}, {span(outcome.seconds)}{rest}")
        if outcome.failed:
            say("\n".join(outcome.reasons), indent=True)
            lines = [line for line in outcome.output.splitlines() if not line.startswith("PASS   :")]
            if len(lines) > 240:
                lines = [*lines[:40], f"… {len(lines) - 200} lines, all in build/ci/tests/logs …", *lines[-160:]]
            say("\n".join(lines), indent=True)

    # --- the end ---

    def summary(self):
        if self.ci:
            listed = skips.read(TOP / "tests" / "skips.txt")
            for complaint in skips.judge(self.outcomes, listed):
                self.extra_failures.append(("tests/skips.txt", f"a line is no longer needed: {complaint}"))
        for label in self.labels:
            part = [o for o in self.outcomes if o.program.label == label]
            if part:
                say(f"{label}: {len(part)} programs, {span(sum(o.seconds for o in part))}")
        hits, asked = build.cache_rate(self.stats)
        if asked:
            say(f"ccache answered {hits} of {asked} compilations ({100 * hits // asked}%)")
        slowest = sorted(((s, o.program.title, name) for o in self.outcomes for s, name in o.functions), reverse=True)[:10]
        if slowest:
            say("the ten slowest:")
            say("\n".join(f"{span(seconds):>10}  {title}  {name}" for seconds, title, name in slowest), indent=True)
        for title, why in self.extra_failures:
            say(f"FAILED {title}: {why}")
        for outcome in self.outcomes:
            if outcome.failed:
                say(f"FAILED {outcome.program.title}: {outcome.reasons[0] if outcome.reasons else ''}")
        passed = sum(o.passed for o in self.outcomes)
        failed = sum(o.failed for o in self.outcomes) + len(self.extra_failures)
        skipped = sum(o.skipped for o in self.outcomes)
        if not self.outcomes and not self.extra_failures:
            say("FAILED: there is no test program of these labels" if len(self.labels) > 1 else f"no test has the label {self.labels[0]} yet")
        say(f"in all {span(time.monotonic() - console.STARTED)}; seed {self.seed}")
        console.closing(f"{passed} passed, {failed} failed, {skipped} skipped")
        return 1 if failed else 0


def _lines(path):
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return []
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def main():
    parser = argparse.ArgumentParser(prog="tests/run")
    parser.add_argument("labels", nargs="*", metavar="LABEL", choices=[*programs.LABELS, []])
    parser.add_argument("--rounds", type=int, help="rounds of the random tests; without it each takes its few")
    parser.add_argument("--seed", type=int, help="seed of the random tests; without it a new one, printed")
    run = Run(parser.parse_args())
    run.arm()
    try:
        run.build_all()
        run.execute()
    except Stopped as stopped:
        say(f"stopped by {stopped}")
        for program in getattr(run, "_pending", []) or programs.collect(TOP, run.labels, run.builds, run.broken, run.rounds):
            run.outcomes.append(Outcome(program, failed=1, reasons=["did not run: stopped"]))
        run.extra_failures.append(("run", f"stopped by {stopped}"))
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):
            signal.signal(number, signal.SIG_IGN)
        processes.finish_all()
        run.cluster.stop()
    code = run.summary()
    shutil.rmtree(run.stats.parent, ignore_errors=True)
    return code


sys.exit(main())
