"""Every word exists in every language, and every key is used somewhere."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from advisor.paths import ASSETS
from advisor.words import Words, languages

HOUSE = Path(__file__).parents[2]
ENGLISH = Words.load("en")
HOLE = "[a-z0-9_-]+"  # an id
KEY = re.compile(r"[a-z]+(\.[a-z0-9-]+)+")
FILES = {"report.css", "report.html.j2"}  # names of files, not of texts
OTHERS = [language for language in languages() if language != "en"]


def fields(entry: object) -> set[str]:
    texts = entry.values() if isinstance(entry, dict) else [entry]
    return {name for text in texts for _, name, _, _ in Formatter().parse(str(text)) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_languages_have_the_same_keys(language: str) -> None:
    assert set(Words.load(language).entries) == set(ENGLISH.entries)


@pytest.mark.parametrize("language", OTHERS)
def test_texts_take_the_same_values_in_every_language(language: str) -> None:
    words = Words.load(language)
    differing = {key for key, entry in ENGLISH.entries.items() if fields(entry) != fields(words.entries[key])}
    assert not differing


@pytest.mark.parametrize("language", [*OTHERS, "en"])
def test_plural_texts_have_every_category_of_their_language(language: str) -> None:
    words = Words.load(language)
    wanted = set(words.locale.plural_form.tags) | {"other"}
    incomplete = {k for k, e in words.entries.items() if isinstance(e, dict) and not wanted <= set(e)}
    assert not incomplete


def test_japanese_is_written_in_japanese() -> None:
    """A text with words in it that equals its English twin was forgotten; names and units may agree."""
    same = {
        key
        for key, entry in Words.load("ja").entries.items()
        if entry == ENGLISH.entries[key] and re.search(r"[a-z]{3,} [a-z]{3,}", str(entry))
    }
    assert not same


def test_every_key_is_used() -> None:
    exact, patterns = used_keys()
    unused = {
        key
        for key in ENGLISH.entries
        if not {key, *prefixes(key)} & exact and not any(p.fullmatch(key) for p in patterns)
    }
    assert not unused


def test_every_used_key_exists() -> None:
    exact, _ = used_keys()
    sections = {key.split(".")[0] for key in ENGLISH.entries}
    known = {*ENGLISH.entries, *(prefix for key in ENGLISH.entries for prefix in prefixes(key))}
    called = {key for key in exact if key.split(".")[0] in sections and KEY.fullmatch(key)}
    assert called
    assert called - FILES <= known


def prefixes(key: str) -> set[str]:
    """What stands before an id in a key: a section in ``name(words, "report.status", route.status)``."""
    parts = key.split(".")
    return {".".join(parts[:count]) for count in range(2, len(parts))}


def used_keys() -> tuple[set[str], list[re.Pattern[str]]]:
    """String constants as they stand, and patterns made from strings with holes in them."""
    exact: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for path in [HOUSE / "app.py", *sorted((HOUSE / "advisor").rglob("*.py"))]:
        tree = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        holed = [node for node in tree if isinstance(node, ast.JoinedStr)]
        pieces = {id(part) for node in holed for part in node.values}
        exact |= {
            node.value
            for node in tree
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces
        }
        for node in holed:
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else HOLE for part in node.values
            ]
            if "." in "".join(parts) and parts[0] != HOLE:
                patterns.append(re.compile("".join(parts)))
    for path in sorted((ASSETS / "report").glob("*.j2")):
        for literal, after in re.findall(
            r"'([a-z]+\.[a-z0-9.-]*)'(\s*~\s*\S+\s*~\s*'[a-z.]+')?", path.read_text()
        ):
            tail = re.search(r"'([a-z.]+)'$", after)
            if literal.endswith("."):
                patterns.append(re.compile(re.escape(literal) + HOLE + (tail[1] if tail else "")))
            exact.add(literal)
    return exact, patterns
