#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that does wrong on purpose, for the tests of the transport.

faultserver.py FOLDER: makes its certificates in FOLDER (openssl), opens its listeners on loopback, prints one line of JSON with
their ports and serves until its standard input ends. Lines on standard input: "freeze" stops all it sends, "thaw" goes on.

Listeners: good, expired, notyet, othername, oldtls, clientauth (TLS); plain (HTTP); banner (speaks first, no TLS); mute (accepts and says
nothing); closing (accepts and closes). What the HTTP ones do is chosen by the path, see `answer`.
"""
import json
import os
import socket
import ssl
import subprocess
import sys
import threading

folder = sys.argv[1]
thawed = threading.Event()
thawed.set()
requests = {}
lock = threading.Lock()


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def authority(name):
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", f"/CN={name}",
            "-keyout", f"{name}.key", "-out", f"{name}.pem")


def certificate(name, issuer, subject_alternative, start="20200101000000Z", end="20480101000000Z"):
    """By `openssl ca`: the one way to a date in the past that every OpenSSL has."""
    with open(os.path.join(folder, f"{name}.cnf"), "w") as out:
        out.write(f"""[ca]
default_ca = own
[own]
database = {name}.index
new_certs_dir = .
serial = {name}.serial
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
organizationName = optional
[extensions]
subjectAltName = {subject_alternative}
""")
    open(os.path.join(folder, f"{name}.index"), "w").close()
    with open(os.path.join(folder, f"{name}.serial"), "w") as out:
        out.write("%04X\n" % (1 + sum(name.encode())))
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}", "-keyout", f"{name}.key",
            "-out", f"{name}.csr")
    openssl("ca", "-batch", "-notext", "-config", f"{name}.cnf", "-extensions", "extensions", "-startdate", start, "-enddate", end,
            "-cert", f"{issuer}.pem", "-keyfile", f"{issuer}.key", "-in", f"{name}.csr", "-out", f"{name}.pem")


def make_certificates():
    authority("ca")
    authority("otherca")
    here = "DNS:localhost,IP:127.0.0.1"
    certificate("good", "ca", here)
    certificate("expired", "ca", here, end="20210101000000Z")
    certificate("notyet", "ca", here, start="20470101000000Z")
    certificate("othername", "ca", "DNS:kubernetes.example.com")
    certificate("client", "ca", "DNS:client")
    certificate("strangerclient", "otherca", "DNS:client")
    openssl("pkey", "-in", "client.key", "-aes256", "-passout", "pass:swordfish", "-out", "encrypted.key")
    openssl("ec", "-in", "client.key", "-aes128", "-passout", "pass:swordfish", "-out", "encrypted-old.key")


def context(name, client=False, oldest=ssl.TLSVersion.TLSv1_2, newest=None):
    out = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if oldest == ssl.TLSVersion.TLSv1_1:
        out.set_ciphers("ALL:@SECLEVEL=0")
    out.minimum_version = oldest
    if newest:
        out.maximum_version = newest
    out.load_cert_chain(os.path.join(folder, f"{name}.pem"), os.path.join(folder, f"{name}.key"))
    if client:
        out.load_verify_locations(os.path.join(folder, "ca.pem"))
        out.verify_mode = ssl.CERT_REQUIRED
    return out


def status(code, reason, message):
    return json.dumps({"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason, "message": message, "code": code})


REFUSALS = {
    401: ("Unauthorized", "Unauthorized"),
    403: ("Forbidden", 'pods is forbidden: User "dev" cannot list resource "pods"'),
    404: ("NotFound", "the server could not find the requested resource"),
    429: ("TooManyRequests", "Too many requests, please try again later."),
    500: ("InternalError", "etcdserver: request timed out"),
    503: ("ServiceUnavailable", "apiserver not ready"),
}


class Connection:
    def __init__(self, stream):
        self.stream = stream
        self.pending = b""

    def send(self, text):
        thawed.wait()
        self.stream.sendall(text if isinstance(text, bytes) else text.encode())

    def head(self, code, *headers, kind="application/json"):
        lines = [f"HTTP/1.1 {code} Whatever", f"Content-Type: {kind}", "Date: Tue, 24 Nov 2026 12:00:00 GMT", *headers, "", ""]
        self.send("\r\n".join(lines))

    def chunk(self, text):
        self.send(f"{len(text.encode()):x}\r\n{text}\r\n")

    def whole(self, code, body, *headers, kind="application/json"):
        self.head(code, f"Content-Length: {len(body.encode())}", *headers, kind=kind)
        self.send(body)

    def request(self):
        while b"\r\n\r\n" not in self.pending:
            more = self.stream.recv(65536)
            if not more:
                return None
            self.pending += more
            if self.pending[0] == 0x16:  # a TLS greeting: a web server says so and goes
                self.whole(400, "Bad Request", kind="text/plain")
                return None
        head, self.pending = self.pending.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines[1:])}
        length = int(headers.get("content-length", "0"))
        while len(self.pending) < length:
            more = self.stream.recv(65536)
            if not more:
                return None
            self.pending += more
        body, self.pending = self.pending[:length], self.pending[length:]
        method, target, _ = lines[0].split(" ", 2)
        return method, target, headers, body.decode()


def hold(connection):
    """Until the other side goes."""
    while connection.stream.recv(65536):
        pass


def log(connection, target):
    """A pod's log of 60 lines, the n-th request broken off after 13 n lines in the middle of the next; sinceTime is honoured as by a node."""
    query = dict(part.split("=", 1) for part in target.split("?", 1)[1].split("&"))
    with lock:
        key = "log/" + query["container"]
        requests[key] = requests.get(key, 0) + 1
        last = 13 * requests[key]
    since = query.get("sinceTime", "").replace("%3A", ":")
    connection.head(200, "Transfer-Encoding: chunked", kind="text/plain")
    for number in range(60):
        milliseconds = number // 2 * 300  # two lines at each moment
        stamp = f"2026-11-24T12:00:{milliseconds // 1000:02d}.{milliseconds % 1000:03d}000000Z"
        if since and stamp[:19] + "Z" < since:
            continue
        line = f"{stamp} line {number // 3}\n"  # and some of them equal
        if number == last:
            connection.chunk(line[:40])
            return False
        connection.chunk(line)
    hold(connection)
    return False


def answer(connection, method, target, headers, body):
    """True: the connection may be used again."""
    path = target.split("?", 1)[0]
    with lock:
        requests[path] = requests.get(path, 0) + 1
    if path == "/version":
        connection.whole(200, '{"major":"1","minor":"34","gitVersion":"v1.34.4"}')
    elif path == "/echo" or path.startswith("/apis/auth"):
        connection.whole(200, json.dumps({"method": method, "target": target, "headers": headers, "body": body}))
    elif path == "/count":
        connection.whole(200, json.dumps(requests))
    elif path.startswith("/status/"):
        code = int(path.rsplit("/", 1)[1])
        connection.whole(code, status(code, *REFUSALS[code]), *(["Retry-After: 7"] if code in (429, 503) else []))
    elif path == "/warned":
        connection.whole(200, "{}", 'Warning: 299 - "v1 Old is deprecated"', 'Warning: 299 - "say \\"no\\", twice", 299 - "second"')
    elif path.endswith("/pods/web/log"):
        return log(connection, target)
    elif path == "/redirect":
        connection.whole(302, "", "Location: /echo")
    elif path == "/html":
        connection.whole(200, "<!doctype html><title>Router</title>", kind="text/html")
    elif path == "/cut/length":
        connection.head(200, "Content-Length: 1000")
        connection.send('{"kind":"PodList","items":[')
        return False
    elif path == "/cut/chunked":
        connection.head(200, "Transfer-Encoding: chunked")
        connection.chunk('{"kind":"PodList",')
        connection.send("40\r\nonly some of it")
        return False
    elif path == "/cut/head":
        connection.send("HTTP/1.1 200 OK\r\nContent-Ty")
        return False
    elif path == "/close":
        return False
    elif path == "/silent":
        hold(connection)
        return False
    elif path == "/list/stalls":
        connection.head(200, "Content-Length: 1000")
        connection.send("{")
        hold(connection)
        return False
    elif path == "/watch":
        connection.head(200, "Transfer-Encoding: chunked")
        connection.chunk('{"type":"ADDED"}\n')
        hold(connection)
        return False
    elif path == "/watch/ends":
        connection.head(200, "Transfer-Encoding: chunked")
        connection.chunk('{"type":"ADDED"}\n')
        connection.send("0\r\n\r\n")
    elif path == "/watch/freezes":
        connection.head(200, "Transfer-Encoding: chunked")
        connection.chunk('{"type":"ADDED"}\n')
        thawed.clear()
        hold(connection)
        return False
    elif path == "/bytewise":
        text = '{"kind":"Status"}'
        connection.head(200, f"Content-Length: {len(text)}")
        for character in text:
            connection.send(character)
    else:
        connection.whole(404, status(404, *REFUSALS[404]))
    return True


def serve(stream, tls):
    try:
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            thawed.wait()
            stream = tls.wrap_socket(stream, server_side=True, do_handshake_on_connect=False)
            try:
                stream.do_handshake()
            except ssl.SSLError:
                # Read what still comes before closing: a reset would overtake the alert that tells why.
                socket.socket.shutdown(stream, socket.SHUT_WR)
                while os.read(stream.fileno(), 65536):
                    pass
                raise
        connection = Connection(stream)
        while True:
            request = connection.request()
            if not request or not answer(connection, *request):
                break
    except (OSError, ValueError):
        pass
    finally:
        stream.close()


def banner(stream, _):
    stream.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
    try:
        while stream.recv(65536):
            pass
    except OSError:
        pass
    stream.close()


def mute(stream, _):
    try:
        while stream.recv(65536):
            pass
    except OSError:
        pass
    stream.close()


def closing(stream, _):
    stream.close()


def listen(how, tls):
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)

    def accept():
        while True:
            stream, _ = listener.accept()
            threading.Thread(target=how, args=(stream, tls), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def main():
    make_certificates()
    oldest = ssl.TLSVersion.TLSv1_1
    ports = {
        "good": listen(serve, context("good")),
        "expired": listen(serve, context("expired")),
        "notyet": listen(serve, context("notyet")),
        "othername": listen(serve, context("othername")),
        "oldtls": listen(serve, context("good", oldest=oldest, newest=oldest)),
        "clientauth": listen(serve, context("good", client=True)),
        "plain": listen(serve, None),
        "banner": listen(banner, None),
        "mute": listen(mute, None),
        "closing": listen(closing, None),
    }
    unused = socket.socket()  # bound and never listening: nobody else gets the port
    unused.bind(("127.0.0.1", 0))
    ports["refused"] = unused.getsockname()[1]
    print(json.dumps(ports), flush=True)
    for line in sys.stdin:
        if line.strip() == "freeze":
            thawed.clear()
        elif line.strip() == "thaw":
            thawed.set()
        print("done", flush=True)


main()
