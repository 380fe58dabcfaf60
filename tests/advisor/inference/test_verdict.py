"""Verdict, next question, replay and stability."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_worlds import TODAY, answers_to, plain_verdict, possible, rule, trait, with_answers, world, worlds

from advisor.inference import (
    Answers,
    advise,
    built_in,
    decode,
    explain,
    flips,
    margin_range,
    next_questions,
    parse_answers,
    replay,
    stability,
)
from advisor.inference.scoring import probability

TRAITS = [
    trait("goal", "one", ["a", "b"]),
    trait("size", "one", ["s", "l"]),
    trait("idle", "one", ["m", "n"]),
]


def entry(favours: str, strength: str, as_of: object = "guide") -> dict[str, object]:
    return {"as_of": as_of, "favours": favours, "strength": strength}


def test_ten_decibans_are_odds_of_ten_to_one() -> None:
    assert probability(10) == pytest.approx(10 / 11)
    assert probability(-10) == pytest.approx(1 / 11)
    assert probability(1e9) == 1
    assert 0 <= probability(-1e9) < 1e-200


def test_the_threshold_itself_is_enough_for_a_verdict() -> None:
    kb = world(TRAITS, [rule("some", {"goal": "a"})], threshold=5)
    assert advise(kb, parse_answers(kb, {"goal": "a"}), TODAY).verdict.framework == "pytorch"


def test_too_close_names_the_question_that_would_settle_it() -> None:
    kb = world(
        TRAITS, [rule("by-size", {"size": "l"}), rule("hint", {"idle": "m"}, [entry("pytorch", "slight")])]
    )
    verdict = advise(kb, Answers(), TODAY).verdict
    assert (verdict.settled_by, verdict.settled_by_share) == ("size", 0.5)


def test_a_question_settles_for_sure_if_each_of_its_answers_names_a_framework() -> None:
    kb = world(
        TRAITS, [rule("large", {"size": "l"}), rule("small", {"size": "s"}, [entry("tensorflow", "strong")])]
    )
    verdict = advise(kb, Answers(), TODAY).verdict
    assert (verdict.settled_by, verdict.settled_by_share) == ("size", 1)


def test_too_close_says_when_no_question_would_settle_it() -> None:
    kb = world(TRAITS, [rule("hint", {"idle": "m"}, [entry("pytorch", "slight")])])
    verdict = advise(kb, Answers(), TODAY).verdict
    assert (verdict.framework, verdict.settled_by, verdict.decided) == ("too-close", None, True)


def test_a_question_that_no_rule_reads_is_worth_nothing_and_comes_last() -> None:
    kb = world(
        TRAITS, [rule("by-size", {"size": "l"}), rule("by-goal", {"goal": "a"}, [entry("pytorch", "slight")])]
    )
    found = next_questions(kb, Answers(), TODAY)
    assert [question.trait for question in found] == ["size", "goal", "idle"]
    assert [question.can_flip for question in found] == [True, False, False]
    assert found[-1].worth == 0
    assert next_questions(kb, Answers(), TODAY, 1) == found[:1]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_question_can_flip_exactly_if_one_of_its_answers_does(data: st.DataObject) -> None:
    kb = data.draw(worlds())
    answers = data.draw(answers_to(kb))
    now = advise(kb, answers, TODAY).verdict.framework
    given_now = {name: frozenset(options) for name, options in answers.sets()}
    for question in next_questions(kb, answers, TODAY):
        others = set()
        for options in possible(kb.traits[question.trait]):
            if len(options) == 1:
                try:
                    with_answers(kb, answers, {question.trait: options})
                except ValueError:  # contradicts an earlier answer
                    continue
                changed = given_now | {question.trait: options}
                others.add(plain_verdict(kb, changed, dict(answers.importance)))
        assert question.can_flip == bool(others - {now})
        assert question.worth >= 0


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_nothing_is_worth_asking_once_the_verdict_is_proven(data: st.DataObject) -> None:
    kb = data.draw(worlds())
    answers = data.draw(answers_to(kb))
    if margin_range(kb, answers, TODAY).decided:
        assert not any(question.can_flip for question in next_questions(kb, answers, TODAY))


def test_replay_names_the_rules_that_made_the_difference() -> None:
    turned = [entry("tensorflow", "strong"), entry("pytorch", "strong", date(2026, 3, 1))]
    kb = world(
        TRAITS,
        [
            rule("turned", {"goal": "a"}, turned),
            rule("fresh", {"goal": "a"}, [entry("pytorch", "slight", date(2026, 5, 1))]),
            rule("same", {"goal": "a"}),
        ],
    )
    found = replay(kb, parse_answers(kb, {"goal": "a"}), "guide", TODAY)
    assert (found.then.verdict.framework, found.now.verdict.framework) == ("tensorflow", "pytorch")
    assert [(old and old.favours, new and new.rule) for old, new in found.differences] == [
        ("tensorflow", "turned"),
        (None, "fresh"),
    ]


def test_replay_of_a_day_with_itself_finds_no_difference() -> None:
    kb = built_in()
    answers = parse_answers(kb, {"purpose": "research"})
    assert replay(kb, answers, TODAY, TODAY).differences == ()


def test_stability_is_repeatable_and_falls_with_the_margin() -> None:
    rules = [rule("for-it", {"goal": "a"}, [entry("pytorch", "moderate")])]
    near = world(TRAITS, rules, threshold=4.5)
    far = world(TRAITS, rules, threshold=2)
    answers = parse_answers(near, {"goal": "a"})
    assert stability(near, answers, TODAY) == stability(near, answers, TODAY)
    assert 0.5 < stability(near, answers, TODAY) < stability(far, answers, TODAY) <= 1


def test_the_explanation_holds_what_its_parts_say() -> None:
    kb = built_in()
    answers = parse_answers(kb, {"purpose": "research", "targets": ["android"]})
    found = explain(kb, answers, TODAY)
    assert found.advice == advise(kb, answers, TODAY)
    assert found.range == margin_range(kb, answers, TODAY)
    assert found.next_questions == next_questions(kb, answers, TODAY)
    assert found.stability == stability(kb, answers, TODAY)
    assert found.flips_found == len(flips(kb, answers, TODAY))
    assert type(found).model_validate_json(found.model_dump_json()) == found


@pytest.mark.parametrize(("level", "decibans"), [("less", 2.5), ("normal", 5), ("more", 10)])
def test_importance_scales_what_a_reason_contributes_not_its_weight(level: str, decibans: float) -> None:
    kb = world(TRAITS, [rule("some", {"goal": "a"}, [entry("tensorflow", "moderate")])])
    answers = parse_answers(kb, {"goal": "a", "importance": {"alpha": level}})
    [reason] = advise(kb, answers, TODAY).reasons
    assert (reason.weight, reason.decibans) == (-5, -decibans)


def test_within_a_theme_each_further_reason_counts_half_of_the_one_before() -> None:
    sizes = ["slight", "decisive", "moderate", "strong"]
    kb = world(TRAITS, [rule(size, {"goal": "a"}, [entry("pytorch", size)]) for size in sizes])
    reasons = advise(kb, parse_answers(kb, {"goal": "a"}), TODAY).reasons
    assert [(r.rule, r.rank, r.weight, r.decibans) for r in reasons] == [
        ("decisive", 1, 20, 20),
        ("strong", 2, 10, 5),
        ("moderate", 3, 5, 1.25),
        ("slight", 4, 2, 0.25),
    ]


def test_replay_names_a_knock_out_that_came_later() -> None:
    out = [{"as_of": date(2026, 3, 1), "favours": "neither"}]
    silent = [{"as_of": date(2026, 3, 1), "favours": "neither"}]
    kb = world(
        TRAITS,
        [
            rule("out", {"goal": "a"}, out, knock_out=True, instead={"en": "x", "ja": "x"}),
            rule("silent", {"goal": "a"}, silent),
        ],
    )
    found = replay(kb, parse_answers(kb, {"goal": "a"}), "guide", TODAY)
    assert [(old, new and new.rule) for old, new in found.differences] == [(None, "out")]


def test_an_old_link_shows_then_and_now_and_the_rules_between() -> None:
    kb = built_in()
    made = {"v": "1", "a": "targets.android+ios", "d": "2022-06-01"}
    answers, then, problems = decode(kb, made, TODAY)
    assert (then, problems) == (date(2022, 6, 1), ())
    found = replay(kb, answers, then, TODAY)
    assert (found.then, found.now) == (advise(kb, answers, then), advise(kb, answers, TODAY))
    assert found.then.verdict.framework == "tensorflow" != found.now.verdict.framework
    assert {"mobile-app-runtime"} <= {reason.rule for pair in found.differences for reason in pair if reason}
