"""Why not, and what speaks for the other side."""

from collections.abc import Mapping
from functools import reduce

from advisor.inference.answers import Answers
from advisor.inference.case import Case, make_case
from advisor.inference.model import AsOf, NearMiss, Reason
from advisor.inference.reasons import reason, reasons_of
from advisor.inference.scoring import Contribution, side_total
from advisor.inference.truth import Tree, Truth
from advisor.knowledge.base import KnowledgeBase

Repair = Mapping[int, int]  # trait -> options any of which would do


def why_not(kb: KnowledgeBase, answers: Answers, as_of: AsOf, limit: int = 8) -> tuple[NearMiss, ...]:
    """The rules that came closest to firing: by how many answers they lack, then by weight."""
    return near_misses(make_case(kb, answers, as_of), limit)


def near_misses(case: Case, limit: int = 8) -> tuple[NearMiss, ...]:
    program = case.base.program
    found = []
    for side in case.sides:
        for rule, weight in side.rules:
            repair = (
                None if case.fired[rule] is True or not weight else _repair(case, case.base.trees[rule], True)
            )
            if repair:
                undecided = case.judged[rule][1] is not True
                found.append(
                    (len(repair), not undecided, -weight, case.kb.rules[rule].id, rule, side.sign, repair)
                )
    found.sort(key=lambda row: row[:4])
    return tuple(
        NearMiss(
            rule=name,
            title=case.kb.rules[rule].title,
            favours="pytorch" if sign > 0 else "tensorflow",
            weight=-sign * minus,
            lacks=tuple(program.traits[trait].id for trait in sorted(repair)),
            wants={
                program.traits[trait].id: list(program.names(trait, bits))
                for trait, bits in sorted(repair.items())
            },
            undecided=not settled,
        )
        for _, settled, minus, name, rule, sign, repair in found[:limit]
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
        before = float(side_total(case.base, side, case.fired))
        for rule, weight in side.rules:
            if rule in undecided:
                fired: list[Truth] = list(case.fired)
                fired[rule] = True
                gain = float(side_total(case.base, side, fired)) - before
                rank = 1 + sum(case.fired[other] is True and larger >= weight for other, larger in side.rules)
                found.append(Contribution(rule, rank, sign * weight, sign * gain))
    return [part for part in found if part.decibans]


def _repair(case: Case, tree: Tree, wanted: bool) -> Repair | None:
    """The fewest traits to answer differently for the tree to come out as wanted; None if impossible."""
    true, false = case.judge(tree)
    if (true if wanted else false) is True:
        return {}
    if isinstance(tree, int):
        return _repair_atom(case, tree, wanted)
    word, parts = tree
    if word == "not":
        return _repair(case, parts[0], not wanted)
    repairs = [_repair(case, part, wanted) for part in parts]
    if (word == "and") == wanted:
        return reduce(lambda one, other: _merged(case, one, other), repairs)
    return min((repair for repair in repairs if repair is not None), key=len, default=None)


def _repair_atom(case: Case, number: int, wanted: bool) -> Repair | None:
    program = case.base.program
    atom = program.atoms[number]
    every = sum(program.bits[atom.trait].values())
    bits = atom.bits & every if wanted else every & ~atom.bits
    here: Repair | None = {atom.trait: bits} if bits else None
    if atom.trait in program.asks and wanted:  # the question has to apply first
        return _merged(case, here, _repair(case, program.asks[atom.trait], True))
    return here


def _merged(case: Case, one: Repair | None, other: Repair | None) -> Repair | None:
    """Both at once: one answer must satisfy both tests, several options may satisfy one each."""
    if one is None or other is None:
        return None
    merged = dict(one)
    for trait, bits in other.items():
        if trait not in merged:
            merged[trait] = bits
        elif case.base.program.traits[trait].kind == "many":
            merged[trait] |= bits
        elif not merged[trait] & bits:
            return None
        else:
            merged[trait] &= bits
    return merged
