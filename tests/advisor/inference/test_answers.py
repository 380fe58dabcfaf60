"""Reading answers: what is taken, what is refused, and what is said about it."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_worlds import answers_to, rule, trait, world, worlds

from advisor.inference import AnswerError, Answers, is_applicable, parse_answers, read_answers


@pytest.fixture(scope="module")
def kb():
    return world(
        [
            trait("purpose", "one", ["learning", "research", "product"]),
            trait("targets", "many", ["server", "android", "edge", "none"]),
            trait("chip", "many", ["coral", "other"], ask_when={"targets": {"includes": "edge"}}),
            trait("needed", "one", ["yes", "no"]),
        ],
        [rule("some-rule", {"purpose": "research"})],
    )


def the_problem(kb, raw):
    with pytest.raises(AnswerError) as caught:
        parse_answers(kb, raw)
    [problem] = caught.value.problems
    assert set(problem.message) >= {"en", "ja"}
    assert all(problem.message.values())
    return problem


def test_answers_are_kept_in_one_order(kb) -> None:
    raw = {"purpose": "research", "targets": ["server", "android"], "needed": "unknown"}
    read = {parse_answers(kb, dict(order)) for order in permutations(raw.items())}
    assert len(read) == 1
    answers = read.pop()
    assert answers.get("targets") == ("server", "android")
    assert answers.get("needed") is None
    assert answers.unknown == {"needed"}
    assert answers.as_dict() == {"needed": "unknown", "purpose": "research", "targets": ["server", "android"]}


def test_options_are_kept_in_the_order_of_the_questionnaire(kb) -> None:
    assert parse_answers(kb, {"targets": ["android", "server"]}) == parse_answers(
        kb, {"targets": {"server", "android"}}
    )


@pytest.mark.parametrize("empty", [None, [], ()])
def test_an_empty_answer_is_none(kb, empty: object) -> None:
    assert parse_answers(kb, {"targets": empty}) == Answers()


def test_an_unquoted_yes_of_yaml_is_understood(kb) -> None:
    assert parse_answers(kb, {"needed": True}).get("needed") == "yes"


@pytest.mark.parametrize(
    ("raw", "place", "code", "nearest"),
    [
        ({"purpos": "research"}, "purpos", "unknown_trait", "purpose"),
        ({"purpose": "reserch"}, "purpose", "unknown_option", "research"),
        ({"targets": ["servr"]}, "targets", "unknown_option", "server"),
        ({"purpose": ["research", "product"]}, "purpose", "list_for_one", "research"),
        ({"purpose": 3}, "purpose", "wrong_type", "learning"),
        ({"purpose": {"a": 1}}, "purpose", "wrong_type", "learning"),
        ({"targets": [{"server": 1}]}, "targets", "unknown_option", None),
        ({"targets": ["none", "server"]}, "targets", "none_with_others", "none"),
        ({"targets": ["server"], "chip": ["coral"]}, "chip", "does_not_apply", None),
        ({"importance": "more"}, "importance", "importance_shape", None),
        ({"importance": {"alfa": "more"}}, "importance.alfa", "unknown_theme", "alpha"),
        ({"importance": {"alpha": "mor"}}, "importance.alpha", "unknown_level", "more"),
    ],
)
def test_a_fault_is_named_with_its_place_and_the_nearest_value(
    kb, raw: dict[str, object], place: str, code: str, nearest: str | None
) -> None:
    problem = the_problem(kb, raw)
    assert (problem.place, problem.code) == (place, code)
    if nearest is not None:
        assert problem.nearest == nearest
        assert nearest in problem.message["en"]
        assert nearest in problem.message["ja"]


def test_every_fault_is_named_at_once(kb) -> None:
    with pytest.raises(AnswerError) as caught:
        parse_answers(kb, {"purpos": "x", "purpose": "y", "targets": ["z"]})
    assert len(caught.value.problems) == 3
    assert str(caught.value).count("\n") == 2


@pytest.mark.parametrize(
    "raw",
    [
        {f"t{n}": "a" for n in range(1000)},
        {"targets": ["server"] * 1000},
        {"purpose": "x" * 10**6},
        {"x" * 10**6: 1},
    ],
)
def test_absurdly_long_input_is_refused_in_few_words(kb, raw: dict[str, object]) -> None:
    assert len(the_problem(kb, raw).message["en"]) < 300


def test_a_problem_shows_no_control_characters(kb) -> None:
    assert "\x1b" not in the_problem(kb, {"purpose": "\x1b[2Jresearch"}).message["en"]


def test_what_can_be_read_is_kept_beside_the_faults(kb) -> None:
    answers, problems = read_answers(kb, {"purpose": "research", "targets": ["server", "moon"]})
    assert answers.as_dict() == {"purpose": "research", "targets": ["server"]}
    assert [problem.code for problem in problems] == ["unknown_option"]


def test_a_conditional_question_applies_with_its_condition(kb) -> None:
    assert not is_applicable(kb, Answers(), "chip")
    assert is_applicable(kb, parse_answers(kb, {"targets": ["edge"]}), "chip")
    assert not is_applicable(kb, parse_answers(kb, {"targets": ["server"]}), "chip")


@given(st.data())
def test_plain_data_reads_back_as_the_same_answers(data: st.DataObject) -> None:
    kb = data.draw(worlds())
    answers = data.draw(answers_to(kb))
    assert parse_answers(kb, answers.raw()) == answers
    assert hash(parse_answers(kb, answers.raw())) == hash(answers)
