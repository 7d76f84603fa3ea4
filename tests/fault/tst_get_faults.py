#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the command line makes of bad input: each gives a message that names the file and line or the server, and what to do.

The servers are real ones on loopback: tests/support/faultserver.py for TLS, and one below that answers as an API server up to the
point where it goes wrong.
"""

import http.server
import json
import os
import pathlib
import re
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
SUPPORT = pathlib.Path(__file__).resolve().parent.parent / "support"
sys.path.insert(0, str(SUPPORT))

import tabletext  # noqa: E402
from commands import Failed, harness, program, run  # noqa: E402

TABLE = {
    "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": {"resourceVersion": "5"},
    "columnDefinitions": [{"name": "Name", "type": "string", "format": "name", "priority": 0}, {"name": "Ready", "type": "string", "priority": 0}],
    "rows": [{"cells": ["web", "1/1"], "object": {"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1",
                                                  "metadata": {"name": "web", "namespace": "default", "uid": "1", "resourceVersion": "4"}}}],
}
DISCOVERY = {
    "/api": {"kind": "APIVersions", "versions": ["v1"]},
    "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": []},
    "/api/v1": {"kind": "APIResourceList", "groupVersion": "v1", "resources": [
        {"name": "pods", "singularName": "pod", "namespaced": True, "kind": "Pod", "verbs": ["get", "list", "watch"], "shortNames": ["po"]}]},
}
PODS = "/api/v1/namespaces/default/pods"


def status(code, reason, message, **more):
    return json.dumps({"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason, "message": message, "code": code, **more})


class Server:
    """Plain HTTP; `answers`: path to (code, headers, body), or a function that writes to the connection itself."""

    def __init__(self, answers):
        outer = self
        self.paths = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                path = self.path.split("?")[0]
                outer.paths.append(self.path)
                answer = answers.get(path)
                if answer is None and path in DISCOVERY:
                    answer = (200, {}, json.dumps(DISCOVERY[path]))
                if answer is None:
                    answer = (404, {}, status(404, "NotFound", "the server could not find the requested resource"))
                if callable(answer):
                    answer(self)
                    self.close_connection = True
                    return
                code, headers, body = answer
                body = body if isinstance(body, bytes) else body.encode()
                self.send_response(code)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class TlsServer:
    """tests/support/faultserver.py: ports by name, certificates in `folder`."""

    def __init__(self, folder):
        self.folder = folder
        self.process = subprocess.Popen(["/usr/bin/python3", "-B", str(SUPPORT / "faultserver.py"), folder], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        ready, _, _ = select.select([self.process.stdout], [], [], 60)
        line = self.process.stdout.readline() if ready else ""
        if not line:
            self.process.kill()
            raise Failed("faultserver.py does not start")
        self.ports = json.loads(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(20)


def config(server, authority="", extra=""):
    return (f"apiVersion: v1\nkind: Config\ncurrent-context: c\nclusters:\n- name: one\n  cluster:\n    server: {server}\n{authority}"
            f"users:\n- name: me\n  user: {{}}\ncontexts:\n- name: c\n  context:\n    cluster: one\n    user: me\n{extra}")


class Folder:
    def __enter__(self):
        self.holder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.holder.name)
        return self

    def __exit__(self, *_):
        self.holder.cleanup()

    def write(self, content):
        path = self.path / "config"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def get(self, content, *arguments):
        path = self.write(content) if content is not None else self.path / "config"
        return run([program(), *(arguments or ("get", "pods")), "--kubeconfig", path], {"HOME": str(self.path)}, timeout=180)


def expect(ran, code, *texts, out=""):
    """The exit code, every text on standard error, and something to do in a line of its own; no crash, nothing raw."""
    said = ran.err.decode("utf-8", "surrogateescape")
    if ran.code != code:
        raise Failed(f"exit code {ran.code}, not {code}\n{ran}")
    for text in texts:
        if not re.search(text, said):
            raise Failed(f"nothing like {text!r} in\n{said}")
    if "Sanitizer" in said or "runtime error" in said:
        raise Failed(said)
    if found := tabletext.hidden(said, True) or tabletext.hidden(ran.text, True):
        raise Failed(f"a raw {found}")
    if out is not None and ran.text != out:
        raise Failed(f"printed {ran.text!r}, not {out!r}")
    if code != 0 and len([line for line in ran.errors if line.strip()]) < 2:
        raise Failed(f"it does not say what to do:\n{said}")


# --- the kubeconfig

def missing_kubeconfig():
    with Folder() as folder:
        expect(folder.get(None), 1, re.escape(str(folder.path / "config")))
        expect(folder.get(None, "contexts"), 1, re.escape(str(folder.path / "config")))
        nowhere = {"HOME": str(folder.path), "KUBECONFIG": ""}
        expect(run([program(), "get", "pods"], nowhere), 1, r"\.kube/config")
        expect(run([program(), "get", "pods"], {"KUBECONFIG": f"{folder.path}/a:{folder.path}/b"}), 1, f"{folder.path}/a", f"{folder.path}/b")


def empty_kubeconfig():
    with Folder() as folder:
        for content in ("", "\n", "# nothing\n", "apiVersion: v1\nkind: Config\n"):
            expect(folder.get(content), 1, "context")


def kubeconfig_is_a_folder():
    with Folder() as folder:
        (folder.path / "config").mkdir()
        expect(folder.get(None), 1, re.escape(str(folder.path / "config")))


def binary_kubeconfig():
    with Folder() as folder:
        for content in (bytes(range(256)) * 40, b"\x7fELF\x02\x01\x01\0\0\0", b"\xff\xfea\0p\0i\0"):
            expect(folder.get(content), 1, re.escape(str(folder.path / "config")) + r":\d+")


def huge_kubeconfig():
    with Folder() as folder:
        content = config("https://127.0.0.1:1", extra="".join(f"- name: x{i}\n  context: {{cluster: one, user: me}}\n" for i in range(200_000)))
        began = time.monotonic()
        ran = folder.get(content, "contexts", "-o", "json")
        if ran.code != 0 or len(json.loads(ran.text)) != 200_001:
            raise Failed(str(ran))
        print(f"   {len(content) / 1e6:.1f} MB read in {time.monotonic() - began:.1f} s", flush=True)


def half_written_kubeconfig():
    whole = config("https://127.0.0.1:1")
    with Folder() as folder:
        path = re.escape(str(folder.path / "config"))
        for ending in ("    server: \"https://127.0.0.1", "  cluster: {server: x", "contexts:\n- name: c\n  context: [", "contexts:\n- name: 'c"):
            expect(folder.get(whole[:whole.index("clusters:")] + "clusters:\n- name: one\n" + ending), 1, path + r":\d+")


def wrongly_indented_kubeconfig():
    with Folder() as folder:
        expect(folder.get(config("https://127.0.0.1:1").replace("    server:", "   server:").replace("  cluster:\n   server", "  cluster:\n   a: b\n    server")),
               1, re.escape(str(folder.path / "config")) + r":\d+")
        expect(folder.get("clusters:\n- name: one\n\tcluster: {}\n"), 1, re.escape(str(folder.path / "config")) + ":3")


def duplicate_keys_warn_with_both_lines():
    with Server({PODS: (200, {}, json.dumps(TABLE))}) as server, Folder() as folder:
        ran = folder.get(config("http://127.0.0.1:1\n    server: " + server.address))
        expect(ran, 0, "warning: ", r"config:8", r"\b7\b", out=None)  # the last one wins
        if not ran.text.startswith("NAME"):
            raise Failed(str(ran))


def alias_bomb():
    layers = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 12))
    with Folder() as folder:
        began = time.monotonic()
        ran = folder.get(layers + config("https://127.0.0.1:1").replace("name: c\n", "name: *a11\n"))
        if ran.code not in (1, 3) or time.monotonic() - began > 30:
            raise Failed(str(ran))
        if ran.code == 1:
            expect(ran, 1, re.escape(str(folder.path / "config")))


def context_that_names_no_cluster():
    with Folder() as folder:
        path = re.escape(str(folder.path / "config"))
        expect(folder.get(config("https://127.0.0.1:1").replace("    cluster: one", "    cluster: nowhere")), 1, path + r":\d+", "nowhere")
        expect(folder.get(config("https://127.0.0.1:1").replace("current-context: c", "current-context: gone")), 1, path, "gone")
        expect(folder.get(config("https://127.0.0.1:1"), "get", "pods", "--context", "gone"), 1, path, "gone")


def what_is_not_done_yet_is_said():
    with Folder() as folder:
        path = re.escape(str(folder.path / "config"))
        for field in ("exec: {apiVersion: client.authentication.k8s.io/v1, command: x}", "username: x, password: swordfish", "as: root"):
            ran = folder.get(config("https://127.0.0.1:1").replace("user: {}", "user: {" + field + "}"))
            expect(ran, 1, path + r":\d+", field.split(":")[0])
            if b"swordfish" in ran.err:
                raise Failed("a password was printed")
        for field in ("insecure-skip-tls-verify: true", "tls-server-name: x", "proxy-url: http://127.0.0.1:1"):
            expect(folder.get(config("https://127.0.0.1:1", f"    {field}\n")), 1, path + r":\d+", field.split(":")[0])


# --- the way to the server

def refused_connection():
    unused = socket.socket()
    unused.bind(("127.0.0.1", 0))
    address = f"127.0.0.1:{unused.getsockname()[1]}"
    with Folder() as folder:
        expect(folder.get(config(f"https://{address}")), 3, re.escape(address), "refused")
        expect(folder.get(config(f"https://{address}"), "get", "pods", "-w"), 3, re.escape(address))
        expect(folder.get(config("https://no-such-host.invalid:6443")), 3, "no-such-host.invalid")


def certificates():
    with tempfile.TemporaryDirectory() as made, TlsServer(made) as tls, Folder() as folder:
        def get(listener, authority):
            line = f"    certificate-authority: {made}/{authority}.pem\n" if authority else ""
            return folder.get(config(f"https://127.0.0.1:{tls.ports[listener]}", line))

        path = re.escape(str(folder.path / "config"))
        expect(get("good", "otherca"), 3, str(tls.ports["good"]), path + r":\d+", "authority")
        expect(get("good", ""), 3, str(tls.ports["good"]), path + r":\d+")
        expect(get("expired", "ca"), 3, str(tls.ports["expired"]), "expired")
        expect(get("notyet", "ca"), 3, str(tls.ports["notyet"]), "not valid yet")
        expect(get("othername", "ca"), 3, str(tls.ports["othername"]), "name")
        expect(get("plain", "ca"), 1, str(tls.ports["plain"]), "TLS")
        expect(get("banner", "ca"), 1, str(tls.ports["banner"]))
        expect(get("closing", "ca"), 3, str(tls.ports["closing"]))
        missing = folder.get(config("https://127.0.0.1:1", f"    certificate-authority: {made}/none.pem\n"))
        expect(missing, 1, path + r":\d+", "none.pem")


def a_server_that_is_not_kubernetes():
    page = "<!doctype html><title>Router \x1b[31m</title>"
    for code in (200, 404):
        html = (code, {"Content-Type": "text/html"}, page)
        with Server({path: html for path in ("/api", "/apis", "/api/v1")}) as server, Folder() as folder:
            expect(folder.get(config(server.address)), 1, re.escape(server.address))
    with Server({path: (200, {}, "[]") for path in ("/api", "/apis", "/api/v1")}) as server, Folder() as folder:
        expect(folder.get(config(server.address)), 1, re.escape(server.address))
    other = (200, {"Content-Type": "text/plain"}, "hello")
    with Server({PODS: other}) as server, Folder() as folder:
        expect(folder.get(config(server.address)), 1, re.escape(server.address))
        expect(folder.get(config(server.address), "get", "pods", "-o", "json"), 1, re.escape(server.address), out=None)


REFUSALS = [
    (401, "Unauthorized", "Unauthorized", 1, "logged in"),
    (403, "Forbidden", 'pods is forbidden: User "x" cannot list resource "pods" in API group "" in the namespace "default"', 4, "cannot list"),
    (404, "NotFound", "the server could not find the requested resource", 1, "could not find"),
    (429, "TooManyRequests", "Too many requests, please try again later.", 1, "Too many requests"),
    (500, "InternalError", "etcdserver: request timed out", 1, "etcdserver"),
    (503, "ServiceUnavailable", "apiserver not ready", 1, "not ready"),
]


def refusals():
    for code, reason, message, wanted, text in REFUSALS:
        answer = (code, {"Retry-After": "7"} if code in (429, 503) else {}, status(code, reason, message))
        with Server({PODS: answer, PODS + "/web": answer}) as server, Folder() as folder:
            again = ["7 s"] if code in (429, 503) else []
            for arguments in (("get", "pods"), ("get", "pods", "-o", "wide"), ("get", "pod", "web"), ("get", "pods", "-w")):
                expect(folder.get(config(server.address), *arguments), wanted, text, re.escape(server.address), *again)
            bare = folder.get(config(server.address), "get", "pods", "-o", "json")
            expect(bare, wanted, text, out=None)
            if json.loads(bare.text)["items"]:
                raise Failed(str(bare))


def refused_discovery():
    for code, reason, message, wanted, text in REFUSALS:
        if code == 404:
            continue  # an old server, which is asked in the old way
        answer = (code, {"Retry-After": "7"} if code in (429, 503) else {}, status(code, reason, message))
        with Server({path: answer for path in ("/api", "/apis", "/api/v1")}) as server, Folder() as folder:
            expect(folder.get(config(server.address)), wanted, text, re.escape(server.address))


def cut(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(json.dumps(TABLE)[:200].encode())


def a_body_cut_in_the_middle():
    for path in (PODS, "/api", "/api/v1"):
        with Server({path: cut}) as server, Folder() as folder:
            expect(folder.get(config(server.address)), 1, re.escape(server.address), "cut")
    half = (200, {}, json.dumps(TABLE)[:200])
    with Server({PODS: half, PODS + "/web": half}) as server, Folder() as folder:
        expect(folder.get(config(server.address)), 1, re.escape(server.address))
        expect(folder.get(config(server.address), "get", "pod", "web"), 1, re.escape(server.address))
        expect(folder.get(config(server.address), "get", "pod", "web", "-o", "yaml"), 1, re.escape(server.address))


def a_table_with_fewer_cells_than_columns():
    table = json.loads(json.dumps(TABLE))
    table["rows"].append({"cells": ["short"], "object": dict(table["rows"][0]["object"], metadata={"name": "short", "namespace": "default", "uid": "2"})})
    table["rows"].append({"cells": [], "object": dict(table["rows"][0]["object"], metadata={"name": "none", "namespace": "default", "uid": "3"})})
    table["rows"].append({"cells": ["a", "b", "c", {"d": 1}], "object": dict(table["rows"][0]["object"], metadata={"name": "a", "uid": "4"})})
    with Server({PODS: (200, {}, json.dumps(table))}) as server, Folder() as folder:
        ran = folder.get(config(server.address))
        expect(ran, 0, out=None)
        if [line.split() for line in ran.text.splitlines()] != [["NAME", "READY"], ["web", "1/1"], ["short"], [], ["a", "b"]]:
            raise Failed(str(ran))


def a_server_without_tables():
    plain = {"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": []}
    with Server({PODS: (200, {}, json.dumps(plain))}) as server, Folder() as folder:
        ran = folder.get(config(server.address))
        # As kubectl: its objects are rows all the same, and an empty list is none.
        if ran.code != 0 or b"No resources found in default namespace." not in ran.err:
            raise Failed(f"exit code {ran.code}\n{ran}")


FUNCTIONS = [
    ("missingKubeconfig", missing_kubeconfig),
    ("emptyKubeconfig", empty_kubeconfig),
    ("kubeconfigIsAFolder", kubeconfig_is_a_folder),
    ("binaryKubeconfig", binary_kubeconfig),
    ("hugeKubeconfig", huge_kubeconfig),
    ("halfWrittenKubeconfig", half_written_kubeconfig),
    ("wronglyIndentedKubeconfig", wrongly_indented_kubeconfig),
    ("duplicateKeysWarnWithBothLines", duplicate_keys_warn_with_both_lines),
    ("aliasBomb", alias_bomb),
    ("contextThatNamesNoCluster", context_that_names_no_cluster),
    ("whatIsNotDoneYetIsSaid", what_is_not_done_yet_is_said),
    ("refusedConnection", refused_connection),
    ("certificates", certificates),
    ("aServerThatIsNotKubernetes", a_server_that_is_not_kubernetes),
    ("refusals", refusals),
    ("refusedDiscovery", refused_discovery),
    ("aBodyCutInTheMiddle", a_body_cut_in_the_middle),
    ("aTableWithFewerCellsThanColumns", a_table_with_fewer_cells_than_columns),
    ("aServerWithoutTables", a_server_without_tables),
]

if __name__ == "__main__":
    harness.run("GetFaults", FUNCTIONS)
