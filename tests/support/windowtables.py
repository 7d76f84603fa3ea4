# SPDX-License-Identifier: GPL-3.0-or-later
"""The window's tables by AT-SPI beside kubectl's answer, and what the window says while a server is away.

FAIRLEAD_TEST_CLUSTER is the run's shared cluster; FAIRLEAD_KUBECTL the kubectl that is asked."""

import time

import tabletext
from atspi import expect, name, role, text_of, wait, walk
from commands import Cluster

TRIES = 5
# Columns that stand among the server's and are the window's own.
OWN = ("Work",)
_cluster = None


def cluster():
    global _cluster
    _cluster = _cluster or Cluster()
    return _cluster


def as_text(table):
    """The window's table in kubectl's form, without what the window adds. Captions in it are the server's words (Nominated Node); kubectl prints
    them in capitals."""
    columns = [column for column in table.columns if column not in OWN]
    return in_columns([column.upper() for column in columns], [[_raw(row[column]) for column in columns] for row in table.read()])


def in_columns(headers, rows):
    """Cells two blanks apart, none narrower than its widest text."""
    lines = [headers, *rows]
    widths = [max(len(line[number]) for line in lines) for number in range(len(headers))]
    return "\n".join("   ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)


def _raw(cell):
    """What the window makes visible in other letters than kubectl: characters without a width, and escape."""
    return cell.replace("\\u200b", "\u200b").replace("\\ufeff", "\ufeff").replace("\\x1b", "^[")


def _asked(user, arguments, shown):
    """kubectl's answer: its usual columns, all of which the window must have, and of the wide ones those that the window shows."""
    usual, wide = (tabletext.blocks(cluster().kubectl(user, "get", *arguments, *more).text) for more in ((), ("-o", "wide")))
    if len(wide) != 1 or len(usual) != 1:
        return ""
    headers, rows = wide[0]
    kept = [number for number, header in enumerate(headers) if header in usual[0][0] or header in shown]
    return in_columns([headers[number] for number in kept], [[row[number] for number in kept] for row in rows])


def is_kubectls(table, user, *arguments):
    """kubectl, the window, kubectl: the window must equal one of the two. Columns are compared as the server names them, rows by name."""
    said = ours = after = ""
    for _ in range(TRIES):
        shown = [column.upper() for column in table.columns]
        began = time.monotonic()
        before = _asked(user, arguments, shown)
        ours = wait(lambda: as_text(table), "the table is read")
        after = _asked(user, arguments, shown)
        elapsed = time.monotonic() - began
        differences = [tabletext.difference(ours, theirs, elapsed, ordered=False) for theirs in (before, after)]
        if "" in differences:
            return
        said = differences
    expect(False, f"get {' '.join(arguments)} as {user}", *said, ours, after)


STALE = ("refused", "lost", "no answer", "not reach", "cannot be reached", "reconnect", "next try", "stale")


def told_stale(program):
    """What is said on the page, and by the header's mark, of a connection that is lost."""
    return [name(each) for each, _ in walk(program.window) if role(each) != "status bar" and any(word in name(each).lower() for word in STALE)]


def said(program, *words):
    """Names and texts in the window that hold all of the words."""
    texts = [text for each, _ in walk(program.window) for text in (name(each), text_of(each)) if text]
    return [text for text in texts if all(word in text for word in words)]
