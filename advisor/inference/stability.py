"""How much the verdict hangs on the weights: seeded draws of all of them, and the flip point of each."""

from itertools import pairwise

import numpy as np

from advisor.inference.answers import Answers
from advisor.inference.case import VERDICT_NUMBERS, Case, make_case
from advisor.inference.model import AsOf, WeightFlip
from advisor.inference.program import Side
from advisor.inference.scoring import fired_weights, ranked_total
from advisor.knowledge.base import KnowledgeBase

Rivals = dict[
    int, list[float]
]  # sign -> weights of the fired rules of one theme, without sign, largest first


def stability(kb: KnowledgeBase, answers: Answers, as_of: AsOf) -> float:
    """Share of the weight draws of ``scale.yaml`` that keep the verdict, between 0 and 1.

    In each draw every weight that counts is multiplied by its own factor exp(spread * z), z standard
    normal: a log-normal with median 1, so that a weight doubles as easily as it halves and never changes
    its side. Ranks within a theme are taken anew in each draw. The seed makes the share repeatable.
    Knock-outs have no weight.
    """
    return stability_of(make_case(kb, answers, as_of))


def stability_of(case: Case) -> float:
    if case.knocked_out:
        return 1.0
    draws = case.kb.scale.draws
    generator = np.random.default_rng(draws.seed)
    total = np.full(draws.count, case.moved, dtype=np.float32)
    fired = [(side, weights) for side in _by_theme(case) if (weights := _fired_weights(case, side))]
    for side, weights in fired:
        spread = generator.standard_normal((draws.count, len(weights)), dtype=np.float32)
        drawn = np.exp(np.float32(draws.spread) * spread) * np.array(weights, dtype=np.float32)
        drawn.sort(axis=1)
        factors = case.base.overlap.take(np.arange(len(weights)), mode="clip").astype(np.float32)
        total += side.sign * (drawn[:, ::-1] @ factors)
    verdicts = case.verdicts(total, np.zeros(draws.count, dtype=bool))
    return float(np.mean(verdicts == VERDICT_NUMBERS[case.verdict]))


def weight_flips(kb: KnowledgeBase, answers: Answers, as_of: AsOf) -> tuple[WeightFlip, ...]:
    """For each rule that fired, the weight at which it alone would turn the verdict, largest contribution
    first.

    ``weight`` and ``flips_at`` are signed decibans before overlap and importance. Weights are tried from a
    decisive one for TensorFlow to a decisive one for PyTorch; ``flips_at`` is None where none of them turns
    the verdict. Just beyond ``flips_at`` the verdict is another one.
    """
    return weight_flips_of(make_case(kb, answers, as_of))


def weight_flips_of(case: Case) -> tuple[WeightFlip, ...]:
    ordered = sorted(
        case.contributions, key=lambda p: (-abs(p.decibans), -abs(p.weight), case.kb.rules[p.rule].id)
    )
    fired: dict[str, Rivals] = {}
    for side in case.sides:
        rivals = fired.setdefault(side.theme, {1: [], -1: []})
        rivals[side.sign] = fired_weights(case.base, side, case.fired)
    return tuple(
        WeightFlip(
            rule=case.kb.rules[part.rule].id,
            weight=part.weight / scale,
            flips_at=None if case.knocked_out else _flip_point(case, fired[theme], part.weight, scale),
        )
        for part in ordered
        if (theme := case.kb.rules[part.rule].theme) and (scale := _importance(case, theme))
    )


def _flip_point(case: Case, fired: Rivals, weight: float, scale: float) -> float | None:
    """The margin rises with the weight along straight pieces; find where it meets the edge of the verdict."""
    rivals = {sign: list(weights) for sign, weights in fired.items()}
    own = rivals[1 if weight > 0 else -1]
    if abs(weight) in own:  # else it ranks too low to count, as do its equals
        own.remove(abs(weight))
    rest = case.margin - _theme_margin(case, rivals, weight)
    most = case.kb.scale.strengths.decisive.decibans * scale
    corners = {-most, 0.0, most, weight, *rivals[1], *(-w for w in rivals[-1])}
    points = [(x, rest + _theme_margin(case, rivals, x)) for x in sorted(corners) if -most <= x <= most]
    edges = {"pytorch": (case.threshold,), "tensorflow": (-case.threshold,)}.get(
        case.verdict, (case.threshold, -case.threshold)
    )
    crossings = [x for edge in edges for x in _crossings(points, edge)]
    nearest = min(crossings, key=lambda x: (abs(x - weight), x), default=None)
    return None if nearest is None else nearest / scale


def _crossings(points: list[tuple[float, float]], edge: float) -> list[float]:
    found = []
    for (x0, y0), (x1, y1) in pairwise(points):
        if y0 < y1 and y0 <= edge <= y1:
            found.append(x0 + (edge - y0) * (x1 - x0) / (y1 - y0))
    return found


def _theme_margin(case: Case, rivals: Rivals, weight: float) -> float:
    return sum(
        sign * ranked_total(case.base, [*weights, max(0.0, sign * weight)])
        for sign, weights in rivals.items()
    )


def _importance(case: Case, theme: str) -> float:
    level = dict(case.answers.importance).get(theme, "normal")
    factor: float = getattr(case.kb.scale.importance, level).factor
    return factor


def _by_theme(case: Case) -> list[Side]:
    """Sides in an order that does not depend on which framework they speak for."""
    return sorted(case.sides, key=lambda side: (side.theme, min(case.kb.rules[r].id for r, _ in side.rules)))


def _fired_weights(case: Case, side: Side) -> list[float]:
    return [weight for rule, weight in side.rules if case.fired[rule] is True]
