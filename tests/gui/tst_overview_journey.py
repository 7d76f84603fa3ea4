#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person who opens a cluster in which something is broken, on the real one, by AT-SPI and keys only: the Overview is there without being asked for,
names what `fairlead diagnose` names, and leads from what is broken to the log that tells why in three steps.

FAIRLEAD_TEST_CLUSTER is the run's shared cluster, with the small scenario."""

import json
import pathlib
import sys

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "support"))

from atspi import Program, Table, all_of, expect, expect_named, expect_near, find, focus, has, name, press, run, text_of, wait, walk  # noqa: E402
from windowtables import cluster  # noqa: E402

# Findings come and go while pods restart; window and command line look a moment apart.
PATIENCE = 90
SEVERITIES = {"broken": "Broken", "risk": "At risk", "unknown": "Unknown"}


def open_on(user, *arguments):
    return Program("--size", "1500x950", *arguments, kubeconfig=cluster().kubeconfigs[user])


def findings(program):
    return Table(find(program.window, "tree", "What is broken"))


def shown(table):
    """What is said of each finding, whole; rows that are open say more below, which is not one."""
    return [table.text(row, 0) for row in range(table.rows) if has(table.cell(row, 0), "EXPANDABLE")]


def as_shown(text):
    """Characters that do something else than to be seen are shown in letters."""
    return text.replace("\x1b", "\\x1b").replace("\u200b", "\\u200b").replace("\ufeff", "\\ufeff")


def diagnosed(user, *arguments):
    """What the command line finds, in the words of a row."""
    told = cluster().fairlead(user, "diagnose", *arguments, "-o", "json")
    expect(told.code in (0, 1), told)
    out = []
    for each in json.loads(told.text):
        what = each["object"]
        where = f"{what['name']} in {what['namespace']}" if what["namespace"] else what["name"]
        out.append(as_shown(f"{SEVERITIES[each['severity']]}: {what['kind']} {where}: {each['reason']}"))
    return out


def without_counts(lines):
    """Restarts are counted on while one reads."""
    return sorted("".join("#" if letter.isdigit() else letter for letter in line).replace("##", "#") for line in lines)


def the_window_agrees_with_diagnose():
    with open_on("admin", "-A") as program:
        table = findings(program)
        both = {}

        def same():
            both["theirs"], both["ours"] = without_counts(diagnosed("admin", "-A")), without_counts(shown(table))
            return len(both["ours"]) > 5 and both["ours"] == both["theirs"]
        wait(same, lambda: "the window shows what diagnose finds\n" + "\n".join(sorted(set(both["ours"]) ^ set(both["theirs"]))), PATIENCE)
        expect_near(table.accessible)
        expect_named(program)


def from_what_is_broken_to_its_log():
    """Step one: down to the finding. Two: open it. Three: its log."""
    with open_on("admin", "-A") as program:
        table = findings(program)
        wait(lambda: any("crash-loop in team-a" in line for line in shown(table)), lambda: f"the crash loop is found: {shown(table)}", PATIENCE)
        focus(table.accessible)
        press("End")
        press("Home")
        lines = shown(table)
        for _ in range(next(number for number, line in enumerate(lines) if "Deployment crash-loop in team-a" in line)):
            press("Down")

        def chosen():
            return [table.text(row, 0) for row in range(table.rows) if has(table.cell(row, 0), "SELECTED")]
        wait(lambda: any("Deployment crash-loop in team-a" in line for line in chosen()), lambda: f"the finding is chosen: {chosen()}")
        press("Space")

        def beneath():
            lines = [table.text(row, 0) for row in range(table.rows)]
            at = next((row for row, line in enumerate(lines) if "Deployment crash-loop in team-a" in line), None)
            return lines[at + 1] if at is not None and at + 1 < len(lines) and has(table.cell(at, 0), "EXPANDED") else ""
        wait(lambda: "exit code 2" in beneath() and "What usually helps: " in beneath(), lambda: f"its evidence is told beneath it: {beneath()}")
        # What can be done about it stands there as buttons, for who does not know the keys.
        at = next(row for row in range(table.rows) if "Deployment crash-loop in team-a" in table.text(row, 0))
        for words in ("Open", "In its table", "Log of a pod"):
            find(table.cell(at + 1, 0), "push button", words)
        press("L")
        wait(lambda: [each for each in all_of(program.window, "page tab") if name(each).split(" ")[0] == "Log" and has(each, "SELECTED")], "the tab Log is in front")
        # A container that ended so soon may just have begun anew: the log has a line of one of its two last runs.
        pods = cluster().kubectl("admin", "get", "pods", "-n", "team-a", "-l", "app=crash-loop", "-o", "name").text.split()
        said = [line for pod in pods for more in ((), ("--previous",)) for line in cluster().kubectl("admin", "logs", pod, "-n", "team-a", *more).text.splitlines() if line.strip()]
        expect(said, "kubectl has no line of the crash loop's log", pods)

        def logged():
            return [line for each, _ in walk(program.window) if name(each) == "log" for line in text_of(each).splitlines() if line.strip()]
        wait(lambda: any(line.strip().endswith(theirs.strip()) for line in logged() for theirs in said), lambda: f"the log is kubectl's: {logged()[:5]}, {said[:5]}", PATIENCE)
        expect_named(program)


def one_who_sees_little():
    """dev has one namespace: it is judged, and of what may not be read that is said."""
    with open_on("dev", "-n", "team-a") as program:
        table = findings(program)

        def same():
            ours = without_counts(line for line in shown(table) if not line.startswith("Could not look"))
            return len(ours) > 3 and ours == without_counts(diagnosed("dev", "-n", "team-a"))
        wait(same, lambda: f"team-a is judged: {shown(table)}", PATIENCE)
        expect(any(line.startswith("Could not look: Nodes") or "nodes" in line.lower() for line in shown(table)), "that nodes could not be read is said", shown(table))


if __name__ == "__main__":
    run("OverviewJourney", [
        ("theWindowAgreesWithDiagnose", the_window_agrees_with_diagnose),
        ("fromWhatIsBrokenToItsLog", from_what_is_broken_to_its_log),
        ("oneWhoSeesLittle", one_who_sees_little),
    ])
