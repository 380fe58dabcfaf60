"""What would change the verdict: answers and weights."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from random_worlds import (
    TODAY,
    WORDS,
    answered,
    answers_to,
    plain_fired,
    plain_margin,
    plain_verdict,
    possible,
    rule,
    trait,
    world,
    worlds,
)

from advisor.inference import Answers, advise, flips, parse_answers, weight_flips
from advisor.inference.model import Flip
from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.condition import evaluate
from advisor.knowledge.questions import applied

Given = dict[str, frozenset[str]]
thorough = settings(max_examples=80, deadline=None)


@st.composite
def situations(draw: st.DrawFn) -> tuple[KnowledgeBase, Answers]:
    kb = draw(worlds(most_traits=4, most_rules=8))
    return kb, draw(answers_to(kb))


def plain_moves(kb: KnowledgeBase, given: Given) -> list[tuple[str, frozenset[str]]]:
    """Every change of one answer: answer, replace, add or remove one option, or exchange a lone one."""
    moves = []
    for name, item in kb.traits.items():
        now = given.get(name, frozenset())
        for options in possible(item):
            steps = len((now ^ options) - {"none"})
            lone = len(now) <= 1 and len(options) == 1
            if options != now and (
                item.kind == "one" or lone or (now and steps == 1 and "none" not in options)
            ):
                moves.append((name, options))
    return moves


def asked(kb: KnowledgeBase, given: Given, names: tuple[str, ...]) -> bool:
    settled = applied(kb.traits, given)
    conditions = [kb.traits[name].ask_when for name in names]
    return all(condition is None or evaluate(condition, settled) is True for condition in conditions)


def plain_flips(kb: KnowledgeBase, answers: Answers, size: int) -> set[frozenset[tuple[str, frozenset[str]]]]:
    given, importance = answered(answers), dict(answers.importance)
    now = plain_verdict(kb, given, importance)
    moves = plain_moves(kb, given)
    found = set()
    for chosen in combinations(moves, size):
        names = tuple(name for name, _ in chosen)
        changed = given | dict(chosen)
        sensible = len(set(names)) == size and asked(kb, changed, names)
        if sensible and plain_verdict(kb, changed, importance) != now:
            found.add(frozenset(chosen))
    return found


def as_moves(flip: Flip) -> frozenset[tuple[str, frozenset[str]]]:
    return frozenset(
        (c.trait, frozenset([c.becomes] if isinstance(c.becomes, str) else c.becomes)) for c in flip.changes
    )


@thorough
@given(situations())
def test_every_flip_really_flips(situation: tuple[KnowledgeBase, Answers]) -> None:
    kb, answers = situation
    now = advise(kb, answers, TODAY).verdict.framework
    for flip in flips(kb, answers, TODAY, pairs=True):
        changed = answered(answers) | dict(as_moves(flip))
        verdict = plain_verdict(kb, changed, dict(answers.importance))
        assert verdict == flip.verdict != now
        assert Fraction(flip.margin_decibans) == plain_margin(kb, changed, dict(answers.importance))


@thorough
@given(situations())
def test_no_single_change_that_flips_is_missed(situation: tuple[KnowledgeBase, Answers]) -> None:
    kb, answers = situation
    found = {as_moves(flip) for flip in flips(kb, answers, TODAY, pairs=False)}
    assert found == plain_flips(kb, answers, 1)


@settings(max_examples=40, deadline=None)
@given(situations())
def test_pairs_are_all_those_of_which_no_part_flips_alone(situation: tuple[KnowledgeBase, Answers]) -> None:
    kb, answers = situation
    singles = plain_flips(kb, answers, 1)
    expected = {
        pair for pair in plain_flips(kb, answers, 2) if not any(frozenset([part]) in singles for part in pair)
    }
    pairs = [flip for flip in flips(kb, answers, TODAY, pairs=True) if len(flip.changes) == 2]
    assert {as_moves(flip) for flip in pairs} == expected
    assert len(pairs) == len(expected)


def test_pairs_are_left_out_where_one_change_in_the_users_power_is_enough() -> None:
    kb = world(
        [trait("goal", "one", ["a", "b"]), trait("fact", "one", ["a", "b"], changeable=False)],
        [rule("by-goal", {"goal": "a"}), rule("by-both", {"goal": "b", "fact": "a"})],
    )
    answers = parse_answers(kb, {"goal": "b"})
    found = flips(kb, answers, TODAY)
    assert [[(c.trait, c.changeable) for c in flip.changes] for flip in found] == [
        [("goal", True)],
        [("fact", False)],
    ]


def test_a_knock_out_does_not_stop_the_search_for_pairs() -> None:
    out = [{"as_of": "guide", "favours": "neither"}]
    kb = world(
        [
            trait("goal", "one", ["a", "b"]),
            trait("size", "one", ["s", "l"]),
            trait("needed", "one", ["y", "n"]),
        ],
        [
            rule("by-goal", {"goal": "a"}),
            rule("by-size", {"size": "l"}, theme="beta"),
            rule("out", {"needed": "n"}, out, knock_out=True, instead=WORDS),
        ],
    )
    found = flips(kb, parse_answers(kb, {"goal": "a", "size": "l"}), TODAY)
    assert [[change.trait for change in flip.changes] for flip in found] == [["needed"], ["goal", "size"]]


@thorough
@given(situations())
def test_beyond_its_flip_point_a_weight_turns_the_verdict(situation: tuple[KnowledgeBase, Answers]) -> None:
    kb, answers = situation
    given_now, importance = answered(answers), dict(answers.importance)
    verdict = advise(kb, answers, TODAY).verdict.framework
    step = Fraction(1, 1000)
    for found in weight_flips(kb, answers, TODAY):
        if found.flips_at is None:
            continue
        at, weight = Fraction(found.flips_at), Fraction(found.weight)
        away = step if at >= weight else -step
        beyond = _verdict_with(kb, given_now, importance, found.rule, at + away)
        before = _verdict_with(kb, given_now, importance, found.rule, at - away)
        assert beyond != verdict or at == weight
        assert before == verdict or abs(at - weight) <= step


@thorough
@given(situations())
def test_a_weight_without_flip_point_keeps_the_verdict(situation: tuple[KnowledgeBase, Answers]) -> None:
    kb, answers = situation
    importance = dict(answers.importance)
    verdict = advise(kb, answers, TODAY).verdict.framework
    for found in weight_flips(kb, answers, TODAY):
        if found.flips_at is None:
            for weight in (-20, -7, 0, 7, 20):
                there = _verdict_with(kb, answered(answers), importance, found.rule, Fraction(weight))
                assert there == verdict


def _verdict_with(
    kb: KnowledgeBase, given_now: Given, importance: dict[str, str], name: str, weight: Fraction
) -> str:
    if any(item.knock_out for item in plain_fired(kb, given_now)):
        return "neither"
    margin = plain_margin(kb, given_now, importance, {name: weight})
    threshold = Fraction(kb.scale.too_close_below.decibans)
    if margin and abs(margin) >= threshold:
        return "pytorch" if margin > 0 else "tensorflow"
    return "too-close"
