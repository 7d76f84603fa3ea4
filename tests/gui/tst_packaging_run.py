#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""packaging/run where there is no display: it says so, shows what it can, and ends with 0."""

import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "tests" / "support"), str(TOP / "tests" / "lint")]

import harness  # noqa: E402
from packagingrun import call, is_picture  # noqa: E402

# Nobody listens on port 1.
UNREACHABLE = """apiVersion: v1
kind: Config
current-context: nowhere
contexts: [{name: nowhere, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: u, user: {token: t}}]
"""


def expect(condition, *what):
    if not condition:
        raise harness.Failed("\n".join(map(str, what)))


def pictures_of(folder):
    found = sorted(folder.glob("*.png")) if folder.is_dir() else []
    expect(found, "no picture in", folder)
    for path in found:
        expect(is_picture(path), f"{path} is no picture")
    return found


def no_kubeconfig():
    with tempfile.TemporaryDirectory() as folder:
        code, text, pictures = call(folder)
        expect(code == 0, code, text)
        expect("no display" in text and "packaging/run --cluster" in text and str(pictures) in text, text)
        pictures_of(pictures)


def no_answer():
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder) / "config"
        config.write_text(UNREACHABLE)
        code, text, pictures = call(folder, KUBECONFIG=str(config))
        expect(code == 0 and "nowhere" in text and "127.0.0.1:1" in text and "--context NAME" in text, code, text)
        pictures_of(pictures)


def arguments_choose_the_cluster():
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder) / "other"
        config.write_text(UNREACHABLE.replace("nowhere", "elsewhere"))
        code, text, pictures = call(folder, "--", "--kubeconfig", str(config))
        expect(code == 0 and "elsewhere" in text, code, text)
        pictures_of(pictures)


def broken_kubeconfig():
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder) / "config"
        config.write_text("contexts: [\n  {name: a\n")
        code, text, pictures = call(folder, KUBECONFIG=str(config))
        expect(code == 0 and str(config) in text and "packaging/run --cluster" in text, code, text)
        pictures_of(pictures)


def command_goes_to_the_program():
    with tempfile.TemporaryDirectory() as folder:
        code, text, pictures = call(folder, "--", "--version")
        expect(code == 0 and "no display" not in text and not pictures.exists(), code, text)
        code, text, _ = call(folder, "--", "get", "pods", "--no-such-option")
        expect(code == 2, code, text)


def wrong_option_is_told():
    with tempfile.TemporaryDirectory() as folder:
        code, text, _ = call(folder, "--clutser")
        expect(code == 2 and "--clutser" in text, code, text)


def failed_build_is_not_zero():
    with tempfile.TemporaryDirectory() as folder:
        code, text, pictures = call(folder, FAIRLEAD_RUN_PRESET="no-such-preset")
        expect(code == 1 and not pictures.exists(), code, text)


if __name__ == "__main__":
    harness.run("PackagingRun", [
        ("noKubeconfig", no_kubeconfig),
        ("noAnswer", no_answer),
        ("argumentsChooseTheCluster", arguments_choose_the_cluster),
        ("brokenKubeconfig", broken_kubeconfig),
        ("commandGoesToTheProgram", command_goes_to_the_program),
        ("wrongOptionIsTold", wrong_option_is_told),
        ("failedBuildIsNotZero", failed_build_is_not_zero),
    ])
