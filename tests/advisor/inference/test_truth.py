"""Compiled conditions against the plain ones of the knowledge room."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_worlds import answered, answers_to, completions, random_condition, trait, worlds

from advisor.inference.truth import MASK, Judge, Program
from advisor.knowledge.condition import evaluate, parse_condition
from advisor.knowledge.questions import applied


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_one_set_of_answers_is_judged_as_by_the_plain_condition(data: st.DataObject) -> None:
    kb = data.draw(worlds(most_rules=0))
    answers = data.draw(answers_to(kb))
    traits = list(kb.traits.values())
    node = parse_condition(random_condition(Random(data.draw(st.integers(0, 2**32))), traits, 3))
    program = Program(tuple(traits))
    tree = program.compile(node)
    judged = Judge(program, program.masks(dict(answers.sets())))(tree)
    plain = evaluate(node, applied(kb.traits, answered(answers)))
    assert judged == {True: (True, False), False: (False, True), None: (False, False)}[plain]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_many_sets_at_once_are_judged_as_one_by_one(data: st.DataObject) -> None:
    kb = data.draw(worlds(most_rules=0))
    answers = data.draw(answers_to(kb, 60))
    traits = list(kb.traits.values())
    node = parse_condition(random_condition(Random(data.draw(st.integers(0, 2**32))), traits, 3))
    program = Program(tuple(traits))
    tree = program.compile(node)
    rows = [program.masks(completion) for completion in completions(kb, answers)]
    columns = [np.array(column, dtype=MASK) for column in zip(*rows, strict=True)]
    true, false = (np.broadcast_to(side, len(rows)) for side in Judge(program, columns)(tree))
    assert list(zip(true.tolist(), false.tolist(), strict=True)) == [
        Judge(program, row)(tree) for row in rows
    ]


def test_a_circle_of_conditions_is_refused_by_name() -> None:
    circle = (
        trait("one", "one", ["a", "b"], ask_when={"two": "a"}),
        trait("two", "one", ["a", "b"], ask_when={"one": "a"}),
    )
    with pytest.raises(ValueError, match="one"):
        Program(circle)


def test_an_option_that_does_not_exist_is_never_met() -> None:
    program = Program((trait("places", "many", ["x", "y"]),))
    tree = program.compile(parse_condition({"places": {"includes_all": ["x", "gone"]}}))
    assert Judge(program, program.masks({"places": ["x", "y"]}))(tree) == (False, True)


def test_an_answer_counts_again_where_what_ruled_it_out_does_not_apply_itself() -> None:
    first = trait("first", "one", ["a", "b"])
    second = trait("second", "one", ["a", "b"], ask_when={"first": "a"})
    third = trait("third", "one", ["a", "b"], ask_when={"not": {"second": "a"}})
    known = {item.id: item for item in (first, second, third)}
    given_now = {name: frozenset(["a"]) for name in known} | {"first": frozenset(["b"])}
    settled = applied(known, given_now)
    assert (settled["second"], settled["third"]) == (frozenset(), frozenset(["a"]))
