"""The covering sample: it covers what can be covered, honours ask_when, and is the same every time."""

from itertools import combinations

from folders import Folder

from advisor.knowledge import applied, built_in, load_knowledge
from advisor.knowledge.questions import NONE
from advisor.knowledge.sample import covering_sample


def facts(answers: dict[str, str | tuple[str, ...]]) -> set[tuple[str, str]]:
    return {(trait, one) for trait, a in answers.items() for one in ((a,) if isinstance(a, str) else a)}


def test_every_pair_that_can_go_together_does(base: Folder) -> None:
    kb = load_knowledge(base.path)
    covered = {pair for row in covering_sample(kb) for pair in combinations(sorted(facts(row)), 2)}
    everything = [(trait.id, option) for trait in kb.traits.values() for option in trait.option_ids]
    impossible = {
        pair
        for pair in combinations(sorted(everything), 2)
        if pair[0][0] == pair[1][0] and (pair[0][0] != "targets" or NONE in (pair[0][1], pair[1][1]))
    }
    impossible |= {
        pair
        for pair in combinations(sorted(everything), 2)
        if {"one_framework"} == {pair[0][0]} and pair[1] == ("targets", NONE)
    }
    assert covered == set(combinations(sorted(everything), 2)) - impossible


def test_every_question_that_applies_is_answered_and_no_other() -> None:
    kb = built_in()
    for row in covering_sample(kb):
        sets = {trait: frozenset((a,) if isinstance(a, str) else a) for trait, a in row.items()}
        settled = applied(kb.traits, sets)
        assert {trait for trait, options in settled.items() if options} == set(row)
        assert set(kb.traits) == set(settled)


def test_none_stands_alone() -> None:
    for row in covering_sample(built_in()):
        assert not [a for a in row.values() if not isinstance(a, str) and NONE in a and len(a) > 1]


def test_the_sample_is_the_same_every_time() -> None:
    assert covering_sample(built_in()) == covering_sample(built_in())


def test_another_seed_gives_another_sample(base: Folder) -> None:
    kb = built_in()
    assert covering_sample(kb, 1) != covering_sample(kb, 2)
