#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""README.md tells the truth where a program can judge it: the files it names exist, and what it calls missing is missing."""

import os
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True

import harness
from tree import TOP, checkout

PROGRAM = pathlib.Path(os.environ.get("FAIRLEAD_PROGRAM", TOP / "build" / "ci" / "fairlead"))
HEADING = "## Not there yet"


def readme():
    path = TOP / "README.md"
    if not path.exists():
        raise harness.Failed("there is no README.md")
    return path.read_text(encoding="utf-8")


def items(text):
    """(line of the list, its words in backquotes)."""
    _, found, rest = text.partition(HEADING)
    if not found:
        raise harness.Failed(f"README.md has no \"{HEADING}\"")
    section = re.sub(r"\n  +", " ", rest.split("\n## ")[0])  # an item may go on in the next line
    return [(line, re.findall(r"`([^`]+)`", line)) for line in section.splitlines() if line.startswith("- ")]


def offered():
    """All help texts of the program: what it says it can do."""
    def help_of(*words):
        result = subprocess.run([str(PROGRAM), *words, "--help"], capture_output=True, text=True, timeout=60)
        if result.returncode != 0:
            raise harness.Failed(f"{' '.join(words)} --help: exit code {result.returncode}: {result.stderr}")
        return result.stdout
    top = help_of()
    return top + "".join(help_of(command) for command in ("contexts", "get", "cron", "diagnose", "jobs", "record", "recording"))


def is_there(token, help_text, files):
    """Whether something that README.md calls missing exists. Tokens: --flag, "fairlead COMMAND", a path with a slash."""
    if token.startswith("-"):
        return re.search(rf"(?<![\w-]){re.escape(token)}(?![\w-])", help_text) is not None
    if token.startswith("fairlead "):
        return re.search(rf"^\s+{re.escape(token.split()[1])}\b", help_text, re.M) is not None
    path = token.rstrip("/")
    return any(name == path or name.startswith(path + "/") for name in files)


def not_there_yet():
    found = items(readme())
    if not found:
        raise harness.Failed(f"the list under \"{HEADING}\" is empty")
    help_text = offered()
    files = checkout().files
    wrong = []
    for line, tokens in found:
        if not tokens:
            wrong.append(f"names nothing that a test can look for: {line}")
        wrong += [f"`{token}` is there: {line}" for token in tokens if is_there(token, help_text, files)]
    if wrong:
        raise harness.Failed("\n".join(["the list is not true any more", *wrong]))


def notices():
    """The judge, tried on what certainly exists."""
    text = "x\n## Not there yet\n- a `--help`\n- b `fairlead get`\n- c `models/base/`\n- d `fairlead fly` `--wings` `models/change/`\n## Next\n- e\n"
    found = items(text)
    help_text = "usage\n  --help   this\n  get   rows\n"
    answers = [[is_there(token, help_text, ["models/base/error.h"]) for token in tokens] for _, tokens in found]
    if answers != [[True], [True], [True], [False, False, False]]:
        raise harness.Failed(f"judges wrongly: {answers}")


def names_files_that_exist():
    before = readme().split(HEADING)[0]
    files = checkout().files
    tokens = {t for t in re.findall(r"`([^`\s]+)`", before) if re.fullmatch(r"\.?[\w.-]+(/[\w.-]+)*/?", t) and ("/" in t)}
    ignored = re.compile(r"^(build|\.\.|text|application)/")
    missing = sorted(t for t in tokens if not ignored.match(t) and not any(name == t.rstrip("/") or name.startswith(t.rstrip("/") + "/") for name in files))
    if missing:
        raise harness.Failed("\n".join(["README.md names what is not there", *missing]))


def has_its_parts():
    text = readme()
    missing = [word for word in ("packaging/run", "tests/run", "--cluster", "base < kube < kinds", "tests/cluster", *(
        f"`{label}`" for label in "lint unit model gui shots live fault fuzz bench soak".split())) if word not in text]
    if missing:
        raise harness.Failed(f"README.md does not speak of {', '.join(missing)}")


if __name__ == "__main__":
    harness.run("Readme", [
        ("notices", notices),
        ("hasItsParts", has_its_parts),
        ("namesFilesThatExist", names_files_that_exist),
        ("notThereYet", not_there_yet),
    ])
