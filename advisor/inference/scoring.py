"""Weights of evidence, summed: theme by theme, each side ranked, exact to the last digit.

Truths may be single values or arrays with one value per set of answers; totals follow suit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from advisor.inference.model import Choice, Framework
from advisor.inference.program import Base, Side, View, grid
from advisor.inference.truth import Array, Judged, Truth, negated
from advisor.knowledge.base import KnowledgeBase

Total: TypeAlias = float | Array  # decibans


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one fired rule adds. Signed decibans; ``weight`` is before overlap, with importance."""

    rule: int
    rank: int
    weight: float
    decibans: float


def scaled_sides(kb: KnowledgeBase, view: View, importance: Iterable[tuple[str, str]]) -> tuple[Side, ...]:
    """The sides with their weights multiplied by how much their theme matters to the user."""
    factors = {theme: getattr(kb.scale.importance, level).factor for theme, level in importance}
    return tuple(
        replace(side, rules=tuple((rule, grid(weight * factors[side.theme])) for rule, weight in side.rules))
        if side.theme in factors
        else side
        for side in view.sides
    )


def contributions(case_sides: Iterable[Side], base: Base, fired: Sequence[Truth]) -> list[Contribution]:
    """One entry per fired rule, for a single set of answers; they sum to :func:`margin`."""
    found = []
    last = len(base.overlap) - 1
    for side in case_sides:
        rank = 0
        for rule, weight in side.rules:
            if fired[rule] is True:
                factor = float(base.overlap[min(rank, last)])
                rank += 1
                found.append(Contribution(rule, rank, side.sign * weight, side.sign * weight * factor))
    return found


def side_total(base: Base, side: Side, fired: Sequence[Truth]) -> Total:
    """Decibans of one side, without sign: the k-th largest rule that fired counts by overlap factor k."""
    total: Total = 0.0
    rank: int | Array = 0
    table = base.overlap
    last = len(table) - 1
    for rule, weight in side.rules:
        truth = fired[rule]
        if truth is False:
            continue
        factor: Total = (
            float(table[min(rank, last)]) if isinstance(rank, int) else table.take(rank, mode="clip")
        )
        if truth is True:
            total = total + weight * factor
            rank = rank + 1
        else:
            total = total + (weight * factor) * truth
            rank = rank + truth
    return total


def fired_weights(base: Base, side: Side, fired: Sequence[Truth]) -> list[float]:
    """The weights of the fired rules that can still count, largest first; one more than there are ranks."""
    weights = (weight for rule, weight in side.rules if fired[rule] is True)
    return list(islice(weights, len(base.overlap)))


def ranked_total(base: Base, weights: Iterable[float]) -> float:
    """Decibans of one side, without sign, from the weights of its fired rules in any order."""
    ranked = sorted(weights, reverse=True)
    return sum(weight * float(factor) for weight, factor in zip(ranked, base.overlap, strict=False))


def margin(base: Base, sides: Iterable[Side], fired: Sequence[Truth]) -> Total:
    """The sum over all sides: above 0 for PyTorch."""
    total: Total = 0.0
    for side in sides:
        total = total + side.sign * side_total(base, side, fired)
    return total


def interval(base: Base, sides: Iterable[Side], judged: Sequence[Judged]) -> tuple[Total, Total]:
    """Bounds on the margin over every way in which the undecided rules could turn out."""
    surely = [true for true, _ in judged]
    perhaps = [negated(false) for _, false in judged]
    low: Total = 0.0
    high: Total = 0.0
    for side in sides:
        least, most = side_total(base, side, surely), side_total(base, side, perhaps)
        low = low + (least if side.sign > 0 else -most)
        high = high + (most if side.sign > 0 else -least)
    return low, high


def choice(threshold: float, decibans: float) -> Choice:
    """The verdict that a margin stands for."""
    if decibans >= threshold and decibans > 0:
        return "pytorch"
    if decibans <= -threshold and decibans < 0:
        return "tensorflow"
    return "too-close"


def leaning(decibans: float) -> Framework | None:
    return "pytorch" if decibans > 0 else "tensorflow" if decibans < 0 else None


def probability(decibans: float) -> float:
    """Probability that PyTorch is the better choice: odds of 10 to the power of a tenth of the margin."""
    bounded = max(-3000.0, min(3000.0, decibans))
    return float(1 / (1 + 10 ** (-bounded / 10)))


def word(kb: KnowledgeBase, decibans: float) -> str:
    """The band of ``scale.yaml`` that names the probability of the leading side."""
    share = probability(abs(decibans))
    return next((band.id for band in kb.scale.words if share <= band.up_to), kb.scale.words[-1].id)
