"""How many questions it takes until the verdict is decided: in the engine's order, and in the fixed one.

Over the covering sample each person answers what is asked, as far as the question applies to them. Run with
``pytest -s tests/benchmarks/test_asking_order.py``; the figures are also written to ``engine_figures.json``,
from which ``engine_readme.py`` takes them into the README.
"""

from collections.abc import Callable
from datetime import date

import numpy as np
from engine_figures import keep
from numpy.typing import NDArray

from advisor.inference import Answers, KnowledgeBase, advise, built_in, next_questions, parse_answers
from advisor.inference.case import make_case
from advisor.knowledge.sample import covering_sample

DAY = date(2026, 11, 24)
Counts = NDArray[np.int64]
Ask = Callable[[KnowledgeBase, Answers], str]


def test_the_engine_asks_fewer_questions_than_the_fixed_order() -> None:
    kb = built_in()
    people = covering_sample(kb)
    ours = np.array([questions_to_decided(kb, person, best_next) for person in people])
    fixed = np.array([questions_to_decided(kb, person, first_in_file) for person in people])
    ends = [advise(kb, parse_answers(kb, person), DAY).verdict.framework for person in people]
    choosing = np.array([verdict != "neither" for verdict in ends])  # knocked out at once says little
    figures = {
        "day": DAY.isoformat(),
        "knowledge_version": kb.version,
        "all": compared(ours, fixed),
        "without knock-outs": compared(ours[choosing], fixed[choosing]),
    }
    keep("asking_order", figures)
    print("\nquestions until decided:", figures)
    assert np.median(ours[choosing]) < np.median(fixed[choosing])


def compared(ours: Counts, fixed: Counts) -> dict[str, object]:
    return {
        "answer_sets": len(ours),
        "engine": {"median": float(np.median(ours)), "p90": float(np.percentile(ours, 90))},
        "fixed": {"median": float(np.median(fixed)), "p90": float(np.percentile(fixed, 90))},
        "fewer_or_equal": float(np.mean(ours <= fixed)),
    }


def questions_to_decided(kb: KnowledgeBase, person: dict[str, object], ask: Ask) -> int:
    """Questions asked until no remaining answer can change the verdict."""
    given: dict[str, object] = {}
    while True:
        answers = parse_answers(kb, given)
        if advise(kb, answers, DAY).verdict.decided:
            return len(given)
        trait = ask(kb, answers)
        given[trait] = person.get(trait, "unknown")


def best_next(kb: KnowledgeBase, answers: Answers) -> str:
    return next_questions(kb, answers, DAY, 1)[0].trait


def first_in_file(kb: KnowledgeBase, answers: Answers) -> str:
    case = make_case(kb, answers, DAY)
    return case.base.program.traits[case.askable[0]].id
