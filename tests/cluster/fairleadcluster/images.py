# SPDX-License-Identifier: GPL-3.0-or-later
"""One docker-archive with small images of busybox under the names that manifests use."""

import hashlib
import io
import json
import os
import tarfile

BUSYBOX = "/bin/busybox"
PAUSE = "fairlead.test/pause:3.10"

# A shell as first process ignores SIGTERM unless it has a trap; a pod's end would take its whole
# grace period.
SERVE = """#!/bin/sh
trap 'exit 0' TERM INT
echo "$APP $VERSION: serving port $PORT"
httpd -f -p "$PORT" -h /www &
while true; do
  sleep 10 &
  wait $!
done
"""
CHATTER = """#!/bin/sh
trap 'exit 0' TERM INT
echo "$APP $VERSION: serving port $PORT"
httpd -f -p "$PORT" -h /www &
n=0
while true; do
  n=$((n + 1))
  printf '{"level":"info","version":"%s","request":%d,"path":"/orders/%d"}\\n' "$VERSION" $n $((n % 7))
  sleep "${EVERY:-5}" &
  wait $!
done
"""
SHELL = ["/bin/sh"]


def _config(app, version):
    environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", f"APP={app}", f"VERSION={version}"]
    if app == "nginx":
        return {"Env": environment + ["PORT=80"], "Entrypoint": ["/serve"], "ExposedPorts": {"80/tcp": {}}}
    if app == "myapp":
        return {"Env": environment + ["PORT=8080"], "Entrypoint": ["/chatter"], "ExposedPorts": {"8080/tcp": {}}}
    if app == "pause":
        return {"Env": environment, "Entrypoint": ["/bin/sleep", "2147483647"]}
    return {"Env": environment, "Cmd": SHELL}


IMAGES = (
    [(PAUSE, "pause", "3.10")]
    + [(f"nginx:{version}", "nginx", version) for version in ("1.26", "1.27", "1.28", "1.29")]
    + [(f"alpine:{version}", "alpine", version) for version in ("3.19", "3.20", "3.21")]
    + [(f"busybox:{version}", "busybox", version) for version in ("1.36", "1.37")]
    + [(f"myapp:{version}", "myapp", version) for version in ("1.0", "1.1", "2.0")]
)


def write(path):
    """Writes the archive; its bytes depend on busybox alone."""
    with tarfile.open(path, "w") as archive:
        base = _layer(_base_files())
        manifest = []
        for name, app, version in IMAGES:
            page = f"<!doctype html><title>{app} {version}</title><h1>{app} {version}</h1>\n"
            own = _layer([("www/", None, 0o755), ("www/index.html", page.encode(), 0o644)])
            manifest.append(_image(archive, name, _config(app, version), [base, own]))
        _add(archive, "manifest.json", json.dumps(manifest).encode())


def _base_files():
    with open(BUSYBOX, "rb") as file:
        busybox = file.read()
    yield from ((folder, None, 0o755) for folder in ("bin/", "dev/", "etc/", "proc/", "sys/", "usr/", "usr/bin/", "var/"))
    yield ("tmp/", None, 0o1777)
    yield ("bin/busybox", busybox, 0o755)
    for applet in _applets():
        yield (f"bin/{applet}", "/bin/busybox", 0o777)
    yield ("etc/passwd", b"root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n", 0o644)
    yield ("etc/group", b"root:x:0:\nnogroup:x:65534:\n", 0o644)
    yield ("serve", SERVE.encode(), 0o755)
    yield ("chatter", CHATTER.encode(), 0o755)


def _applets():
    # Asked of the program itself: Debian's choice of applets is not ours to know.
    with os.popen(f"{BUSYBOX} --list") as pipe:
        names = pipe.read().split()
    return [name for name in names if name != "busybox" and "/" not in name]


def _layer(files):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as layer:
        for name, content, mode in files:
            entry = tarfile.TarInfo(name)
            entry.mode = mode
            if name.endswith("/"):
                entry.type = tarfile.DIRTYPE
            elif isinstance(content, str):
                entry.type = tarfile.SYMTYPE
                entry.linkname = content
            else:
                entry.size = len(content)
            layer.addfile(entry, io.BytesIO(content) if isinstance(content, bytes) else None)
    return buffer.getvalue()


def _image(archive, name, config, layers):
    names = []
    for layer in layers:
        digest = hashlib.sha256(layer).hexdigest()
        if f"{digest}.tar" not in archive.getnames():
            _add(archive, f"{digest}.tar", layer)
        names.append(f"{digest}.tar")
    whole = {
        "architecture": "amd64",
        "os": "linux",
        "created": "2025-01-01T00:00:00Z",
        "config": config,
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + file[: -len(".tar")] for file in names]},
        "history": [{"created": "2025-01-01T00:00:00Z", "created_by": "fairlead test image"} for _ in names],
    }
    text = json.dumps(whole).encode()
    file = hashlib.sha256(text).hexdigest() + ".json"
    _add(archive, file, text)
    return {"Config": file, "RepoTags": [name], "Layers": names}


def _add(archive, name, content):
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o644
    archive.addfile(entry, io.BytesIO(content))
