"""Every word exists in every language, and every key is used somewhere."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
import yaml

from advisor.paths import ASSETS, TEXTS
from advisor.words import Words, languages

HOUSE = Path(__file__).parents[2]
ENGLISH = Words.load("en")
HOLE = "[a-z0-9_-]+"  # an id
KEY = re.compile(r"[a-z]+(\.[a-z0-9-]+)+")
FILES = {"report.css", "report.html.j2"}  # names of files, not of texts
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
NAMES = re.compile(
    r"\{[^}]*\}|TensorFlow|PyTorch|Tensor or Torch|tensor-or-torch|NumPy|Python|oneDNN|Google Cloud|AWS|Azure"
    r"|Android|JSON|\.json|CPU|GPU|TPU|TF32|bfloat16|UTC|dB|GiB"
)
OTHERS = [language for language in languages() if language != "en"]


def fields(entry: object) -> set[str]:
    texts = entry.values() if isinstance(entry, dict) else [entry]
    return {name for text in texts for _, name, _, _ in Formatter().parse(str(text)) if name}


def needed(entry: object) -> set[str]:
    return fields(entry) | ({"n"} if isinstance(entry, dict) else set())


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
    """A text without a Japanese sign must be made of values, names and units alone."""
    forgotten = {
        key: text
        for key, entry in Words.load("ja").entries.items()
        for text in (entry.values() if isinstance(entry, dict) else [entry])
        if not JAPANESE.search(str(text)) and re.search(r"[A-Za-z]{2,}", NAMES.sub("", str(text)))
    }
    assert not forgotten


def test_english_holds_no_japanese() -> None:
    assert not [key for key, entry in ENGLISH.entries.items() if JAPANESE.search(str(entry))]


@pytest.mark.parametrize("language", [*OTHERS, "en"])
def test_no_key_is_written_twice(language: str) -> None:
    """YAML keeps the last of two and says nothing."""

    def twice(node: yaml.Node, place: str) -> list[str]:
        if not isinstance(node, yaml.MappingNode):
            return []
        names = [key.value for key, _ in node.value]
        inside = [found for key, value in node.value for found in twice(value, f"{place}{key.value}.")]
        return [place + name for name in sorted(set(names)) if names.count(name) > 1] + inside

    text = (TEXTS / f"{language}.yaml").read_text(encoding="utf-8")
    assert not twice(yaml.compose(text, Loader=yaml.SafeLoader), "")


def test_text_is_given_every_value_that_it_names() -> None:
    """Where a key stands in the code as it is; a plural text also needs the number that chooses its form."""
    called = [
        (f"{path.relative_to(HOUSE)}:{node.lineno}", node.args[0].value, node.keywords)
        for path in sorted((HOUSE / "advisor").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] == "words"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ]
    assert len(called) > 100
    lacking = [
        (place, key)
        for place, key, given in called
        if all(word.arg for word in given)  # not passed on as a whole
        and not needed(ENGLISH.entries.get(key, "")) <= {word.arg for word in given}
    ]
    assert not lacking


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
