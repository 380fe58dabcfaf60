"""Problems: excerpts whose caret stands under the fault, and the nearest valid names."""

import re
import unicodedata

import pytest

from advisor.knowledge.problems import KnowledgeError, Place, Problem, columns, excerpt, nearest
from advisor.knowledge.validation import _CODES, _OWN
from advisor.words import Words, languages


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@pytest.mark.parametrize("before", ["when: ", "理由: ", "ｶﾅ: ", "全角（かっこ）と half: ", "が: "])
def test_the_caret_stands_under_the_fault(before: str) -> None:
    line, caret = excerpt(f"{before}wrong", 1, len(before) + 1, 5).splitlines()
    assert width(caret[: caret.index("^")]) == width(line[: line.index("wrong")])
    assert caret.count("^") == 5


def test_carets_cover_full_width_characters() -> None:
    caret = excerpt("a: 間違い", 1, 4, 3).splitlines()[1]
    assert caret.count("^") == 6


def test_a_combining_mark_takes_no_column() -> None:
    assert columns("か\u3099") == 2


def test_an_excerpt_shows_two_lines_before_and_three_after() -> None:
    text = "\n".join(f"line {n}" for n in range(1, 11))
    shown = re.findall(r"line \d+", excerpt(text, 5, 1))
    assert shown == [f"line {n}" for n in range(3, 9)]


def test_a_very_long_line_is_cut_around_the_fault() -> None:
    shown = excerpt("x" * 5000 + "HERE" + "x" * 5000, 1, 5001, 4)
    line, caret = shown.splitlines()
    assert len(line) < 200
    assert line[caret.index("^") :].startswith("HERE")


def test_an_excerpt_of_nothing_is_possible() -> None:
    assert "^" in excerpt("", 1, 1)


@pytest.mark.parametrize(
    ("found", "best"), [("producton", "production"), ("andriod", "android"), ("zz", "production")]
)
def test_there_is_always_a_nearest_name(found: str, best: str) -> None:
    near = nearest(found, ["production", "android", "research"])
    assert near
    assert best in near


def test_no_choices_have_no_nearest_name() -> None:
    assert nearest("x", []) == ()


def test_problems_are_ordered_by_file_and_line() -> None:
    places = [Place("b.yaml", 1, 1), Place("a.yaml", 9, 1), Place("a.yaml", 2, 5)]
    error = KnowledgeError(Problem("yaml-tab", place) for place in places)
    assert [str(problem.place) for problem in error.problems] == ["a.yaml:2:5", "a.yaml:9:1", "b.yaml:1:1"]


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_code_of_the_schema_has_words(language: str) -> None:
    entries = Words.load(language).entries
    wanted = {
        *_CODES.values(),
        *_OWN,
        "invalid",
        "missing-key",
        "unknown-key",
        "not-a-choice",
        "text-missing",
    }
    assert {f"cli.problems.{code}" for code in wanted} <= set(entries)
