"""Reading YAML: everything is text, positions are exact, and hostile files are refused."""

from pathlib import Path

import pytest

from advisor.knowledge.problems import KnowledgeError
from advisor.knowledge.yaml_file import MAX_BYTES, MAX_DEPTH, Document, parse_yaml, read_yaml


def parse(text: str) -> Document:
    return parse_yaml(text.encode(), "file.yaml")


def fault(text: str) -> tuple[str, int, int]:
    with pytest.raises(KnowledgeError) as caught:
        parse(text)
    [problem] = caught.value.problems
    return problem.code, problem.place.line, problem.place.column


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "true", "1.10", "2026-08-22", "0x10", "1e3"])
def test_a_plain_value_stays_the_text_it_is(word: str) -> None:
    assert parse(f"a: {word}").data == {"a": word}


@pytest.mark.parametrize("word", ["", "~", "null"])
def test_nothing_is_nothing(word: str) -> None:
    assert parse(f"a: {word}").data == {"a": None}


def test_a_quoted_null_is_a_word() -> None:
    assert parse('a: "null"').data == {"a": "null"}


def test_a_byte_order_mark_is_ignored() -> None:
    assert parse_yaml("a: x".encode("utf-8-sig"), "file.yaml").data == {"a": "x"}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: x\na: y\n", "duplicate-key", 2, 1),
        ("a: {b: x, b: y}\n", "duplicate-key", 1, 11),
        ("a: !!python/object:os.system x\n", "yaml-tag", 1, 4),
        ("a: &x [1]\nb: *x\n", "yaml-alias", 1, 4),
        ("? [a, b]\n: c\n", "yaml-key", 1, 3),
        ("a: b: c\n", "yaml-colon", 1, 5),
        ("a:\n\tb: c\n", "yaml-tab", 2, 1),
        ("a: 'open\n", "yaml-quote", 2, 1),
        ("a: [x, y\nb: z\n", "yaml-bracket", 2, 2),
        ("a: x\n--- \nb: y\n", "yaml-documents", 2, 1),
        ("a: @x\n", "yaml-token", 1, 4),
    ],
)
def test_a_fault_is_named_with_its_place(text: str, code: str, line: int, column: int) -> None:
    assert fault(text) == (code, line, column)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("t: {en: House，ja: 社内}\n", 1, 14),
        ("t: {en: x, ja： 社内}\n", 1, 12),
        ("t:\n  en: x\n  ja：社内\nu: x\n", 3, 5),
        ("t:\n　u: x\n", 2, 1),
    ],
)
def test_a_full_width_sign_in_place_of_yamls_own_is_named(text: str, line: int, column: int) -> None:
    with pytest.raises(KnowledgeError) as caught:
        parse_yaml(text.encode(), "file.yaml")
    problem = caught.value.problems[0]
    assert (problem.code, problem.place.line, problem.place.column) == ("yaml-full-width", line, column)
    assert str(problem.values["wanted"]) in problem.says("en")


def test_full_width_signs_in_a_text_are_no_fault() -> None:
    assert parse("t: 注意：一，二［三］\n").data == {"t": "注意：一，二［三］"}


def test_a_character_outside_utf8_is_placed_on_its_line() -> None:
    with pytest.raises(KnowledgeError) as caught:
        parse_yaml(b"a: x\nb: \xff\n", "file.yaml")
    assert (caught.value.problems[0].code, caught.value.problems[0].place.line) == ("not-utf8", 2)


def test_a_control_character_is_refused() -> None:
    assert fault("a: \x00\n")[0] == "yaml-character"


@pytest.mark.parametrize("opener", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused(opener: str) -> None:
    assert fault(opener * 20_000)[0] == "yaml-deep"


def test_nesting_up_to_the_limit_is_read() -> None:
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert parse(text).data is not None


def test_brackets_in_text_are_no_nesting() -> None:
    assert parse('a: "' + "[" * 100 + '"').data == {"a": "[" * 100}


def test_an_alias_bomb_is_refused() -> None:
    levels = "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20))
    assert fault(f"a: &a [x, x]\n{levels}")[0] == "yaml-alias"


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(KnowledgeError) as caught:
        read_yaml(path)
    assert caught.value.problems[0].code == "file-large"


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read_yaml(tmp_path / "none.yaml")
    assert caught.value.problems[0].code == "file-missing"


def test_a_location_leads_to_its_line_and_column() -> None:
    document = parse("a:\n  - b: x\n  - b: y\n")
    place = document.place(("a", 1, "b"))
    assert (place.line, place.column) == (3, 8)


def test_a_location_that_is_not_there_leads_to_the_closest_one() -> None:
    document = parse("a:\n  b: x\n")
    place = document.place(("a", "c", "d"))
    assert (place.line, place.column) == (2, 3)
