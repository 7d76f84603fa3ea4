#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten thousand pods in all namespaces: time and memory of `fairlead get pods -A` beside kubectl's and curl's for the same list.

Figures are printed; what fails is a wrong answer or more memory than promised (250 MB). Speed is a ratio within one run: the
programs take turns, and the median of the rounds counts. The program measured is preset release's, built here."""

import base64
import concurrent.futures
import http.client
import json
import os
import pathlib
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parents[2]
CLUSTER = TOP / "tests" / "cluster"
PODS = int(os.environ.get("FAIRLEAD_BENCH_PODS", "10000"))
ROUNDS = int(os.environ.get("FAIRLEAD_ROUNDS", "5"))
NAME = f"bench-{os.getpid()}"


def pod(number):
    """Two containers with thirteen variables each, as in the design's measurements; it waits for a node for ever."""
    containers = [{"name": name, "image": f"registry.example/team/{name}:1.{number % 40}",
                   "env": [{"name": f"VARIABLE_{i}", "value": f"value-{number}-{i}"} for i in range(13)],
                   "resources": {"requests": {"cpu": "10m", "memory": "16Mi"}}, "ports": [{"containerPort": 8080}]}
                  for name in ("service", "proxy")]
    return {"apiVersion": "v1", "kind": "Pod",
            "metadata": {"name": f"service-{number % 300}-{number:05d}", "labels": {"app": f"service-{number % 300}", "tier": "backend", "release": "r1"},
                         "annotations": {"example.test/checksum": f"{number:064x}"}},
            "spec": {"containers": containers, "schedulerName": "nobody", "terminationGracePeriodSeconds": 0}}


class Server:
    def __init__(self, status):
        self.address = urllib.parse.urlsplit(status["server"])
        self.folder = pathlib.Path(status["folder"])
        self.kubeconfig = status["kubeconfigs"]["admin"]
        view = json.loads(subprocess.run([status["kubectl"], "--kubeconfig", self.kubeconfig, "config", "view", "--raw", "-o", "json"],
                                         check=True, capture_output=True).stdout)
        user, cluster = view["users"][0]["user"], view["clusters"][0]["cluster"]
        self.files = {}
        self._keep = tempfile.TemporaryDirectory()
        for name, text in (("cert", user["client-certificate-data"]), ("key", user["client-key-data"]), ("ca", cluster["certificate-authority-data"])):
            path = pathlib.Path(self._keep.name) / name
            path.write_bytes(base64.b64decode(text))
            self.files[name] = str(path)

    def connection(self):
        context = ssl.create_default_context(cafile=self.files["ca"])
        context.load_cert_chain(self.files["cert"], self.files["key"])
        return http.client.HTTPSConnection(self.address.hostname, self.address.port, context=context)

    def create(self, numbers):
        connection = self.connection()
        for number in numbers:
            body = json.dumps(pod(number))
            connection.request("POST", f"/api/v1/namespaces/n{number % 20}/pods", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            assert answer.status == 201, text[:300]


def fill(server):
    connection = server.connection()
    for i in range(20):
        connection.request("POST", "/api/v1/namespaces", json.dumps({"metadata": {"name": f"n{i}"}}), {"Content-Type": "application/json"})
        connection.getresponse().read()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(server.create, [range(i, PODS, 8) for i in range(8)]))


def measured(command, output):
    """Seconds and peak resident MB of one whole process. The peak counts from the fork on, so this program stays small itself:
    answers go to files and are read when all is measured."""
    with open(output, "wb") as file:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.PIPE)
        errors = process.stderr.read()
        _, code, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(code)
    assert process.returncode == 0, errors[:500]
    return seconds, usage.ru_maxrss / 1024, output.stat().st_size


def compare(status):
    server = Server(status)
    start = time.monotonic()
    fill(server)
    print(f"QINFO  : {PODS} pods made in {time.monotonic() - start:.0f} s", flush=True)
    fairlead = str(TOP / "build" / "release" / "fairlead") if "FAIRLEAD_RELEASE" not in os.environ else os.environ["FAIRLEAD_RELEASE"]
    table = "application/json;as=Table;v=v1;g=meta.k8s.io"
    base = f"https://{server.address.hostname}:{server.address.port}/api/v1/pods"
    curl = ["curl", "-sS", "--fail", "--cacert", server.files["ca"], "--cert", server.files["cert"], "--key", server.files["key"], "-A", "bench"]
    programs = {
        "fairlead get pods -A": [fairlead, "--kubeconfig", server.kubeconfig, "get", "pods", "-A"],
        "kubectl get pods -A": [status["kubectl"], "--kubeconfig", server.kubeconfig, "get", "pods", "-A"],
        "curl, Table + Metadata, whole": [*curl, "-H", f"Accept: {table}", f"{base}?includeObject=Metadata"],
        "curl, Table, no objects": [*curl, "-H", f"Accept: {table}", f"{base}?includeObject=None"],
    }
    figures = {name: [] for name in programs}
    answers = {name: server.folder / f"answer-{i}" for i, name in enumerate(programs)}
    for turn in range(ROUNDS + 1):  # the first warms the server's caches and does not count
        for name, command in programs.items():
            values = measured(command, answers[name])
            if turn:
                figures[name].append(values)
    ours = statistics.median(f[0] for f in figures["fairlead get pods -A"])
    for name, values in figures.items():
        seconds = statistics.median(v[0] for v in values)
        print(f"QINFO  : {name:32s} {seconds:7.3f} s  {max(v[1] for v in values):7.1f} MB peak  {values[0][2] / 1e6:6.1f} MB read  "
              f"{seconds / ours:5.2f} x fairlead's time", flush=True)

    def rows(name):
        return sorted(line.split()[:5] for line in answers[name].read_text().splitlines())
    assert len(rows("fairlead get pods -A")) == PODS + 1, len(rows("fairlead get pods -A"))
    assert rows("fairlead get pods -A") == rows("kubectl get pods -A")
    peak = max(v[1] for v in figures["fairlead get pods -A"])
    assert peak < 250, f"{peak:.0f} MB"


def main():
    start = time.monotonic()
    if "FAIRLEAD_RELEASE" not in os.environ:
        for command in (["cmake", "--preset", "release"], ["cmake", "--build", "--preset", "release"]):
            subprocess.run(command, cwd=TOP, check=True, stdout=subprocess.DEVNULL)
    failed = 0
    try:
        subprocess.run([CLUSTER / "up", NAME], check=True, stdout=subprocess.DEVNULL)
        status = json.loads(subprocess.run([CLUSTER / "status", NAME, "-o", "json"], check=True, capture_output=True).stdout)
        cluster = status["clusters"][0]
        cluster["kubectl"] = status["programs"] + "/kubectl"
        compare(cluster)
        print("PASS   : tenThousandPodsAreRightAndSmall")
    except AssertionError as error:
        failed = 1
        print(f"FAIL!  : tenThousandPodsAreRightAndSmall {error}")
    finally:
        subprocess.run([CLUSTER / "down", NAME], check=False, stdout=subprocess.DEVNULL)
    print(f"Totals: {1 - failed} passed, {failed} failed, 0 skipped, 0 blacklisted, {(time.monotonic() - start) * 1000:.0f}ms")
    return failed


sys.exit(main())
