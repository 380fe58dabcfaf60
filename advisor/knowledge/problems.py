"""What is wrong with a file, where, and what to write instead."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

BEFORE, AFTER = 2, 3  # lines of excerpt around the caret
WIDEST = 140  # columns of excerpt


@dataclass(frozen=True)
class Place:
    """A position in a file; line and column count from 1, the column in characters."""

    file: str
    line: int = 0  # 0: the file as a whole
    column: int = 0
    excerpt: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """``code`` names an entry ``cli.problems.<code>`` of the language files; ``values`` fill its fields."""

    code: str
    place: Place
    values: Mapping[str, object] = field(default_factory=dict)

    def says(self, language: str = "en") -> str:
        """What is wrong and what to write, in one language."""
        from advisor.words import (
            Words,  # its locale data would slow every start for the rare case of an error
        )

        words = Words.load(language)
        filled = {"place": self.place, **{name: shown(value) for name, value in self.values.items()}}
        return words(f"cli.problems.{self.code}", **filled)

    def render(self, language: str = "en") -> str:
        """Place, excerpt with a caret, and the message."""
        return "\n".join(
            part for part in (str(self.place), self.place.excerpt, "  " + self.says(language)) if part
        )


class KnowledgeError(ValueError):
    """Files that cannot be used. Carries every problem found, in order of file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        ordered = sorted(problems, key=lambda p: (p.place.file, p.place.line, p.place.column, p.code))
        self.problems = tuple(ordered)
        super().__init__(len(self.problems))

    def __str__(self) -> str:
        return self.render("en")

    def render(self, language: str = "en") -> str:
        return "\n\n".join(problem.render(language) for problem in self.problems)


def nearest(found: str, choices: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The valid ids most like ``found``, best first; never empty while there are choices."""
    pool = sorted(set(choices))
    close = difflib.get_close_matches(found, pool, n=count, cutoff=0.55)
    if close:
        return tuple(close)
    return tuple(difflib.get_close_matches(found, pool, n=count, cutoff=0.0))


def excerpt(text: str, line: int, column: int, length: int = 1) -> str:
    """A few lines around a position, with carets under ``length`` characters; lines and columns from 1."""
    lines = text.splitlines() or [""]
    line = min(max(line, 1), len(lines))
    start = max(0, column - 1 - WIDEST // 2) if column > WIDEST else 0
    first, last = max(1, line - BEFORE), min(len(lines), line + AFTER)
    gutter = len(str(last))
    rows = []
    for number in range(first, last + 1):
        shown = lines[number - 1][start : start + WIDEST]
        rows.append(f"  {number:>{gutter}} | {shown}".rstrip())
        if number == line:
            before = shown[: max(0, column - 1 - start)]
            under = shown[len(before) : len(before) + max(1, length)].rstrip()
            rows.append(f"  {'':>{gutter}} | {_blank(before)}{'^' * max(1, columns(under))}")
    return "\n".join(rows)


def columns(text: str) -> int:
    """Terminal columns of a text: two for a full-width character, none for a combining mark."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _blank(text: str) -> str:
    """Blanks exactly as wide as ``text``: an ideographic space stays right where a font is not quite 2:1."""
    blanks = {0: "", 1: " ", 2: "\u3000"}
    return "".join("\t" if c == "\t" else blanks[_columns(c)] for c in text)


def shown(value: object) -> object:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(str(part) for part in value)
    return value
