"""The range of the margin on cases small enough to follow by hand."""

import pytest
from random_worlds import TODAY, WORDS, rule, trait, world

from advisor.inference import Answers, advise, margin_range, parse_answers

FLOW = [{"as_of": "guide", "favours": "tensorflow", "strength": "strong"}]
OUT = [{"as_of": "guide", "favours": "neither"}]
GOAL, SIZE = trait("goal", "one", ["a", "b"]), trait("size", "one", ["s", "l"])


def found(kb, raw):
    return margin_range(kb, parse_answers(kb, raw), TODAY)


def test_rules_that_exclude_each_other_are_not_added_up() -> None:
    kb = world([GOAL], [rule("one", {"goal": "a"}), rule("two", {"goal": "b"}, FLOW)])
    there = found(kb, {})
    assert (there.low, there.high, there.exact) == (-10, 5, True)
    assert there.verdicts == ("pytorch", "tensorflow", "too-close")


def test_leaving_a_question_open_is_one_of_its_completions() -> None:
    kb = world([GOAL], [rule("one", {"goal": "a"}), rule("two", {"goal": "b"})])
    assert found(kb, {}).low == 0


def test_not_sure_is_an_answer_and_moves_nothing_any_more() -> None:
    kb = world([GOAL], [rule("one", {"goal": "a"})])
    there = found(kb, {"goal": "unknown"})
    assert (there.low, there.high, there.decided) == (0, 0, True)


def test_a_verdict_is_decided_once_the_rest_cannot_turn_it() -> None:
    kb = world([GOAL, SIZE], [rule("big", {"goal": "a"}, FLOW), rule("small", {"size": "l"}, theme="beta")])
    assert found(kb, {"goal": "a"}).decided
    assert not found(kb, {}).decided


def test_an_open_knock_out_keeps_the_verdict_open() -> None:
    kb = world(
        [GOAL, SIZE],
        [rule("big", {"goal": "a"}, FLOW), rule("out", {"size": "s"}, OUT, knock_out=True, instead=WORDS)],
    )
    there = found(kb, {"goal": "a"})
    assert there.verdicts == ("tensorflow", "neither")
    assert not there.decided
    assert found(kb, {"goal": "a", "size": "l"}).decided


def test_a_knock_out_that_fired_decides() -> None:
    kb = world(
        [GOAL, SIZE],
        [rule("big", {"goal": "a"}, FLOW), rule("out", {"size": "s"}, OUT, knock_out=True, instead=WORDS)],
    )
    there = found(kb, {"size": "s"})
    assert (there.verdicts, there.decided, there.low, there.high) == (("neither",), True, -10, 0)


def test_a_question_with_too_many_combinations_gives_a_bound_and_says_so() -> None:
    many = trait("places", "many", [f"o{n}" for n in range(14)])
    kb = world(
        [many],
        [
            rule("one", {"places": {"only": ["o1"]}}),
            rule("two", {"places": {"includes": "o2"}}, theme="beta"),
        ],
    )
    there = margin_range(kb, Answers(), TODAY)
    assert (there.low, there.high, there.exact) == (0, 10, False)


def test_a_question_that_stops_to_apply_no_longer_counts() -> None:
    child = trait("child", "one", ["p", "q"], ask_when={"goal": "a"})
    kb = world([GOAL, child], [rule("deep", {"child": "p"})])
    assert found(kb, {}).high == 5
    assert found(kb, {"goal": "b"}).high == 0


@pytest.mark.parametrize("raw", [{}, {"goal": "a"}, {"size": "l"}, {"goal": "a", "size": "s"}])
def test_the_verdict_and_the_range_agree_on_what_is_decided(raw: dict[str, object]) -> None:
    kb = world([GOAL, SIZE], [rule("big", {"goal": "a"}, FLOW), rule("small", {"size": "l"})])
    answers = parse_answers(kb, raw)
    assert advise(kb, answers, TODAY).verdict.decided == margin_range(kb, answers, TODAY).decided
