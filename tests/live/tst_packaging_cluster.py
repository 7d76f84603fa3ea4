#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""packaging/run --cluster on the cluster that runs already: it is used again, and its pods are shown."""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "tests" / "support"), str(TOP / "tests" / "lint")]

import harness  # noqa: E402
from packagingrun import call, is_picture  # noqa: E402


def shows_its_pods():
    name = os.environ["FAIRLEAD_TEST_CLUSTER"]
    with tempfile.TemporaryDirectory() as folder:
        code, text, pictures = call(folder, "--cluster", FAIRLEAD_RUN_CLUSTER=name)
    if code != 0:
        raise harness.Failed(f"exit code {code}\n{text}")
    config = os.path.join(os.environ["FAIRLEAD_CLUSTER_DIR"], name, "admin.kubeconfig")
    kubectl = [os.environ["FAIRLEAD_KUBECTL"], "--kubeconfig", config, "get", "pods", "-n", "team-a", "-o", "name"]
    pods = subprocess.run(kubectl, capture_output=True, text=True, check=True).stdout.split()
    known = [pod for pod in pods if pod.removeprefix("pod/") in text]
    # Jobs come and go between the two; most are the same.
    if len(pods) < 5 or len(known) * 2 < len(pods):
        raise harness.Failed(f"{len(known)} of kubectl's {len(pods)} pods are shown\n{text}")
    if f"KUBECONFIG={config}" not in text:
        raise harness.Failed(f"the kubeconfig is not named\n{text}")


def writes_the_pictures():
    with tempfile.TemporaryDirectory() as folder:
        code, text, pictures = call(folder, "--cluster", FAIRLEAD_RUN_CLUSTER=os.environ["FAIRLEAD_TEST_CLUSTER"])
        if code != 0 or not all(map(is_picture, pictures.glob("*.png"))) or not list(pictures.glob("*.png")):
            raise harness.Failed(f"exit code {code}\n{text}")


if __name__ == "__main__":
    harness.run("PackagingCluster", [("showsItsPods", shows_its_pods), ("writesThePictures", writes_the_pictures)])
