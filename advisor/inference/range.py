"""How far the margin can still move: over every way of answering, or leaving open, the questions that remain.

"Not sure" is an answer, so a question answered with it no longer moves anything. The remaining questions
meet only where rules of one theme read the same trait or two themes share one; that keeps most cases
exactly solvable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from advisor.inference.answers import Answers
from advisor.inference.case import VERDICT_NUMBERS, Case, make_case
from advisor.inference.elimination import Table, components, extremes
from advisor.inference.model import AsOf, Choice, MarginRange
from advisor.inference.program import Side
from advisor.inference.scoring import Total, choice, interval, margin, probability
from advisor.inference.truth import MASK, SUBSETS_UP_TO, Array, Column, leaves
from advisor.knowledge.base import KnowledgeBase

JOINT_ROWS = 1 << 14  # completions enumerated in one piece
TABLE_ROWS = 1 << 13  # rows of one theme's table
BUCKET_ROWS = 1 << 15  # rows of a combined table
TABLE_WORK = 1 << 21  # rows times rules, so that the cost stays in proportion to the number of rules
PLACES = np.uint64(1) << np.arange(64, dtype=np.uint64)  # one bit per atom of a trait
ORDER: tuple[Choice, ...] = ("pytorch", "tensorflow", "too-close", "neither")


@dataclass(frozen=True)
class Remaining:
    """The open traits that undecided rules read, and the answers of each that make a difference to them."""

    patterns: dict[int, Array]  # by trait: masks, the first one 0 for leaving it open
    listed: frozenset[int]  # traits whose every answer is covered by its patterns


def margin_range(kb: KnowledgeBase, answers: Answers, as_of: AsOf) -> MarginRange:
    """Least and greatest margin in decibans, and the verdicts, over every completion of the answers.

    ``exact``: both ends are reached; otherwise they are bounds that hold for certain. ``verdicts`` misses
    none that can be reached; where completions could not be tried one by one it may name one too many.
    """
    return range_of(make_case(kb, answers, as_of))


def range_of(case: Case) -> MarginRange:
    found = {case.verdict}
    low = high = case.margin
    exact = True
    if case.undecided:
        left = remaining(case)
        rows = reduce(lambda size, masks: size * len(masks), left.patterns.values(), 1)
        whole = rows <= JOINT_ROWS and rows * len(case.undecided) <= TABLE_WORK * 2
        if whole and left.listed.issuperset(left.patterns) and len(left.patterns) <= 30:
            low, high, found = _enumerated(case, left)
            exact = True
        else:
            low, high, exact = _ends(case, left)
            if not case.knocked_out:
                knock_out = any(may_fire(case, rule, left) for rule in case.view.knock_outs)
                found |= _between(case.threshold, low, high) | ({"neither"} if knock_out else set())
    return MarginRange(
        low=low,
        high=high,
        probability_low=probability(low),
        probability_high=probability(high),
        exact=exact,
        verdicts=tuple(verdict for verdict in ORDER if verdict in found),
        decided=len(found) == 1,
    )


def remaining(case: Case) -> Remaining:
    program = case.base.program
    undecided = case.undecided
    read = frozenset[int]().union(*(case.base.reads[rule] for rule in undecided))
    reading = read & set(case.open)
    atoms: dict[int, set[int]] = {}
    asks = {n for n in program.asks if n in read or (case.masks[n] and case.judge.applies(n)[1] is not True)}
    trees = [*(case.base.trees[rule] for rule in undecided), *(program.asks[n] for n in sorted(asks))]
    for tree in trees:
        for atom in leaves(tree):
            atoms.setdefault(program.atoms[atom].trait, set()).add(atom)
    patterns = {trait: _patterns(case, trait, sorted(atoms.get(trait, ()))) for trait in sorted(reading)}
    traits = program.traits
    listed = frozenset(
        t for t in reading if traits[t].kind == "one" or len(traits[t].options) <= SUBSETS_UP_TO
    )
    return Remaining(patterns, listed)


def _patterns(case: Case, trait: int, atoms: Sequence[int]) -> Array:
    """One mask for each way in which the answers of a trait can look to the given atoms; 0 for no answer."""
    masks = case.base.program.every[trait]
    if len(atoms) <= len(PLACES):
        looks = np.array([case.base.program.looks[atom] for atom in atoms]).reshape(-1, len(masks))
        _, first = np.unique(PLACES[: len(atoms)] @ looks, return_index=True)
        masks = masks[np.sort(first)]
    return np.concatenate([[0], masks]).astype(MASK)


def _columns(case: Case, scope: Sequence[int], left: Remaining) -> list[Column]:
    """Each trait of the scope along an axis of its own; arrays meet by broadcasting."""
    columns: list[Column] = list(case.masks)
    for axis, trait in enumerate(scope):
        shape = [1] * len(scope)
        shape[axis] = -1
        columns[trait] = left.patterns[trait].reshape(shape)
    return columns


def _enumerated(case: Case, left: Remaining) -> tuple[float, float, set[Choice]]:
    scope = sorted(left.patterns)
    shape = tuple(len(left.patterns[trait]) for trait in scope)
    columns = _columns(case, scope, left)
    fired = [true for true, _ in case.rejudged(columns, case.undecided)]
    total = np.broadcast_to(np.asarray(case.total(fired), dtype=float), shape)
    out = np.zeros(shape, dtype=bool)
    for rule in case.view.knock_outs:
        out |= fired[rule]
    valid = case.valid(columns, shape)
    numbers = set(np.unique(case.verdicts(total, out)[valid]).tolist())
    found = {verdict for verdict, number in VERDICT_NUMBERS.items() if number in numbers}
    return float(total[valid].min()), float(total[valid].max()), found


def _ends(case: Case, left: Remaining) -> tuple[float, float, bool]:
    """Bounds on the margin from one table per theme; exact where every table and every merger fits."""
    themes: dict[str, list[Side]] = {}
    for side in case.sides:
        themes.setdefault(side.theme, []).append(side)
    undecided = set(case.undecided)
    low = high = case.moved
    tables = []
    complete = not any(
        case.masks[n] and case.judge.applies(n) == (False, False) for n in case.base.program.asks
    )
    sizes = {trait: len(masks) for trait, masks in left.patterns.items()}
    for sides in themes.values():
        rules = [rule for side in sides for rule, _ in side.rules if rule in undecided]
        if rules:
            table, whole = _theme_table(case, sides, rules, left, sizes)
            complete = complete and whole
            tables.append(table)
        else:
            settled = float(margin(case.base, sides, case.fired))
            low, high = low + settled, high + settled
    for group in components([frozenset(table.scope) for table in tables]):
        members = [tables[n] for n in group]
        found = extremes(members, sizes, BUCKET_ROWS)
        low, high, complete = low + found.low, high + found.high, complete and found.exact
    return low, high, complete


def _theme_table(
    case: Case, sides: Sequence[Side], rules: Sequence[int], left: Remaining, sizes: dict[int, int]
) -> tuple[Table, bool]:
    """The theme's share of the margin for each answer of its traits; those that do not fit stay open."""
    wanted: dict[int, int] = {}
    for rule in rules:
        for trait in case.base.reads[rule]:
            if trait in sizes:
                wanted[trait] = wanted.get(trait, 0) + 1
    limit = min(TABLE_ROWS, TABLE_WORK // max(1, len(rules)))
    scope, rows = [], 1
    for trait in sorted(wanted, key=lambda t: (-wanted[t], sizes[t], t)):
        if trait in left.listed and rows * sizes[trait] <= limit:
            scope.append(trait)
            rows *= sizes[trait]
    scope.sort()
    judged = case.rejudged(_columns(case, scope, left), rules)
    shape = tuple(sizes[trait] for trait in scope)
    whole = len(scope) == len(wanted)
    if whole:
        exact = _filled(margin(case.base, sides, [true for true, _ in judged]), shape)
        return Table(tuple(scope), exact, exact), True
    low, high = interval(case.base, sides, judged)
    return Table(tuple(scope), _filled(low, shape), _filled(high, shape)), False


def _filled(total: Total, shape: tuple[int, ...]) -> Array:
    return np.broadcast_to(np.asarray(total, dtype=float), shape).copy()


def may_fire(case: Case, rule: int, left: Remaining) -> bool:
    """False only where no completion makes the rule fire."""
    if rule not in case.undecided:
        return case.fired[rule] is True
    scope = sorted(trait for trait in case.base.reads[rule] if trait in left.listed & set(left.patterns))
    rows = reduce(lambda size, trait: size * len(left.patterns[trait]), scope, 1)
    if rows > TABLE_ROWS or any(t in left.patterns and t not in left.listed for t in case.base.reads[rule]):
        return True
    true, _ = case.rejudged(_columns(case, scope, left), [rule])[rule]
    return bool(np.any(true))


def _between(threshold: float, low: float, high: float) -> set[Choice]:
    found = {choice(threshold, low), choice(threshold, high)}
    if {"pytorch", "tensorflow"} <= found:
        found.add("too-close")
    return found
