# SPDX-License-Identifier: GPL-3.0-or-later
"""Forbidden words, from data/words.toml."""

import pathlib
import re
import tomllib

import cpp
from rule import Finding, Rule

TABLE = pathlib.Path(__file__).resolve().parents[1] / "data" / "words.toml"


def _hits(text, word):
    pattern = re.compile(word["pattern"])
    allow = re.compile(word["allow"]) if "allow" in word else None
    if word["in"] == "strings":
        for line, literal in cpp.strings(text):
            if match := pattern.search(literal):
                yield line, match[0]
        return
    source = text if word["in"] == "text" else cpp.code(text)
    for line, match in cpp.lines_with(pattern, source):
        if not (allow and allow.match(source, match.start())):
            yield line, match[0]


def _rule(word):
    where = tuple(word.get("where", ()))

    def check(tree):
        for path in tree.sources(*where):
            for line, hit in _hits(tree.text(path), word):
                key = re.sub(r"\W+", "", hit) or "-"
                yield Finding(path, line, key, f"{' '.join(hit.split())} must not stand here")

    return Rule(word["name"], word["reason"], check)


with open(TABLE, "rb") as _file:
    RULES = [_rule(word) for word in tomllib.load(_file)["word"]]
