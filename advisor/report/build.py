"""Advice and measurements, put together into one report document."""

from collections.abc import Iterable
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from advisor.inference import (
    Answers,
    KnowledgeBase,
    apply_evidence,
    encode,
    explain,
    is_applicable,
    replay,
)
from advisor.inference.model import Advice, Evidence, SourceRef
from advisor.report.model import Answered, Asked, Bar, Knowledge, Measured, Report, RuleLink
from advisor.report.rounding import round_to_sum
from advisor.report.tasks import findings_of, insights_of, probe_of
from advisor.report.titles import Titles, probe_titles, speaking
from probes.model import Measurements


def build_report(
    knowledge: KnowledgeBase,
    answers: Answers,
    as_of: date,
    measurements: Measurements | None = None,
    titles: Titles | None = None,
) -> Report:
    """Everything a reader can see for these answers on this day.

    ``titles`` maps a probe id to its title per language, added to those of the built-in probes; a probe
    without one is shown by its id.
    """
    explanation = explain(knowledge, answers, as_of)
    advice, before = explanation.advice, None
    named = probe_titles() | dict(titles or {}) if measurements is not None else {}
    if measurements is not None:
        weighed = apply_evidence(knowledge, answers, as_of, evidence_from(measurements))
        figures = {link.id: (link.probe, link.metric) for link in knowledge.evidence}
        advice, before = speaking(weighed.after, figures, named), weighed.before
    bars, shown_margin = _bars(advice)
    return Report(
        product_version=product_version(),
        created=as_of.isoformat(),
        link="?" + "&".join(f"{key}={value}" for key, value in encode(answers, as_of).items()),
        answered=tuple(_answered(knowledge, answers)),
        asked=tuple(
            Asked(
                trait=trait.id,
                question=dict(trait.question),
                options={option.id: dict(option.label) for option in trait.options},
            )
            for trait in knowledge.traits.values()
        ),
        verdict=advice.verdict,
        advice=advice,
        before_measurements=before,
        bars=bars,
        shown_margin=shown_margin,
        guide=replay(knowledge, answers, "guide", as_of),
        explanation=explanation,
        measured=_measured(advice, before, measurements, named) if measurements else None,
        sources=tuple(_sources(advice)),
        knowledge=Knowledge(
            version=knowledge.version,
            rules=len(knowledge.rules),
            traits=len(knowledge.traits),
            good_until=advice.good_until,
            stale=tuple(reason.rule for reason in advice.reasons if reason.stale),
        ),
        areas={area.id: dict(area.title) for area in knowledge.areas},
    )


def evidence_from(measurements: Measurements) -> tuple[Evidence, ...]:
    """The measurements as the engine takes them: plain verdicts and intervals.

    A variant shows what one setting does; it is no measurement of the track and counts for nothing.
    """
    return tuple(
        Evidence(
            probe=result.probe,
            track=result.track,
            metric=result.metric,
            verdict=result.verdict,
            ratio=result.ratio,
            interval=result.interval,
        )
        for result in measurements.results
        if result.variant is None
    )


def product_version() -> str:
    """The installed version, or "source" when run from a tree that was not installed."""
    try:
        return version("tensor-or-torch")
    except PackageNotFoundError:
        return "source"


def _bars(advice: Advice) -> tuple[tuple[Bar, ...], float]:
    reasons = [reason for reason in advice.reasons if reason.favours != "neither" and reason.decibans]
    shown, total = round_to_sum([reason.decibans for reason in reasons])
    return (
        tuple(
            Bar(
                rule=reason.rule,
                title=reason.title,
                favours="pytorch" if reason.decibans > 0 else "tensorflow",
                decibans=reason.decibans,
                shown=value,
            )
            for reason, value in zip(reasons, shown, strict=True)
        ),
        total,
    )


def _answered(knowledge: KnowledgeBase, answers: Answers) -> Iterable[Answered]:
    for trait in knowledge.traits.values():
        if not is_applicable(knowledge, answers, trait.id):
            continue
        value = answers.get(trait.id)
        chosen = [value] if isinstance(value, str) else list(value or ())
        yield Answered(
            trait=trait.id,
            group=trait.group,
            question=dict(trait.question),
            answers=tuple(dict(option.label) for option in trait.options if option.id in chosen),
            unknown=trait.id in answers.unknown,
        )


def _measured(advice: Advice, before: Advice | None, measurements: Measurements, titles: Titles) -> Measured:
    moved = advice.verdict.margin_decibans - before.verdict.margin_decibans if before else 0.0
    return Measured(
        id=measurements.id,
        started=measurements.started,
        plan=measurements.plan,
        command=measurements.command,
        status=measurements.status,
        machine=measurements.machine,
        versions=measurements.versions,
        launches=len({(sample.framework, sample.launch) for sample in measurements.samples}),
        findings=findings_of(measurements.results, titles),
        failures=measurements.failures,
        ledger=measurements.ledger,
        rules=tuple(
            RuleLink(rule=reason.rule, title=reason.title, state=reason.measured)
            for reason in advice.reasons
            if reason.measured is not None and reason.measured_by and reason.theme != "measurement"
        ),
        moved=moved,
        probes={probe: dict(titles[probe]) for probe in sorted(_probes(measurements)) if probe in titles},
        smallest_effect=measurements.smallest_effect,
        steady=_steady(measurements),
        insights=insights_of(measurements, titles),
    )


def _probes(measurements: Measurements) -> set[str]:
    found = {result.probe for result in measurements.results}
    return found | {probe_of(failure.probe) for failure in measurements.failures if failure.probe}


def _steady(measurements: Measurements) -> bool | None:
    passed = (measurements.null_check or {}).get("passed")
    return passed if isinstance(passed, bool) else None


def _sources(advice: Advice) -> Iterable[SourceRef]:
    seen: set[str] = set()
    parts = (advice.reasons, advice.routes, advice.stack, advice.setup)
    for part in parts:
        for item in part:
            for source in item.sources:
                if source.url not in seen:
                    seen.add(source.url)
                    yield source
