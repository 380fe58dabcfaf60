"""Why not, the other side, and the reasons themselves."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_worlds import SIDES, TODAY, WORDS, answers_to, possible, rule, trait, with_answers, world, worlds

from advisor.inference import advise, other_side, parse_answers, why_not
from advisor.inference.case import make_case

TRAITS = [
    trait("goal", "one", ["a", "b", "c"]),
    trait("places", "many", ["x", "y", "none"]),
    trait("detail", "one", ["p", "q"], ask_when={"places": {"includes": "x"}}),
]


def missed(rules, raw):
    kb = world(TRAITS, rules)
    return {miss.rule: miss for miss in why_not(kb, parse_answers(kb, raw), TODAY)}


def test_a_near_miss_says_what_it_lacks_and_what_would_do() -> None:
    found = missed(
        [rule("near", {"goal": ["a", "b"], "places": {"includes": "x"}})], {"goal": "c", "places": ["y"]}
    )
    assert found["near"].lacks == ("goal", "places")
    assert found["near"].wants == {"goal": ["a", "b"], "places": ["x"]}
    assert not found["near"].undecided


def test_a_rule_that_waits_for_an_answer_is_undecided() -> None:
    found = missed([rule("waits", {"goal": "a"})], {})
    assert found["waits"].undecided


def test_the_exception_of_a_rule_is_what_it_lacks() -> None:
    found = missed(
        [rule("barred", {"goal": "a"}, unless={"places": {"includes": "y"}})], {"goal": "a", "places": ["y"]}
    )
    assert found["barred"].wants == {"places": ["x", "none"]}


def test_a_question_that_does_not_apply_is_lacking_with_its_condition() -> None:
    found = missed([rule("deep", {"detail": "p"})], {"places": ["y"]})
    assert found["deep"].wants == {"places": ["x"], "detail": ["p"]}


def test_the_closest_comes_first_then_the_heaviest() -> None:
    strong = [{"as_of": "guide", "favours": "tensorflow", "strength": "strong"}]
    far = rule("far", {"goal": "a", "places": {"includes": "x"}}, strong)
    order = missed([far, rule("light", {"goal": "a"}), rule("heavy", {"goal": "b"}, strong)], {"goal": "c"})
    assert list(order) == ["heavy", "light", "far"]
    assert order["heavy"].weight == -10


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_answering_one_lacking_question_as_wanted_makes_the_rule_fire(data: st.DataObject) -> None:
    kb = data.draw(worlds())
    answers = data.draw(answers_to(kb))
    for miss in why_not(kb, answers, TODAY, limit=100):
        item = kb.traits[miss.lacks[0]]
        if len(miss.lacks) > 1 or item.kind == "many":
            continue
        for option in miss.wants[item.id]:
            [chosen] = [options for options in possible(item) if options == {option}]
            try:
                changed = make_case(kb, with_answers(kb, answers, {item.id: chosen}), TODAY)
            except ValueError:  # another answer no longer applies then
                continue
            assert changed.fired[[r.id for r in kb.rules].index(miss.rule)] is True


def test_the_other_side_has_as_many_reasons_as_the_leading_one() -> None:
    against = [{"as_of": "guide", "favours": "tensorflow", "strength": "slight"}]
    kb = world(
        TRAITS,
        [
            rule("for-one", {"goal": "a"}),
            rule("for-two", {"goal": "a"}),
            rule("against-now", {"goal": "a"}, against),
            rule("against-perhaps", {"places": {"includes": "x"}}, against),
            rule("against-maybe", {"places": {"includes": "y"}}, against),
        ],
    )
    found = other_side(kb, parse_answers(kb, {"goal": "a"}), TODAY)
    assert [(reason.rule, reason.waiting, reason.decibans) for reason in found] == [
        ("against-now", False, -2),
        ("against-maybe", True, -1),
    ]


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_the_other_side_never_speaks_for_the_leading_one(data: st.DataObject) -> None:
    kb = data.draw(worlds())
    answers = data.draw(answers_to(kb))
    advice = advise(kb, answers, TODAY)
    against = other_side(kb, answers, TODAY)
    if advice.verdict.leaning != "none":
        leading = [r for r in advice.reasons if r.favours == advice.verdict.leaning]
        assert all(reason.favours not in (advice.verdict.leaning, "neither") for reason in against)
        assert len(against) <= len(leading)
        own = [r for r in advice.reasons if r.favours in SIDES and r.favours != advice.verdict.leaning]
        assert list(against[: len(own)]) == own[: len(leading)]


GUIDE = {"as_of": "guide", "favours": "pytorch", "strength": "moderate"}


@pytest.mark.parametrize(
    ("later", "state"),
    [
        (None, "holds"),
        ({"favours": "pytorch", "strength": "strong"}, "stronger"),
        ({"favours": "pytorch", "strength": "slight"}, "weaker"),
        ({"favours": "pytorch", "strength": "moderate"}, "holds"),
        ({"favours": "tensorflow", "strength": "slight"}, "reversed"),
        ({"favours": "neither"}, "gone"),
    ],
)
def test_a_reason_stands_in_a_state_against_the_guide(later, state: str) -> None:
    history = [GUIDE] + ([{"as_of": date(2026, 8, 22), **later}] if later else [])
    kb = world(TRAITS, [rule("some", {"goal": "a"}, history)])
    answers = parse_answers(kb, {"goal": "a"})
    [reason] = advise(kb, answers, TODAY).reasons
    assert reason.state == state
    [before] = advise(kb, answers, date(2026, 8, 21)).reasons
    assert (before.state, before.as_of) == ("holds", "guide")


def test_a_rule_that_the_guide_lacks_is_new_and_the_guide_is_silent_about_it() -> None:
    kb = world(TRAITS, [rule("fresh", {"goal": "a"}, [{**GUIDE, "as_of": date(2026, 3, 1)}])])
    answers = parse_answers(kb, {"goal": "a"})
    assert [reason.state for reason in advise(kb, answers, TODAY).reasons] == ["new"]
    assert advise(kb, answers, "guide").reasons == ()


def test_a_rule_past_its_review_is_stale_and_limits_the_advice() -> None:
    kb = world(TRAITS, [rule("old", {"goal": "a"}, review_by="2026-10"), rule("fine", {"goal": "a"})])
    answers = parse_answers(kb, {"goal": "a"})
    advice = advise(kb, answers, TODAY)
    assert {reason.rule: reason.stale for reason in advice.reasons} == {"old": True, "fine": False}
    assert advice.good_until == "2026-10-31"
    guide = advise(kb, answers, "guide")
    assert (guide.good_until, any(reason.stale for reason in guide.reasons)) == (None, False)


def test_a_knock_out_comes_first_and_says_what_to_use_instead() -> None:
    out = rule(
        "out", {"goal": "a"}, [{"as_of": "guide", "favours": "neither"}], knock_out=True, instead=WORDS
    )
    kb = world(TRAITS, [rule("some", {"goal": "a"}), out])
    advice = advise(kb, parse_answers(kb, {"goal": "a"}), TODAY)
    assert (advice.verdict.framework, advice.verdict.knocked_out_by) == ("neither", "out")
    assert advice.verdict.instead == WORDS
    assert advice.verdict.decided
    assert [reason.rule for reason in advice.reasons] == ["out", "some"]
