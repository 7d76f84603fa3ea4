# SPDX-License-Identifier: GPL-3.0-or-later
"""A few requests to the API server as admin, for waiting and for first objects."""

import http.client
import json
import ssl


class Api:
    def __init__(self, folder, ports):
        self.port = ports["kube-apiserver"]
        self.context = ssl.create_default_context(cafile=str(folder.pki / "ca.crt"))
        self.context.load_cert_chain(folder.pki / "admin.crt", folder.pki / "admin.key")

    def request(self, method, path, body=None, kind="application/json", timeout=5):
        """(status, text); status 0 where there was no answer."""
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=self.context, timeout=timeout)
        try:
            headers = {"User-Agent": "fairlead-test-cluster", "Content-Type": kind}
            connection.request(method, path, body if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def get(self, path):
        status, text = self.request("GET", path)
        return json.loads(text) if status == 200 else None

    def ready(self):
        return self.request("GET", "/readyz")[0] == 200

    def apply(self, path, manifest):
        """Server-side apply; the status, 0 without an answer."""
        query = "?fieldManager=fairlead-test-cluster&force=true"
        return self.request("PATCH", path + query, manifest, "application/apply-patch+yaml", timeout=15)
