# SPDX-License-Identifier: GPL-3.0-or-later
"""What every file and folder of the checkout keeps to."""

import pathlib
import re

from rule import Finding, Rule

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
LINES, MOST_LINES = 600, 900
MOST_BYTES = 3 * 1024 * 1024
TOP_LEVEL = {"CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE", "app", "models", "ui", "resources", "tests", "packaging",
             ".ci", ".clang-format", ".clang-tidy", ".editorconfig", ".gitignore", ".gitattributes"}


def _listed(name):
    return [line.split()[0] for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]


def _is_source(path, head):
    if path.startswith(("tests/fixtures/", "tests/fuzz/corpus/")):
        return False
    return path.endswith((".h", ".cpp", ".py", ".sh", ".go", ".cmake", ".toml", "CMakeLists.txt")) or head.startswith("#!")


def check_spdx(tree):
    for path in tree.files:
        head = tree.bytes(path)[:400].decode("utf-8", "replace")
        if not _is_source(path, head):
            continue
        lines = head.splitlines() + ["", ""]
        where = lines[1] if lines[0].startswith("#!") else lines[0]
        if SPDX not in where:
            yield Finding(path, 1, "-", f"the first line says {SPDX}")


def _length(tree, path):
    return tree.bytes(path).count(b"\n")


def check_length(tree):
    for path in tree.sources():
        if (length := _length(tree, path)) > LINES:
            key = "long" if length <= MOST_LINES else "too-long"
            yield Finding(path, length, key, f"{length} lines, more than {LINES if key == 'long' else MOST_LINES}")


def check_readmes(tree):
    folders = {"models", "ui"} if tree.whole else set()
    for path in tree.files:
        parts = path.split("/")
        if parts[0] in ("models", "ui") and len(parts) > 1:
            folders.update("/".join(parts[:n]) for n in range(1, len(parts)))
    for folder in sorted(folders):
        path = f"{folder}/README.md"
        if not tree.has(path):
            yield Finding(folder, 0, "-", "has no README.md: what it promises, what it may include")
        elif len(tree.text(path).split()) < 8:
            yield Finding(path, 1, "-", "says nothing: what the folder promises, what it may include")


def check_top_level(tree):
    seen = {path.split("/")[0] for path in tree.files}
    for name in sorted(seen - TOP_LEVEL):
        yield Finding(name, 0, "-", "is not part of the agreed layout")
    if tree.whole:
        for name in sorted(TOP_LEVEL - seen - {".gitattributes"}):
            yield Finding(name, 0, "-", "is missing at the top level")
    for path in tree.files:
        if re.search(r"(^|/)utils?(/|\.|$)", path):
            yield Finding(path, 0, "utils", "there is no utils: a helper lives in the lowest library that needs it")


# Homes and checkouts of one machine. Written so that this line does not match itself.
_MACHINE = re.compile(r"(?:^|(?<![\w.}>)*$-]))/(?:roo[t]|wor[k]|hom[e]/[a-z]\w*|User[s]/\w+)/")
_HOMES = ("/hom" + "e/", "/User" + "s/")
_URL = re.compile(r"\b(?:https?|wss?|ftp)://(?:[^/\s\"'`<>@]*@)?(\[[0-9a-fA-F:]+\]|[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]|[A-Za-z0-9])")
_PROXY = re.compile(r"(?i)\b(?:GOPROXY|PIP_INDEX_URL|NPM_CONFIG_REGISTRY|CARGO_REGISTRIES_\w+)\s*[=:]\s*[\"']?[A-Za-z0-9]")


def _skip_text(path):
    return path == "LICENSE" or path.endswith((".png", ".gz", ".zst", ".tar", ".svg")) or path.startswith("tests/fuzz/corpus/") or path.endswith("go.sum")


def check_machine(tree):
    hosts = _listed("hosts.txt")

    def known(host):
        host = host.lower()
        return any(host == allowed or allowed.startswith(".") and (host.endswith(allowed) or host == allowed[1:]) for allowed in hosts)

    for path in tree.files:
        if _skip_text(path):
            continue
        data = tree.bytes(path)
        if b"\0" in data[:8000]:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            # Tests have people and servers of their own, who live nowhere.
            if (match := _MACHINE.search(line)) and not (path.startswith("tests/") and match[0].startswith(_HOMES)):
                yield Finding(path, number, "path", f"a path of one machine: {match[0]}")
            if _PROXY.search(line):
                yield Finding(path, number, "proxy", "a registry's address belongs to the machine, not to the checkout")
            for match in _URL.finditer(line):
                if not known(match[1]) and not (path.startswith("tests/") and re.fullmatch(r"[\w-]+|[\d.]+|\[[0-9A-Fa-f:]+\]", match[1])):
                    yield Finding(path, number, match[1], f"a host that is not in tests/lint/data/hosts.txt: {match[1]}")


_MAGIC = {b"\x7fELF": "an ELF file", b"!<arch>": "an archive of objects", b"\xca\xfe\xba\xbe": "compiled", b"MZ": "a program", b"\0asm": "compiled",
          b"PK\x03\x04": "a zip archive"}


def check_binaries(tree):
    for path in tree.files:
        data = tree.bytes(path)
        if len(data) > MOST_BYTES:
            yield Finding(path, 0, "big", f"{len(data) >> 20} MiB, more than {MOST_BYTES >> 20}")
        if path.startswith(("tests/fixtures/", "tests/fuzz/corpus/")):
            continue  # hostile input may be anything
        for magic, what in _MAGIC.items():
            if data.startswith(magic):
                yield Finding(path, 0, "binary", f"{what}: the build makes it, git does not keep it")
        if path.endswith((".o", ".a", ".so", ".pyc", ".moc", ".qm")):
            yield Finding(path, 0, "binary", "generated")


def check_form(tree):
    """What .editorconfig says: editors obey it, git does not."""
    for path in tree.files:
        if path.startswith(("tests/fixtures/", "tests/fuzz/")) and not path.endswith((".h", ".cpp", ".py", ".txt")):
            continue
        data = tree.bytes(path)
        if not data or b"\0" in data[:8000] or path.endswith((".png", ".gz")) or path.endswith("go.sum") or path == "LICENSE":
            continue
        if not data.endswith(b"\n"):
            yield Finding(path, data.count(b"\n") + 1, "end", "no line end at the end of the file")
        for number, line in enumerate(data.split(b"\n"), 1):
            if line.endswith(b"\r"):
                yield Finding(path, number, "cr", "a carriage return at the end of the line")
                break
            if line.endswith((b" ", b"\t")):
                yield Finding(path, number, "blank", "a blank at the end of the line")
                break
            if path.endswith((".h", ".cpp", ".py")) and b"\t" in line[: len(line) - len(line.lstrip())]:
                yield Finding(path, number, "tab", "indented by a tab")
                break


def check_skips(tree):
    path = "tests/skips.txt"
    if not tree.has(path):
        if tree.whole:
            yield Finding(path, 0, "-", "is missing")
        return
    for number, line in enumerate(tree.text(path).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        words = line.split(None, 2)
        if len(words) < 3 or "/" not in words[0] or len(words[2].split()) < 3:
            yield Finding(path, number, "-", "LABEL/PROGRAM FUNCTION REASON, and the reason is a sentence")


RULES = [
    Rule("spdx", "Whoever takes one file alone still knows its licence.", check_spdx),
    Rule("length", f"A file over {LINES} lines has two jobs; over {MOST_LINES} there is no reason good enough.", check_length, lambda f: f.key == "too-long"),
    Rule("readmes", "A newcomer opens a folder and reads what it promises before the first header.", check_readmes),
    Rule("layout", "Where a file goes is decided once, in the architecture.", check_top_level),
    Rule("machine", "A clone on another machine must work; the address of a registry or a path of one machine is noise there, or a leak.", check_machine),
    Rule("binaries", "What the build makes is not kept: it is stale by the next commit, and every clone carries it for ever.", check_binaries),
    Rule("form", "Diffs show what changed, not whose editor it was.", check_form),
    Rule("skips", "A skip without a reason is a test that was given up.", check_skips),
]
