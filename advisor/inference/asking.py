"""Which question to ask next: the one whose answer is worth most to the decision.

Worth is measured in decibans of indecision. The undecided rules leave an interval around the margin;
indecision is how far that interval reaches beyond the verdict it could most cheaply be narrowed to. It is 0
exactly when the interval alone proves the verdict. A question's worth is the indecision that its answer
takes away on average.
"""

from collections.abc import Sequence

import numpy as np

from advisor.inference.answers import Answers
from advisor.inference.case import VERDICT_NUMBERS, Case, make_case
from advisor.inference.model import AsOf, NextQuestion
from advisor.inference.scoring import Total
from advisor.inference.truth import Array, Judged, both, negated
from advisor.knowledge.base import KnowledgeBase


def next_questions(
    kb: KnowledgeBase, answers: Answers, as_of: AsOf, limit: int | None = None
) -> tuple[NextQuestion, ...]:
    """The questions that can be asked now, most valuable first; equal ones in the order of the questionnaire.

    ``worth`` is in decibans, the mean over the question's answers, each counted alike. ``can_flip``: an
    answer to this question alone would change the verdict.
    """
    return questions_of(make_case(kb, answers, as_of))[:limit]


def questions_of(case: Case) -> tuple[NextQuestion, ...]:
    program = case.base.program
    worth: dict[int, tuple[float, float]] = {}
    flips: dict[int, bool] = {}
    singles = case.singles
    size = len(singles.traits)
    flipped = (singles.verdicts != VERDICT_NUMBERS[case.verdict]) & singles.valid
    now = float(indecision(case, case.judged))
    gain = np.broadcast_to(now - indecision(case, singles.judged), (size,))
    shift = np.abs(singles.margins - case.margin)
    for trait in case.askable:
        mine = (singles.traits == trait) & singles.valid
        if mine.any():
            worth[trait] = float(gain[mine].mean()), float(shift[mine].mean())
            flips[trait] = bool(flipped[mine].any())
    order = sorted(case.askable, key=lambda t: (*(-w for w in worth.get(t, (0.0, 0.0))), t))
    return tuple(
        NextQuestion(
            trait=program.traits[trait].id,
            worth=max(0.0, worth.get(trait, (0.0, 0.0))[0]),
            can_flip=flips.get(trait, False),
        )
        for trait in order
    )


def indecision(case: Case, judged: Sequence[Judged]) -> Array:
    """Decibans by which the interval reaches beyond one verdict; an open knock-out adds a decisive weight."""
    low, high = case.interval(judged)
    threshold = case.threshold
    beyond = [
        _above(threshold - low),  # beyond "PyTorch"
        _above(high + threshold),  # beyond "TensorFlow"
        _above(high - threshold) + _above(-threshold - low),  # beyond "too close"
    ]
    reach: Array = np.minimum(np.minimum(beyond[0], beyond[1]), beyond[2])
    decisive = case.kb.scale.strengths.decisive.decibans
    out: Array = np.asarray(False)
    for rule in case.view.knock_outs:
        true, false = judged[rule]
        reach = reach + decisive * np.asarray(both(negated(true), negated(false)), dtype=float)
        out = out | np.asarray(true)
    return np.where(out, 0.0, reach)


def _above(decibans: Total) -> Array:
    above: Array = np.maximum(0.0, np.asarray(decibans, dtype=float))
    return above
