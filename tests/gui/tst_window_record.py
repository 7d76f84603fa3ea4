#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recording the real cluster from the window, by AT-SPI as a person does it: the header's button, the file's name, the line that says how it goes,
Stop; and the recording opened from there shows the rows that the server had.

FAIRLEAD_TEST_CLUSTER is the run's shared cluster."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "support"))

from atspi import Program, Table, act, all_of, expect, expect_named, find, has, name, press, run, text_of, type_text, wait  # noqa: E402
from commands import program as fairlead  # noqa: E402
from windowtables import cluster  # noqa: E402


def choose(program, line):
    act(find(program.window, "push button", "Record"))
    act(find(program.app, "menu item", line))


def save_as(program, path):
    dialog = wait(lambda: next(iter([each for each in program.dialogs() if name(each).startswith("Record ")]), None), "the file is asked for")
    field = find(dialog, "text", lambda each: "ile" in each and "ame" in each)
    wait(lambda: has(field, "FOCUSED"), "its name has the cursor")
    expect(re.fullmatch(r"[\w.-]+-\d{4}-\d\d-\d\d-\d{4}\.flrec", text_of(field)), "the name that is proposed", text_of(field))
    press("Ctrl+A")
    type_text(str(path))
    wait(lambda: text_of(field) in (str(path), path.name), lambda: f"it is typed: {text_of(field)}")  # the dialog goes to the folder of a file that is there
    press("Enter")


def line_of(program):
    """The line about the recording, whatever it says."""
    found = all_of(program.window, None, lambda each: re.match(r"(Recording .*\.|.* was recorded\.|.* was not recorded\.|The recording of )", each))
    shown = [name(each) for each in found if has(each, "SHOWING")]
    return shown[0] if shown else ""


def a_cluster_is_recorded_and_opened():
    with tempfile.TemporaryDirectory() as folder, Program("--kind", "configmaps", "-A", "--size", "1280x800", kubeconfig=cluster().kubeconfigs["admin"]) as program:
        path = pathlib.Path(folder) / "here.flrec"
        Table(find(program.window, "table", "configmaps", 60))
        choose(program, "Record this cluster…")
        save_as(program, path)
        # All kinds are listed: "59 kinds, …", no longer "38 of 59".
        wait(lambda: re.search(r"Recording .*\. \d+ kinds, ", line_of(program)), lambda: f"every kind is recorded: {line_of(program)}", 60)
        expect(re.search(r"\d+ secrets made unreadable", line_of(program)), line_of(program))
        expect_named(program)
        act(find(program.window, "push button", "Stop"))
        wait(lambda: " was recorded. here.flrec: " in line_of(program), lambda: line_of(program), 30)
        kinds = int(re.search(r"flrec: (\d+) kinds", line_of(program))[1])
        told = subprocess.run([str(fairlead()), "recording", "info", str(path), "-o", "json"], capture_output=True, text=True, check=True).stdout
        expect(kinds == len(json.loads(told)["kinds"]), kinds, told)
        act(find(program.window, "push button", "Open the recording"))
        wait(lambda: "here.flrec" in name(program.window), lambda: name(program.window), 30)
        find(program.window, "slider")
        press("Ctrl+K")
        field = find(program.window, "text", lambda each: each.startswith("Go to "))
        wait(lambda: has(field, "FOCUSED"), "the cursor is in the go-to field")
        type_text("configmaps")
        wait(lambda: text_of(field) == "configmaps", "it is typed")
        press("Enter")
        wanted = subprocess.run([str(fairlead()), "get", "configmaps", "-A", "-o", "name", "--recording", str(path)], capture_output=True, text=True, check=True).stdout
        wanted = sorted(each.split("/", 1)[1] for each in wanted.split())

        def rows():
            found = all_of(program.window, "table", "configmaps")
            return sorted(each for each in Table(found[0]).column("Name") if each) if found else []
        wait(lambda: rows() == wanted, lambda: f"{set(rows()) ^ set(wanted)}", 30)
        theirs = cluster().kubectl("admin", "get", "configmaps", "-A", "-o", "name").text.split()
        theirs = {each.split("/", 1)[1] for each in theirs}
        expect(len(theirs & set(wanted)) * 10 >= len(theirs) * 8, "the recording is another cluster's", theirs, wanted)
        # What is recorded is not recorded once more.
        expect(not all_of(program.window, "push button", "Record"), "a recording offers to record it")


def what_is_there_already_is_refused():
    with tempfile.TemporaryDirectory() as folder, Program("--kind", "pods", "-A", "--size", "1280x800", kubeconfig=cluster().kubeconfigs["admin"]) as program:
        path = pathlib.Path(folder) / "mine.flrec"
        path.write_text("mine")
        Table(find(program.window, "table", "pods", 60))
        choose(program, "Record this cluster…")
        save_as(program, path)
        wait(lambda: "was not recorded." in line_of(program) and "is there already" in line_of(program), lambda: line_of(program), 20)
        expect(path.read_text() == "mine", "it was overwritten")
        act(find(program.window, "push button", "Hide this line"))
        wait(lambda: not line_of(program), "the line is gone")


def who_may_see_one_namespace_records_it():
    with tempfile.TemporaryDirectory() as folder, Program("--kind", "pods", "-n", "team-a", "--size", "1280x800", kubeconfig=cluster().kubeconfigs["dev"]) as program:
        path = pathlib.Path(folder) / "team.flrec"
        Table(find(program.window, "table", "pods", 60))
        choose(program, "Record this namespace…")
        save_as(program, path)
        wait(lambda: re.search(r"namespace team-a\. .*; \d+ kinds may not be read", line_of(program)), lambda: line_of(program), 60)
        act(find(program.window, "push button", "Stop"))
        wait(lambda: " was recorded." in line_of(program), lambda: line_of(program), 30)
        told = subprocess.run([str(fairlead()), "get", "pods", "-n", "team-a", "-o", "name", "--recording", str(path)], capture_output=True, text=True, check=True).stdout
        expect(len(told.split()) > 3, told)


if __name__ == "__main__":
    run("WindowRecord", [
        ("aClusterIsRecordedAndOpened", a_cluster_is_recorded_and_opened),
        ("whatIsThereAlreadyIsRefused", what_is_there_already_is_refused),
        ("whoMaySeeOneNamespaceRecordsIt", who_may_see_one_namespace_records_it),
    ])
