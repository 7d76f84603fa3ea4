#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The clusters page by AT-SPI, without any server: what a reader is told of three kubeconfigs is what kubectl makes of them."""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "support"))

from atspi import Program, Table, expect, expect_named, expect_near, find, focus, focused, has, name, press, role, run, wait, walk  # noqa: E402

FIRST = """apiVersion: v1
kind: Config
current-context: staging
contexts:
- {name: staging, context: {cluster: one, user: anna, namespace: shop}}
- {name: production, context: {cluster: two, user: anna}}
clusters:
- {name: one, cluster: {server: "https://127.0.0.1:1"}}
- {name: two, cluster: {server: "https://127.0.0.1:2"}}
users:
- {name: anna, user: {token: t}}
"""
SECOND = """apiVersion: v1
kind: Config
contexts:
- {name: "<b>bold</b> & <img src=http://127.0.0.1:3/x>", context: {cluster: three, user: otto}}
- {name: a-name-that-is-too-long-for-any-column-%s, context: {cluster: three, user: otto, namespace: kube-system}}
clusters:
- {name: three, cluster: {server: "https://127.0.0.1:3"}}
users:
- {name: otto, user: {token: t}}
""" % ("x" * 400)


class Files:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kubeconfigs-"))
        for file, text in (("first", FIRST), ("second", SECOND)):
            (self.folder / file).write_text(text)
        self.list = f"{self.folder}/first:{self.folder}/second"

    def contexts(self):
        """(name, cluster, user, namespace, whether current), as kubectl merges them."""
        kubectl = os.environ["FAIRLEAD_KUBECTL"]
        form = "{range .contexts[*]}{.name}{'\\t'}{.context.cluster}{'\\t'}{.context.user}{'\\t'}{.context.namespace}{'\\n'}{end}".replace("'", '"')
        environment = {**os.environ, "KUBECONFIG": self.list}
        view = subprocess.run([kubectl, "config", "view", "-o", f"jsonpath={form}"], env=environment, capture_output=True, text=True, check=True).stdout
        current = subprocess.run([kubectl, "config", "current-context"], env=environment, capture_output=True, text=True, check=True).stdout.strip()
        return [(*line.split("\t"), line.split("\t")[0] == current) for line in view.splitlines()]


FILES = Files()


def clusters(program):
    return Table(find(program.window, "table", "contexts"))


def contexts_are_kubectls():
    wanted = FILES.contexts()
    expect(len(wanted) == 4, wanted)
    with Program("--page", "clusters", kubeconfig=FILES.list) as program:
        table = clusters(program)
        wait(lambda: table.rows == len(wanted), lambda: f"{table.rows} rows instead of {len(wanted)}")
        rows = {row[table.columns[0]]: row for row in table.read()}
        for context, cluster, user, namespace, _ in wanted:
            row = next((row for first, row in rows.items() if first.startswith(context)), None)
            expect(row is not None, f"{context} is not among", *rows)
            whole = "\n".join(row.values())
            for each in (cluster, user, namespace):
                expect(each in whole, f"{each} is missing in the row of {context}", row)


def current_context_is_told():
    """In the program by the row that is chosen; whose name kubectl calls current."""
    current = next(each[0] for each in FILES.contexts() if each[4])
    with Program("--page", "clusters", kubeconfig=FILES.list) as program:
        table = clusters(program)
        row = wait(lambda: next((number + 1 for number in range(table.rows) if has(table.cell(number, 0), "SELECTED")), 0), "a row is selected") - 1
        expect(table.text(row, 0).startswith(current), table.text(row, 0))


def arrows_move_and_the_reader_follows():
    with Program("--page", "clusters", kubeconfig=FILES.list) as program:
        table = clusters(program)
        focus(table.accessible)
        press("Home")
        press("Ctrl+Home")
        wait(lambda: has(table.cell(0, 0), "SELECTED"), "the first row is selected")
        press("Down")
        wait(lambda: has(table.cell(1, 0), "SELECTED") and not has(table.cell(0, 0), "SELECTED"), "the second row is selected")
        press("Up")
        wait(lambda: has(table.cell(0, 0), "SELECTED"), "the first row is selected again")


def a_changed_file_is_not_a_crash():
    """The page lives through a kubeconfig that vanishes under it."""
    with Program("--page", "clusters", kubeconfig=FILES.list) as program:
        table = clusters(program)
        wait(lambda: table.rows == 4, "four rows")
        moved = FILES.folder / "moved"
        (FILES.folder / "second").rename(moved)
        try:
            press("F5")
            program.expect_running()
            clusters(program)
        finally:
            moved.rename(FILES.folder / "second")


def everything_has_a_name():
    """What can be pressed or filled in is named; nothing a reader steps through is an empty word; and the tree is not too deep or wide."""
    with Program("--page", "clusters", kubeconfig=FILES.list) as program:
        table = clusters(program)
        expect_named(program)
        expect_near(table.accessible)
        expect(role(program.window) == "frame", f"the window is a {role(program.window)}")
        expect(name(program.window).endswith("Fairlead"), name(program.window))


def a_tree_with_columns_is_a_tree_table():
    """And a list that folds, without captions, is a tree; every cell's name is its whole text, every scroll bar has a name."""
    with Program("--page", "gallery", kubeconfig=FILES.list) as program:
        def named(wanted):
            return wait(lambda: next((each for each, _ in walk(program.window, hidden=True) if name(each) == wanted), None), f"{wanted} is there")
        workloads = named("workloads")
        expect(role(workloads) == "tree table", role(workloads))
        table = Table(workloads)
        expect(table.columns[:2] == ["Name", "Ready"], table.columns)
        expect("payments-api-7d9f6c5b84-x2k4q" in table.column("Name"), table.column("Name"))
        expect(role(named("kinds")) == "tree", role(named("kinds")))
        bars = [each for each, _ in walk(program.window, hidden=True) if role(each) == "scroll bar"]
        expect(bars and all(name(each).endswith("scroll bar") for each in bars), [name(each) for each in bars])
        tabs = [each for each, _ in walk(program.window, hidden=True) if role(each) == "page tab list"]
        expect(sorted(name(each) for each in tabs) == ["Pages", "Parts", "Tabs"], [name(each) for each in tabs])


def no_kubeconfig_is_said():
    with Program("--page", "clusters") as program:
        words = wait(lambda: [name(each) for each, _ in walk(program.window) if "kubeconfig" in name(each).lower()], "a kubeconfig is spoken of")
        expect(any(str(program.home) in each or "~" in each or ".kube/config" in each for each in words) or len(words) > 1, words)
        expect(focused(program.app) is not None, "nothing has the focus")


def ends_by_the_keyboard():
    with Program("--page", "clusters", kubeconfig=FILES.list) as program:
        clusters(program)
        press("Ctrl+Q")
        wait(lambda: program.process.poll() is not None, "the program has ended")
        expect(program.process.returncode == 0, f"exit code {program.process.returncode}")


if __name__ == "__main__":
    run("WindowAtspi", [
        ("contextsAreKubectls", contexts_are_kubectls),
        ("currentContextIsTold", current_context_is_told),
        ("arrowsMoveAndTheReaderFollows", arrows_move_and_the_reader_follows),
        ("aChangedFileIsNotACrash", a_changed_file_is_not_a_crash),
        ("everythingHasAName", everything_has_a_name),
        ("aTreeWithColumnsIsATreeTable", a_tree_with_columns_is_a_tree_table),
        ("noKubeconfigIsSaid", no_kubeconfig_is_said),
        ("endsByTheKeyboard", ends_by_the_keyboard),
    ])
