#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's way through the window on the real cluster, by AT-SPI and keys only: choose the context, look at pods, filter, open one, read its
YAML and its log, switch to the tree, expand. What is read is what kubectl answers.

FAIRLEAD_TEST_CLUSTER is the run's shared cluster."""

import pathlib
import sys

import yaml

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "support"))

from atspi import Program, Table, all_of, expect, find, focus, has, name, press, role, run, text_of, type_text, wait, walk  # noqa: E402
from commands import Cluster  # noqa: E402

CLUSTER = None


def cluster():
    global CLUSTER
    CLUSTER = CLUSTER or Cluster()
    return CLUSTER


def pods_of(user, *arguments):
    return sorted(cluster().kubectl(user, "get", "pods", "-o", "name", *arguments).text.replace("pod/", "").split())


def stable_pod(space, app):
    return pods_of("admin", "-n", space, "-l", f"app={app}")[0]


def table_of(program, plural):
    return Table(find(program.window, "table", plural))


def select_row(table, text, column="Name"):
    """By arrows, as a person would: from the first row down to the wanted one."""
    number = table.number_of(column)
    focus(table.accessible)
    press("Ctrl+Home")
    for _ in range(table.rows):
        row = next((row for row in range(table.rows) if has(table.cell(row, 0), "SELECTED")), -1)
        if row >= 0 and table.text(row, number).split("\n")[0] == text:
            return row
        press("Down")
        wait(lambda: not has(table.cell(max(row, 0), 0), "SELECTED") or table.rows == 1, "the selection moves")
    expect(False, f"{text} was not met on the way down", table.column(column))


# --- steps ---


def choose_the_context(program, context):
    """On the clusters page: down to its row, Enter; the window's title is then its name."""
    contexts = Table(find(program.window, "table", "contexts"))
    wait(lambda: contexts.rows > 0, "contexts are listed")
    first = contexts.columns[0]
    number = 0
    focus(contexts.accessible)
    press("Ctrl+Home")
    for _ in range(contexts.rows):
        row = next((row for row in range(contexts.rows) if has(contexts.cell(row, 0), "SELECTED")), -1)
        if row >= 0 and contexts.text(row, number).split("\n")[0].split(",")[0].strip() == context:
            break
        press("Down")
    else:
        expect(False, f"{context} was not met", contexts.column(first))
    press("Enter")
    wait(lambda: context in name(program.window), lambda: f"the window is about {context}, not {name(program.window)}")


def filter_rows(program, table, text, wanted):
    """The filter's field takes the text; the table shows exactly those that hold it."""
    field = find(program.window, "text", lambda each: each.startswith("Filter"))
    focus(field)
    type_text(text)
    wait(lambda: sorted(table.column("Name")) == wanted, lambda: f"{wanted} are shown, not {table.column('Name')}")
    press("Ctrl+A")
    press("Backspace")
    wait(lambda: table.rows > len(wanted), "all are shown again")


def in_front(tab):
    """Qt 6.4 tells of a bar's current tab that it has the focus."""
    return has(tab, "SELECTED") or has(tab, "FOCUSED")


def open_tab(program, key, tab):
    press(key)
    wait(lambda: [each for each in all_of(program.window, "page tab") if name(each).split(" ")[0] == tab and in_front(each)], f"the tab {tab} is in front")


def yaml_text(program):
    for each, _ in walk(program.window):
        if name(each) == "YAML" and text_of(each):
            return text_of(each)
    return ""


def yaml_is_kubectls(program, pod, space):
    def same():
        # Times stay the words that they are.
        shown = yaml.load(yaml_text(program), Loader=yaml.BaseLoader)
        asked = cluster().kubectl("admin", "get", "pod", pod, "-n", space, "-o", "yaml").text
        asked = yaml.load(asked, Loader=yaml.BaseLoader)
        return isinstance(shown, dict) and shown == asked
    wait(same, lambda: f"the YAML is kubectl's\n{yaml_text(program)[:1500]}")


def log_is_kubectls(program, pod, space, container):
    """Every line on screen is one of kubectl's, and there are some."""
    def lines():
        for each, _ in walk(program.window):
            if "log" in name(each).lower() and role(each) in ("text", "document frame", "terminal") and text_of(each):
                return [line for line in text_of(each).splitlines() if line.strip()]
        return []

    def same():
        shown = lines()
        asked = cluster().kubectl("admin", "logs", pod, "-n", space, "-c", container).text.splitlines()
        return len(shown) >= 3 and all(any(line.strip().endswith(each.strip()) for each in asked) for line in shown)
    wait(same, lambda: "the log is kubectl's\n" + "\n".join(lines()[:20]))


def switch_to_the_tree(program, plural):
    focus(find(program.window, "radio button", "Tree"))
    press("Space")
    return Table(wait(lambda: next((each for each, _ in walk(program.window) if role(each) in ("tree table", "tree") and name(each) == plural), None), "a tree is there"))


# --- journeys ---


def a_pod_from_the_context_to_its_log():
    pod = stable_pod("team-a", "api")
    with Program("--page", "clusters", "--size", "1500x950", kubeconfig=cluster().kubeconfigs["merged"]) as program:
        choose_the_context(program, cluster().name)
        table = table_of(program, "pods")
        wait(lambda: table.rows > 10, "pods are listed")
        expect(set(pods_of("admin", "-n", "team-b")) & set(table.column("Name")), "no pod of team-b is shown", table.column("Name"))
        filter_rows(program, table, "api-", [each for each in pods_of("admin", "-A") if "api-" in each])
        select_row(table, pod)
        press("Enter")
        find(program.window, "page tab", "YAML")
        open_tab(program, "Y", "YAML")
        yaml_is_kubectls(program, pod, "team-a")
        open_tab(program, "L", "Log")
        log_is_kubectls(program, pod, "team-a", "app")


def rows_are_filtered_and_chosen():
    pod = stable_pod("team-a", "api")
    with Program("--kind", "pods", "-A", "--size", "1500x950", kubeconfig=cluster().kubeconfigs["admin"]) as program:
        table = table_of(program, "pods")
        wait(lambda: table.rows > 10, "pods are listed")
        filter_rows(program, table, "api-", [each for each in pods_of("admin", "-A") if "api-" in each])
        select_row(table, pod)


def the_tree_goes_down_to_containers():
    with Program("--kind", "deployments", "-n", "team-a", "--size", "1500x950", kubeconfig=cluster().kubeconfigs["admin"]) as program:
        table = table_of(program, "deployments")
        wait(lambda: "web" in table.column("Name"), "web is listed")
        tree = switch_to_the_tree(program, "deployments")
        wait(lambda: any("web" in tree.text(row, 0) for row in range(tree.rows)), "web is in the tree")
        focus(tree.accessible)
        sets = cluster().kubectl("admin", "get", "rs", "-n", "team-a", "-l", "app=web", "-o", "name").text.replace("replicaset.apps/", "").split()
        row = next(row for row in range(tree.rows) if tree.text(row, 0).split("\n")[0].split(" ")[0] == "web" or tree.text(row, 0).startswith("web"))
        press("Ctrl+Home")
        for _ in range(row):
            press("Down")
        press("Right")
        wait(lambda: any(any(each in tree.text(number, 0) for each in sets) for number in range(tree.rows)), lambda: f"a replica set of web is below it: {[tree.text(number, 0) for number in range(tree.rows)]}")
        press("Down")
        press("Right")
        pods = pods_of("admin", "-n", "team-a", "-l", "app=web")
        wait(lambda: all(any(pod in tree.text(number, 0) for number in range(tree.rows)) for pod in pods), lambda: f"its pods are below that: {[tree.text(number, 0) for number in range(tree.rows)]}")


if __name__ == "__main__":
    run("WindowJourney", [
        ("aPodFromTheContextToItsLog", a_pod_from_the_context_to_its_log),
        ("rowsAreFilteredAndChosen", rows_are_filtered_and_chosen),
        ("theTreeGoesDownToContainers", the_tree_goes_down_to_containers),
    ])
