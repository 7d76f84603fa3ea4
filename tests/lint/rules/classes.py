# SPDX-License-Identifier: GPL-3.0-or-later
"""One class with behaviour per .h/.cpp pair; no state that outlives its owner."""

import re

import cpp
from rule import Finding, Rule

_DECLARED_ONLY = {"using", "typedef", "friend", "static_assert", "Q_OBJECT", "Q_GADGET", "Q_DISABLE_COPY", "Q_PROPERTY", "Q_ENUM"}


def _member_function(statement, owner):
    """Whether this declaration inside a class gives it behaviour: a named function, not a constructor, destructor or comparison."""
    words = cpp.before_assignment(statement.words)
    if not words or words[0] in _DECLARED_ONLY or re.match(r"Q_[A-Z_]+$", words[0]):
        return None
    if "(" not in words or "operator" in words:
        return None
    at = words.index("(")
    name = words[at - 1] if at else ""
    if not re.match(r"[a-z]\w*$", name) or name in ("decltype", "noexcept", "alignas", "explicit") or name == owner:
        return None
    if at < 2:  # a macro or a call, no return type before it
        return None
    return name


def _plain(statement, scope_words):
    """A pure virtual function promises and does nothing; a struct's questions about itself (const or static) leave it plain data."""
    words = list(statement.words)
    if words[-2:] == ["=", "0"]:
        return True
    after = words[len(words) - words[::-1].index(")"):] if ")" in words else []
    return "struct" in scope_words and "virtual" not in words and ("const" in after or "static" in words)


def behaviours(text):
    """Class name -> its line, for the classes at namespace scope that do something: more than data, questions and promises."""
    result = {}
    heads = {}
    for statement in cpp.statements(text):
        if statement.end == "{":
            heads[statement.line] = statement.words
        if not statement.scopes or statement.where != "class":
            continue
        outer = [scope for scope in statement.scopes if scope.kind != "namespace"]
        if len(outer) != 1:
            continue  # a nested type belongs to the class around it
        if _member_function(statement, outer[0].name) and not _plain(statement, heads.get(outer[0].line, ())):
            result.setdefault(outer[0].name, outer[0].line)
    return result


def check_one_class(tree):
    for path in tree.sources("app/", "models/", "ui/", "tests/support/", endings=(".h",)):
        stem = path.rsplit("/", 1)[1][:-2]
        found = behaviours(tree.text(path))
        types = {statement.scopes[-1].name for statement in cpp.statements(tree.text(path)) if statement.where == "class"}
        named = [name for name in found if name.lower() == stem]
        if len(found) > 1:
            for name, line in found.items():
                if name not in named:
                    yield Finding(path, line, name, f"a second class with behaviour beside {(named or list(found))[0]}: its own pair of files")
        elif found and not any(name.lower() == stem for name in types):
            name, line = next(iter(found.items()))
            yield Finding(path, line, name, f"the file is named after its class: {name.lower()}.h")


def check_names(tree):
    for path in tree.sources():
        stem = path.rsplit("/", 1)[1].rsplit(".", 1)[0]
        if not re.fullmatch(r"[a-z][a-z0-9_]*", stem):
            yield Finding(path, 1, "file", "file names are lower case")
        for statement in cpp.statements(tree.text(path)):
            if statement.end != "{":
                continue
            for keyword in ("class", "struct"):
                if keyword in statement.words:
                    kind, name = cpp._kind_of(statement.words)
                    if kind == "class" and name and not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name):
                        yield Finding(path, statement.line, name, "types are CamelCase")


def check_pragma(tree):
    for path in tree.sources(endings=(".h",)):
        first = next((line.strip() for line in cpp.code(tree.text(path)).splitlines() if line.strip()), "")
        if first != "#pragma once":
            yield Finding(path, 1, "-", "the first line of code in a header is #pragma once")


_NO_VARIABLE = {"using", "typedef", "class", "struct", "union", "enum", "namespace", "friend", "static_assert", "template", "return", "extern",
                "if", "else", "for", "while", "do", "switch", "case", "default", "goto", "break", "continue", "throw", "delete", "new", "co_return",
                "co_yield", "co_await", "public", "private", "protected", "concept", "asm", "requires", "operator"}


def _constant(words):
    """constexpr, or const where the name itself is: "const char *" leaves the pointer open."""
    if "constexpr" in words:
        return True
    if "const" not in words:
        return False
    return "*" not in words or "const" in words[len(words) - words[::-1].index("*"):]


def check_globals(tree):
    """Variables at namespace scope, static members and static locals that are not constant; thread_local always."""
    for path in tree.sources("app/", "models/", "ui/"):
        for statement in cpp.statements(tree.text(path)):
            words = cpp.before_assignment(statement.words)
            if not words or words[0] in _NO_VARIABLE or words[0].startswith("Q_") or statement.end == "}":
                continue
            held = "static" in words or "thread_local" in words or "inline" in words and statement.where == "class"
            if statement.where == "namespace":
                held = True
            if not held or "(" in words or _constant(words) or len([w for w in words if re.match(r"[A-Za-z_]", w)]) < 2:
                continue
            if statement.end == "{" and "=" not in statement.words:
                continue
            name = [w for w in words if re.match(r"[A-Za-z_]", w)][-1]
            yield Finding(path, statement.line, name, f"{name} outlives every owner")


RULES = [
    Rule("one-class", "One class with behaviour per pair, named after it: a newcomer finds it, and headers that lean on neighbours show up at once.", check_one_class),
    Rule("names", "CamelCase types, lower-case files: one look tells what a name is.", check_names),
    Rule("pragma-once", "No guard names to keep unique.", check_pragma),
    Rule("globals", "No singletons, no global state: two sessions and two windows live side by side, and a test starts from nothing.", check_globals),
]
