# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what a test program prints in Qt Test's plain form, line by line as it comes."""

import re

_RESULT = re.compile(r"^(PASS|FAIL!|XFAIL|XPASS|SKIP|BPASS|BFAIL)\s*: (\w[\w:]*\(.*?\)(?=\s|$)|\S+)\s?(.*)$")
_LOG = re.compile(r"^(QWARN|QCRITICAL|QSYSTEM|QFATAL)\s*: (.*)$")
_TOTALS = re.compile(r"^Totals: (\d+) passed, (\d+) failed, (\d+) skipped")
_OWN = re.compile(r"(^|::)(initTestCase|cleanupTestCase)\(")


class QtOutput:
    """One program's results. Times are measured from line to line: Qt's plain form has none of its own."""

    def __init__(self, started):
        self.passed = self.failed = self.skipped = 0
        self.functions = []  # (seconds, name)
        self.passes = []
        self.skips = []  # (name, reason)
        self.failures = []  # first lines
        self.logs = []  # unexpected log lines
        self._seen = [0, 0, 0]
        self._totals = 0
        self._last = started

    def line(self, text, now):
        if match := _TOTALS.match(text):
            self._totals += 1
            self.passed += int(match[1])
            self.failed += int(match[2])
            self.skipped += int(match[3])
            self._seen = [0, 0, 0]
        elif match := _LOG.match(text):
            self.logs.append(match[2])
        elif match := _RESULT.match(text):
            kind, name, rest = match.groups()
            if kind == "XFAIL":
                return  # its PASS follows
            if kind == "PASS":
                self.passes.append(name)
                self._seen[0] += 1
            elif kind == "SKIP":
                self.skips.append((name, rest))
                self._seen[2] += 1
            elif kind in ("FAIL!", "XPASS"):
                self.failures.append(f"{name} {rest}")
                self._seen[1] += 1
            self.functions.append((now - self._last, name))
            self._last = now

    def ended(self):
        """Whether the program came to its own end; what it had reported before is counted all the same."""
        whole = self._totals > 0 and self._seen == [0, 0, 0]
        self.passed += self._seen[0]
        self.failed += self._seen[1]
        self.skipped += self._seen[2]
        self._seen = [0, 0, 0]
        return whole

    def ran_none(self):
        names = self.passes + [name for name, _ in self.skips]
        return not self.failures and all(_OWN.search(name) for name in names)
