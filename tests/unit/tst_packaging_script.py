#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What packaging/run decides, in a small checkout with stand-ins for cmake, the program and the cluster's commands.

The real program is run by tests/gui/tst_packaging_run.py, the real build and cluster by tests/live/tst_packaging_release.py."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "lint"))

import harness  # noqa: E402

PODS = """NAMESPACE   NAME    READY   STATUS             RESTARTS   AGE
a           fine    1/1     Running            0          1m
b           done    0/1     Completed          0          1m
b           sick    0/1     CrashLoopBackOff   3          1m
"""
# Writes down its arguments; a picture is a file of one byte; FAILS_PAGE is written and fails, logs is no page.
PROGRAM = r"""#!/bin/bash
printf '%s\n' "$*" >>"$CALLS"
case "$1" in
contexts) [ -z "$NO_CONFIG" ] || { echo "no kubeconfig" >&2; exit 1; }; echo "CURRENT NAME" ;;
diagnose) echo "2 findings"; exit 1 ;;
get) [ -z "$NO_ANSWER" ] || { echo "refused" >&2; exit 3; }; cat "$PODS_FILE" ;;
--screenshot)
    case "$4" in
    logs) echo "there is no page logs yet" >&2; exit 2 ;;
    broken) exit 1 ;;
    esac
    printf x >"$2"
    [ -z "$NO_ANSWER" ] || exit 3 ;;
*) printf 'checkout %s\n' "$FAIRLEAD_CHECKOUT" >>"$CALLS"; exit 7 ;;
esac
"""


def expect(condition, *what):
    if not condition:
        raise harness.Failed("\n".join(map(str, what)))


class Checkout:
    def __init__(self, folder, pages):
        self.folder = pathlib.Path(folder)
        self.top = self.folder / "fairlead"
        (self.top / "packaging").mkdir(parents=True)
        shutil.copy2(TOP / "packaging" / "run", self.top / "packaging" / "run")
        for page in (*pages, "window", "widgets"):
            (self.top / "ui" / page).mkdir(parents=True)
        self.calls = self.folder / "calls"
        self.calls.write_text("")
        (self.folder / "home" / ".kube").mkdir(parents=True)
        (self.folder / "home" / ".kube" / "config").touch()
        (self.folder / "pods").write_text(PODS)
        self.script(self.top / "packaging" / "install-packages", "#!/bin/bash\necho packages $*\n")
        self.script(self.folder / "bin" / "cmake", "#!/bin/bash\nexit 0\n")
        self.script(self.top / "build" / "release" / "fairlead", PROGRAM)
        (self.top / "build" / "release" / "build.ninja").touch()
        for command in ("build", "up", "load"):
            answer = f"echo {self.folder}/admin.kubeconfig" if command == "up" else ""
            self.script(self.top / "tests" / "cluster" / command, f'#!/bin/bash\necho "{command} $*" >>"$CALLS"\n{answer}\n')

    @staticmethod
    def script(path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def run(self, *arguments, **variables):
        environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "KUBECONFIG")}
        environment.update({"PATH": f"{self.folder / 'bin'}:{environment['PATH']}", "HOME": str(self.folder / "home"), "CALLS": str(self.calls),
                            "PODS_FILE": str(self.folder / "pods"), **variables})
        result = subprocess.run([str(self.top / "packaging" / "run"), *arguments], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, timeout=60)
        return result.returncode, result.stdout, self.calls.read_text().splitlines()


def in_checkout(*pages):
    def wrap(test):
        def run():
            with tempfile.TemporaryDirectory() as folder:
                test(Checkout(folder, pages))
        return run
    return wrap


@in_checkout("clusters", "object", "logs")
def every_page_is_about_something(checkout):
    code, text, calls = checkout.run()
    pictures = [call for call in calls if call.startswith("--screenshot")]
    expect(code == 0 and "pictures: 4 in" in text, code, text)
    expect(len([call for call in pictures if "--page clusters" in call and "--kind pods --all-namespaces" in call]) == 2, pictures)
    expect(len([call for call in pictures if "--page object" in call and "--kind pods --namespace b --name sick" in call]) == 2, pictures)
    expect("no picture" not in text and "there is no page" not in text, "a folder that is no page was spoken of", text)


@in_checkout("object")
def the_first_pod_where_all_run(checkout):
    (checkout.folder / "pods").write_text("".join(PODS.splitlines(keepends=True)[:3]))
    _, text, calls = checkout.run()
    expect(any("--namespace a --name fine" in call for call in calls), text, calls)


@in_checkout("clusters", "object")
def failed_pages_are_pictures_too(checkout):
    code, text, calls = checkout.run(NO_ANSWER="1")
    expect(code == 0 and "refused" in text and "--context NAME" in text and "pictures: 4 in" in text and "no picture" not in text, code, text)
    expect(any("--namespace default --name none" in call for call in calls), calls)


@in_checkout("clusters", "broken")
def a_missing_picture_is_said(checkout):
    code, text, _ = checkout.run()
    expect(code == 0 and "no picture of broken, light" in text and "pictures: 2 in" in text, code, text)


@in_checkout("clusters", "object")
def without_a_kubeconfig_it_is_the_demo(checkout):
    (checkout.folder / "home" / ".kube" / "config").unlink()
    for variables in ({}, {"KUBECONFIG": ""}, {"KUBECONFIG": f"{checkout.folder}/none:{checkout.folder}/nor-this"}):
        checkout.calls.write_text("")
        code, text, calls = checkout.run(**variables)
        expect(code == 0 and "this is the demo" in text and "pictures: 4 in" in text, code, text)
        expect(calls[:2] == ["diagnose -A --demo", "get pods -A --demo"], calls)
        expect(len(calls) == 6 and all("--demo" in call for call in calls), calls)
        expect("--name sick" in calls[-1], "the object is not one of the demo's pods", calls)


@in_checkout("clusters")
def a_kubeconfig_that_is_there_is_no_demo(checkout):
    (checkout.folder / "there").touch()
    for variables in ({}, {"KUBECONFIG": f"{checkout.folder}/none:{checkout.folder}/there"}):
        _, text, calls = checkout.run(**variables)
        expect("demo" not in text and not any("--demo" in call for call in calls) and "contexts" in calls, text, calls)


@in_checkout("clusters")
def a_recording_is_what_was_asked_for(checkout):
    code, text, calls = checkout.run("--", "--recording", "/some.flrec", "--at=+5m", "--theme", "dark")
    expect(code == 0 and calls[0] == "diagnose -A --recording /some.flrec --at=+5m" and "this is the demo" not in text, code, text, calls)
    expect(len(calls) == 4 and all("--recording /some.flrec --at=+5m" in call for call in calls), calls)


@in_checkout("clusters")
def a_command_is_run_as_it_is(checkout):
    for command in ("diagnose", "jobs", "recording", "tree"):
        checkout.calls.write_text("")
        _, text, calls = checkout.run("--", command, "--demo")
        expect(calls[:1] == [f"{command} --demo"] and "no display" not in text, text, calls)


@in_checkout("clusters")
def no_kubeconfig_is_said(checkout):
    code, text, calls = checkout.run(NO_CONFIG="1")
    expect(code == 0 and "no kubeconfig" in text and "packaging/run --cluster" in text and not any(call.startswith("get") for call in calls), code, text)
    expect("pictures: 2 in" in text, text)


@in_checkout("clusters")
def a_display_opens_the_window(checkout):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        code, text, calls = checkout.run("--", "--theme", "dark", **{name: ":7"})
        expect(code == 7 and "opening the window" in text and calls[-2] == "--theme dark", "the exit code is the program's", code, text, calls)
        expect(calls[-1] == f"checkout {checkout.top}", "the window may offer a test cluster", calls)


@in_checkout("clusters")
def arguments_choose_the_cluster_everywhere(checkout):
    _, text, calls = checkout.run("--", "--context", "get", "--kubeconfig=/f", "--theme", "dark")
    expect(len(calls) == 4 and all("--context get --kubeconfig=/f" in call for call in calls), text, calls)


@in_checkout("clusters")
def a_cluster_is_loaded_once(checkout):
    _, text, calls = checkout.run("--cluster")
    name = [call.split()[1] for call in calls if call.startswith("up ")]
    expect(name == ["local"] and "load small local" in calls and f"KUBECONFIG={checkout.folder}/admin.kubeconfig" in text, text, calls)
    checkout.calls.write_text("")
    _, text, calls = checkout.run("--cluster")
    expect(not any(call.startswith("load") for call in calls), text, calls)


@in_checkout("clusters")
def root_decides_the_node(checkout):
    for user, wanted in ((0, True), (1000, False)):
        checkout.calls.write_text("")
        checkout.script(checkout.folder / "bin" / "id", f"#!/bin/bash\necho {user}\n")
        _, text, calls = checkout.run("--cluster")
        expect(("up local --real-node" in calls) == wanted and ("not root" in text) != wanted, text, calls)


@in_checkout("clusters")
def a_cluster_that_fails_is_said(checkout):
    checkout.script(checkout.top / "tests" / "cluster" / "up", "#!/bin/bash\necho no port >&2\nexit 1\n")
    code, text, _ = checkout.run("--cluster")
    expect(code == 0 and "no port" in text and "it did not start" in text and "pictures: 2" in text, code, text)


@in_checkout("clusters")
def a_failed_install_or_build_is_not_zero(checkout):
    checkout.script(checkout.folder / "bin" / "cmake", "#!/bin/bash\necho '[1/9] all'\necho 'main.cpp:3: error'\nexit 1\n")
    code, text, calls = checkout.run()
    expect(code == 1 and "main.cpp:3: error" in text and "The build failed" in text and calls == [], code, text, calls)
    checkout.script(checkout.top / "packaging" / "install-packages", "#!/bin/bash\nexit 1\n")
    code, text, calls = checkout.run()
    expect(code == 1 and "The install failed" in text and calls == [], code, text, calls)


if __name__ == "__main__":
    harness.run("PackagingScript", [
        ("everyPageIsAboutSomething", every_page_is_about_something),
        ("theFirstPodWhereAllRun", the_first_pod_where_all_run),
        ("failedPagesArePicturesToo", failed_pages_are_pictures_too),
        ("aMissingPictureIsSaid", a_missing_picture_is_said),
        ("withoutAKubeconfigItIsTheDemo", without_a_kubeconfig_it_is_the_demo),
        ("aKubeconfigThatIsThereIsNoDemo", a_kubeconfig_that_is_there_is_no_demo),
        ("aRecordingIsWhatWasAskedFor", a_recording_is_what_was_asked_for),
        ("aCommandIsRunAsItIs", a_command_is_run_as_it_is),
        ("noKubeconfigIsSaid", no_kubeconfig_is_said),
        ("aDisplayOpensTheWindow", a_display_opens_the_window),
        ("argumentsChooseTheClusterEverywhere", arguments_choose_the_cluster_everywhere),
        ("aClusterIsLoadedOnce", a_cluster_is_loaded_once),
        ("rootDecidesTheNode", root_decides_the_node),
        ("aClusterThatFailsIsSaid", a_cluster_that_fails_is_said),
        ("aFailedInstallOrBuildIsNotZero", a_failed_install_or_build_is_not_zero),
    ])
