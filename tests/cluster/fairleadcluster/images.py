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
# A service or a batch run of the scenario demo: what it says, how long, and how it ends is its environment's, not its image's.
SERVICE = r"""#!/bin/sh
# Tells the lines of $SAYS, else $LOG, one after the other, every $EVERY seconds (5), for ever or $ROUNDS times. A run that ends says $DONE
# and exits with 0, or says $LAST and exits with $EXIT; so does an index of $FAILING. LEAK=1: it ends by taking all memory.
# In a line @n is a number that grows, @ms one by chance.
trap 'exit 0' TERM INT
n=0
say() {
  [ -n "$1" ] || return 0
  n=$((n + 1))
  text=${1//@ms/$((RANDOM % 90 + 4))}
  text=${text//@n/$((48100 + n * 7))}
  now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  case $text in
    "{"*) echo "{\"time\":\"$now\",${text#?}" ;;
    *) echo "$now $text" ;;
  esac
}
say "INFO  $APP $VERSION starting"
if [ "${ROUNDS:-0}" = 0 ]; then
  httpd -f -p "$PORT" -h /service-www &
  say "INFO  listening on :$PORT"
fi
round=0
while [ "${ROUNDS:-0}" = 0 ] || [ $round -lt "$ROUNDS" ]; do
  round=$((round + 1))
  while IFS= read -r line; do
    say "$line"
    sleep "${EVERY:-5}" &
    wait $!
  done <<END
${SAYS:-$LOG}
END
done
case " $FAILING " in *" ${JOB_COMPLETION_INDEX:-none} "*) EXIT=${EXIT:-1} ;; *) [ -z "$FAILING" ] || EXIT=0 ;; esac
if [ -n "$LEAK" ]; then
  say "$LAST"
  exec tail /dev/zero
fi
[ "${EXIT:-0}" = 0 ] && say "$DONE" || say "$LAST" >&2
exit "${EXIT:-0}"
"""
# What a probe asks: 503 as long as $UNHEALTHY says why.
HEALTH = """#!/bin/sh
[ -z "$UNHEALTHY" ] || echo "Status: 503 Service Unavailable"
printf 'Content-Type: text/plain\\n\\n%s\\n' "${UNHEALTHY:-ok}"
"""
SHELL = ["/bin/sh"]
# Nothing answers there, see realnode.prepare(): what is not among the images cannot be pulled, at once and without traffic.
REGISTRY = "registry.example.com"
# The versions of each, and what is wrong with a version: that it brings along, so that a release is all that changes.
SERVICES = {
    "storefront": {"5.1.0": {}, "5.2.0": {}, "5.3.0": {}},
    "catalog": {"3.8.2": {}, "3.9.0": {}},
    "cart": {
        "2.4.0": {},
        "2.4.1": {
            "ROUNDS": "1",
            "SAYS": '{"level":"info","msg":"session store: cluster mode"}\n'
            '{"level":"error","msg":"dial tcp 10.43.2.9:6379: i/o timeout","try":1}\n'
            '{"level":"error","msg":"dial tcp 10.43.2.9:6379: i/o timeout","try":2}',
            "LAST": '{"level":"fatal","msg":"cannot reach redis-cart: giving up","exit":1}',
            "EXIT": "1",
        },
    },
    "promotions": {"1.7.3": {}},
    "recommendations": {"1.9.4": {}, "2.0.0": {}},
    "checkout": {
        "4.0.1": {},
        "4.1.0": {},
        "4.2.0": {
            "UNHEALTHY": "payments-v2 does not answer",
            "SAYS": "INFO  checkout: not ready, waiting for payments-v2\n"
            "ERROR payments: dial tcp: lookup payments-v2 on 10.96.0.10:53: no such host\n"
            "WARN  checkout: health 503, payments-v2 does not answer",
        },
    },
    "orders": {"6.2.0": {}, "6.3.0": {}},
    "payments": {"3.3.1": {}},
    "fraud-check": {"1.2.0": {}},
    "mailer": {"2.1.0": {}},
    "search-indexer": {
        "0.14.2": {},
        "0.15.0": {
            "ROUNDS": "1",
            "SAYS": "INFO  indexer: synonyms of 24 languages are kept in memory\nWARN  indexer: heap 41 MB of 48 MB",
            "LAST": "WARN  indexer: heap 47 MB of 48 MB",
            "LEAK": "1",
        },
    },
    "batch-tools": {"1.5.0": {}},
    "log-agent": {"3.1.6": {}},
    "node-exporter": {"1.8.2": {}},
    "storage-agent": {"2.0.4": {}},
}


def _config(app, version):
    environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", f"APP={app}", f"VERSION={version}"]
    if app == "nginx":
        return {"Env": environment + ["PORT=80"], "Entrypoint": ["/serve"], "ExposedPorts": {"80/tcp": {}}}
    if app == "myapp":
        return {"Env": environment + ["PORT=8080"], "Entrypoint": ["/chatter"], "ExposedPorts": {"8080/tcp": {}}}
    if app == "pause":
        return {"Env": environment, "Entrypoint": ["/bin/sleep", "2147483647"]}
    if app in SERVICES:
        own = [f"{name}={value}" for name, value in SERVICES[app][version].items()]
        return {"Env": [*environment, "PORT=8080", *own], "Entrypoint": ["/service"], "ExposedPorts": {"8080/tcp": {}}}
    return {"Env": environment, "Cmd": SHELL}


IMAGES = (
    [(PAUSE, "pause", "3.10")]
    + [(f"nginx:{version}", "nginx", version) for version in ("1.26", "1.27", "1.28", "1.29")]
    + [(f"alpine:{version}", "alpine", version) for version in ("3.19", "3.20", "3.21")]
    + [(f"busybox:{version}", "busybox", version) for version in ("1.36", "1.37")]
    + [(f"myapp:{version}", "myapp", version) for version in ("1.0", "1.1", "2.0")]
    + [(f"{REGISTRY}/shop/{app}:{version}", app, version) for app, versions in SERVICES.items() for version in versions]
)


def write(path):
    """Writes the archive; its bytes depend on busybox alone."""
    with tarfile.open(path, "w") as archive:
        base = _layer(_base_files())
        service = _layer(_service_files())
        manifest = []
        for name, app, version in IMAGES:
            if app in SERVICES:
                manifest.append(_image(archive, name, _config(app, version), [base, service]))
                continue
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


def _service_files():
    yield ("service", SERVICE.encode(), 0o755)
    yield ("service-www/", None, 0o755)
    yield ("service-www/index.html", b"<!doctype html><title>shop</title>\n", 0o644)
    yield ("service-www/cgi-bin/", None, 0o755)
    yield ("service-www/cgi-bin/health", HEALTH.encode(), 0o755)


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
