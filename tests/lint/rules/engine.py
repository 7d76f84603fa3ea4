# SPDX-License-Identifier: GPL-3.0-or-later
"""What only one file may know, and what nobody may send yet."""

import re

import cpp
from rule import Finding, Rule

VERBS = ["Get", "List", "Watch", "Review"]
_SENDS = re.compile(r"\bCURLOPT_(?:POST\w*|COPYPOSTFIELDS|MIMEPOST|HTTPPOST)\b")
_CHANGES = re.compile(r"\bCURLOPT_(?:CUSTOMREQUEST|UPLOAD|PUT|READFUNCTION|READDATA|INFILESIZE\w*|HTTPPOST|MIMEPOST)\b")
_PLACE = ("app/", "models/", "ui/")


def check_simdjson(tree):
    users = [(path, include.line) for path in tree.sources() for include in cpp.includes(tree.text(path)) if include.name == "simdjson.h"]
    for path, line in users:
        if not (path.startswith("models/kube/decode/") and path.endswith(".cpp")):
            yield Finding(path, line, "simdjson.h", "only one .cpp of models/kube/decode reads simdjson's header")
    for path, line in users[1:]:
        yield Finding(path, line, "simdjson.h", f"{users[0][0]} reads it already")


def check_sending(tree):
    senders = {}
    for path in tree.sources(*_PLACE):
        text = cpp.code(tree.text(path))
        for line, match in cpp.lines_with(_CHANGES, text):
            yield Finding(path, line, match[0], f"{match[0]} could carry a change to a cluster")
        for line, match in cpp.lines_with(_SENDS, text):
            senders.setdefault(path, (line, match[0]))
    for path, (line, word) in senders.items():
        if not path.startswith("models/kube/net/"):
            yield Finding(path, line, word, "a body is sent by models/kube/net alone")
    for path in sorted(senders)[1:]:
        line, word = senders[path]
        yield Finding(path, line, word, f"a second file that sends a body, beside {sorted(senders)[0]}")


def check_verbs(tree):
    path = "models/kube/net/transport.h"
    if tree.has(path):
        match = re.search(r"\benum\s+class\s+Verb\s*(?::\s*\w+\s*)?\{([^}]*)\}", cpp.code(tree.text(path)))
        found = re.findall(r"\w+", match[1]) if match else []
        if found != VERBS:
            yield Finding(path, 1, "Verb", f"enum Verb is {found}, not {VERBS}: changing verbs come with the gate")
    elif tree.whole:
        yield Finding(path, 0, "Verb", "is missing")
    for path in tree.files:
        if path.startswith("models/change/"):
            yield Finding(path, 0, "change", "models/change comes with the first changing issue")


RULES = [
    Rule("simdjson", "Its header costs 1.5 s for each file that reads it.", check_simdjson),
    Rule("sending", "The POST of the SelfSubject*Reviews is the only body that leaves the program, and one file sends it.", check_sending),
    Rule("verbs", "A request can only be what this enum can say: get, list, watch and the reviews.", check_verbs),
]
