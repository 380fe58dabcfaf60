"""Conditions as bit tests in three-valued logic: judged for one set of answers, or for thousands at once.

An answer is a bit mask over the options of its trait, 0 when there is none. A column is one mask, or an
array with one mask per set of answers; columns of both kinds mix, so only what varies costs array work.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from advisor.knowledge.condition import All, IncludesAll, Node, Not, Only, options_of, traits
from advisor.knowledge.condition import Any as AnyOf
from advisor.knowledge.questions import NONE, Trait

Array: TypeAlias = NDArray[Any]
Column: TypeAlias = int | Array
Truth: TypeAlias = bool | Array  # one truth value, or one per set of answers
Judged: TypeAlias = tuple[Truth, Truth]  # (is true, is false); neither of the two: undecided
Tree: TypeAlias = int | tuple[Literal["and", "or", "not"], tuple[Any, ...]]  # a leaf is the number of an atom

SUBSETS_UP_TO = 12  # options of a trait whose combinations are listed; beyond that a bound must do
MASK = np.int32


@dataclass(frozen=True, slots=True)
class Atom:
    """One bit test: any of ``bits`` set, all of them, or none outside them."""

    trait: int
    kind: Literal["any", "all", "only"]
    bits: int


@dataclass
class Program:
    """The traits as columns, and the compiled conditions. Built once per knowledge base, then only read."""

    traits: tuple[Trait, ...]
    index: dict[str, int] = field(init=False)
    bits: tuple[dict[str, int], ...] = field(init=False)
    atoms: list[Atom] = field(init=False, default_factory=list)
    looks: list[Array] = field(init=False, default_factory=list)  # by atom: which of ``every`` answer pass it
    asks: dict[int, Tree] = field(init=False, default_factory=dict)  # in dependency order
    every: tuple[Array, ...] = field(init=False)  # by trait: all that :meth:`possible` lists
    _numbers: dict[Atom, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.index = {trait.id: number for number, trait in enumerate(self.traits)}
        self.bits = tuple({name: 1 << n for n, name in enumerate(trait.option_ids)} for trait in self.traits)
        self.every = tuple(np.array(self.possible(n), dtype=MASK) for n in range(len(self.traits)))
        for number in _ask_order(self.traits, self.index):
            condition = self.traits[number].ask_when
            if condition is not None:
                self.asks[number] = self.compile(condition)

    def compile(self, condition: Node) -> Tree:
        """The condition as a tree over atoms. Raises :class:`KeyError` for a trait that does not exist."""
        match condition:
            case All(parts):
                return ("and", tuple(self.compile(part) for part in parts))
            case AnyOf(parts):
                return ("or", tuple(self.compile(part) for part in parts))
            case Not(part):
                return ("not", (self.compile(part),))
        trait = self.index[condition.trait]
        missing = 1 << len(self.bits[trait])  # an option that no answer can have
        bits = 0
        for option in options_of(condition):
            bits |= self.bits[trait].get(option, missing)
        kind: Literal["any", "all", "only"] = (
            "all" if isinstance(condition, IncludesAll) else "only" if isinstance(condition, Only) else "any"
        )
        atom = Atom(trait, kind, bits)
        if atom not in self._numbers:
            self._numbers[atom] = len(self.atoms)
            self.atoms.append(atom)
            self.looks.append(met_by(atom, self.every[trait]))
        return self._numbers[atom]

    def reads(self, tree: Tree) -> frozenset[int]:
        """The traits that a tree reads, with those that decide whether they apply."""
        found: set[int] = set()
        waiting = [self.atoms[atom].trait for atom in leaves(tree)]
        while waiting:
            trait = waiting.pop()
            if trait not in found:
                found.add(trait)
                if trait in self.asks:
                    waiting += [self.atoms[atom].trait for atom in leaves(self.asks[trait])]
        return frozenset(found)

    def masks(self, values: Mapping[str, Iterable[str]]) -> list[int]:
        """One mask per trait."""
        masks = [0] * len(self.traits)
        for name, options in values.items():
            trait = self.index[name]
            for option in options:
                masks[trait] |= self.bits[trait][option]
        return masks

    def names(self, trait: int, mask: int) -> tuple[str, ...]:
        """The options of a mask, in the order of the questionnaire."""
        return tuple(name for name, bit in self.bits[trait].items() if mask & bit)

    def possible(self, trait: int) -> list[int]:
        """Every answer that the trait accepts. For several options beyond twelve: the single ones only."""
        bits = list(self.bits[trait].values())
        if self.traits[trait].kind == "one" or len(bits) > SUBSETS_UP_TO:
            return bits
        alone = self.bits[trait].get(NONE, 0)
        return [mask for mask in range(1, 1 << len(bits)) if not mask & alone or mask == alone]


class Judge:
    """Judges trees for given columns; each atom is looked at once."""

    def __init__(self, program: Program, columns: Sequence[Column]) -> None:
        self.program = program
        self.columns = columns
        self._seen: dict[int, Judged] = {}

    def __call__(self, tree: Tree) -> Judged:
        if isinstance(tree, int):
            found = self._seen.get(tree)
            if found is None:
                found = self._seen[tree] = self._atom(self.program.atoms[tree])
            return found
        word, parts = tree
        if word == "not":
            true, false = self(parts[0])
            return false, true
        true, false = self(parts[0])
        for part in parts[1:]:
            if word == "and":
                if false is True:
                    return False, True
                more, less = self(part)
                true, false = both(true, more), either(false, less)
            else:
                if true is True:
                    return True, False
                more, less = self(part)
                true, false = either(true, more), both(false, less)
        return true, false

    def applies(self, trait: int) -> Judged:
        """Whether the question is to be asked."""
        tree = self.program.asks.get(trait)
        return (True, False) if tree is None else self(tree)

    def _atom(self, atom: Atom) -> Judged:
        column = self.columns[atom.trait]
        ask = self.program.asks.get(atom.trait)
        off = False if ask is None else self(ask)[1]
        if isinstance(column, int):
            if not column:
                return False, off
            return (negated(off), off) if met(atom, column) else (False, True)
        known = column != 0
        held = met_by(atom, column)
        missed = known > held  # known and not held, in one step
        return (held, missed) if off is False else (both(held, negated(off)), either(off, missed))


def leaves(tree: Tree) -> Iterable[int]:
    """The atoms of a tree, left to right."""
    if isinstance(tree, int):
        yield tree
    else:
        for part in tree[1]:
            yield from leaves(part)


def both(one: Truth, other: Truth) -> Truth:
    if isinstance(one, bool):
        return other if one else False
    if isinstance(other, bool):
        return one if other else False
    joined: Array = one & other
    return joined


def either(one: Truth, other: Truth) -> Truth:
    if isinstance(one, bool):
        return True if one else other
    if isinstance(other, bool):
        return True if other else one
    joined: Array = one | other
    return joined


def negated(truth: Truth) -> Truth:
    return not truth if isinstance(truth, bool) else ~truth


def met_by(atom: Atom, column: Array) -> Array:
    """Which answers of a column pass the test; no answer does not."""
    if atom.kind == "any":
        held: Array = (column & atom.bits) != 0
    elif atom.kind == "all":
        held = (column & atom.bits) == atom.bits
    else:
        held = (column != 0) & ((column & ~atom.bits) == 0)
    return held


def met(atom: Atom, mask: int) -> bool:
    """Whether an answer passes the test."""
    if atom.kind == "any":
        return mask & atom.bits != 0
    if atom.kind == "all":
        return mask & atom.bits == atom.bits
    return mask & ~atom.bits == 0


def _ask_order(all_traits: Sequence[Trait], index: Mapping[str, int]) -> list[int]:
    """Conditional traits, each after those its ``ask_when`` reads; :class:`ValueError` for a circle."""
    order: list[int] = []
    state: dict[int, bool] = {}  # False while it is being visited

    def visit(number: int) -> None:
        if state.get(number) is False:
            raise ValueError(f"ask_when of {all_traits[number].id} leads back to itself")
        if number in state:
            return
        state[number] = False
        condition = all_traits[number].ask_when
        if condition is not None:
            for name in traits(condition):
                visit(index[name])
            order.append(number)
        state[number] = True

    for number in range(len(all_traits)):
        visit(number)
    return order
