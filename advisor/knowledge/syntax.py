"""What a syntax error in YAML most likely comes from, full-width signs included."""

import re
from dataclasses import dataclass

import yaml

NARROW = dict(zip("\u3000：，［］｛｝", " :,[]{}", strict=True))
# Where YAML wants a sign of its own: before a key, after one, between entries. In a text they may stand.
_WIDE = re.compile(r"^\s*?(\u3000)|(?<=[A-Za-z_])(：)|(，)(?=\s*[A-Za-z_]+\s*[:：])|([［］｛｝])")
_WIDE_IN_KEY = re.compile("[" + "".join(NARROW) + "]")


@dataclass(frozen=True)
class WideSign:
    """A full-width sign in place of one of YAML's; line and column count from 0, as marks do."""

    line: int
    column: int
    sign: str

    @property
    def wanted(self) -> str:
        return NARROW[self.sign]


def wide_sign(text: str, line: int) -> WideSign | None:
    """The first full-width sign on the line of a fault, or else on the line before it."""
    lines = text.splitlines()
    for number in (line, line - 1):
        found = _WIDE.search(lines[number]) if 0 <= number < len(lines) else None
        if found is not None:
            group = found.lastindex or 0
            return WideSign(number, found.start(group), found[group])
    return None


def wide_in_key(key: str) -> str | None:
    """The first full-width sign of a key; no id, no language and no field has one."""
    found = _WIDE_IN_KEY.search(key)
    return None if found is None else found[0]


def syntax_code(error: yaml.MarkedYAMLError, text: str) -> str:
    """The code of the message for a fault that the YAML parser found."""
    mark = error.problem_mark
    lines = text.splitlines()
    if mark is not None and mark.line < len(lines) and lines[mark.line].startswith("\t", mark.column):
        return "yaml-tab"
    said = f"{error.context or ''} {error.problem or ''}"
    hints = {
        "maximum nesting depth": "yaml-deep",  # libyaml reads ahead and meets its own limit first
        "mapping values are not allowed": "yaml-colon",
        "cannot start any token": "yaml-token",
        "quoted scalar": "yaml-quote",
        "expected a single document": "yaml-documents",
        "alias": "yaml-alias",
        "anchor": "yaml-alias",
        "expected ',' or": "yaml-bracket",
        "could not find expected ':'": "yaml-no-colon",
        "did not find expected": "yaml-indent",
        "expected <block end>": "yaml-indent",
    }
    return next((code for hint, code in hints.items() if hint in said), "yaml-syntax")
