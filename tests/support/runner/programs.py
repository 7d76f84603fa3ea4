# SPDX-License-Identifier: GPL-3.0-or-later
"""Which test programs there are, and how each is started."""

import dataclasses
import functools
import os
import pathlib
import platform
import re
import subprocess

LABELS = ("lint", "unit", "model", "gui", "shots", "live", "fault", "fuzz", "bench", "soak")
DEFAULT = tuple(label for label in LABELS if label not in ("bench", "soak"))

# The longest that one program of the label may take, in seconds.
LIMITS = {"lint": 1800, "unit": 180, "model": 180, "gui": 300, "shots": 300, "live": 900, "fault": 600, "fuzz": 90, "bench": 1800,
          "soak": 7200}
# What a program takes when nobody has measured it yet: only for the time left.
GUESSES = {"lint": 10, "unit": 1, "model": 1, "gui": 10, "shots": 10, "live": 40, "fault": 30, "fuzz": 20, "bench": 120, "soak": 600}
# Programs of these may run two at a time; the others share a display, a cluster or the clock.
PARALLEL = {"lint", "unit", "model"}
# These talk to the shared cluster, and wait until its scenario has settled.
CLUSTERED = {"live", "soak", "bench"}
FUZZ_SECONDS = 60
_CLUSTERS = re.compile("FAIRLEAD_(TEST_CLUSTER|KUBECTL)")


@dataclasses.dataclass
class Program:
    label: str
    name: str
    arguments: list
    environment: dict = dataclasses.field(default_factory=dict)
    limit: float = 60
    fuzz: bool = False
    clustered: bool = False  # whether it needs the shared cluster

    @property
    def title(self):
        return f"{self.label}/{self.name}"


def listed(build, broken=()):
    """(label, name) of the programs that a build folder declares; none where it could not be built."""
    if build.name in broken:
        return []
    try:
        text = (build / "tests" / "programs.txt").read_text(encoding="utf-8")
    except OSError:
        return []
    return [tuple(line.split("\t")) for line in text.splitlines() if "\t" in line]


def _python(top, label):
    return sorted((top / "tests" / label).glob("tst_*.py"))


def _soak(top):
    """tests/soak/rounds.txt: "LABEL/NAME ROUNDS", programs of other labels with the issue's full number of rounds."""
    path = top / "tests" / "soak" / "rounds.txt"
    if not path.exists():
        return []
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    return [(words[0], words[1]) for words in lines if len(words) >= 2 and not words[0].startswith("#")]


def collect(top, labels, builds, broken=(), rounds=None):
    """`rounds`: what the caller asked for; it beats the soak's own number."""
    result = []
    ci = builds["ci"]
    declared = listed(ci, broken)

    def plain(label, name, build=ci):
        return Program(label, name, [str(build / "tests" / name)], limit=LIMITS[label], clustered=label in CLUSTERED)

    def script(label, path):
        # Some of other labels want it too: they read its name or its kubectl.
        clustered = label in CLUSTERED or _CLUSTERS.search(path.read_text(encoding="utf-8"))
        return Program(label, path.stem, ["/usr/bin/python3", "-B", str(path)], limit=LIMITS[label], clustered=bool(clustered) and label not in ("lint", "unit", "model"))

    for label in labels:
        if label == "fuzz":
            names = [name for _, name in listed(builds["fuzz"], broken)]
            share = max(5, FUZZ_SECONDS // max(1, len(names)))
            for name in names:
                program = Program(label, name, [str(builds["fuzz"] / "tests" / name), f"-max_total_time={share}"], limit=share + 60, fuzz=True)
                result.append(program)
        elif label == "soak":
            for title, full in _soak(top):
                of, _, name = title.partition("/")
                path = top / "tests" / of / f"{name}.py"
                program = script(of, path) if path.exists() else plain(of, name)
                result.append(dataclasses.replace(program, label="soak", clustered=True, environment={"FAIRLEAD_ROUNDS": str(rounds or full)}, limit=LIMITS["soak"]))
        elif label == "bench":  # figures are those of what users run
            result += [plain(label, name, builds["bench"]) for of, name in listed(builds["bench"], broken) if of == label]
            result += [script(label, path) for path in _python(top, label)]
        else:
            result += [plain(label, name) for of, name in declared if of == label]
            result += [script(label, path) for path in _python(top, label)]
        if label == "live":
            # The worker under ThreadSanitizer: without randomised addresses, which this gcc's runtime cannot bear.
            for _, name in listed(builds["tsan-net"], broken):
                path = builds["tsan-net"] / "tests" / name
                result.append(Program(label, f"{name} (tsan)", ["setarch", platform.machine(), "-R", str(path)], limit=LIMITS[label], clustered=True))
    return result


def wanted_builds(labels, top):
    """Presets in the order in which they are built."""
    result = [] if set(labels) == {"bench"} else ["ci"]
    if "lint" in labels:
        result.append("headless")
    if "live" in labels:
        result.append("tsan-net")
    # packaging/run builds it in a folder of its own; from here the compiler's cache knows it, and its time is told as a build's.
    if "live" in labels or "bench" in labels:
        result.append("release")
    if "bench" in labels:
        result.append("bench")
    if "fuzz" in labels and any((top / "tests" / "fuzz").glob("*.cpp")):
        result.append("fuzz")
    return result


@functools.cache
def _compiler_cache():
    """The user's, as the builds of this run use it; empty where there is none."""
    try:
        result = subprocess.run(["ccache", "--get-config", "cache_dir"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return result.stdout.strip() if result.returncode == 0 else ""


def base_environment(top, home, builds):
    """What every program sees, whoever starts the runner; a folder of its own for what it writes."""
    keep = ("PATH", "CI", "FAIRLEAD_TARGETS", "FAIRLEAD_BASE", "GOPROXY", "GOSUMDB", "GONOSUMDB", "GOFLAGS", "SSL_CERT_FILE")
    environment = {name: os.environ[name] for name in keep if name in os.environ}
    environment.setdefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
    for name in ("home", "run", "cache", "tmp"):
        (home / name).mkdir(mode=0o700)
    # The cluster's programs are built once for all, and the compiler's answers kept: only these two of the user's caches are lent.
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "fairlead-test"
    cache.mkdir(parents=True, exist_ok=True)
    (home / "cache" / "fairlead-test").symlink_to(cache)
    if compiled := _compiler_cache():
        environment["CCACHE_DIR"] = compiled
        # They are part of its keys, also where LC_ALL decides: without them a test that builds would compile all anew.
        environment.update({name: os.environ[name] for name in ("LANG", "LC_CTYPE", "LC_MESSAGES") if name in os.environ})
    suppressions = top / "tests" / "support" / "lsan.supp"
    environment.update({
        "HOME": str(home / "home"),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "TMPDIR": str(home / "tmp"),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "QT_QPA_PLATFORM": "offscreen",
        "QT_FONT_DPI": "96",
        "ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0:detect_stack_use_after_return=1:allocator_may_return_null=0",
        "UBSAN_OPTIONS": "print_stacktrace=1",
        "LSAN_OPTIONS": f"suppressions={suppressions}:print_suppressions=0",
        "TSAN_OPTIONS": "halt_on_error=0:exitcode=66:second_deadlock_stack=1",
        "FAIRLEAD_SOURCE_DIR": str(top),
        "FAIRLEAD_BUILD": str(builds["ci"]),
        "FAIRLEAD_BUILD_HEADLESS": str(builds["headless"]),
        "FAIRLEAD_PROGRAM": str(builds["ci"] / "fairlead"),
        "QTEST_FUNCTION_TIMEOUT": "600000",
    })
    return environment
