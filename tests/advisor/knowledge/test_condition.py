"""Conditions: what they accept, how they are judged, and how they are written out again."""

import pytest

from advisor.knowledge.condition import (
    MAX_DEPTH,
    ConditionError,
    In,
    Includes,
    Is,
    Only,
    evaluate,
    parse_condition,
    traits,
)
from advisor.knowledge.forms import as_data, canonical


def answered(**answers: str) -> dict[str, frozenset[str]]:
    return {trait: frozenset(options.split()) for trait, options in answers.items()}


@pytest.mark.parametrize(
    ("raw", "tree"),
    [
        ({"a": "x"}, Is("a", "x")),
        ({"a": ["x", "y"]}, In("a", ("x", "y"))),
        ({"a": {"includes": "x"}}, Includes("a", "x")),
        ({"a": {"only": ["x"]}}, Only("a", ("x",))),
    ],
)
def test_each_form_parses_to_its_test(raw: object, tree: object) -> None:
    assert parse_condition(raw) == tree


@pytest.mark.parametrize(
    ("raw", "answers", "truth"),
    [
        ({"a": "x"}, {"a": "x"}, True),
        ({"a": "x"}, {"a": "y"}, False),
        ({"a": "x"}, {}, None),
        ({"a": ["x", "y"]}, {"a": "y"}, True),
        ({"a": {"includes_any": ["x", "y"]}}, {"a": "z y"}, True),
        ({"a": {"includes_all": ["x", "y"]}}, {"a": "y"}, False),
        ({"a": {"includes_all": ["x", "y"]}}, {"a": "x y z"}, True),
        ({"a": {"only": ["x", "y"]}}, {"a": "x"}, True),
        ({"a": {"only": ["x", "y"]}}, {"a": "x z"}, False),
        ({"a": "x", "b": "y"}, {"a": "x"}, None),
        ({"a": "x", "b": "y"}, {"a": "z"}, False),
        ({"any": [{"a": "x"}, {"b": "y"}]}, {"a": "x"}, True),
        ({"any": [{"a": "x"}, {"b": "y"}]}, {"a": "z"}, None),
        ({"not": {"a": "x"}}, {"a": "z"}, True),
        ({"not": {"a": "x"}}, {}, None),
        ({"all": [{"a": "x"}, {"not": {"b": "y"}}]}, {"a": "x", "b": "z"}, True),
    ],
)
def test_truth_has_three_values(raw: object, answers: dict[str, str], truth: bool | None) -> None:
    assert evaluate(parse_condition(raw), answered(**answers)) is truth


@pytest.mark.parametrize("raw", [{"a": "x"}, {"a": ["x"]}, {"a": {"only": ["x"]}}, {"a": {"includes": "x"}}])
def test_a_trait_that_does_not_apply_fails_every_test(raw: object) -> None:
    assert evaluate(parse_condition(raw), {"a": frozenset()}) is False


@pytest.mark.parametrize(
    ("raw", "code", "path"),
    [
        ("a == x", "condition-shape", ()),
        ({}, "condition-empty", ()),
        ({"a": {"contains": "x"}}, "condition-word", ("a", "contains")),
        ({"a": {"includes": ["x"]}}, "condition-includes", ("a", "includes")),
        ({"a": {"only": "x"}}, "condition-options", ("a", "only")),
        ({"a": []}, "condition-options", ("a",)),
        ({"a": None}, "condition-test", ("a",)),
        ({"any": {"a": "x"}}, "condition-list", ("any",)),
        ({"all": [{"a": "x"}, "b"]}, "condition-shape", ("all", 1)),
    ],
)
def test_a_wrong_form_is_named_with_its_place(raw: object, code: str, path: tuple[object, ...]) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition(raw)
    assert (caught.value.code, caught.value.path) == (code, path)


def test_depth_is_limited() -> None:
    raw: object = {"a": "x"}
    for _ in range(MAX_DEPTH + 1):
        raw = {"not": raw}
    with pytest.raises(ConditionError, match="condition-deep"):
        parse_condition(raw)


def test_traits_are_listed_once_in_order() -> None:
    raw = {"all": [{"b": "x"}, {"any": [{"a": "x"}, {"b": "y"}]}]}
    assert traits(parse_condition(raw)) == ("b", "a")


@pytest.mark.parametrize(
    "raw",
    [
        {"a": "x"},
        {"a": ["x", "y"]},
        {"a": {"includes": "x"}},
        {"a": {"includes_any": ["x", "y"]}},
        {"a": {"includes_all": ["x", "y"]}},
        {"a": {"only": ["x"]}},
        {"all": [{"a": "x"}, {"not": {"any": [{"b": "y"}, {"c": "z"}]}}]},
    ],
)
def test_a_condition_written_out_parses_to_itself(raw: object) -> None:
    tree = parse_condition(raw)
    assert parse_condition(as_data(tree)) == tree


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": "x", "b": "y"}, {"all": [{"b": "y"}, {"a": "x"}]}),
        ({"a": "x"}, {"a": ["x"]}),
        ({"a": ["x", "y"]}, {"a": ["y", "x"]}),
        ({"a": {"includes": "x"}}, {"a": {"includes_any": ["x"]}}),
        ({"not": {"not": {"a": "x"}}}, {"a": "x"}),
        ({"any": [{"a": "x"}, {"any": [{"b": "y"}]}]}, {"any": [{"b": "y"}, {"a": "x"}]}),
    ],
)
def test_conditions_that_say_the_same_have_one_canonical_form(one: object, other: object) -> None:
    assert canonical(parse_condition(one)) == canonical(parse_condition(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": "x"}, {"a": "y"}),
        ({"a": {"only": ["x"]}}, {"a": {"includes": "x"}}),
        ({"any": [{"a": "x"}, {"b": "y"}]}, {"all": [{"a": "x"}, {"b": "y"}]}),
        ({"a": {"includes_any": ["x", "y"]}}, {"a": {"includes_all": ["x", "y"]}}),
    ],
)
def test_conditions_that_differ_have_different_canonical_forms(one: object, other: object) -> None:
    assert canonical(parse_condition(one)) != canonical(parse_condition(other))
