# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rules read: the checkout's files, or a sample's."""

import pathlib
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[2]
# Samples break rules on purpose: each is read by its own rule only.
SAMPLES = "tests/lint/samples/"


class Tree:
    """Paths with forward slashes, relative to the top; bytes read once."""

    def __init__(self, files, read, whole):
        self.files = sorted(files)
        self._read = read
        self._bytes = {}
        # The whole checkout, not a sample: rules about what must exist hold only here.
        self.whole = whole

    def bytes(self, path):
        if path not in self._bytes:
            self._bytes[path] = self._read(path)
        return self._bytes[path]

    def text(self, path):
        return self.bytes(path).decode("utf-8", "replace")

    def has(self, path):
        return path in self._set

    @property
    def _set(self):
        if not hasattr(self, "_cached"):
            self._cached = set(self.files)
        return self._cached

    def sources(self, *prefixes, endings=(".h", ".cpp")):
        return [path for path in self.files if path.endswith(endings) and (not prefixes or path.startswith(prefixes))]


def checkout():
    """Tracked files and new ones that git does not ignore: what a commit could hold."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=TOP, capture_output=True, check=True).stdout
    names = {name for name in listed.decode("utf-8", "replace").split("\0") if name}
    files = [name for name in names if (TOP / name).is_file() and not name.startswith(SAMPLES)]
    return Tree(files, lambda path: (TOP / path).read_bytes(), whole=True)


def sample(files):
    """`files`: path -> text."""
    return Tree(files, lambda path: files[path].encode("utf-8"), whole=False)


def read_samples(path):
    """Blocks of "=== bad: why" or "=== good: why", each of files "--- PATH". Returns (kind, why, Tree).

    "{slash}" stands for a slash, so that a sample of a forbidden path is not itself one."""
    result = []
    name = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            kind, _, why = line[4:].partition(":")
            result.append((kind.strip(), why.strip(), {}))
            name = None
        elif line.startswith("--- "):
            name = line[4:].strip()
            result[-1][2][name] = ""
        elif name is not None:
            result[-1][2][name] += line.replace("{slash}", "/") + "\n"
    return [(kind, why, sample(files)) for kind, why, files in result]
