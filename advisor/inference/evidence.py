"""Measurements as evidence: plain data that moves the margin a little, and marks the rules it bears on."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from advisor.inference.case import Case
from advisor.inference.model import Evidence, Reason
from advisor.inference.program import WEIGHT_GRID, grid
from advisor.inference.reasons import MEASUREMENT
from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.plan_schema import EvidenceLink
from advisor.words import Words, languages


@dataclass(frozen=True)
class Weighed:
    """``moved`` is the sum of the reasons; ``least`` and ``most`` bound what further answers may add."""

    reasons: tuple[Reason, ...]
    moved: float
    least: float
    most: float


def weigh(case: Case, evidence: Sequence[Evidence]) -> Weighed:
    """The measurements that this user cares about, as reasons of theme ``measurement``.

    A metric counts with ten times the decimal logarithm of that end of its interval which lies nearest to 1,
    rounded towards 0: what the measurement shows at the least. The importance of its theme scales it, but it
    never moves more than its cap. Of several tracks the most cautious counts, and none where they disagree.
    Like rules, measurements on one side overlap.
    """
    counted: dict[int, list[tuple[float, EvidenceLink, float]]] = {1: [], -1: []}
    least = most = 0.0
    for link in case.kb.evidence:
        decibans = _decibans(case.kb, link, evidence)
        factor = _importance(case, link)
        if not decibans or not factor:
            continue
        true, false = case.judge(case.base.plan[f"evidence:{link.id}"])
        cap = _cap(case.kb, link)
        signed = max(-cap, min(cap, grid(decibans * factor)))
        if true is True:
            counted[1 if signed > 0 else -1].append((abs(signed), link, abs(decibans)))
        elif false is not True:
            least, most = least + min(0.0, signed), most + max(0.0, signed)
    reasons = tuple(
        _reason(case, link, sign, rank, size, shown)
        for sign, found in counted.items()
        for rank, (size, link, shown) in enumerate(sorted(found, key=lambda row: (-row[0], row[1].id)), 1)
    )
    return Weighed(reasons, float(sum(reason.decibans for reason in reasons)), least, most)


def marked(kb: KnowledgeBase, reason: Reason, evidence: Sequence[Evidence]) -> Reason:
    """The reason with what the measurements say about its rule; unchanged where nothing could measure it.

    Only a link that says which figure confirms the rule counts: a probe of the same theme measures much else.
    """
    links = [link for link in kb.evidence if reason.rule in link.confirms]
    if reason.favours == "neither" or not (links or reason.measured_by):
        return reason
    found = {item.verdict for link in links for item in _matching(link, evidence)}
    other = "tensorflow" if reason.favours == "pytorch" else "pytorch"
    if not found:
        state = "not-measured"
    elif reason.favours in found:
        state = "inconclusive" if other in found else "confirmed"
    else:  # practical equality is a finding too: the advantage that the rule names is not there
        state = "contradicted" if found & {other, "same"} else "inconclusive"
    return reason.model_copy(update={"measured": state})


def _matching(link: EvidenceLink, evidence: Iterable[Evidence]) -> list[Evidence]:
    return [
        item
        for item in evidence
        if item.probe == link.probe
        and item.metric == link.metric
        and (not link.tracks or item.track in link.tracks)
    ]


def _decibans(kb: KnowledgeBase, link: EvidenceLink, evidence: Sequence[Evidence]) -> float:
    """Signed decibans of one metric, before importance and overlap; 0 where it shows no difference."""
    shown = [_shown(item) for item in _matching(link, evidence)]
    if not shown or not (all(size > 0 for size in shown) or all(size < 0 for size in shown)):
        return 0.0
    cautious = min(shown, key=abs)
    return math.copysign(_down(min(_cap(kb, link), abs(cautious))), cautious)


def _cap(kb: KnowledgeBase, link: EvidenceLink) -> float:
    """The most that one metric may move, however much its theme matters to the user."""
    return _down(min(link.cap_decibans, kb.scale.evidence.cap_decibans))


def _down(decibans: float) -> float:
    """The nearest weight on the grid that is no larger."""
    return math.floor(decibans * WEIGHT_GRID) / WEIGHT_GRID


def _shown(item: Evidence) -> float:
    """Decibans that the interval shows at the least; above 0 PyTorch is better."""
    if item.interval is None or item.verdict not in ("tensorflow", "pytorch"):
        return 0.0
    low, high = item.interval
    if item.verdict == "pytorch" and low > 1:
        return 10 * math.log10(low)
    if item.verdict == "tensorflow" and 0 < high < 1:
        return 10 * math.log10(high)
    return 0.0


def _reason(case: Case, link: EvidenceLink, sign: int, rank: int, size: float, shown: float) -> Reason:
    last = len(case.base.overlap) - 1
    return Reason(
        rule=link.id,
        theme=MEASUREMENT,
        title=_title(link),
        favours="pytorch" if sign > 0 else "tensorflow",
        decibans=sign * size * float(case.base.overlap[min(rank - 1, last)]),
        weight=sign * shown,
        before_overlap=sign * size,
        rank=rank,
        strength="measured",
        because=link.because,
        as_of=case.as_of if isinstance(case.as_of, str) else case.as_of.isoformat(),
        state="new",
        measured_by=(link.probe,),
        measured="confirmed",
    )


def _title(link: EvidenceLink) -> Mapping[str, str]:
    return {
        language: Words.load(language)("measured_reason.title", probe=link.probe, metric=link.metric)
        for language in languages()
    }


def _importance(case: Case, link: EvidenceLink) -> float:
    level = dict(case.answers.importance).get(link.theme, "normal")
    factor: float = getattr(case.kb.scale.importance, level).factor
    return factor
