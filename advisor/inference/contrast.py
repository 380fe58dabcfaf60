"""Why not, and what speaks for the other side."""

from collections.abc import Mapping
from functools import reduce
from math import prod

import numpy as np

from advisor.inference.answers import Answers
from advisor.inference.case import Case, make_case
from advisor.inference.model import AsOf, NearMiss, Reason
from advisor.inference.reasons import own_weight, reason, reasons_of
from advisor.inference.scoring import Contribution, fired_weights, ranked_total
from advisor.inference.truth import MASK, Column, Judge, Program, leaves, met
from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.questions import NONE

Repair = Mapping[int, int]  # trait -> options any of which would do
MOST_TRIED = 1 << 14


def why_not(kb: KnowledgeBase, answers: Answers, as_of: AsOf, limit: int = 8) -> tuple[NearMiss, ...]:
    """The rules that came closest to firing: by how many answers they lack, then by weight."""
    return near_misses(make_case(kb, answers, as_of), limit)


def near_misses(case: Case, limit: int = 8) -> tuple[NearMiss, ...]:
    candidates = sorted(
        (case.judged[rule][1] is True, -weight, case.kb.rules[rule].id, rule, side.sign)
        for side in case.sides
        for rule, weight in side.rules
        if weight and case.fired[rule] is not True
    )
    found: list[tuple[int, int, bool, int, int, Repair]] = []
    for settled, _, _, rule, sign in candidates:
        repair = _repair(case, rule)
        if repair:
            found.append((len(repair), len(found), settled, rule, sign, repair))
        if sum(row[0] == 1 for row in found) >= limit:
            break  # whatever follows lacks at least as much and ranks lower
    return tuple(_near_miss(case, *row[2:]) for row in sorted(found, key=lambda row: row[:2])[:limit])


def _near_miss(case: Case, settled: bool, rule: int, sign: int, repair: Repair) -> NearMiss:
    program = case.base.program
    return NearMiss(
        rule=case.kb.rules[rule].id,
        title=case.kb.rules[rule].title,
        favours="pytorch" if sign > 0 else "tensorflow",
        weight=sign * own_weight(case, rule),
        lacks=tuple(program.traits[trait].id for trait in sorted(repair)),
        wants={
            program.traits[trait].id: list(program.names(trait, bits))
            for trait, bits in sorted(repair.items())
        },
        undecided=not settled,
    )


def other_side(kb: KnowledgeBase, answers: Answers, as_of: AsOf) -> tuple[Reason, ...]:
    """The case for the framework that does not lead, with as many reasons as the leading one has.

    First what does speak for it, largest first; then, marked ``waiting``, rules that an unanswered question
    may still bring, with the decibans each would add. Where neither leads, all that was said on both sides.
    """
    return opposing(make_case(kb, answers, as_of))


def opposing(case: Case) -> tuple[Reason, ...]:
    if case.margin == 0:
        return tuple(part for part in reasons_of(case) if part.decibans)
    sign = 1 if case.margin > 0 else -1
    size = sum(part.decibans * sign > 0 for part in case.contributions)
    against = [part for part in reasons_of(case) if part.decibans * sign < 0][:size]
    waiting = sorted(
        _waiting(case, -sign), key=lambda part: (-abs(part.decibans), case.kb.rules[part.rule].id)
    )
    return (*against, *(reason(case, part, waiting=True) for part in waiting[: size - len(against)]))


def _waiting(case: Case, sign: int) -> list[Contribution]:
    undecided = set(case.undecided)
    found = []
    for side in case.sides:
        if side.sign != sign:
            continue
        weights = fired_weights(case.base, side, case.fired)
        before = ranked_total(case.base, weights)
        for rule, weight in side.rules:
            if rule in undecided:
                gain = ranked_total(case.base, [*weights, weight]) - before
                rank = 1 + sum(larger >= weight for larger in weights)
                found.append(Contribution(rule, rank, sign * weight, sign * gain))
    return [part for part in found if part.decibans]


def _repair(case: Case, rule: int) -> Repair | None:
    """The fewest traits to answer differently for a rule to fire, with the options that would do.

    Every combination of answers to the rule's own traits is tried, as far as the rule can tell them apart.
    None if no answer helps, or there are too many.
    """
    traits = sorted(case.base.reads[rule])
    groups = [_alternatives(case, rule, trait) for trait in traits]
    shape = tuple(len(masks) for masks in groups)
    if prod(shape) > MOST_TRIED:
        return None
    columns: list[Column] = list(case.masks)
    changed = np.zeros(shape, dtype=int)  # the set of traits changed, as bits
    for axis, trait in enumerate(traits):
        along = [-1 if place == axis else 1 for place in range(len(shape))]
        columns[trait] = np.array([masks[0] for masks in groups[axis]], dtype=MASK).reshape(along)
        changed = changed | (np.minimum(1, np.arange(shape[axis])) << axis).reshape(along)
    fires = np.broadcast_to(Judge(case.base.program, columns)(case.base.trees[rule])[0], shape)
    sets = sorted(set(changed[fires].tolist()), key=lambda bits: (bits.bit_count(), bits))
    if not sets:
        return None
    places = np.nonzero(fires & (changed == sets[0]))
    repair = {}
    for axis, trait in enumerate(traits):
        if sets[0] >> axis & 1:
            masks = [mask for group in set(places[axis].tolist()) for mask in groups[axis][group]]
            repair[trait] = reduce(int.__or__, (mask & ~case.masks[trait] or mask for mask in masks))
    return repair


def _alternatives(case: Case, rule: int, trait: int) -> list[list[int]]:
    """Answers near the present one, grouped by how they look to the rule; the first group is the present one.

    Near are one option alone, one more, one fewer, or all that a test asks for.
    """
    program = case.base.program
    now, bits = case.masks[trait], program.bits[trait]
    trees = [case.base.trees[rule], *(program.asks[n] for n in case.base.reads[rule] if n in program.asks)]
    atoms = {number for tree in trees for number in leaves(tree) if program.atoms[number].trait == trait}
    near = set(bits.values())
    if program.traits[trait].kind == "many":
        alone = bits.get(NONE, 0)
        every = sum(bits.values())
        asked = [program.atoms[number].bits & every & ~alone for number in atoms]
        for some in [*(bit for bit in bits.values() if bit != alone), *asked]:
            near |= {(now & ~alone) | some, now & ~some}
    groups: dict[tuple[bool, ...], list[int]] = {_look(program, atoms, now): [now]}
    for mask in sorted(near - {now, 0}):
        groups.setdefault(_look(program, atoms, mask), []).append(mask)
    return list(groups.values())


def _look(program: Program, atoms: set[int], mask: int) -> tuple[bool, ...]:
    return (mask != 0, *(met(program.atoms[number], mask) for number in sorted(atoms)))
