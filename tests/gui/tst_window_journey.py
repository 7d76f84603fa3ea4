#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's way through the window on the real cluster, in one go, by AT-SPI and keys only: start, choose the context, open pods, filter; the
server dies and comes back; open a pod, read its YAML and its log, switch to the tree, expand, switch the namespace. What is read is what kubectl
answers the same user. Once as one who may do all, once as one who may not list namespaces.

FAIRLEAD_TEST_CLUSTER is the run's shared cluster; its API server is up again at the end, whatever happens."""

import contextlib
import os
import pathlib
import subprocess
import sys

import yaml

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "support"))

from atspi import Program, Table, act, all_of, expect, expect_named, expect_near, find, focus, has, name, press, role, run, text_of, type_text, wait, walk  # noqa: E402
from windowtables import cluster, is_kubectls, said, told_stale  # noqa: E402

# Times that a server and its watchers need to find each other again; a person waits as long.
PATIENCE = 90


def ctl(*arguments):
    result = subprocess.run([TOP / "tests" / "cluster" / "ctl", cluster().name, *arguments], capture_output=True, text=True)
    expect(result.returncode == 0, f"ctl {arguments}", result.stdout, result.stderr)


@contextlib.contextmanager
def marked():
    """A config map whose name is this run's own; gone at the end."""
    made = f"journey-{os.getpid()}"
    try:
        yield made
    finally:
        cluster().kubectl("admin", "delete", "configmap", made, "-n", "team-a", "--ignore-not-found")


class Journey:
    def __init__(self, user, context, space):
        self.user, self.context, self.space = user, context, space
        self.pods = [] if space is None else ["-n", space]
        config = cluster().kubeconfigs
        # As somebody else is at first: the first file's current context counts.
        self.files = ":".join(config[each] for each in ("viewer", "admin", "dev"))

    def names(self, kind, space, *more):
        return sorted(cluster().kubectl(self.user, "get", kind, "-n", space, "-o", "name", *more).text.replace("\n", " ").split())

    def plain(self, kind, space, *more):
        return [each.split("/", 1)[1] for each in self.names(kind, space, *more)]

    def run(self):
        with Program("--size", "1500x950", kubeconfig=self.files) as program:
            self.program = program
            self.choose_the_context()
            self.open_pods()
            self.filter()
            self.the_server_dies()
            self.open_one()
            self.read_its_yaml()
            self.read_its_log()
            self.switch_to_the_tree()
            self.switch_the_namespace()

    # --- steps ---

    def choose_the_context(self):
        """By the header's chip to all clusters, there down to its row."""
        program = self.program
        expect(role(program.window) == "frame", f"the window is a {role(program.window)}")
        wait(lambda: f"{cluster().name}-viewer" in name(program.window), lambda: f"the window is about the first context, not {name(program.window)}")
        act(find(program.window, "push button", lambda each: each.startswith("Context ")))
        act(find(program.app, "push button", "All clusters"))
        contexts = Table(find(program.window, "table", "contexts"))
        wait(lambda: contexts.rows == 3, lambda: f"three contexts are listed, not {contexts.rows}")
        go_to_row(contexts, self.context)
        press("Enter")
        wait(lambda: f" {self.context} " in name(program.window), lambda: f"the window is about {self.context}, not {name(program.window)}")

    def open_pods(self):
        """By name; what is there is kubectl's."""
        press("Ctrl+K")
        field = find(self.program.window, "text", lambda each: each.startswith("Go to "))
        wait(lambda: has(field, "FOCUSED"), "the cursor is in the go-to field")
        type_text("pods")
        wait(lambda: text_of(field) == "pods", "it is typed")
        press("Enter")
        self.table = Table(find(self.program.window, "table", "pods"))
        wait(lambda: self.table.rows > 4, lambda: f"pods are listed: {self.table.rows}")
        is_kubectls(self.table, self.user, "pods", *(self.pods or ["-A"]))
        expect_near(self.table.accessible)

    def filter(self):
        self.filter_by("api-")
        wanted = sorted(each for each in self.plain("pods", "team-a") if "api-" in each)
        shown = self.table.column("Name")
        expect(wanted and set(wanted) <= set(shown) and all("api-" in row for row in self.rows_as_text()), wanted, shown)
        self.filter_by("")

    def filter_by(self, text):
        """Types into the page's filter; waits until it has taken effect."""
        field = find(self.program.window, "text", lambda each: each.startswith("Filter"))
        press("Ctrl+F")
        wait(lambda: has(field, "FOCUSED"), "the cursor is in the filter")
        before = self.table.rows
        press("Ctrl+A")
        press("Backspace")
        type_text(text)
        wait(lambda: text_of(field) == text, "it is typed")
        wait(lambda: self.table.rows != before, lambda: f"other rows than {before} pass")
        press("Esc") if not text else None

    def rows_as_text(self):
        return [" ".join(row.values()) for row in self.table.read()]

    def the_server_dies(self):
        """Rows stay; what happened meanwhile is there afterwards, without a key pressed."""
        program = self.program
        with marked() as made:
            press("Ctrl+K")
            type_text("configmaps")
            press("Enter")
            maps = Table(find(program.window, "table", "configmaps"))
            wait(lambda: "web-config" in maps.column("Name"), "config maps are listed")
            before = maps.column("Name")
            ctl("kill-apiserver")
            try:
                wait(lambda: told_stale(program), "that the connection is lost is said", PATIENCE)
                expect(maps.column("Name") == before, "rows are gone", maps.column("Name"))
            finally:
                ctl("start-apiserver")
            result = cluster().kubectl("admin", "create", "configmap", made, "-n", "team-a")
            expect(result.code == 0, result)
            wait(lambda: made in maps.column("Name"), lambda: f"{made} came: {maps.column('Name')}", PATIENCE)
            wait(lambda: not told_stale(program), lambda: f"the lost connection is not spoken of any more: {told_stale(program)}", PATIENCE)
            is_kubectls(maps, self.user, "configmaps", *(self.pods or ["-A"]))
        press("Ctrl+K")
        type_text("pods")
        press("Enter")
        self.table = Table(find(program.window, "table", "pods"))
        wait(lambda: self.table.rows > 4, "pods are listed again")

    def open_one(self):
        self.pod = self.plain("pods", "team-a", "-l", "app=api")[0]
        go_to_row(self.table, self.pod, "Name")
        press("Enter")
        find(self.program.window, "page tab", "YAML")

    def read_its_yaml(self):
        self.open_tab("Y", "YAML")

        def shown():
            return next((text_of(each) for each, _ in walk(self.program.window) if name(each) == "YAML" and text_of(each)), "")

        def same():
            # Times stay the words that they are.
            ours = yaml.load(shown(), Loader=yaml.BaseLoader)
            theirs = cluster().kubectl(self.user, "get", "pod", self.pod, "-n", "team-a", "-o", "yaml").text
            return isinstance(ours, dict) and ours == yaml.load(theirs, Loader=yaml.BaseLoader)
        wait(same, lambda: f"the YAML is kubectl's\n{shown()[:1500]}")
        expect_named(self.program)

    def read_its_log(self):
        """Every line on screen is one of kubectl's, in its order, and there are some."""
        self.open_tab("L", "Log")

        def shown():
            texts = [text_of(each) for each, _ in walk(self.program.window) if name(each) == "log"]
            return [line for text in texts for line in text.splitlines() if line.strip()]

        def same():
            ours = shown()
            asked = cluster().kubectl(self.user, "logs", self.pod, "-n", "team-a", "-c", "app").text.splitlines()
            at = 0
            for line in ours:
                at = next((number + 1 for number in range(at, len(asked)) if asked[number].strip() and line.strip().endswith(asked[number].strip())), 0)
                if at == 0:
                    return False
            return len(ours) >= 3
        wait(same, lambda: "the log is kubectl's\n" + "\n".join(shown()[:20]))
        expect_named(self.program)

    def switch_to_the_tree(self):
        """Back on the tab of pods, down from the deployment to a container: owners as kubectl tells them."""
        press("Ctrl+Shift+Tab")
        find(self.program.window, "table", "pods")
        focus(find(self.program.window, "radio button", "Tree"))
        press("Space")
        tree = self.tree = Table(find(self.program.window, "tree table", "pods"))
        row = self.open_row("api", lambda: self.plain("rs", "team-a", "-l", "app=api"))
        owners = cluster().kubectl(self.user, "get", "pod", self.pod, "-n", "team-a", "-o", "jsonpath={.metadata.ownerReferences[0].name}").text
        row = self.open_row(owners, lambda: self.plain("pods", "team-a", "-l", "app=api"), row)
        names = cluster().kubectl(self.user, "get", "pod", self.pod, "-n", "team-a", "-o", "jsonpath={.spec.containers[*].name}").text.split()
        expect(names == ["app", "log-shipper"], names)
        self.open_row(self.pod, lambda: names, row)
        expect_near(tree.accessible)
        expect_named(self.program)

    def tree_names(self):
        return [self.tree.text(row, 0).split("\n")[0] for row in range(self.tree.rows)]

    def open_row(self, wanted, below, after=-1):
        """Opens the row of that name (below the row `after`) by keys; waits for all of `below()` right under it. Its number."""
        def found():
            names = self.tree_names()
            return next((number + 1 for number in range(after + 1, len(names)) if names[number] == wanted), 0)
        row = wait(found, lambda: f"{wanted} is in the tree: {self.tree_names()}") - 1
        focus(self.tree.accessible)
        press("Home")
        for _ in range(row):
            press("Down")
        wait(lambda: has(self.tree.cell(row, 0), "SELECTED"), f"{wanted} is selected")
        if not has(self.tree.cell(row, 0), "EXPANDED"):
            press("Right")
        wait(lambda: has(self.tree.cell(row, 0), "EXPANDED"), f"{wanted} is open")
        wait(lambda: set(below()) <= set(self.tree_names()[row + 1:]), lambda: f"{below()} are below {wanted}: {self.tree_names()}")
        return row

    def switch_the_namespace(self):
        """In the tree, and then in the table again: team-b, whether its name may be listed or not."""
        program = self.program
        self.choose_namespace("team-b")
        if self.user == "admin":
            wait(lambda: "front" in self.tree_names() and "api" not in self.tree_names(), lambda: f"the tree is team-b's: {self.tree_names()}")
        else:
            wait(lambda: said(program, "forbidden", "team-b"), "what the server refuses is said")
            self.choose_namespace("team-a")
            wait(lambda: "api" in self.tree_names(), lambda: f"the tree is team-a's again: {self.tree_names()}")
        act(find(program.window, "radio button", "Table"))
        self.table = Table(find(program.window, "table", "pods"))
        is_kubectls(self.table, self.user, "pods", "-n", "team-b" if self.user == "admin" else "team-a")

    def choose_namespace(self, space):
        press("Alt+N")
        field = find(self.program.app, "text", "Filter or type a namespace")
        wait(lambda: has(field, "FOCUSED"), "the cursor is in the namespaces' field")
        type_text(space)
        wait(lambda: text_of(field) == space, "it is typed")
        press("Enter")
        find(self.program.window, "push button", f"Namespace {space}")

    # --- what they share ---

    def open_tab(self, key, tab):
        press(key)
        wait(lambda: [each for each in all_of(self.program.window, "page tab") if name(each).split(" ")[0] == tab and has(each, "SELECTED")], f"the tab {tab} is in front")


def go_to_row(table, text, column=None):
    """By arrows, as a person would: from the first row down to the wanted one."""
    number = table.number_of(column) if column else 0
    focus(table.accessible)
    press("End")  # a row that is current already would not be chosen by going there
    press("Home")
    for row in range(table.rows):
        wait(lambda: has(table.cell(row, 0), "SELECTED"), f"row {row} is selected")
        if table.text(row, number).split("\n")[0].split(",")[0].strip() == text:
            return row
        press("Down")
    expect(False, f"{text} was not met on the way down", [table.text(row, number) for row in range(table.rows)])


def as_admin():
    Journey("admin", cluster().name, None).run()


def as_one_who_may_not_list_namespaces():
    Journey("dev", f"{cluster().name}-dev", "team-a").run()


if __name__ == "__main__":
    run("WindowJourney", [
        ("asAdmin", as_admin),
        ("asOneWhoMayNotListNamespaces", as_one_who_may_not_list_namespaces),
    ])
