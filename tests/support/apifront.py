# SPDX-License-Identifier: GPL-3.0-or-later
"""A front before a cluster's real API server, as gateways are: plain HTTP/1.1 on loopback.

What it changes is told at its making; all else goes through byte for byte, watches as they come.
"""

import base64
import http.client
import http.server
import json
import pathlib
import ssl
import tempfile
import threading
import urllib.parse

import yaml

HOP = {"connection", "transfer-encoding", "content-length", "keep-alive", "host"}
REFUSAL = {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "reason": "NotAcceptable", "code": 406,
           "message": "only the following media types are accepted: application/json"}


class ApiFront:
    """`tables`: "yes", "no" (the server is not told that Tables are wanted), "refused" (406 to who asks for them)."""

    def __init__(self, kubeconfig, tables="yes"):
        outer = self
        config = yaml.safe_load(pathlib.Path(kubeconfig).read_text())
        context = next(each["context"] for each in config["contexts"] if each["name"] == config["current-context"])
        cluster = next(each["cluster"] for each in config["clusters"] if each["name"] == context["cluster"])
        user = next(each["user"] for each in config["users"] if each["name"] == context["user"])
        tls = ssl.create_default_context(cadata=base64.b64decode(cluster["certificate-authority-data"]).decode())
        with tempfile.NamedTemporaryFile() as pair:
            pair.write(base64.b64decode(user["client-certificate-data"]) + base64.b64decode(user["client-key-data"]))
            pair.flush()
            tls.load_cert_chain(pair.name)
        upstream = urllib.parse.urlsplit(cluster["server"])
        self.paths = []  # of the requests so far, in the order in which they came
        self.lock = threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                with outer.lock:
                    outer.paths.append(self.path)
                headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
                if "as=Table" in headers.get("Accept", ""):
                    if tables == "refused":
                        self.answer(406, [("Content-Type", "application/json")], json.dumps(REFUSAL).encode())
                        return
                    if tables == "no":
                        headers["Accept"] = "application/json"
                server = http.client.HTTPSConnection(upstream.hostname, upstream.port, context=tls)
                server.request("GET", self.path, headers=headers)
                answer = server.getresponse()
                kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in HOP]
                if "watch=" not in self.path:
                    self.answer(answer.status, kept, answer.read())
                    return
                self.send_response(answer.status)
                for name, value in [*kept, ("Transfer-Encoding", "chunked")]:
                    self.send_header(name, value)
                self.end_headers()
                try:
                    while chunk := answer.read1(65536):
                        self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
                        self.wfile.flush()
                    self.wfile.write(b"0\r\n\r\n")
                except OSError:
                    self.close_connection = True  # who asked has gone

            def answer(self, status, headers, body):
                self.send_response(status)
                for name, value in [*headers, ("Content-Length", str(len(body)))]:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def write_kubeconfig(self, path, namespace="default"):
        server = f"http://127.0.0.1:{self.server.server_address[1]}"
        path.write_text(json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "front",
            "clusters": [{"name": "front", "cluster": {"server": server}}],
            "users": [{"name": "front", "user": {}}],
            "contexts": [{"name": "front", "context": {"cluster": "front", "user": "front", "namespace": namespace}}]}))
        return str(path)

    def count(self, *parts):
        """Requests whose path and query hold all of these."""
        with self.lock:
            return sum(all(part in path for part in parts) for path in self.paths)

    def close(self):
        self.server.shutdown()
        self.server.server_close()
