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

from atspi import Program, Table, all_of, depth_of, expect, find, focus, focused, has, name, press, role, run, wait, walk  # noqa: E402

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
        clusters(program)
        check_tree(program)


ACTED_ON = {"push button", "toggle button", "check box", "radio button", "combo box", "text", "page tab", "table", "tree table", "list", "list item", "menu item", "tree"}


def check_tree(program):
    """Used by the journey too: names, depth of the main view, children of its ancestors."""
    nameless = [f"{role(each)} at depth {depth}" for each, depth in walk(program.app) if role(each) in ACTED_ON and not name(each).strip()]
    expect(not nameless, "without a name:", *nameless)
    for view in all_of(program.window, "table") + all_of(program.window, "tree table"):
        expect(depth_of(view) <= 10, f"{role(view)} {name(view)!r} is {depth_of(view)} levels below the application")
        above = view.get_parent()
        while above is not None and role(above) != "application":
            expect(above.get_child_count() <= 50, f"{role(above)} {name(above)!r} has {above.get_child_count()} children")
            above = above.get_parent()


def no_kubeconfig_is_said():
    with Program() as program:
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
        ("noKubeconfigIsSaid", no_kubeconfig_is_said),
        ("endsByTheKeyboard", ends_by_the_keyboard),
    ])
