"""Checks that every statement of the guide has its place, and that the places exist."""

from collections.abc import Collection, Iterator, Mapping

from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.plan_schema import LEFT_OUT
from advisor.knowledge.problems import nearest
from advisor.knowledge.remarks import Remark

Known = Mapping[str, Collection[str]]  # kind -> ids that stand outside the knowledge base: example, probe


def check_coverage(kb: KnowledgeBase, known: Known) -> Iterator[Remark]:
    """Places lead to entries that exist; every built-in rule and tool from the guide is placed."""
    pools: dict[str, Collection[str]] = {
        "rule": kb.rules_by_id,
        "route": [route.id for route in kb.routes],
        "tool": [tool.id for tool in kb.tools],
        "roadmap": [step.id for step in kb.roadmap],
        "setup": [step.id for step in kb.setup],
        **known,
    }
    placed: set[str] = set()
    for section in kb.coverage:
        for statement in section.statements:
            for place in statement.place:
                placed.add(place)
                kind, _, name = place.partition(":")
                if place != LEFT_OUT and kind in pools and name not in pools[kind]:
                    values = {"says": statement.says, "place": place, "near": nearest(name, pools[kind])}
                    yield Remark("error", "place-unknown", "coverage", values)
    if kb.coverage:
        yield from _from_guide(kb, placed)
    elif any(rule.history[0].from_guide for rule in kb.rules):
        yield Remark("error", "coverage-missing", "coverage")


def check_probes(kb: KnowledgeBase, known: Known) -> Iterator[Remark]:
    """Rules and evidence name probes that exist."""
    if "probe" not in known:
        return
    for rule in kb.rules:
        for index, probe in enumerate(rule.measured_by):
            if probe not in known["probe"]:
                values = {"found": probe, "near": nearest(probe, known["probe"])}
                yield Remark("error", "probe-unknown", f"rule:{rule.id}", values, ("measured_by", index))
    for link in kb.evidence:
        if link.probe not in known["probe"]:
            values = {"found": link.probe, "near": nearest(link.probe, known["probe"])}
            yield Remark("error", "probe-unknown", f"evidence:{link.id}", values, ("probe",))


def _from_guide(kb: KnowledgeBase, placed: set[str]) -> Iterator[Remark]:
    headings = {section.section for section in kb.coverage}
    for rule in kb.rules:
        name, first = f"rule:{rule.id}", rule.history[0]
        origin = kb.origins.get(name)
        if not first.from_guide or (origin is not None and origin.extra):
            continue
        if name not in placed:
            yield Remark("error", "not-covered", name)
        if first.section is not None and first.section not in headings:
            values = {"section": first.section, "near": nearest(first.section, headings)}
            yield Remark("error", "section-unknown", name, values, ("history", 0, "section"))
    for tool in kb.tools:
        if tool.in_guide and f"tool:{tool.id}" not in placed:
            yield Remark("error", "not-covered", f"tool:{tool.id}")
