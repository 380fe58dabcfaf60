"""Names that point from one entry to another: traits, options, themes, rules, tools, areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from advisor.knowledge.condition import (
    ConditionError,
    In,
    Is,
    Node,
    options_of,
    parse_condition,
    tests,
    traits,
)
from advisor.knowledge.plan_schema import (
    CLOUD_TARGETS,
    Area,
    CoverageSection,
    EvidenceLink,
    RoadmapStep,
    Route,
    SetupStep,
    Tool,
)
from advisor.knowledge.problems import nearest
from advisor.knowledge.questions import UNKNOWN, Group, Trait
from advisor.knowledge.scale import Scale, Theme
from advisor.knowledge.schema import Rule
from advisor.knowledge.yaml_file import Data, Location


@dataclass
class Parts:
    """What has been read so far. ``scale`` is None while its file is missing or broken."""

    scale: Scale | None = None
    themes: dict[str, Theme] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    traits: dict[str, Trait] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    routes: dict[str, Route] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    tools: dict[str, Tool] = field(default_factory=dict)
    setup: dict[str, SetupStep] = field(default_factory=dict)
    roadmap: dict[str, RoadmapStep] = field(default_factory=dict)
    evidence: dict[str, EvidenceLink] = field(default_factory=dict)
    coverage: list[CoverageSection] = field(default_factory=list)


@dataclass(frozen=True)
class Finding:
    """A fault in the entry ``owner`` (``rule:<id>``); ``about`` is the kind of the name that is not there."""

    owner: str
    location: Location
    code: str
    values: Mapping[str, object]
    about: str = ""
    seek: tuple[str, str | None] | None = None  # trait and option to point at, somewhere under ``location``


def findings(parts: Parts) -> Iterator[Finding]:
    """Every name that points nowhere and every answer that does not fit its trait."""
    for trait in parts.traits.values():
        yield from _trait(trait, parts)
    yield from _circles(parts.traits)
    for rule in parts.rules.values():
        yield from _rule(rule, parts)
    for kind, entry in _planned(parts):
        for key in ("when", "known_when", "cares_when"):
            condition = getattr(entry, key, None)
            if condition is not None:
                yield from _condition(f"{kind}:{entry.id}", (key,), condition, parts.traits)
    yield from _plan(parts)


def rule_findings(data: Data, parts: Parts) -> Iterator[Finding]:
    """The same faults in a rule that its schema refuses, as far as it can be read."""
    if not isinstance(data, dict):
        return
    theme = data.get("theme")
    if isinstance(theme, str):
        yield from _known("rule", ("theme",), "theme", theme, parts.themes)
    for key in ("when", "unless"):
        try:
            yield from _condition("rule", (key,), parse_condition(data.get(key)), parts.traits)
        except ConditionError:
            continue  # reported with the schema


def _planned(parts: Parts) -> Iterator[tuple[str, Route | Tool | SetupStep | RoadmapStep | EvidenceLink]]:
    yield from (("route", entry) for entry in parts.routes.values())
    yield from (("tool", entry) for entry in parts.tools.values())
    yield from (("setup", entry) for entry in parts.setup.values())
    yield from (("roadmap", entry) for entry in parts.roadmap.values())
    yield from (("evidence", entry) for entry in parts.evidence.values())


def _trait(trait: Trait, parts: Parts) -> Iterator[Finding]:
    owner = f"trait:{trait.id}"
    yield from _known(owner, ("group",), "group", trait.group, parts.groups)
    if trait.ask_when is not None:
        yield from _condition(owner, ("ask_when",), trait.ask_when, parts.traits)
    seen: set[str] = set()
    for index, option in enumerate(trait.options):
        if option.id in seen:
            yield Finding(
                owner, ("options", index, "id"), "duplicate-option", {"found": option.id, "trait": trait.id}
            )
        if option.id == UNKNOWN:
            yield Finding(owner, ("options", index, "id"), "reserved-option", {"found": UNKNOWN})
        seen.add(option.id)


def _rule(rule: Rule, parts: Parts) -> Iterator[Finding]:
    owner = f"rule:{rule.id}"
    yield from _known(owner, ("theme",), "theme", rule.theme, parts.themes)
    yield from _condition(owner, ("when",), rule.when, parts.traits)
    if rule.unless is not None:
        yield from _condition(owner, ("unless",), rule.unless, parts.traits)
    for name, answers in (("fires", rule.examples.fires), ("silent", rule.examples.silent)):
        for trait_id, answer in answers.items():
            where: Location = ("examples", name, trait_id)
            missing = list(_known(owner, where, "trait", trait_id, parts.traits))
            yield from missing
            if not missing:
                yield from _answer(owner, where, parts.traits[trait_id], answer)


def _answer(owner: str, where: Location, trait: Trait, answer: str | tuple[str, ...]) -> Iterator[Finding]:
    if trait.kind == "one" and not isinstance(answer, str):
        yield Finding(owner, where, "one-answer", {"trait": trait.id})
        return
    for option in (answer,) if isinstance(answer, str) else answer:
        if option != UNKNOWN:
            yield from _option(owner, where, trait, option)


def _plan(parts: Parts) -> Iterator[Finding]:
    targets = parts.traits.get("targets")
    valid_targets = (*(targets.option_ids if targets else ()), *CLOUD_TARGETS)
    for route in parts.routes.values():
        yield from _known(f"route:{route.id}", ("target",), "target", route.target, valid_targets)
    for tool in parts.tools.values():
        yield from _known(f"tool:{tool.id}", ("area",), "area", tool.area, parts.areas)
        for index, other in enumerate(tool.replaced_by):
            yield from _known(f"tool:{tool.id}", ("replaced_by", index), "tool", other, parts.tools)
    for link in parts.evidence.values():
        owner = f"evidence:{link.id}"
        for index, rule in enumerate(link.confirms):
            yield from _known(owner, ("confirms", index), "rule", rule, parts.rules)
        yield from _known(owner, ("theme",), "theme", link.theme, parts.themes)
        if parts.scale is not None:
            cap = parts.scale.evidence.cap_decibans
            if link.cap_decibans > cap:
                yield Finding(owner, ("cap_decibans",), "cap-high", {"found": link.cap_decibans, "cap": cap})


def _known(owner: str, where: Location, kind: str, name: str, choices: Iterable[str]) -> Iterator[Finding]:
    pool = tuple(choices)
    if name not in pool:
        values = {"found": name, "near": nearest(name, pool), "choices": pool}
        yield Finding(owner, where, f"unknown-{kind}", values, about=kind)


def _condition(owner: str, where: Location, condition: Node, known: Mapping[str, Trait]) -> Iterator[Finding]:
    for test in dict.fromkeys(tests(condition)):
        trait = known.get(test.trait)
        if trait is None:
            for finding in _known(owner, where, "trait", test.trait, known):
                yield replace(finding, seek=(test.trait, None))
            continue
        fits_one = isinstance(test, Is | In)
        if fits_one != (trait.kind == "one"):
            values = {"trait": trait.id, "found": options_of(test), "first": options_of(test)[0]}
            code = "test-needs-one" if trait.kind == "one" else "test-needs-many"
            yield Finding(owner, where, code, values, seek=(trait.id, None))
        for option in options_of(test):
            yield from _option(owner, where, trait, option)


def _option(owner: str, where: Location, trait: Trait, option: str) -> Iterator[Finding]:
    if option not in trait.option_ids:
        near = nearest(option, trait.option_ids)
        values = {"found": option, "trait": trait.id, "near": near, "choices": trait.option_ids}
        yield Finding(owner, where, "unknown-option", values, about="option", seek=(trait.id, option))


def _circles(known: Mapping[str, Trait]) -> Iterator[Finding]:
    """Each circle of ``ask_when`` conditions once, named from its alphabetically first trait."""
    needs = {t.id: traits(t.ask_when) if t.ask_when is not None else () for t in known.values()}
    done: set[str] = set()
    reported: set[frozenset[str]] = set()
    for start in sorted(needs):
        path: list[str] = []
        waiting = [(start, False)]  # an explicit stack: a chain may be longer than Python's own
        while waiting:
            trait, leaving = waiting.pop()
            if leaving:
                path.pop()
                done.add(trait)
            elif trait in path:
                circle = path[path.index(trait) :]
                if frozenset(circle) not in reported:
                    reported.add(frozenset(circle))
                    turn = circle.index(min(circle))
                    ring = [*circle[turn:], *circle[:turn], circle[turn]]
                    values = {"cycle": " → ".join(ring)}
                    yield Finding(f"trait:{ring[0]}", ("ask_when",), "ask-when-circle", values)
            elif trait not in done:
                path.append(trait)
                waiting.append((trait, True))
                waiting.extend((other, False) for other in reversed(needs.get(trait, ())))
