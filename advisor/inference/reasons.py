"""Rules that fired, as reasons a reader can follow."""

from collections.abc import Mapping
from typing import Any

from advisor.inference.case import Case
from advisor.inference.model import AsOf, Reason, SourceRef
from advisor.inference.program import grid, is_stale, kept
from advisor.inference.scoring import Contribution
from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.condition import traits
from advisor.knowledge.schema import Entry, Rule, Source

MEASUREMENT = "measurement"  # the theme of reasons that come from measurements
_SIZES = ("slight", "moderate", "strong", "decisive")


def reasons_of(case: Case) -> tuple[Reason, ...]:
    """Knock-outs first, then the largest; rules that speak for neither come last. They sum to the margin."""
    scored = sorted(
        case.contributions, key=lambda p: (-abs(p.decibans), -abs(p.weight), case.kb.rules[p.rule].id)
    )
    silent = [Contribution(rule, 0, 0.0, 0.0) for rule in case.view.silent if case.fired[rule] is True]
    out = [Contribution(rule, 0, 0.0, 0.0) for rule in case.knocked_out]
    return tuple(reason(case, part) for part in (*out, *scored, *silent))


def reason(case: Case, part: Contribution, waiting: bool = False) -> Reason:
    """One rule with what it contributes."""
    fixed = kept(case.kb, "_reason_parts", lambda _: {})
    entry = case.view.entries[part.rule]
    assert entry is not None  # only rules in force are judged
    rule = case.kb.rules[part.rule]
    key = (part.rule, id(entry), case.as_of == "guide")
    if key not in fixed:
        fixed[key] = _parts(rule, entry, case.as_of)
    return Reason.model_construct(
        **fixed[key],
        decibans=part.decibans,
        weight=own_weight(case, part.rule) if part.weight >= 0 else -own_weight(case, part.rule),
        before_overlap=part.weight,
        rank=part.rank,
        stale=is_stale(rule, case.as_of),
        waiting=waiting,
    )


def own_weight(case: Case, rule: int) -> float:
    """Decibans of a rule without sign, before overlap and importance; 0 where it speaks for neither."""
    entry = case.view.entries[rule]
    strength = entry.strength if entry is not None and entry.favours != "neither" else None
    return grid(case.kb.scale.strengths.decibans(strength)) if strength is not None else 0.0


def source_refs(sources: tuple[Source, ...]) -> tuple[SourceRef, ...]:
    return tuple(
        SourceRef(url=s.url, dated=s.dated, supports=s.supports, confidence=s.confidence) for s in sources
    )


def _parts(rule: Rule, entry: Entry, as_of: AsOf) -> Mapping[str, Any]:
    read = dict.fromkeys(traits(rule.when) + (traits(rule.unless) if rule.unless is not None else ()))
    return {
        "rule": rule.id,
        "theme": rule.theme,
        "title": rule.title,
        "favours": entry.favours,
        "strength": entry.strength or "none",
        "because": entry.because,
        "as_of": "guide" if entry.as_of == "guide" else entry.as_of.isoformat(),
        "section": entry.section,
        "sources": source_refs(entry.sources),
        "state": _state(rule, entry, as_of),
        "traits": tuple(read),
        "measured_by": rule.measured_by,
        "measured": None,
    }


def _state(rule: Rule, entry: Entry, as_of: AsOf) -> str:
    """How the entry in force stands against the guide's."""
    guide = rule.entry_at("guide")
    if guide is None:
        return "new"
    if as_of == "guide" or entry is guide:
        return "holds"
    if guide.favours != entry.favours:
        return "gone" if entry.favours == "neither" else "new" if guide.favours == "neither" else "reversed"
    if guide.strength is None or entry.strength is None or guide.strength == entry.strength:
        return "holds"
    return "stronger" if _SIZES.index(entry.strength) > _SIZES.index(guide.strength) else "weaker"


def earliest_review(kb: KnowledgeBase, rules: tuple[str, ...], as_of: AsOf) -> str | None:
    """The day after which the first of these rules is due for review; the guide's own verdict has none."""
    if as_of == "guide" or not rules:
        return None
    return min(kb.rules_by_id[rule].good_until for rule in rules).isoformat()
