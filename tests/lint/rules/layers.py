# SPDX-License-Identifier: GPL-3.0-or-later
"""#include lines against data/layers.toml, their form, and their order."""

import fnmatch
import functools
import pathlib
import re
import subprocess
import tomllib

import cpp
from rule import Finding, Rule

TABLE = pathlib.Path(__file__).resolve().parents[1] / "data" / "layers.toml"
STANDARD = set("""algorithm any array atomic barrier bit bitset charconv chrono codecvt compare complex concepts condition_variable coroutine
deque exception execution filesystem format forward_list fstream functional future initializer_list iomanip ios iosfwd iostream istream iterator
latch limits list locale map memory memory_resource mutex new numbers numeric optional ostream queue random ranges ratio regex scoped_allocator
semaphore set shared_mutex source_location span sstream stack stdexcept stop_token streambuf string string_view syncstream system_error thread
tuple type_traits typeindex typeinfo unordered_map unordered_set utility valarray variant vector version
cassert cctype cerrno cfenv cfloat cinttypes climits clocale cmath csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib cstring ctime cuchar
cwchar cwctype""".split())


@functools.lru_cache(maxsize=None)
def table():
    with open(TABLE, "rb") as file:
        return tomllib.load(file)


@functools.lru_cache(maxsize=None)
def _qt_modules():
    """Class header -> modules, from the installed Qt: <QWidget> says nothing of its module by itself."""
    for program in ("qtpaths6", "qmake6"):
        try:
            where = subprocess.run([program, "-query", "QT_INSTALL_HEADERS"], capture_output=True, text=True, check=True).stdout.strip()
        except (OSError, subprocess.CalledProcessError):
            continue
        result = {}
        for folder in sorted(pathlib.Path(where).glob("Qt*")):
            for header in folder.iterdir():
                if header.is_file():
                    result.setdefault(header.name, folder.name)
        return result
    raise RuntimeError("neither qtpaths6 nor qmake6 answers: where are Qt's headers?")


def foreign_group(name):
    """The table's group of a foreign header: "std", "QtCore", a name of [groups], or None."""
    if name in STANDARD:
        return "std"
    for group, patterns in table()["groups"].items():
        if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns):
            return group
    if match := re.match(r"(Qt\w+)/", name):
        return match[1]
    if name.startswith(("Q", "q")):
        return _qt_modules().get(name)
    return None


def own_path(path, name):
    """Where an own header lies, by the house's three forms; None where the form is wrong."""
    if name.startswith(("ui/", "app/")):
        return name
    first = name.split("/")[0]
    if "/" not in name or first in ("models", "tests", "..", "."):
        return None
    if path.startswith("tests/") and first in ("support", "unit", "model", "gui", "shots", "live", "fault", "fuzz", "bench", "soak"):
        return "tests/" + name
    return "models/" + name


def layer_of(path):
    for layer in table()["layer"]:
        if any(fnmatch.fnmatchcase(path, pattern) for pattern in layer["files"]):
            return layer
    return None


def _fits(path, patterns, folder):
    return any(fnmatch.fnmatchcase(path, pattern.replace("{folder}", folder)) for pattern in patterns)


def _generated(name):
    return name.endswith(".moc") or name.split("/")[-1].startswith("moc_")


def check_layers(tree):
    for path in tree.sources():
        layer = layer_of(path)
        if layer is None:
            yield Finding(path, 1, "-", "belongs to no layer of tests/lint/data/layers.toml")
            continue
        folder = path.split("/")[1]
        for include in cpp.includes(tree.text(path)):
            name = include.name
            if _generated(name):
                continue
            if not include.angled:
                own = own_path(path, name)
                if own is None:
                    continue  # check_form tells
                if not _fits(own, layer["sees"], folder) or _fits(own, layer.get("never", []), folder):
                    yield Finding(path, include.line, name, f"{layer['name']} may not see {own}")
                continue
            group = foreign_group(name)
            if group not in layer["uses"]:
                yield Finding(path, include.line, name, f"{layer['name']} may not use <{name}>" + (f" ({group})" if group else ""))


def check_form(tree):
    for path in tree.sources():
        for include in cpp.includes(tree.text(path)):
            name = include.name
            if _generated(name):
                continue
            if include.angled:
                if name.startswith(("base/", "kube/", "kinds/", "items/", "ui/", "app/", "support/")):
                    yield Finding(path, include.line, name, "an own header stands in quotes")
                continue
            own = own_path(path, name)
            if own is None:
                yield Finding(path, include.line, name, "models' headers from models/, ui's and app's from the top, tests' from tests/")
            elif tree.whole and not tree.has(own):
                yield Finding(path, include.line, name, f"there is no {own}")


def check_order(tree):
    """own, project, Qt, std, others."""
    words = ("its own header", "the project's", "Qt's", "the standard library's", "the others'")
    for path in tree.sources():
        last = -1
        for include in cpp.includes(tree.text(path)):
            if include.conditional or _generated(include.name):
                continue
            if not include.angled:
                own = own_path(path, include.name) or ""
                place = 0 if path.endswith(".cpp") and own == path[:-4] + ".h" else 1
            else:
                group = foreign_group(include.name) or ""
                place = 2 if group.startswith("Qt") else 3 if group == "std" else 4
            if place < last:
                yield Finding(path, include.line, include.name, f"{words[place]} headers stand before {words[last]}")
            last = max(last, place)


RULES = [
    Rule("layers", "A rule that was only written down leaks; on Debian every header resolves without its library being linked.", check_layers),
    Rule("include-form", "One spelling for each header, so that the layer of an include can be read from its line.", check_form),
    Rule("include-order", "Own header first shows a header that leans on its neighbours; the rest is read more quickly in one order.", check_order),
]
