#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The comparison that all oracles stand on: what may differ is time that has gone by, in the columns that kinds/ names, and nothing else."""

import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lint"))

import harness  # noqa: E402
import tabletext  # noqa: E402


def table(*rows):
    return "NAME   RESTARTS       AGE     OTHER\n" + "".join(f"{a:<7}{b:<15}{c:<8}{d}\n" for a, b, c, d in rows)


def the_columns_are_the_registrys():
    if not {"AGE", "LAST SEEN"} <= tabletext.DURATIONS or tabletext.BRACKETED != {"RESTARTS"} or "NAME" in tabletext.DURATIONS:
        raise harness.Failed(f"{tabletext.DURATIONS}, {tabletext.BRACKETED}")
    if tabletext.DURATIONS & tabletext.BRACKETED or "REQUESTEDDURATION" in tabletext.DURATIONS:
        raise harness.Failed("a length that does not go on is compared as it stands")


def only_time_may_differ():
    first = table(("a", "14 (2m ago)", "5m", "1m"))
    for other, elapsed, same in (
        (table(("a", "14 (2m ago)", "5m", "1m")), 0, True),
        (table(("a", "14 (3m ago)", "6m", "1m")), 2, True),  # a coarse unit may turn at any moment
        (table(("a", "14 (2m ago)", "9m", "1m")), 2, False),
        (table(("a", "15 (2m ago)", "5m", "1m")), 2, False),
        (table(("a", "14", "5m", "1m")), 2, False),
        (table(("a", "14 (2m ago)", "5m", "2m")), 60, False),  # looks like a length of time, and no kind says so
        (table(("b", "14 (2m ago)", "5m", "1m")), 0, False),
        (table(), 0, False),
    ):
        if (tabletext.difference(first, other, elapsed) == "") != same:
            raise harness.Failed(f"{other} after {elapsed} s: {tabletext.difference(first, other, elapsed)!r}")


def order_counts_where_it_is_the_servers():
    first = table(("a", "1", "5m", "x"), ("b", "1", "5m", "x"))
    second = table(("b", "1", "5m", "x"), ("a", "1", "5m", "x"))
    if not tabletext.difference(first, second, 0) or tabletext.difference(first, second, 0, ordered=False):
        raise harness.Failed("order")


harness.run("TableText", [("theColumnsAreTheRegistrys", the_columns_are_the_registrys), ("onlyTimeMayDiffer", only_time_may_differ),
                          ("orderCountsWhereItIsTheServers", order_counts_where_it_is_the_servers)])
