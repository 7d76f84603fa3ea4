#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tree by owner as a screen reader meets it, on the real cluster: a tree table named by its kind, read by the Table interface, in which each
cell's name is its whole text, however narrow the window is.

FAIRLEAD_TEST_CLUSTER is the run's shared cluster."""

import pathlib
import sys

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "support"))

from atspi import Program, Table, depth_of, expect, find, focus, has, name, press, run, wait  # noqa: E402
from commands import Cluster  # noqa: E402

COLUMNS = ["Name", "Ready", "Health below", "Status", "Restarts", "Age"]
CLUSTER = None


def cluster():
    global CLUSTER
    CLUSTER = CLUSTER or Cluster()
    return CLUSTER


def names_of(kind, *arguments):
    return [line.split("/", 1)[1] for line in cluster().kubectl("admin", "get", kind, "-n", "team-a", "-o", "name", *arguments).text.split()]


def open_tree(*arguments):
    return Program("--kind", "pods", "-n", "team-a", "--view", "tree", *arguments, kubeconfig=cluster().kubeconfigs["admin"])


def tree_of(program):
    accessible = find(program.window, "tree table", "pods")
    table = Table(accessible)
    wait(lambda: table.rows > 5, lambda: f"rows are there: {table.rows}")
    return accessible, table


def row_of(table, wanted):
    """Rows come and go above it while the cluster works."""
    return wait(lambda: next((number + 1 for number in range(table.rows) if table.text(number, 0) == wanted), 0), f"{wanted} is a row") - 1


def it_is_a_tree_table():
    with open_tree("--size", "1400x900") as program:
        accessible, table = tree_of(program)
        expect(table.columns == COLUMNS, table.columns)
        expect(depth_of(accessible) <= 10, f"{depth_of(accessible)} levels below the application")
        above = accessible.get_parent()
        while above is not None and above.get_role_name() != "application":
            expect(above.get_child_count() <= 50, f"{name(above)!r} has {above.get_child_count()} children")
            above = above.get_parent()
        # What stands at the top is what nobody owns.
        deployments = names_of("deployments")
        wait(lambda: set(deployments) <= {table.text(number, 0) for number in range(table.rows)}, lambda: f"all of {deployments} are at the top")
        row = row_of(table, "web")
        ready = cluster().kubectl("admin", "get", "deployment", "web", "-n", "team-a", "--no-headers").text.split()[1]
        wait(lambda: table.text(row_of(table, "web"), COLUMNS.index("Ready")) == ready, lambda: f"web is {ready}: {table.text(row, 1)}")


def cells_say_all_of_it_where_they_are_cut():
    """In a window in which no name has room."""
    with open_tree("--size", "640x700") as program:
        _, table = tree_of(program)
        known = set()
        for kind in ("deployments", "statefulsets", "daemonsets", "replicasets", "jobs", "cronjobs", "services", "pods", "replicationcontrollers"):
            known.update(names_of(kind))
        names = [table.text(number, 0) for number in range(table.rows)]
        cut = [each for each in names if "…" in each]
        expect(not cut, "cut for the reader, too:", *cut)
        # Jobs of cron jobs come and go between the two.
        strangers = [each for each in names if each not in known and not each.startswith("every-minute")]
        expect(not strangers, "no names of the cluster:", *strangers)
        longest = max(names, key=len)
        expect(len(longest) > 15, longest)
        for number in range(table.rows):
            for column in range(len(COLUMNS)):
                expect("…" not in table.text(number, column), table.text(number, column))


def it_is_opened_by_keys():
    with open_tree("--size", "1400x900") as program:
        accessible, table = tree_of(program)
        focus(accessible)
        press("Ctrl+Home")
        for _ in range(row_of(table, "web")):
            press("Down")
        wait(lambda: has(table.cell(row_of(table, "web"), 0), "SELECTED"), "web is chosen")
        before = table.rows
        press("Right")
        sets = names_of("replicasets", "-l", "app=web")
        wait(lambda: table.rows > before and any(each in sets for each in (table.text(number, 0) for number in range(table.rows))), "its replica sets are rows")
        press("Left")
        wait(lambda: not any(each in sets for each in (table.text(number, 0) for number in range(table.rows))), "they are none any more")


if __name__ == "__main__":
    run("WindowTree", [
        ("itIsATreeTable", it_is_a_tree_table),
        ("cellsSayAllOfItWhereTheyAreCut", cells_say_all_of_it_where_they_are_cut),
        ("itIsOpenedByKeys", it_is_opened_by_keys),
    ])
