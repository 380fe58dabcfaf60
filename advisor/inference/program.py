"""A knowledge base made ready for the engine: conditions compiled once, weights ranked once per day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from advisor.inference.model import AsOf
from advisor.inference.truth import Program, Tree
from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.condition import All, Node, Not
from advisor.knowledge.schema import Entry, Rule

# Weights lie on a grid of 1/256 decibans and overlap factors on one of 2^-24, so every product and every
# sum of fewer than a million decibans is exact in a double, in whatever order it is formed.
WEIGHT_GRID = 2.0**8
FACTOR_GRID = 2.0**24
MOST_DAYS = 512

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Side:
    """The rules of one theme that speak for one framework, largest first; equal ones by id."""

    theme: str
    sign: int  # +1 PyTorch, -1 TensorFlow
    rules: tuple[tuple[int, float], ...]  # (number of the rule, weight without sign)


@dataclass(frozen=True, eq=False)
class View:
    """The rules as they stand on one day."""

    entries: tuple[Entry | None, ...]  # by rule
    sides: tuple[Side, ...]
    knock_outs: tuple[int, ...]  # rules, by id
    silent: tuple[int, ...]  # in force, but speaking for neither


@dataclass(frozen=True, eq=False)
class Base:
    """One knowledge base, compiled."""

    kb: KnowledgeBase
    program: Program
    trees: tuple[Tree, ...]  # by rule: when and not unless
    reads: tuple[frozenset[int], ...]  # by rule: traits
    plan: Mapping[
        str, Tree
    ]  # "route:<id>", "tool:<id>", "setup:<id>", "roadmap:<id>", "known:<id>", "evidence:<id>"
    overlap: NDArray[np.float64]  # factor of rank 1, 2, ...; the last one is 0 and stands for all later ranks
    views: dict[tuple[int, ...], View]  # by the entries in force
    days: dict[AsOf, View]

    def view(self, as_of: AsOf) -> View:
        """The rules on a day. Days between two changes share one view."""
        view = self.days.get(as_of)
        if view is None:
            entries = tuple(rule.entry_at(as_of) for rule in self.kb.rules)
            key = tuple(map(id, entries))  # entries live as long as the knowledge base does
            view = self.views.get(key) or _view(self.kb, entries)
            if len(self.days) >= MOST_DAYS:  # dates come from links, so anyone may ask for any number of them
                self.days.clear()
            self.views[key] = self.days[as_of] = view
        return view


def programme(kb: KnowledgeBase) -> Base:
    """The compiled form, kept with the knowledge base itself, as a cached property would be."""
    return kept(kb, "_compiled", _compile)


def kept(kb: KnowledgeBase, name: str, make: Callable[[KnowledgeBase], T]) -> T:
    """What ``make`` derives from the knowledge base, made once and let go together with it."""
    attributes = vars(kb)
    if name not in attributes:
        attributes[name] = make(kb)
    found: T = attributes[name]
    return found


def grid(decibans: float) -> float:
    """The nearest weight on the grid."""
    return round(decibans * WEIGHT_GRID) / WEIGHT_GRID


def _compile(kb: KnowledgeBase) -> Base:
    program = Program(tuple(kb.traits.values()))
    trees = tuple(program.compile(_whole(rule)) for rule in kb.rules)
    conditions: dict[str, Node | None] = {
        **{f"route:{route.id}": route.when for route in kb.routes},
        **{f"tool:{tool.id}": tool.when for tool in kb.tools},
        **{f"setup:{step.id}": step.when for step in kb.setup},
        **{f"roadmap:{step.id}": step.when for step in kb.roadmap},
        **{f"known:{step.id}": step.known_when for step in kb.roadmap},
        **{f"evidence:{link.id}": link.cares_when for link in kb.evidence},
    }
    overlap = kb.scale.overlap
    return Base(
        kb=kb,
        program=program,
        trees=trees,
        reads=tuple(program.reads(tree) for tree in trees),
        plan={key: program.compile(when) for key, when in conditions.items() if when is not None},
        overlap=np.array(
            [*(round(overlap.factor**k * FACTOR_GRID) / FACTOR_GRID for k in range(overlap.ranks)), 0.0]
        ),
        views={},
        days={},
    )


def _whole(rule: Rule) -> Node:
    return rule.when if rule.unless is None else All((rule.when, Not(rule.unless)))


def _view(kb: KnowledgeBase, entries: tuple[Entry | None, ...]) -> View:
    sides: dict[tuple[str, int], list[tuple[int, float]]] = {}
    silent = []
    for number, (rule, entry) in enumerate(zip(kb.rules, entries, strict=True)):
        if entry is None or rule.knock_out:
            continue
        if entry.favours == "neither" or entry.strength is None:
            silent.append(number)
            continue
        sign = 1 if entry.favours == "pytorch" else -1
        weight = grid(kb.scale.strengths.decibans(entry.strength))
        sides.setdefault((rule.theme, sign), []).append((number, weight))
    return View(
        entries=entries,
        sides=tuple(
            Side(theme, sign, tuple(sorted(rules, key=lambda r: (-r[1], kb.rules[r[0]].id))))
            for (theme, sign), rules in sorted(sides.items())
        ),
        knock_outs=tuple(
            sorted(
                (n for n, rule in enumerate(kb.rules) if rule.knock_out and entries[n] is not None),
                key=lambda n: kb.rules[n].id,
            )
        ),
        silent=tuple(sorted(silent, key=lambda n: kb.rules[n].id)),
    )


def is_stale(rule: Rule, as_of: AsOf) -> bool:
    """Whether the rule's review was due before the day asked for; the guide's own verdict does not age."""
    return isinstance(as_of, date) and as_of > rule.good_until
