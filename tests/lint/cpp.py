# SPDX-License-Identifier: GPL-3.0-or-later
"""As much C++ as the rules need: text without comments and strings, includes, and the declarations of each scope.

No compiler: it must be quick, and it reads declarations, not meaning. Where it is wrong, the exception list takes the line."""

import dataclasses
import functools
import re

_SKIP = re.compile(
    r"""(?P<comment>//[^\n]*(?:\\\n[^\n]*)*|/\*.*?\*/)
      | (?P<raw>(?:u8|u|U|L)?R"(?P<delimiter>[^()\\\s]{0,16})\(.*?\)(?P=delimiter)")
      | (?P<string>(?:u8|u|U|L)?"(?:\\.|[^"\\\n])*")
      | (?P<number>\b\d[\w.]*(?:'\w+)+)
      | (?P<char>'(?:\\.|[^'\\\n])+')""",
    re.S | re.X)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


@functools.lru_cache(maxsize=None)
def code(text):
    """Comments blank, strings empty ("   "), lines where they were."""
    def replace(match):
        if match["comment"] or match["number"]:
            return _blank(match[0])
        if match["char"]:
            return "' '" + " " * (len(match[0]) - 3)
        if match["raw"]:
            return '"' + _blank(match[0])[1:-1] + '"'
        start = match[0].index('"')
        return match[0][:start] + '"' + " " * (len(match[0]) - start - 2) + '"'
    return _SKIP.sub(replace, text)


@functools.lru_cache(maxsize=None)
def code_with_strings(text):
    """Comments blank, strings kept."""
    return _SKIP.sub(lambda match: _blank(match[0]) if match["comment"] else match[0], text)


def strings(text):
    """(line, content) of each string literal."""
    for match in _SKIP.finditer(text):
        if match["string"]:
            yield text.count("\n", 0, match.start()) + 1, match["string"].split('"', 1)[1][:-1]
        elif match["raw"]:
            yield text.count("\n", 0, match.start()) + 1, match["raw"]


def lines_with(pattern, text):
    """(line, match) of each match of a regular expression."""
    for match in re.finditer(pattern, text):
        yield text.count("\n", 0, match.start()) + 1, match


@dataclasses.dataclass(frozen=True)
class Include:
    line: int
    name: str
    angled: bool
    conditional: bool


@functools.lru_cache(maxsize=None)
def includes(text):
    result = []
    depth = 0
    for number, line in enumerate(code_with_strings(text).splitlines(), 1):
        if re.match(r"\s*#\s*if", line):
            depth += 1
        elif re.match(r"\s*#\s*endif", line):
            depth -= 1
        elif match := re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line):
            result.append(Include(number, match[2], match[1] == "<", depth > 0))
    return tuple(result)


@dataclasses.dataclass(frozen=True)
class Scope:
    kind: str  # namespace, class, enum, function, block
    name: str
    line: int


@dataclasses.dataclass(frozen=True)
class Statement:
    """One declaration: its words up to the first ; { or = at its own level, and what ended it."""
    scopes: tuple
    line: int
    words: tuple
    end: str

    @property
    def where(self):
        return self.scopes[-1].kind if self.scopes else "namespace"


_TOKEN = re.compile(r"[A-Za-z_]\w*|::|->\*?|\[\[|\]\]|<=>|[{}()\[\];=<>,:&*~#]|\"[^\"]*\"|[^\s\w]|\d[\w.]*")


def _close(tokens, at, open_, close):
    depth = 0
    while at < len(tokens):
        if tokens[at][0] == open_:
            depth += 1
        elif tokens[at][0] == close:
            depth -= 1
            if depth == 0:
                return at
        at += 1
    return at - 1


def _kind_of(words):
    """What a brace after these words opens."""
    plain = [word for word in words if word not in ("inline", "export")]
    if "namespace" in plain[:2] or plain[:1] == ["extern"] and len(plain) == 2 and plain[1].startswith('"'):
        return "namespace", plain[-1] if plain and plain[-1] != "namespace" else ""
    if "enum" in plain:
        return "enum", ""
    flat = _without_templates(plain)
    for keyword in ("class", "struct", "union"):
        if keyword in flat and "(" not in flat and "=" not in flat:
            at = flat.index(keyword) + 1
            head = flat[at:flat.index(":")] if ":" in flat[at:] else flat[at:]
            names = [w for w in head if re.match(r"[A-Za-z_]", w) and w != "final"]
            if len(names) > 1:
                return "block", ""  # "struct tm now{}": a variable of a named type
            return "class", names[-1] if names else ""
    if "(" in flat:
        return "function", ""
    return "block", ""


def _without_templates(words):
    """Drops "template <…>" and attributes."""
    result = []
    at = 0
    while at < len(words):
        if words[at] == "template" and at + 1 < len(words) and words[at + 1] == "<":
            depth = 0
            at += 1
            while at < len(words):
                depth += (words[at] == "<") - (words[at] == ">")
                at += 1
                if depth == 0:
                    break
            continue
        if words[at] == "[[":
            while at < len(words) and words[at] != "]]":
                at += 1
            at += 1
            continue
        result.append(words[at])
        at += 1
    return result


@functools.lru_cache(maxsize=None)
def statements(text):
    """Every declaration and statement with its scopes, in order."""
    source = code(text)
    # Preprocessor lines are no declarations.
    source = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: _blank(m[0]), source, flags=re.M)
    tokens = []
    line = 1
    last = 0
    for match in _TOKEN.finditer(source):
        line += source.count("\n", last, match.start())
        last = match.start()
        tokens.append((match[0], line))
    result = []
    scopes = []
    words = []
    first_line = 1
    at = 0
    seen_assign = False

    def flush(end):
        nonlocal words, seen_assign
        if words:
            result.append(Statement(tuple(scopes), first_line, tuple(words), end))
        words = []
        seen_assign = False

    while at < len(tokens):
        token, number = tokens[at]
        if not words:
            first_line = number
        if token == "(":
            close = _close(tokens, at, "(", ")")
            inner = [t for t, _ in tokens[at:close + 1]]
            if "{" in inner:  # a lambda or an initialiser among the arguments: its body holds statements too
                words += ["(", ")"]
            else:
                words += inner
            at = close + 1
            continue
        if token == "{":
            if seen_assign or (words and words[-1] in (",", "return")):
                close = _close(tokens, at, "{", "}")
                at = close + 1
                continue
            kind, name = _kind_of(words)
            in_code = bool(scopes) and scopes[-1].kind in ("function", "block")
            if kind == "block" and words and not in_code:
                # "Type name{…};" initialises; nothing else opens a brace here.
                at = _close(tokens, at, "{", "}") + 1
                seen_assign = True
                continue
            if kind == "block" and words and in_code and words[-1] not in ("else", "do", "try") and len(words) > 1:
                at = _close(tokens, at, "{", "}") + 1
                seen_assign = True
                continue
            if kind == "function" and _initialises(words):
                # A constructor's "m_a{…}": the body comes later.
                at = _close(tokens, at, "{", "}") + 1
                continue
            opened = Scope(kind, name, first_line)
            flush("{")
            scopes.append(opened)
            at += 1
            continue
        if token == "}":
            flush("}")
            if scopes:
                scopes.pop()
            at += 1
            continue
        if token == ";":
            flush(";")
            at += 1
            continue
        if token == ":" and words and words[-1] in ("public", "private", "protected", "Q_SIGNALS", "signals", "slots", "Q_SLOTS"):
            words = []
            at += 1
            continue
        if token == "=" and not (words and words[-1] == "operator"):
            seen_assign = True
        words.append(token)
        at += 1
    flush("")
    return tuple(result)


def _initialises(words):
    flat = list(words)
    if ")" not in flat:
        return False
    after = flat[len(flat) - flat[::-1].index(")"):]
    last = len(flat) - 1 - flat[::-1].index(")")
    # "Name(…) : m_a" or ", m_b" directly before the brace.
    tail = flat[last + 1:]
    return bool(tail) and (":" in tail or "," in tail) and re.match(r"[A-Za-z_]", tail[-1]) is not None and "->" not in tail and bool(after)


def before_assignment(words):
    """The declarator: words before = at its own level, templates and attributes dropped, <…> folded."""
    flat = _without_templates(list(words))
    result = []
    depth = 0
    for at, word in enumerate(flat):
        if word == "operator":
            result += flat[at:]
            break
        if word == "<" and result and re.match(r"[A-Za-z_]", result[-1]):
            depth += 1
            continue
        if word == ">" and depth:
            depth -= 1
            continue
        if depth:
            continue
        if word == "=":
            break
        result.append(word)
    return result
