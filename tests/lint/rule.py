# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rule is, and its list of exceptions."""

import dataclasses
import pathlib
from typing import Callable

EXCEPTIONS = pathlib.Path(__file__).resolve().parent / "exceptions"


@dataclasses.dataclass(frozen=True)
class Finding:
    path: str
    line: int
    key: str  # one word: what an exception line names
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text} [{self.key}]"


@dataclasses.dataclass(frozen=True)
class Rule:
    name: str
    reason: str
    check: Callable  # Tree -> iterable of Finding
    # Findings that no exception line may allow.
    hard: Callable = lambda finding: False


@dataclasses.dataclass(frozen=True)
class Exemption:
    line: int
    path: str
    key: str
    reason: str


def exemptions(rule, folder=EXCEPTIONS):
    """"PATH KEY REASON" a line; a missing file is an empty list."""
    path = folder / f"{rule}.txt"
    if not path.exists():
        return []
    result = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            words = line.split(None, 2)
            words += [""] * (3 - len(words))
            result.append(Exemption(number, *words))
    return result


def judge(rule, findings, allowed):
    """(complaints of the rule, complaints about the exception list)."""
    used = set()
    open_findings = []
    for finding in findings:
        match = next((e for e in allowed if e.path == finding.path and e.key == finding.key), None)
        if match and not rule.hard(finding):
            used.add(match)
        else:
            open_findings.append(str(finding))
    stale = []
    for exemption in allowed:
        where = f"tests/lint/exceptions/{rule.name}.txt:{exemption.line}"
        if len(exemption.reason.split()) < 3:
            stale.append(f"{where}: a line needs its reason: PATH KEY REASON")
        if exemption not in used:
            stale.append(f"{where}: no longer needed: {exemption.path} {exemption.key}")
    return open_findings, stale
