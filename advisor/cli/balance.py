"""How often each verdict wins over the covering sample, and which rules decide too much."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from advisor.knowledge import KnowledgeBase
from advisor.knowledge.condition import traits
from advisor.knowledge.remarks import Remark
from advisor.knowledge.sample import SEED, covering_sample, outside_scope

if TYPE_CHECKING:
    from advisor.inference import Advice, AsOf, Reason

VERDICTS = ("pytorch", "tensorflow", "too-close")
DICTATES_FROM = 0.1  # share of the cases where a rule fires in which it overrules all other reasons
_OTHER = {"pytorch": "tensorflow", "tensorflow": "pytorch"}
FEWEST = 10  # cases before a share is worth a remark


@dataclass(frozen=True)
class Balance:
    """Counts of verdicts by sample ("all", "project", "quick") and day ("guide", ISO date), and remarks.

    Only sets inside the scope of the two frameworks are counted; ``outside`` tells how many further sets
    each knock-out settles as of today.
    """

    seed: int
    size: int  # sets inside the scope
    facts_of: str  # date of the newest entry in the knowledge base
    counts: Mapping[tuple[str, str], Mapping[str, int]]
    outside: Mapping[str, int]
    remarks: tuple[Remark, ...]

    def as_data(self) -> dict[str, object]:
        rows = [
            {"sample": sample, "as_of": day, **{verdict: found.get(verdict, 0) for verdict in VERDICTS}}
            for (sample, day), found in self.counts.items()
        ]
        return {"seed": self.seed, "size": self.size, "verdicts": rows, "outside": dict(self.outside)}


def balance(kb: KnowledgeBase, today: date) -> Balance:
    """Judge the sample as of the guide and of today: everything answered, without the machine, quick path."""
    from advisor.inference import advise, parse_answers

    facts_of = newest(kb, today)
    days: tuple[tuple[str, AsOf], ...] = (("guide", "guide"), (facts_of, today))
    samples = samples_of(kb)
    counts: dict[tuple[str, str], Counter[str]] = {}
    fired: Counter[str] = Counter()
    overruled: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    archived: set[str] = set()
    size = 0
    for answers in covering_sample(kb):
        if outside_scope(kb, answers):
            advice = advise(kb, parse_answers(kb, dict(answers)), today)
            outside.update([advice.verdict.knocked_out_by] if advice.verdict.knocked_out_by else [])
            continue
        size += 1
        for name, asked in samples.items():
            parsed = parse_answers(kb, {trait: answers[trait] for trait in answers if trait in asked})
            for day, as_of in days:
                advice = advise(kb, parsed, as_of)
                counts.setdefault((name, day), Counter())[advice.verdict.framework] += 1
                if as_of == today:
                    decided.update(decisive(kb, advice))
                    if name == "all":
                        fired.update(reason.rule for reason in advice.reasons)
                        overruled.update(dictators(kb, advice))
                    archived |= {
                        tool.id for tool in advice.stack if tool.recommended and tool.state == "archived"
                    }
    remarks = [*_remarks(kb, fired, overruled, decided, today)]
    remarks += [Remark("error", "archived-recommended", f"tool:{tool}") for tool in sorted(archived)]
    return Balance(SEED, size, facts_of, counts, dict(sorted(outside.items())), tuple(remarks))


def samples_of(kb: KnowledgeBase) -> dict[str, frozenset[str]]:
    """The questions answered in each sample; "project" leaves out what a machine answers about itself.

    Hardware is hard fact: a set of answers drawn at random is full of it, and of unlikely mixtures.
    """
    machine = {trait.id for trait in kb.traits.values() if trait.detected_by}
    for trait in kb.traits.values():
        if trait.ask_when is not None and set(traits(trait.ask_when)) <= machine:
            machine.add(trait.id)
    return {
        "all": frozenset(kb.traits),
        "project": frozenset(kb.traits) - machine,
        "quick": frozenset(trait.id for trait in kb.quick_path),
    }


def newest(kb: KnowledgeBase, today: date) -> str:
    """The date of the newest fact, which is what "today" means until the next one is added."""
    days = [entry.as_of for rule in kb.rules for entry in rule.history if entry.as_of != "guide"]
    past = [day for day in days if isinstance(day, date) and day <= today]
    return max(past).isoformat() if past else "guide"


def decisive(kb: KnowledgeBase, advice: "Advice") -> list[str]:
    """Rules without which the verdict would be another."""
    verdict = advice.verdict.framework
    if verdict == "neither":
        return []
    return [
        reason.rule
        for reason in advice.reasons
        if reason.favours != "neither" and _verdict(kb, margin_without(kb, advice, reason)) != verdict
    ]


def dictators(kb: KnowledgeBase, advice: "Advice") -> list[str]:
    """Rules that carry the verdict although all other reasons together speak for the other side."""
    verdict = advice.verdict.framework
    if verdict not in _OTHER:
        return []
    return [
        reason.rule
        for reason in advice.reasons
        if reason.favours == verdict and _verdict(kb, margin_without(kb, advice, reason)) == _OTHER[verdict]
    ]


def _verdict(kb: KnowledgeBase, margin: float) -> str:
    if abs(margin) < kb.scale.too_close_below.decibans:
        return "too-close"
    return "pytorch" if margin > 0 else "tensorflow"


def margin_without(kb: KnowledgeBase, advice: "Advice", gone: "Reason") -> float:
    """The margin without one rule; smaller rules of its side and theme each move up a rank."""
    factor = kb.scale.overlap.factor
    below = [
        reason.decibans
        for reason in advice.reasons
        if (reason.theme, reason.favours) == (gone.theme, gone.favours) and reason.rank > gone.rank
    ]
    gained = sum(below) * (1 / factor - 1) if factor else 0.0
    return advice.verdict.margin_decibans - gone.decibans + gained


def _remarks(
    kb: KnowledgeBase, fired: Counter[str], overruled: Counter[str], decided: Counter[str], today: date
) -> Sequence[Remark]:
    remarks = []
    for rule in kb.rules:
        entry = rule.entry_at(today)
        if entry is None or rule.knock_out or entry.favours == "neither":
            continue
        name, cases = f"rule:{rule.id}", fired[rule.id]
        if not cases:
            remarks.append(Remark("note", "never-fired", name))
        elif not decided[rule.id]:
            remarks.append(Remark("note", "never-decides", name, {"cases": cases}))
        if cases >= FEWEST and overruled[rule.id] / cases > DICTATES_FROM:
            remarks.append(Remark("warning", "dictator", name, {"times": overruled[rule.id], "cases": cases}))
    return remarks
