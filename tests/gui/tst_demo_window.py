#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first start of somebody who has no kubeconfig: the demo plays. By AT-SPI alone; what the window shows is compared with what
`fairlead get --demo` prints of the same moments."""

import os
import pathlib
import subprocess
import sys
import time

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "support"))

from atspi import Program, Table, act, all_of, expect, expect_named, find, has, name, press, run, text_of, type_text, wait  # noqa: E402


def pods_at(moment=None):
    program = os.environ.get("FAIRLEAD_PROGRAM") or str(TOP / "build" / "ci" / "fairlead")
    at = ["--at", moment] if moment else []
    text = subprocess.run([program, "get", "pods", "-A", "--demo", "-o", "name", *at], capture_output=True, text=True, check=True).stdout
    return sorted(line.split("/", 1)[1] for line in text.split())


def go_to_pods(window):
    press("Ctrl+K")
    field = find(window, "text", lambda each: each.startswith("Go to "))
    wait(lambda: has(field, "FOCUSED"), "the cursor is in the go-to field")
    type_text("pods")
    wait(lambda: text_of(field) == "pods", "it is typed")
    press("Enter")
    return Table(find(window, "table", "pods", 60))


def slider(window):
    return find(window, "slider", None).get_value_iface()


def shown(table):
    return sorted(each for each in table.column("Name") if each)


def shown_now(program):
    """After a move backward the pages begin anew: so does the table."""
    found = all_of(program.window, "table", "pods")
    return shown(Table(found[0])) if found else []


def an_empty_home_shows_the_demo():
    with Program("--size", "1280x800") as program:
        window = program.window
        wait(lambda: name(window).startswith("Overview "), lambda: f"it opens on the Overview, not on {name(window)}", 60)
        expect("demo recording" in name(window), name(window))
        find(window, "push button", "Pause", 30)  # it plays by itself
        find(window, "push button", "Open your own cluster…")
        # What is broken there is told at once: the story's crash.
        wait(lambda: all_of(window, None, lambda each: "cart" in each), "cart is among what is broken", 30)
        table = go_to_pods(window)
        wait(lambda: table.rows > 100, lambda: f"the demo's pods are shown: {table.rows}", 30)
        wait(lambda: any(each.startswith("storefront-") for each in shown(table)), lambda: table.read(), 20)
        expect_named(program)


def it_plays_and_pauses():
    with Program("--size", "1280x800", "--kind", "pods", "--all-namespaces", "--demo") as program:
        value = slider(program.window)
        first = value.get_current_value()
        wait(lambda: value.get_current_value() > first + 1, lambda: f"it plays: {first}, {value.get_current_value()}")
        act(find(program.window, "push button", "Pause"))
        find(program.window, "push button", "Play")
        still = value.get_current_value()
        time.sleep(1.5)
        expect(value.get_current_value() == still, "it goes on though it was paused", still, value.get_current_value())
        act(find(program.window, "push button", "Play"))
        wait(lambda: value.get_current_value() > still, "it goes on")


def it_jumps():
    with Program("--size", "1280x800", "--kind", "pods", "--all-namespaces", "--demo", "--at", "-1s") as program:
        table = Table(find(program.window, "table", "pods", 60))
        end = pods_at()
        act(find(program.window, "push button", "To the end"))
        wait(lambda: shown(table) == end, lambda: f"the pods of the end: {set(shown(table)) ^ set(end)}", 30)
        act(find(program.window, "push button", "To the beginning"))
        begin = pods_at("+0s")
        expect(begin != end, "the demo's pods are the same at both ends")
        wait(lambda: shown_now(program) == begin, lambda: f"the pods of the beginning: {set(shown_now(program)) ^ set(begin)}", 30)
        # A moment of one's own, by the slider.
        slider(program.window).set_current_value(300.0)
        middle = pods_at("+300s")
        wait(lambda: shown_now(program) == middle, lambda: f"the pods of +300s: {set(shown_now(program)) ^ set(middle)}", 30)


def it_begins_again_at_its_end():
    """Wherever it was opened: --at says where it begins to be looked at, not that it is another recording."""
    with Program("--size", "1280x800", "--kind", "pods", "--all-namespaces", "--demo", "--at", "-5s") as program:
        window = program.window
        Table(find(window, "table", "pods", 60))
        start = slider(window).get_current_value()
        expect(start > 300, start)
        find(window, "push button", "Play")  # opened at a moment, it stands there
        act(find(window, "push button", "Speed 1×"))
        act(find(program.app, "menu item", "60×"))
        find(window, "push button", "Speed 60×")
        act(find(window, "push button", "Play"))
        wait(lambda: slider(window).get_current_value() < start - 60, lambda: f"it begins again: {slider(window).get_current_value()} after {start}", 60)
        act(find(window, "push button", "Pause"))  # it goes on by itself
        find(window, "push button", "Play")
        # Forward to a whole second, on the session that the loop began.
        moment = int(slider(window).get_current_value()) + 1
        slider(window).set_current_value(float(moment))
        pods = pods_at(f"+{moment}s")
        expect(pods != pods_at("-5s"), "the demo's pods are the same at both moments", moment)
        wait(lambda: shown_now(program) == pods, lambda: f"the pods of +{moment}s: {set(shown_now(program)) ^ set(pods)}", 30)


def it_can_be_left():
    """The way to one's own cluster, and back to the demo."""
    with Program("--size", "1280x800") as program:
        window = program.window
        act(find(window, "push button", "Open your own cluster…", 60))
        wait(lambda: name(window).startswith("Clusters "), lambda: name(window), 20)
        find(window, "push button", "Open a file…")
        act(find(window, "push button", "Play the demo"))
        wait(lambda: name(window).startswith("Overview "), lambda: name(window), 20)
        expect(not program.dialogs(), "a dialog is open")


def a_local_cluster_is_offered_in_a_checkout():
    """Only there is tests/cluster, which starts one. What the button does, tests/live/tst_window_localcluster.py presses."""
    offer = "Start a local test cluster"
    for checkout, offers in ((None, 0), (TOP / "resources", 0), (TOP, 1)):
        os.environ.pop("FAIRLEAD_CHECKOUT", None)
        if checkout:
            os.environ["FAIRLEAD_CHECKOUT"] = str(checkout)
        try:
            with Program("--size", "1280x800") as program:
                find(program.window, "push button", "Open your own cluster…", 60)  # the notice is there
                find(program.window, "push button", "Pause", 30)
                found = all_of(program.window, "push button", offer)
                expect(len(found) == offers, checkout, "the notice's offers", len(found))
        finally:
            os.environ.pop("FAIRLEAD_CHECKOUT", None)


if __name__ == "__main__":
    run("DemoWindow", [
        ("anEmptyHomeShowsTheDemo", an_empty_home_shows_the_demo),
        ("itPlaysAndPauses", it_plays_and_pauses),
        ("itJumps", it_jumps),
        ("itBeginsAgainAtItsEnd", it_begins_again_at_its_end),
        ("itCanBeLeft", it_can_be_left),
        ("aLocalClusterIsOfferedInACheckout", a_local_cluster_is_offered_in_a_checkout),
    ])
