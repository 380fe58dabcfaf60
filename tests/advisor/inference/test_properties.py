"""What the engine promises for every knowledge base and all answers."""

from fractions import Fraction
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_worlds import (
    SIDES,
    STRENGTHS,
    TODAY,
    answered,
    answers_to,
    completions,
    plain_fired,
    plain_margin,
    plain_verdict,
    random_rule,
    swapped,
    with_answers,
    worlds,
)

import advisor.inference.range as range_module
from advisor.inference import Answers, advise, explain, margin_range, next_questions, parse_answers, stability
from advisor.inference.case import make_case
from advisor.knowledge.base import KnowledgeBase

OPPOSITE = {"pytorch": "tensorflow", "tensorflow": "pytorch", "too-close": "too-close", "neither": "neither"}
thorough = settings(max_examples=100, deadline=None)


@st.composite
def situations(draw: st.DrawFn, most_completions: int | None = None) -> tuple[KnowledgeBase, Answers]:
    kb = draw(worlds())
    return kb, draw(answers_to(kb, most_completions))


@thorough
@given(situations())
def test_the_margin_is_the_one_of_the_definition(situation: tuple[KnowledgeBase, Answers]) -> None:
    kb, answers = situation
    verdict = advise(kb, answers, TODAY).verdict
    assert Fraction(verdict.margin_decibans) == plain_margin(kb, answered(answers), dict(answers.importance))
    assert verdict.framework == plain_verdict(kb, answered(answers), dict(answers.importance))


@thorough
@given(situations())
def test_exactly_the_rules_whose_condition_holds_fire(situation: tuple[KnowledgeBase, Answers]) -> None:
    kb, answers = situation
    case = make_case(kb, answers, "guide")
    in_guide = {rule.id for rule in kb.rules if rule.entry_at("guide")}
    fired = {kb.rules[n].id for n, true in enumerate(case.fired) if true}
    assert fired == {rule.id for rule in plain_fired(kb, answered(answers))} & in_guide


@thorough
@given(situations())
def test_swapping_the_frameworks_only_changes_the_sign(situation: tuple[KnowledgeBase, Answers]) -> None:
    kb, answers = situation
    one, other = advise(kb, answers, TODAY), advise(swapped(kb), answers, TODAY)
    assert other.verdict.margin_decibans == -one.verdict.margin_decibans
    assert other.verdict.framework == OPPOSITE[one.verdict.framework]
    assert (other.verdict.decided, other.verdict.word) == (one.verdict.decided, one.verdict.word)
    there, back = margin_range(kb, answers, TODAY), margin_range(swapped(kb), answers, TODAY)
    assert (there.low, there.high) == (-back.high, -back.low)
    assert stability(kb, answers, TODAY) == stability(swapped(kb), answers, TODAY)
    worth = [(q.trait, q.worth) for q in next_questions(kb, answers, TODAY)]
    assert worth == [(q.trait, q.worth) for q in next_questions(swapped(kb), answers, TODAY)]


@thorough
@given(worlds())
def test_without_answers_no_rule_fires_and_the_odds_are_even(kb: KnowledgeBase) -> None:
    advice = advise(kb, Answers(), TODAY)
    assert advice.reasons == ()
    assert (advice.verdict.margin_decibans, advice.verdict.probability_pytorch) == (0, 0.5)
    assert advice.verdict.framework == "too-close"


@thorough
@given(situations(), st.randoms(use_true_random=False))
def test_the_order_of_rules_and_answers_is_irrelevant(
    situation: tuple[KnowledgeBase, Answers], random: Random
) -> None:
    kb, answers = situation
    rules, raw = list(kb.rules), list(answers.raw().items())
    random.shuffle(rules)
    random.shuffle(raw)
    other = KnowledgeBase(scale=kb.scale, groups=kb.groups, traits=kb.traits, rules=tuple(rules))
    again = explain(other, parse_answers(other, dict(raw)), TODAY)
    assert again.model_dump() == explain(kb, answers, TODAY).model_dump()


@thorough
@given(st.data())
def test_a_rule_for_one_side_never_helps_the_other(data: st.DataObject) -> None:
    kb = data.draw(worlds())
    answers = data.draw(answers_to(kb))
    random = Random(data.draw(st.integers(0, 2**32)))
    extra = random_rule(random, list(kb.traits.values()), "extra", knock_outs=False)
    more = KnowledgeBase(scale=kb.scale, groups=kb.groups, traits=kb.traits, rules=(*kb.rules, extra))
    entry = extra.entry_at(TODAY)
    assert entry is not None
    gain = (
        advise(more, answers, TODAY).verdict.margin_decibans
        - advise(kb, answers, TODAY).verdict.margin_decibans
    )
    assert {"pytorch": gain >= 0, "tensorflow": gain <= 0, "neither": gain == 0}[entry.favours]


@thorough
@given(situations(), st.data())
def test_a_stronger_reason_never_lowers_its_side(
    situation: tuple[KnowledgeBase, Answers], data: st.DataObject
) -> None:
    kb, answers = situation
    scoring = [n for n, rule in enumerate(kb.rules) if (e := rule.entry_at(TODAY)) and e.favours in SIDES]
    if not scoring:
        return
    number = data.draw(st.sampled_from(scoring))
    rule = kb.rules[number]
    entry = rule.entry_at(TODAY)
    assert entry is not None
    sizes = list(STRENGTHS)
    stronger = data.draw(st.sampled_from(sizes[sizes.index(str(entry.strength)) :]))
    history = tuple(e.model_copy(update={"strength": stronger}) if e is entry else e for e in rule.history)
    rules = (*kb.rules[:number], rule.model_copy(update={"history": history}), *kb.rules[number + 1 :])
    more = KnowledgeBase(scale=kb.scale, groups=kb.groups, traits=kb.traits, rules=rules)
    gain = (
        advise(more, answers, TODAY).verdict.margin_decibans
        - advise(kb, answers, TODAY).verdict.margin_decibans
    )
    assert gain >= 0 if entry.favours == "pytorch" else gain <= 0


@thorough
@given(situations(), st.randoms(use_true_random=False))
def test_contributions_sum_to_the_margin_in_any_order(
    situation: tuple[KnowledgeBase, Answers], random: Random
) -> None:
    kb, answers = situation
    advice = advise(kb, answers, TODAY)
    parts = [reason.decibans for reason in advice.reasons]
    for _ in range(3):
        assert sum(parts) == advice.verdict.margin_decibans
        random.shuffle(parts)
    assert sum(map(Fraction, parts)) == Fraction(advice.verdict.margin_decibans)
    before = [Fraction(reason.before_overlap) for reason in advice.reasons]
    assert sum(before) == Fraction(advice.verdict.margin_before_overlap)


@thorough
@given(situations())
def test_before_overlap_each_reason_stands_for_itself(situation: tuple[KnowledgeBase, Answers]) -> None:
    kb, answers = situation
    for reason in advise(kb, answers, TODAY).reasons:
        level = dict(answers.importance).get(reason.theme, "normal")
        assert reason.before_overlap == reason.weight * {"less": 0.5, "normal": 1, "more": 2}[level]
        assert abs(reason.decibans) <= abs(reason.before_overlap)
        if reason.rank == 1:
            assert reason.decibans == reason.before_overlap


@pytest.mark.parametrize(
    "limits",
    [{}, {"JOINT_ROWS": 0}, {"JOINT_ROWS": 0, "TABLE_ROWS": 6}, {"JOINT_ROWS": 0, "BUCKET_ROWS": 6}],
    ids=["enumerated", "by theme", "small tables", "small buckets"],
)
@settings(max_examples=60, deadline=None)
@given(situation=situations(most_completions=100))
def test_the_range_contains_every_completion(
    situation: tuple[KnowledgeBase, Answers], limits: dict[str, int]
) -> None:
    kb, answers = situation
    importance = dict(answers.importance)
    with (
        patch.multiple(range_module, **limits)
        if limits
        else patch.object(range_module, "ORDER", range_module.ORDER)
    ):
        found = margin_range(kb, answers, TODAY)
    margins, verdicts = set(), set()
    for completion in completions(kb, answers):
        margins.add(plain_margin(kb, completion, importance))
        verdicts.add(plain_verdict(kb, completion, importance))
    assert found.low <= min(margins)
    assert found.high >= max(margins)
    assert verdicts <= set(found.verdicts)
    if found.exact:
        assert (found.low, found.high) == (min(margins), max(margins))
    if found.decided:
        assert len(verdicts) == 1
    if not limits:
        assert found.exact
        assert verdicts == set(found.verdicts)
        assert found.decided == (len(verdicts) == 1) == advise(kb, answers, TODAY).verdict.decided


@settings(max_examples=60, deadline=None)
@given(situations(most_completions=60))
def test_a_decided_verdict_survives_every_completion(situation: tuple[KnowledgeBase, Answers]) -> None:
    kb, answers = situation
    verdict = advise(kb, answers, TODAY).verdict
    if verdict.decided:
        given_before = answered(answers)
        for completion in completions(kb, answers):
            new = {name: options for name, options in completion.items() if name not in given_before}
            assert advise(kb, with_answers(kb, answers, new), TODAY).verdict.framework == verdict.framework
