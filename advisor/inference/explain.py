"""Everything the advice can answer when questioned, in one document."""

from advisor.inference.advise import advice_of
from advisor.inference.answers import Answers
from advisor.inference.asking import questions_of
from advisor.inference.case import make_case
from advisor.inference.contrast import near_misses, opposing
from advisor.inference.flips import flips_of
from advisor.inference.model import AsOf, Explanation
from advisor.inference.range import range_of
from advisor.inference.stability import stability_of, weight_flips_of
from advisor.knowledge.base import KnowledgeBase

MOST_PAIRS = 40  # pairs of changes kept in an explanation; ``flips`` gives them all


def explain(kb: KnowledgeBase, answers: Answers, as_of: AsOf) -> Explanation:
    """The advice with why not, the other side, flips, range, next questions and stability."""
    case = make_case(kb, answers, as_of)
    turns = flips_of(case)
    singles = [flip for flip in turns if len(flip.changes) == 1]
    pairs = [flip for flip in turns if len(flip.changes) > 1]
    return Explanation.model_construct(
        advice=advice_of(case),
        why_not=near_misses(case),
        other_side=opposing(case),
        flips=(*singles, *pairs[:MOST_PAIRS]),
        flips_found=len(turns),
        weight_flips=weight_flips_of(case),
        stability=stability_of(case),
        draws=case.kb.scale.draws.count,
        range=range_of(case),
        next_questions=questions_of(case),
    )
