# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads tables as kubectl prints them, and says whether two agree where time has gone by between them."""

import pathlib
import re

_KINDS = pathlib.Path(__file__).resolve().parent.parent.parent / "models" / "kinds"
_DECLARATION = re.compile(r"constexpr DurationColumn \w+(?:\[\] = )?(\{.*?\});", re.DOTALL)
_COLUMN = re.compile(r"\{(?:\.column = )?\"([^\"]+)\"((?:[^{}]|\{\})*)\}")


def _duration_columns(bracketed):
    """What the registry of kinds says: columns whose cells are lengths of time that go on, by the header that kubectl prints."""
    found = set()
    for path in sorted(_KINDS.glob("*.cpp")):
        for declaration in _DECLARATION.findall(path.read_text()):
            columns = _COLUMN.findall(declaration)
            if not columns:
                raise ValueError(f"{path}: a DurationColumn that is written in a way not known here: {declaration}")
            found |= {name.upper() for name, more in columns if ("bracketed = true" in more) == bracketed and "Grows::Never" not in more}
    return found


DURATIONS = _duration_columns(False)
# A count with a duration in brackets behind it: "14 (2m ago)".
BRACKETED = _duration_columns(True)

_UNITS = {"y": 365 * 86400, "d": 86400, "h": 3600, "m": 60, "s": 1}
_DURATION = re.compile(r"(?:\d+[ydhms])+")
_BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def visible(text):
    """A text that kubectl let through, as we must print it: the one place where the two differ."""
    out = []
    for character in text:
        code = ord(character)
        if code < 0x20 or code == 0x7F:
            out.append(f"\\x{code:02x}")
        elif 0x80 <= code < 0xA0 or code in _BIDI:
            out.append(f"\\u{code:04x}")
        else:
            out.append(character)
    return "".join(out)


def hidden(text, also_bidi):
    """The first character of a text that must not reach a terminal raw, or None."""
    for character in text:
        code = ord(character)
        if (code < 0x20 and character != "\n") or 0x7F <= code < 0xA0 or (also_bidi and code in _BIDI):
            return f"U+{code:04X}"
    return None


def blocks(text):
    """Each table of an output: (headers, rows of cells)."""
    found = []
    for block in re.split(r"\n\n", text.rstrip("\n")) if text.strip() else []:
        lines = block.split("\n")
        starts = [match.start() for match in re.finditer(r"\S+(?: \S+)*", lines[0])]
        ends = starts[1:] + [None]
        found.append(([lines[0][a:b].strip() for a, b in zip(starts, ends)],
                      [[visible(line[a:b].rstrip(" ")) for a, b in zip(starts, ends)] for line in lines[1:]]))
    return found


def _seconds(cell):
    """(seconds, how coarse) of a duration; None of anything else."""
    if not _DURATION.fullmatch(cell):
        return None
    parts = re.findall(r"(\d+)([ydhms])", cell)
    return sum(int(number) * _UNITS[unit] for number, unit in parts), _UNITS[parts[-1][1]]


def _same_duration(ours, theirs, elapsed):
    a, b = _seconds(ours), _seconds(theirs)
    if a is None or b is None:
        return ours == theirs
    # A coarse one says only that the time lies within its unit.
    return abs(a[0] - b[0]) <= elapsed + 1 + max(a[1], b[1]) - 1


def _same_cell(header, ours, theirs, elapsed):
    if header in DURATIONS:
        return _same_duration(ours, theirs, elapsed)
    if header in BRACKETED:
        a, b = re.fullmatch(r"(\d+)(?: \((\S+) ago\))?", ours), re.fullmatch(r"(\d+)(?: \((\S+) ago\))?", theirs)
        if a and b:
            return a[1] == b[1] and _same_duration(a[2] or "", b[2] or "", elapsed)
    return ours == theirs


def difference(ours, theirs, elapsed, ordered=True):
    """What tells two outputs apart, or "" where they agree. `elapsed`: seconds that may lie between them."""
    a, b = blocks(ours), blocks(theirs)
    if [headers for headers, _ in a] != [headers for headers, _ in b]:
        return f"columns {[headers for headers, _ in a]}, not {[headers for headers, _ in b]}"
    for (headers, mine), (_, other) in zip(a, b):
        if not ordered:
            mine, other = sorted(mine), sorted(other)
        if len(mine) != len(other):
            return f"{len(mine)} rows, not {len(other)}"
        for row, expected in zip(mine, other):
            for header, cell, wanted in zip(headers, row, expected):
                if not _same_cell(header, cell, wanted, elapsed):
                    return f"{header}: {cell[:120]!r}, not {wanted[:120]!r} (row {row[:3]})"
    return ""
