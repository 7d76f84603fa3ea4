# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/skips.txt: which skips CI accepts. "LABEL/PROGRAM FUNCTION  REASON", one a line."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Skip:
    program: str
    function: str
    reason: str


def read(path):
    result = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        words = line.split(None, 2)
        result.append(Skip(words[0], words[1] if len(words) > 1 else "", words[2] if len(words) > 2 else ""))
    return result


def judge(outcomes, listed):
    """In CI: moves skips that nobody allowed to the failures; returns complaints about lines that are no longer needed."""
    used = set()
    seen = set()
    for outcome in outcomes:
        for name in outcome.passes:
            seen.add((outcome.program.title, name))
        for name, reason in outcome.skips:
            match = next((skip for skip in listed if (skip.program, skip.function) == (outcome.program.title, name)), None)
            if match:
                used.add(match)
            else:
                outcome.skipped -= 1
                outcome.fail(f"{name} was skipped, and tests/skips.txt does not allow it: {reason}")
    ran = {outcome.program.title for outcome in outcomes}
    labels = {outcome.program.label for outcome in outcomes}
    complaints = []
    for skip in listed:
        label = skip.program.partition("/")[0]
        if skip in used or label not in labels:
            continue
        why = "it passes" if (skip.program, skip.function) in seen else "no such function was skipped" if skip.program in ran else "no such program"
        complaints.append(f"{skip.program} {skip.function}: {why}")
    return complaints
