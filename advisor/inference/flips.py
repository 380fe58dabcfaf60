"""The smallest sets of answer changes that turn the verdict: every single change, then every pair."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from advisor.inference.answers import Answers
from advisor.inference.case import VERDICT_NUMBERS, Case, make_case
from advisor.inference.model import AsOf, Change, Choice, Flip
from advisor.inference.truth import MASK, Array, Column, Judge
from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.questions import NONE

PAIRS_AT_ONCE = 1 << 15


@dataclass(frozen=True, slots=True)
class _Move:
    trait: int
    mask: int


def flips(kb: KnowledgeBase, answers: Answers, as_of: AsOf, pairs: bool | None = None) -> tuple[Flip, ...]:
    """Every single change that turns the verdict, and every pair of which neither change alone does.

    A change answers a question, replaces an answer, or adds or takes away one option where several are
    allowed (where one stands alone, it may also be exchanged for another). Answers to questions that would
    not be asked are no changes. ``pairs``: look for pairs always, never, or (None) only where no single
    change within the user's power turns the verdict into another on the two frameworks; a knock-out says
    nothing about the choice between them. Those in the user's power come first.
    """
    return flips_of(make_case(kb, answers, as_of), pairs)


def flips_of(case: Case, pairs: bool | None = None) -> tuple[Flip, ...]:
    moves = _moves(case)
    if not moves:
        return ()
    singles = np.arange(len(moves))[:, None]
    turned, margins, sensible = _tried(case, moves, singles)
    found = [
        _flip(case, moves, [int(n)], turned[n], margins[n])
        for n in np.flatnonzero(_turns(case, turned) & sensible)
    ]
    traits = case.base.program.traits
    within_power = any(flip.verdict != "neither" and flip.changes[0].changeable for flip in found)
    if pairs or (pairs is None and not within_power):
        idle = np.flatnonzero(~(_turns(case, turned) & sensible))
        kinds = np.array([move.trait for move in moves])[idle]
        first, second = np.triu_indices(len(idle), k=1)
        apart = kinds[first] != kinds[second]
        apart[apart] = _promising(case, kinds[first[apart]], kinds[second[apart]])
        two = np.stack([idle[first[apart]], idle[second[apart]]], axis=1)
        for start in range(0, len(two), PAIRS_AT_ONCE):
            part = two[start : start + PAIRS_AT_ONCE]
            turned, margins, sensible = _tried(case, moves, part)
            found += [
                _flip(case, moves, part[n].tolist(), turned[n], margins[n])
                for n in np.flatnonzero(_turns(case, turned) & sensible)
            ]
    place = {trait.id: n for n, trait in enumerate(traits)}
    return tuple(
        sorted(
            found,
            key=lambda flip: (
                len(flip.changes),
                not all(change.changeable for change in flip.changes),
                sum(change.was is None for change in flip.changes),
                [place[change.trait] for change in flip.changes],
            ),
        )
    )


def _moves(case: Case) -> list[_Move]:
    """Every change of one trait that some counting rule could notice."""
    program = case.base.program
    counting = [rule for side in case.sides for rule, weight in side.rules if weight] + list(
        case.view.knock_outs
    )
    read = frozenset[int]().union(*(case.base.reads[rule] for rule in counting))
    moves = []
    for number in sorted(read):
        now, bits = case.masks[number], program.bits[number]
        alone = bits.get(NONE, 0)
        single = now.bit_count() <= 1 or program.traits[number].kind == "one"
        targets = set(bits.values()) if single else set()  # answer, replace or exchange
        if program.traits[number].kind == "many" and now:
            targets |= {(now & ~alone) ^ bit for bit in bits.values() if bit != alone}
        moves += [_Move(number, mask) for mask in sorted(targets - {now, 0})]
    return moves


def _tried(case: Case, moves: Sequence[_Move], rows: Array) -> tuple[Array, Array, Array]:
    """Verdict number, margin, and whether the changes make sense, for each row of moves."""
    traits = np.array([move.trait for move in moves])[rows]
    masks = np.array([move.mask for move in moves], dtype=MASK)[rows]
    columns: list[Column] = list(case.masks)
    for trait in np.unique(traits).tolist():
        column = np.full(len(rows), case.masks[trait], dtype=MASK)
        for place in range(rows.shape[1]):
            hit = traits[:, place] == trait
            column[hit] = masks[hit, place]
        columns[trait] = column
    fired = [true for true, _ in case.rejudged(columns, range(len(case.judged)))]
    margins = np.broadcast_to(np.asarray(case.total(fired), dtype=float), (len(rows),))
    turned = case.verdicts(margins, case.out(fired, len(rows)))
    judge = Judge(case.base.program, columns)
    sensible = np.ones(len(rows), dtype=bool)
    for trait in case.base.program.asks:
        moved = (traits == trait).any(axis=1)
        if moved.any():
            sensible &= ~moved | np.asarray(judge.applies(trait)[0])
    return turned, margins, sensible


def _promising(case: Case, one: Array, other: Array) -> Array:
    """Whether changing both traits could turn the verdict, whatever the rules that read them then do."""
    size = len(case.base.program.traits)
    pairs, back = np.unique(one * size + other, return_inverse=True)
    reads = np.zeros((len(case.judged), size), dtype=bool)
    for rule, traits in enumerate(case.base.reads):
        reads[rule, list(traits)] = True
    free = reads[:, pairs // size] | reads[:, pairs % size]  # by rule and pair
    judged = [(~free[n], False) if true is True else (False, ~free[n]) for n, true in enumerate(case.fired)]
    out = np.full(len(pairs), bool(case.knocked_out))
    for rule in case.view.knock_outs:
        out = out | free[rule]
    ends = (np.broadcast_to(end, len(pairs)) for end in case.interval(judged))
    steady = np.zeros(len(pairs), dtype=bool)
    now = VERDICT_NUMBERS[case.verdict]
    worth: Array = out | np.logical_or.reduce([case.verdicts(end, steady) != now for end in ends])
    return worth[back]


def _turns(case: Case, turned: Array) -> Array:
    changed: Array = turned != VERDICT_NUMBERS[case.verdict]
    return changed


def _flip(case: Case, moves: Sequence[_Move], chosen: Sequence[int], turned: int, margin: float) -> Flip:
    verdicts: dict[int, Choice] = {number: name for name, number in VERDICT_NUMBERS.items()}
    return Flip.model_construct(
        changes=tuple(_change(case, moves[n]) for n in chosen),
        verdict=verdicts[int(turned)],
        margin_decibans=float(margin),
    )


def _change(case: Case, move: _Move) -> Change:
    program = case.base.program
    trait = program.traits[move.trait]
    was = case.answers.get(trait.id)
    becomes = program.names(move.trait, move.mask)
    return Change.model_construct(
        trait=trait.id,
        was=list(was) if isinstance(was, tuple) else was,
        becomes=becomes[0] if trait.kind == "one" else list(becomes),
        changeable=trait.changeable,
    )
