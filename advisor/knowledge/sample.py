"""A covering sample: few sets of answers that hold every pair of answers that can go together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from random import Random
from typing import TypeAlias

from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.check_logic import answers_fulfilling
from advisor.knowledge.condition import Answered, Node, evaluate, traits
from advisor.knowledge.questions import NONE, Trait, applied

SEED = 20261124
SECOND = 0.3  # share of the answers to a question of kind "many" that get one more option

Fact: TypeAlias = tuple[str, str]  # trait, option
Pair: TypeAlias = tuple[Fact, Fact]
Row: TypeAlias = dict[str, frozenset[str]]
Answers: TypeAlias = dict[str, str | tuple[str, ...]]


def covering_sample(kb: KnowledgeBase, seed: int = SEED) -> tuple[Answers, ...]:
    """Complete sets of answers covering all pairs of options; the same on every machine for one seed.

    Every question that applies is answered, none that does not. Pairs that nothing can hold are left out.
    First come the sets inside the scope of the two frameworks, which cover all that they can; then the few
    sets needed for pairs that only go together where a knock-out holds.
    """
    order = _parents_first(kb.traits)
    random = Random(seed)
    ruled_out = _knock_outs(kb)
    open_pairs = dict.fromkeys(_pairs(order))
    rows: list[Row] = []
    for avoided in (ruled_out, ()):
        later: dict[Pair, None] = {}
        while open_pairs:
            first = next(iter(open_pairs))
            start = _start(first, kb.traits)
            row = _fill(start, order, kb.traits, open_pairs, random, avoided) if start is not None else None
            if row is None or _any_holds(avoided, row):
                del open_pairs[first]
                if row is not None:
                    later[first] = None
                continue
            held = _held(row)
            for pair in [pair for pair in open_pairs if pair[0] in held and pair[1] in held]:
                del open_pairs[pair]
            open_pairs.pop(first, None)
            rows.append(row)
        open_pairs = later
    return tuple(
        {name: _plain(kb.traits[name], options) for name, options in row.items() if options} for row in rows
    )


def outside_scope(kb: KnowledgeBase, answers: Answers) -> bool:
    """Whether a knock-out holds for a set of answers, whenever the rule came in."""
    row = {name: frozenset((a,) if isinstance(a, str) else a) for name, a in answers.items()}
    return _any_holds(_knock_outs(kb), applied(kb.traits, row))


def _knock_outs(kb: KnowledgeBase) -> tuple[Node, ...]:
    return tuple(rule.condition for rule in kb.rules if rule.knock_out)


def _any_holds(conditions: Iterable[Node], row: Answered) -> bool:
    return any(evaluate(condition, row) is True for condition in conditions)


def _start(pair: Pair, known: Mapping[str, Trait]) -> Row | None:
    """Answers that hold the pair and make both questions apply; None if there are none."""
    row: Row = {}
    for name, option in pair:
        row[name] = row.get(name, frozenset()) | {option}
    waiting = list(row)
    while waiting:
        ask_when = known[waiting.pop()].ask_when
        if ask_when is None or evaluate(ask_when, row) is True:
            continue
        fixed = {name: options for name, options in row.items() if known[name].kind == "one"}
        more = answers_fulfilling(ask_when, known, row) or answers_fulfilling(ask_when, known, fixed)
        if more is None:
            return None
        waiting += [name for name in more if name not in row]
        row.update({name: row.get(name, frozenset()) | options for name, options in more.items()})
    if any(NONE in options and len(options) > 1 for options in row.values()):
        return None
    settled = applied(known, row)
    return row if all(option in settled.get(name, frozenset()) for name, option in pair) else None


def _fill(
    start: Row,
    order: Sequence[Trait],
    known: Mapping[str, Trait],
    open_pairs: Iterable[Pair],
    random: Random,
    avoided: Sequence[Node],
) -> Row:
    """The row completed so that it holds many open pairs and, where it can, fulfils no avoided condition."""
    row = dict(start)
    wanted: dict[Fact, set[Fact]] = {}
    for one, other in open_pairs:
        wanted.setdefault(one, set()).add(other)
        wanted.setdefault(other, set()).add(one)
    for trait in order:
        if trait.ask_when is not None and evaluate(trait.ask_when, row) is not True:
            row[trait.id] = frozenset()
        elif trait.id not in row:
            reading = [condition for condition in avoided if trait.id in traits(condition)]
            row[trait.id] = _best(trait, row, wanted, random, reading)
    return row


def _best(
    trait: Trait, row: Row, wanted: Mapping[Fact, set[Fact]], random: Random, avoided: Sequence[Node]
) -> frozenset[str]:
    options = list(trait.option_ids)
    random.shuffle(options)
    safe = [option for option in options if not _any_holds(avoided, {**row, trait.id: frozenset({option})})]
    held = _held(row)
    nothing: set[Fact] = set()
    gain = {option: len(wanted.get((trait.id, option), nothing) & held) for option in options}
    ranked = sorted(safe or options, key=lambda option: -gain[option])
    chosen = ranked[:1]
    # What a machine answers about itself is not mixed at random: few have GPUs of two makers.
    if trait.kind == "many" and not trait.detected_by and NONE not in chosen and random.random() < SECOND:
        chosen += [option for option in ranked[1:] if option != NONE][:1]
    return frozenset(chosen)


def _pairs(order: Sequence[Trait]) -> Iterator[Pair]:
    facts = [(trait.id, option) for trait in order for option in trait.option_ids]
    kinds = {trait.id: trait.kind for trait in order}
    for one, other in combinations(facts, 2):
        if one[0] != other[0] or (kinds[one[0]] == "many" and NONE not in (one[1], other[1])):
            yield one, other


def _held(row: Row) -> set[Fact]:
    return {(name, option) for name, options in row.items() for option in options}


def _plain(trait: Trait, options: frozenset[str]) -> str | tuple[str, ...]:
    listed = tuple(option for option in trait.option_ids if option in options)
    return listed[0] if trait.kind == "one" else listed


def _parents_first(known: Mapping[str, Trait]) -> list[Trait]:
    """The questions, each after those that decide whether it applies."""
    ordered: dict[str, Trait] = {}
    while len(ordered) < len(known):
        for trait in known.values():
            needs = traits(trait.ask_when) if trait.ask_when is not None else ()
            if all(name in ordered for name in needs):
                ordered.setdefault(trait.id, trait)
    return list(ordered.values())
