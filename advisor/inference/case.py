"""One set of answers on one day, with every rule judged: what all parts of the engine start from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from advisor.inference.answers import Answers
from advisor.inference.model import AsOf, Choice
from advisor.inference.program import Base, Side, View, programme
from advisor.inference.scoring import (
    Contribution,
    Total,
    choice,
    contributions,
    interval,
    margin,
    scaled_sides,
)
from advisor.inference.truth import MASK, Array, Column, Judge, Judged, Truth
from advisor.knowledge.base import KnowledgeBase


@dataclass(frozen=True, eq=False)
class Singles:
    """One row per possible answer; for traits with several options each option alone is one."""

    traits: Array
    masks: Array
    judged: tuple[Judged, ...]  # by rule
    margins: Array
    verdicts: Array  # as numbers
    valid: Array  # False where the answer contradicts an earlier one


@dataclass(frozen=True, eq=False)
class Case:
    """Answers put before a knowledge base as it stood on one day."""

    kb: KnowledgeBase
    base: Base
    view: View
    as_of: AsOf
    answers: Answers
    sides: tuple[Side, ...]  # weights scaled by importance
    masks: tuple[int, ...]  # by trait
    moved: float = 0.0  # decibans that measurements add to the margin

    @cached_property
    def judge(self) -> Judge:
        return Judge(self.base.program, self.masks)

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """By rule, for the answers as they are. Rules without an entry that day count as false."""
        return tuple(
            self.judge(tree) if entry is not None else (False, True)
            for tree, entry in zip(self.base.trees, self.view.entries, strict=True)
        )

    @cached_property
    def fired(self) -> tuple[Truth, ...]:
        return tuple(true for true, _ in self.judged)

    @cached_property
    def undecided(self) -> tuple[int, ...]:
        """Rules that may yet fire and would count: they speak for a side or knock out."""
        counting = {rule for side in self.sides for rule, weight in side.rules if weight} | set(
            self.view.knock_outs
        )
        return tuple(
            n for n, (true, false) in enumerate(self.judged) if n in counting and not (true or false)
        )

    @cached_property
    def contributions(self) -> list[Contribution]:
        return contributions(self.sides, self.base, self.fired)

    @cached_property
    def margin(self) -> float:
        return float(sum(part.decibans for part in self.contributions)) + self.moved

    @cached_property
    def knocked_out(self) -> tuple[int, ...]:
        return tuple(rule for rule in self.view.knock_outs if self.fired[rule] is True)

    @property
    def threshold(self) -> float:
        return self.kb.scale.too_close_below.decibans

    @cached_property
    def verdict(self) -> Choice:
        return "neither" if self.knocked_out else choice(self.threshold, self.margin)

    @cached_property
    def open(self) -> tuple[int, ...]:
        """Traits that may still be asked: unanswered, and not ruled out by the other answers."""
        traits = self.base.program.traits
        return tuple(
            n
            for n, trait in enumerate(traits)
            if not self.masks[n]
            and trait.id not in self.answers.unknown
            and self.judge.applies(n)[1] is not True
        )

    @cached_property
    def askable(self) -> tuple[int, ...]:
        """Traits that can be asked now, in the order of the questionnaire."""
        return tuple(n for n in self.open if self.judge.applies(n)[0] is True)

    @cached_property
    def singles(self) -> "Singles":
        """Every single answer to a question that can be asked now, everything else as it is."""
        bits = self.base.program.bits
        rows = [(trait, mask) for trait in self.askable for mask in bits[trait].values()]
        columns = self.columns(rows)
        judged = self.rejudged(columns, self.undecided)
        size = len(rows)
        fired = [true for true, _ in judged]
        margins = np.broadcast_to(np.asarray(self.total(fired), dtype=float), (size,))
        return Singles(
            traits=np.array([trait for trait, _ in rows], dtype=int),
            masks=np.array([mask for _, mask in rows], dtype=MASK),
            judged=tuple(judged),
            margins=margins,
            verdicts=self.verdicts(margins, self.out(fired, size)),
            valid=self.valid(columns, size),
        )

    def columns(self, rows: Sequence[tuple[int, int]]) -> list[Column]:
        """The answers with one trait changed in each row, given as (trait, mask)."""
        columns: list[Column] = list(self.masks)
        traits = np.array([trait for trait, _ in rows], dtype=int)
        masks = np.array([mask for _, mask in rows], dtype=MASK)
        for trait in {trait for trait, _ in rows}:
            columns[trait] = np.where(traits == trait, masks, MASK(self.masks[trait]))
        return columns

    def valid(self, columns: Sequence[Column], size: int | tuple[int, ...]) -> Array:
        """The rows in which no answer given so far has become one to a question that does not apply."""
        bad: Array = np.zeros(size, dtype=bool)
        unsure = [
            trait
            for trait in self.base.program.asks
            if self.masks[trait] and self.judge.applies(trait)[1] is not True
        ]
        if unsure:
            judge = Judge(self.base.program, columns)
            for trait in unsure:
                bad |= judge.applies(trait)[1]
        return ~bad

    def rejudged(self, columns: Sequence[Column], rules: Iterable[int]) -> list[Judged]:
        """By rule, for other columns; only the named rules are looked at again."""
        judge = Judge(self.base.program, columns)
        judged = list(self.judged)
        for rule in rules:
            if self.view.entries[rule] is not None:
                judged[rule] = judge(self.base.trees[rule])
        return judged

    def total(self, fired: Sequence[Truth]) -> Total:
        return margin(self.base, self.sides, fired) + self.moved

    def interval(self, judged: Sequence[Judged]) -> tuple[Total, Total]:
        """Bounds on the margin, however the undecided rules turn out."""
        low, high = interval(self.base, self.sides, judged)
        return low + self.moved, high + self.moved

    def out(self, fired: Sequence[Truth], size: int) -> Array:
        """Whether some knock-out fired, per set of answers."""
        knocked = np.zeros(size, dtype=bool)
        for rule in self.view.knock_outs:
            knocked |= fired[rule]
        return knocked

    def verdicts(self, total: Total, out: Array) -> Array:
        """Verdicts as numbers: 1 PyTorch, -1 TensorFlow, 0 too close, 2 neither. Same shape as ``out``."""
        threshold = self.threshold
        sums = np.broadcast_to(np.asarray(total, dtype=float), out.shape)
        found = np.where(
            (sums >= threshold) & (sums > 0), 1, np.where((sums <= -threshold) & (sums < 0), -1, 0)
        )
        return np.where(out, 2, found)


VERDICT_NUMBERS: dict[Choice, int] = {"pytorch": 1, "tensorflow": -1, "too-close": 0, "neither": 2}


def make_case(kb: KnowledgeBase, answers: Answers, as_of: AsOf, moved: float = 0.0) -> Case:
    base = programme(kb)
    view = base.view(as_of)
    return Case(
        kb=kb,
        base=base,
        view=view,
        as_of=as_of,
        answers=answers,
        sides=scaled_sides(kb, view, answers.importance),
        masks=tuple(base.program.masks(dict(answers.sets()))),
        moved=moved,
    )
