"""Whether any answer still to come can change the verdict: the cheapest sufficient proof first."""

import numpy as np

from advisor.inference.case import VERDICT_NUMBERS, Case
from advisor.inference.range import TABLE_ROWS, may_fire, range_of, remaining
from advisor.inference.scoring import choice
from advisor.inference.truth import MASK, Column, Judge


def is_decided(case: Case) -> bool:
    """As ``range_of(case).decided``, but found sooner where one bound or one counterexample is enough."""
    if case.knocked_out or not case.undecided:
        return True
    knock_outs = [rule for rule in case.view.knock_outs if rule in case.undecided]
    if any(_in_reach(case, rule) for rule in knock_outs):
        return False
    low, high = (float(end) for end in case.interval(case.judged))
    if choice(case.threshold, low) != choice(case.threshold, high):
        return not _turned_by_one(case) and not _turned_by_all(case) and range_of(case).decided
    if not knock_outs:
        return True
    left = remaining(case)
    return not any(may_fire(case, rule, left) for rule in knock_outs) or range_of(case).decided


def _in_reach(case: Case, rule: int) -> bool:
    """Whether a rule fires in some completion that gives at most one option to each trait it reads."""
    program = case.base.program
    scope = sorted(case.base.reads[rule] & set(case.open))
    shape = tuple(1 + len(program.bits[trait]) for trait in scope)
    if np.prod(shape, dtype=float) > TABLE_ROWS:
        return False
    columns: list[Column] = list(case.masks)
    for axis, trait in enumerate(scope):
        masks = np.array([0, *program.bits[trait].values()], dtype=MASK)
        columns[trait] = masks.reshape([-1 if n == axis else 1 for n in range(len(scope))])
    true, _ = Judge(program, columns)(case.base.trees[rule])
    return bool((true & case.valid(columns, shape)).any())


def _turned_by_one(case: Case) -> bool:
    """Whether one more answer is enough."""
    singles = case.singles
    return bool(((singles.verdicts != VERDICT_NUMBERS[case.verdict]) & singles.valid).any())


def _turned_by_all(case: Case) -> bool:
    """Whether one of two completions does that may lie far apart: each answer the best for one framework."""
    singles = case.singles
    rising = np.argsort(singles.margins)
    rising = rising[singles.valid[rising]]
    for order in (rising[::-1], rising):  # the last answer to a question stands
        masks = list(case.masks)
        for trait, mask in zip(singles.traits[order].tolist(), singles.masks[order].tolist(), strict=True):
            masks[trait] = mask
        fired = [true for true, _ in case.rejudged(masks, case.undecided)]
        verdict = case.verdicts(case.total(fired), case.out(fired, 1))
        if (verdict != VERDICT_NUMBERS[case.verdict]) & case.valid(masks, 1):
            return True
    return False
