"""The report in the order of its page: routes by target, tools by area, sources by number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advisor.inference.model import Reason, Route, SourceRef, TextMap, Tool
from advisor.report.model import Finding, Measured, Report
from advisor.report.naming import said
from advisor.words import Words
from probes.model import Certificate, LedgerRow

RETIRED = ("archived", "deprecated")
EQUAL_SHARE = 3  # reasons a side in the main part; both sides get the same room


@dataclass(frozen=True)
class Target:
    """The routes to one deployment target: those drawn in full, then the others."""

    id: str
    drawn: tuple[Route, ...]
    others: tuple[Route, ...]


@dataclass(frozen=True)
class Area:
    id: str
    title: TextMap
    recommended: tuple[Tool, ...]
    others: tuple[Tool, ...]  # active or slow, not recommended here


@dataclass(frozen=True)
class ProbeFindings:
    probe: str
    title: TextMap
    certificate: Certificate | None
    findings: tuple[Finding, ...]

    @property
    def told(self) -> tuple[Finding, ...]:
        """Findings with a sentence of their own: the first of each track, and every settled one."""
        firsts = {finding.result.track: finding for finding in reversed(self.findings)}
        return tuple(
            f for f in self.findings if f is firsts[f.result.track] or f.result.verdict != "cannot-tell"
        )

    @property
    def untold(self) -> tuple[Finding, ...]:
        """The other findings, of which nothing can be told yet."""
        told = self.told
        return tuple(finding for finding in self.findings if finding not in told)


@dataclass(frozen=True)
class Reference:
    """One source with its number; ``supports`` are (date, statement) in order of appearance."""

    number: int
    url: str
    supports: tuple[tuple[str, str], ...]


def targets(report: Report) -> tuple[Target, ...]:
    """The targets in order, each with the route that the advice follows, or one a framework."""
    found: dict[str, list[Route]] = {}
    for route in report.advice.routes:
        found.setdefault(route.target, []).append(route)
    return tuple(_target(target, routes) for target, routes in found.items())


def areas(report: Report) -> tuple[Area, ...]:
    """The tools still kept up, by area; areas without any are left out."""
    ids = dict.fromkeys([*report.areas, *(tool.area for tool in report.advice.stack)])
    rows = []
    for area in ids:
        here = [tool for tool in report.advice.stack if tool.area == area and tool.state not in RETIRED]
        recommended = tuple(tool for tool in here if tool.recommended)
        others = tuple(tool for tool in here if not tool.recommended)
        if here:
            rows.append(Area(area, report.areas.get(area, {"en": area}), recommended, others))
    return tuple(rows)


def retired(report: Report) -> tuple[Tool, ...]:
    """Tools that nobody should start with, archived ones first."""
    found = [tool for tool in report.advice.stack if tool.state in RETIRED]
    return tuple(sorted(found, key=lambda tool: RETIRED.index(tool.state)))


def sides(report: Report) -> tuple[tuple[str, tuple[Reason, ...], int], ...]:
    """TensorFlow's case and PyTorch's, largest first, cut to the same length; and how many are left."""
    rows = []
    for side in ("tensorflow", "pytorch"):
        spoken = [reason for reason in report.advice.reasons if reason.favours == side and reason.decibans]
        spoken.sort(key=lambda reason: -abs(reason.decibans))
        rows.append((side, tuple(spoken[:EQUAL_SHARE]), len(spoken[EQUAL_SHARE:])))
    return tuple(rows)


def cases(report: Report) -> tuple[tuple[str, tuple[Reason, ...]], ...]:
    """Each side with all its reasons, largest first; the leading side comes first, TensorFlow on a tie."""
    order = ("pytorch", "tensorflow") if report.verdict.leaning == "pytorch" else ("tensorflow", "pytorch")
    return tuple((side, tuple(r for r in report.advice.reasons if r.favours == side)) for side in order)


def by_probe(measured: Measured) -> tuple[ProbeFindings, ...]:
    """The findings of each probe, and of each of its variants and points of a sweep, under their title."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in measured.findings:
        found.setdefault((finding.result.probe, finding.title["en"]), []).append(finding)
    return tuple(
        ProbeFindings(
            probe,
            findings[0].title,
            next((f.result.certificate for f in findings if f.result.certificate), None),
            tuple(findings),
        )
        for (probe, _), findings in found.items()
    )


def unequal(measured: Measured) -> tuple[LedgerRow, ...]:
    """The settings that could be alike and are not."""
    return tuple(row for row in measured.ledger if row.equal is False)


def references(report: Report, words: Words) -> tuple[Reference, ...]:
    """Every source of the report once, numbered in the order of the page."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for source in _cited(report):
        found.setdefault(source.url, {})[source.dated, said(words, source.supports)] = None
    return tuple(Reference(n, url, tuple(rows)) for n, (url, rows) in enumerate(found.items(), start=1))


def _cited(report: Report) -> Iterable[SourceRef]:
    advice = report.advice
    for reason in advice.reasons:
        yield from reason.sources
    for then, now in report.guide.differences:
        for side in (then, now):
            yield from side.sources if side else ()
    for part in (advice.routes, advice.stack, advice.setup):
        for item in part:
            yield from item.sources
    yield from report.sources


def _target(target: str, routes: Sequence[Route]) -> Target:
    drawn = [route for route in routes if route.recommended]
    if not drawn:
        firsts = {route.framework: route for route in reversed(routes) if route.status == "recommended"}
        drawn = [route for route in routes if firsts.get(route.framework) is route]
    return Target(target, tuple(drawn), tuple(route for route in routes if route not in drawn))
