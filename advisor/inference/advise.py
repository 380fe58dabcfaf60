"""From answers to advice."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from advisor.inference.answers import Answers
from advisor.inference.case import Case, make_case
from advisor.inference.decided import is_decided
from advisor.inference.evidence import marked, weigh
from advisor.inference.model import Advice, AdviceAfterEvidence, AsOf, Evidence, Reason, Verdict
from advisor.inference.plan import plan_of
from advisor.inference.reasons import earliest_review, reasons_of
from advisor.inference.scoring import leaning, probability, word
from advisor.knowledge.base import KnowledgeBase


def advise(kb: KnowledgeBase, answers: Answers, as_of: AsOf, evidence: Sequence[Evidence] = ()) -> Advice:
    """The advice on a day, or the guide's own; with measurements, the advice after them."""
    return (
        advice_after(kb, answers, as_of, evidence) if evidence else advice_of(make_case(kb, answers, as_of))
    )


def apply_evidence(
    kb: KnowledgeBase, answers: Answers, as_of: AsOf, evidence: Sequence[Evidence]
) -> AdviceAfterEvidence:
    """The advice before and after measurements.

    A measurement moves the margin only where the user cares about what was measured (``rules/evidence``), and
    by no more than its cap.
    """
    before = advise(kb, answers, as_of)
    return AdviceAfterEvidence.model_construct(
        before=before, after=advice_after(kb, answers, as_of, evidence)
    )


def advice_after(kb: KnowledgeBase, answers: Answers, as_of: AsOf, evidence: Sequence[Evidence]) -> Advice:
    """The advice with measurements weighed in, and every rule marked by what was measured."""
    plain = make_case(kb, answers, as_of)
    found = weigh(plain, evidence)
    knock_outs = {kb.rules[rule].id for rule in plain.knocked_out}
    moved = replace(plain, moved=found.moved)
    after = advice_of(moved)
    reasons = tuple(marked(kb, part, evidence) for part in after.reasons)
    scored = sorted([part for part in (*reasons, *found.reasons) if part.rank], key=_place)
    out = [part for part in reasons if part.rule in knock_outs]
    silent = [part for part in reasons if not part.rank and part.rule not in knock_outs]
    # Answers still to come may make further measurements count: decided only if none of them could matter.
    extremes = [make_case(kb, answers, as_of, found.moved + slack) for slack in (found.least, found.most)]
    decided = all(case.verdict == moved.verdict and is_decided(case) for case in (moved, *extremes))
    whole = after.verdict.margin_before_overlap + sum(part.before_overlap for part in found.reasons)
    verdict = after.verdict.model_copy(update={"decided": decided, "margin_before_overlap": whole})
    return after.model_copy(update={"reasons": (*out, *scored, *silent), "verdict": verdict})


def advice_of(case: Case) -> Advice:
    plan = plan_of(case)
    fired = tuple(case.kb.rules[number].id for number, true in enumerate(case.fired) if true is True)
    return Advice.model_construct(
        answers=case.answers.as_dict(),
        importance=dict(case.answers.importance),
        as_of=case.as_of if isinstance(case.as_of, str) else case.as_of.isoformat(),
        knowledge_version=case.kb.version,
        verdict=verdict_of(case),
        reasons=reasons_of(case),
        routes=plan.routes,
        out_of_reach=plan.out_of_reach,
        stack=plan.stack,
        setup=plan.setup,
        roadmap=plan.roadmap,
        good_until=earliest_review(case.kb, fired, case.as_of),
    )


def verdict_of(case: Case) -> Verdict:
    out = case.kb.rules[case.knocked_out[0]] if case.knocked_out else None
    settling = _settling_question(case) if case.verdict == "too-close" else None
    return Verdict(
        framework=case.verdict,
        leaning=leaning(case.margin) or "none",
        margin_decibans=case.margin,
        probability_pytorch=probability(case.margin),
        word=word(case.kb, case.margin),
        decided=is_decided(case),
        unanswered=len(case.askable),
        margin_before_overlap=float(sum(part.weight for part in case.contributions)),
        settled_by=settling[0] if settling else None,
        settled_by_share=settling[1] if settling else None,
        knocked_out_by=out.id if out else None,
        instead=out.instead if out else None,
    )


def _place(reason: Reason) -> tuple[float, float, str]:
    return -abs(reason.decibans), -abs(reason.weight), reason.rule


def _settling_question(case: Case) -> tuple[str, float] | None:
    """The question whose answers most often name a framework by themselves, with the share of those that do.

    None if no single question can.
    """
    singles = case.singles
    settles = (abs(singles.verdicts) == 1) & singles.valid
    if not settles.any():
        return None
    answers = np.bincount(singles.traits, weights=singles.valid)
    shares = np.bincount(singles.traits, weights=settles) / np.maximum(1, answers)
    best = int(shares.argmax())
    return case.base.program.traits[best].id, float(shares[best])
