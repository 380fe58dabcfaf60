"""Checks of the conditions against each other: what can never hold, says the same twice, or is never read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, islice, product
from math import prod

from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.condition import Answered, Node, evaluate, options_of, tests, traits
from advisor.knowledge.forms import canonical
from advisor.knowledge.questions import NONE, Trait, applied
from advisor.knowledge.remarks import Remark, entries
from advisor.knowledge.schema import Entry, Rule

MOST_COMBINATIONS = 50_000  # beyond it satisfiability is taken for granted
CONDITIONS = ("when", "unless", "ask_when", "known_when", "cares_when")


def check_reach(kb: KnowledgeBase) -> Iterator[Remark]:
    """Conditions that no set of answers fulfils."""
    for name, entry in entries(kb):
        for key in ("when", "ask_when", "cares_when"):
            condition = getattr(entry, key, None)
            if condition is None:
                continue
            whole = entry.condition if isinstance(entry, Rule) else condition
            if not satisfiable(whole, kb.traits):
                code = "question-unreachable" if key == "ask_when" else "never-holds"
                yield Remark("error", code, name, {}, (key,))


def check_use(kb: KnowledgeBase) -> Iterator[Remark]:
    """Questions that nothing reads, and options that no condition names."""
    read: dict[str, set[str]] = {trait: set() for trait in kb.traits}
    for _, entry in entries(kb):
        for key in CONDITIONS:
            condition = getattr(entry, key, None)
            for test in tests(condition) if condition is not None else ():
                read[test.trait].update(options_of(test))
    for route in kb.routes:
        for asked in ("targets", "cloud"):
            if asked in read:
                read[asked].add(route.target.removeprefix("cloud-"))
    for name, trait in kb.traits.items():
        idle = [option for option in trait.option_ids if option not in read[name] and option != NONE]
        if not read[name]:
            yield Remark("warning", "question-unread", f"trait:{name}")
        elif idle and trait.kind == "many":  # of one answer, the rest may be what no rule needs to name
            yield Remark("note", "options-unread", f"trait:{name}", {"options": idle}, ("options",))


def check_doubles(kb: KnowledgeBase, today: date) -> Iterator[Remark]:
    """Rules with one and the same condition: contradictions, and reasons counted twice."""
    alike: dict[object, list[tuple[Rule, Entry]]] = {}
    for rule in kb.rules:
        entry = rule.entry_at(today)
        if entry is not None and not rule.knock_out:
            alike.setdefault(canonical(rule.condition), []).append((rule, entry))
    for group in alike.values():
        for (one, first), (other, second) in combinations(group, 2):
            sides = {first.favours, second.favours}
            values = {"other": other.id, "theme": one.theme}
            if sides == {"tensorflow", "pytorch"}:
                yield Remark("warning", "contradiction", f"rule:{one.id}", values, ("when",))
            elif len(sides) == 1 and "neither" not in sides and one.theme == other.theme:
                yield Remark("warning", "same-condition", f"rule:{one.id}", values, ("when",))


def satisfiable(condition: Node, known: Mapping[str, Trait]) -> bool:
    """Whether some answers fulfil the condition, with every question they need being asked."""
    size = prod(len(_answers(known[name], condition, known)) for name in _closure(condition, known))
    return size > MOST_COMBINATIONS or answers_fulfilling(condition, known, {}) is not None


def answers_fulfilling(
    condition: Node, known: Mapping[str, Trait], given: Answered
) -> dict[str, frozenset[str]] | None:
    """Answers that, together with the ``given`` ones, fulfil the condition; None if none were found."""
    names = [name for name in _closure(condition, known) if name not in given]
    choices = [_answers(known[name], condition, known) for name in names]
    for values in islice(product(*choices), MOST_COMBINATIONS):
        more = dict(zip(names, values, strict=True))
        answered = applied(known, {**given, **more})
        if evaluate(condition, answered) is True:
            return {name: options for name, options in more.items() if answered[name]}
    return None


def _closure(condition: Node, known: Mapping[str, Trait]) -> dict[str, None]:
    """The traits that decide the condition, with those that decide whether they are asked."""
    found: dict[str, None] = {}
    waiting = list(traits(condition))
    while waiting:
        name = waiting.pop()
        ask_when = known[name].ask_when
        if name not in found:
            found[name] = None
            waiting += traits(ask_when) if ask_when is not None else ()
    return found


def _answers(trait: Trait, condition: Node, known: Mapping[str, Trait]) -> Sequence[frozenset[str]]:
    """The answers that may make a difference: named options, and one more that stands for all the rest."""
    conditions = [condition, *(other.ask_when for other in known.values() if other.ask_when is not None)]
    named = {
        option
        for node in conditions
        for test in tests(node)
        if test.trait == trait.id
        for option in options_of(test)
    }
    named.update([option for option in trait.option_ids if option not in named][:1])
    single = [frozenset((option,)) for option in trait.option_ids if option in named]
    if trait.kind == "one":
        return single
    plural = [
        frozenset(several)
        for size in range(2, len(named) + 1)
        for several in combinations(sorted(named - {NONE}), size)
    ]
    return single + plural[:1024]
