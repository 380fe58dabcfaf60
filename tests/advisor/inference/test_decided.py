"""Each short cut to "decided" agrees with the whole range."""

import pytest
from random_worlds import TODAY, WORDS, rule, trait, world

from advisor.inference import KnowledgeBase, built_in, parse_answers
from advisor.inference.case import make_case
from advisor.inference.decided import is_decided
from advisor.inference.range import range_of
from advisor.knowledge.sample import covering_sample

FLOW = [{"as_of": "guide", "favours": "tensorflow", "strength": "strong"}]
OUT = {"history": [{"as_of": "guide", "favours": "neither"}], "knock_out": True, "instead": WORDS}
GOAL, SIZE, PLACE = (trait(name, "one", ["a", "b", "c"]) for name in ("goal", "size", "place"))


def decided(kb: KnowledgeBase, raw: dict[str, object]) -> bool:
    case = make_case(kb, parse_answers(kb, raw), TODAY)
    found = is_decided(case)
    assert found == range_of(case).decided
    return found


def test_a_knock_out_that_takes_two_answers_keeps_the_verdict_open() -> None:
    both = rule("out", {"all": [{"size": "a"}, {"place": "a"}]}, **OUT)
    kb = world([GOAL, SIZE, PLACE], [rule("big", {"goal": "a"}, FLOW), both])
    assert not decided(kb, {"goal": "a"})
    assert not decided(kb, {"goal": "a", "size": "a"})
    assert decided(kb, {"goal": "a", "size": "b"})
    assert decided(kb, {"goal": "a", "size": "a", "place": "unknown"})


def test_a_knock_out_that_would_rule_out_an_earlier_answer_keeps_nothing_open() -> None:
    child = trait("child", "one", ["a", "b"], ask_when={"size": "a"})
    kb = world([GOAL, SIZE, child], [rule("big", {"goal": "a"}, FLOW), rule("out", {"size": "b"}, **OUT)])
    assert not decided(kb, {"goal": "a"})
    assert decided(kb, {"goal": "a", "child": "a"})


def test_a_knock_out_that_no_answer_can_bring_about_keeps_nothing_open() -> None:
    never = rule("out", {"all": [{"size": "a"}, {"not": {"size": ["a", "b"]}}]}, **OUT)
    kb = world([GOAL, SIZE], [rule("big", {"goal": "a"}, FLOW), never])
    assert decided(kb, {"goal": "a"})


def test_two_answers_that_turn_the_verdict_only_together_keep_it_open() -> None:
    both = rule("both", {"all": [{"size": "a"}, {"place": "a"}]}, theme="beta")
    kb = world([GOAL, SIZE, PLACE], [rule("one", {"goal": "a"}), both])
    assert not decided(kb, {})
    assert not decided(kb, {"goal": "b"})
    assert decided(kb, {"goal": "a"})


@pytest.mark.parametrize("share", [2, 3, 5])
def test_half_answered_questionnaires_agree_with_the_range(share: int) -> None:
    kb = built_in()
    for person in covering_sample(kb)[::20]:
        firm = [name for name in person if kb.traits[name].ask_when is None]
        decided(kb, {name: person[name] for n, name in enumerate(firm) if n % share})
