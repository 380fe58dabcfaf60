"""Links: the same answers back, and nothing but answers from whatever else arrives."""

from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_worlds import TODAY, answers_to, rule, trait, world, worlds

from advisor.inference import Answers, decode, encode, parse_answers

KB = world(
    [
        trait("purpose", "one", ["learning", "research"]),
        trait("targets", "many", ["server", "android", "none"]),
        trait("chip", "many", ["coral", "other"], ask_when={"targets": {"includes": "android"}}),
    ],
    [rule("some-rule", {"purpose": "research"})],
)


def test_a_link_is_readable_and_sorted() -> None:
    answers = parse_answers(
        KB, {"targets": ["android", "server"], "purpose": "research", "importance": {"beta": "more"}}
    )
    assert encode(answers, TODAY) == {
        "v": "1",
        "a": "purpose.research~targets.server+android",
        "i": "beta.more",
        "d": "2026-11-24",
    }


@given(st.data(), st.dates() | st.just("guide"))
def test_a_link_leads_back_to_the_same_answers(data: st.DataObject, as_of: object) -> None:
    kb = data.draw(worlds())
    answers = data.draw(answers_to(kb))
    assert decode(kb, encode(answers, as_of)) == (answers, as_of, ())


@pytest.mark.parametrize("quoted", [True, False])
def test_a_plus_survives_the_browser_quoted_or_not(quoted: bool) -> None:
    answers = parse_answers(KB, {"targets": ["server", "android"]})
    params = encode(answers, TODAY)
    query = urlencode(params) if quoted else "&".join(f"{key}={value}" for key, value in params.items())
    assert decode(KB, dict(parse_qs(query)))[0] == answers


def test_what_no_longer_exists_is_dropped_and_reported() -> None:
    params = {"v": "1", "a": "purpose.research~targets.server+palm~floppy.yes", "d": "2026-03-01"}
    answers, as_of, problems = decode(KB, params)
    assert answers.as_dict() == {"purpose": "research", "targets": ["server"]}
    assert as_of == date(2026, 3, 1)
    assert {problem.code for problem in problems} == {"unknown_option", "unknown_trait"}


def test_an_answer_to_a_question_that_does_not_apply_is_dropped() -> None:
    answers, _, problems = decode(KB, {"a": "targets.server~chip.coral"})
    assert answers.as_dict() == {"targets": ["server"]}
    assert [problem.code for problem in problems] == ["does_not_apply"]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"v": "9", "a": "purpose.research"}, "link_version"),
        ({"a": "x" * 5000}, "link_too_long"),
        ({"a": "purpose"}, "link_part"),
        ({"a": 3}, "link_part"),
        ({"d": "2026-02-31"}, "link_date"),
        ({"d": "yesterday"}, "link_date"),
        ({"a": "importance.more"}, "link_part"),
    ],
)
def test_garbage_is_named_and_the_rest_is_empty(params: dict[str, object], code: str) -> None:
    answers, as_of, problems = decode(KB, params, today=TODAY)
    assert (answers, as_of) == (Answers(), TODAY)
    assert [problem.code for problem in problems] == [code]


hostile = st.text(max_size=60) | st.sampled_from(
    [
        "purpose.research",
        "~~~",
        "..",
        "a.b.c",
        "targets.+",
        "targets.none+server",
        "\x00",
        "１.２",
        "purpose.unknown",
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first text drawn builds a table of characters
@given(st.dictionaries(st.sampled_from(["v", "a", "i", "d", "x"]), hostile | st.lists(hostile) | st.none()))
def test_nothing_that_arrives_as_a_link_raises(params: dict[str, object]) -> None:
    answers, as_of, problems = decode(KB, params, today=TODAY)
    assert parse_answers(KB, answers.raw()) == answers
    assert as_of == "guide" or isinstance(as_of, date)
    assert all(problem.message["en"] and problem.message["ja"] for problem in problems)
