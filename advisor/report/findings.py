"""Sentences about measurements. A ratio is TensorFlow's figure over PyTorch's: above 1, PyTorch is better."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import floor, log10

from advisor.inference.model import TextMap
from advisor.report.insights import AgainstItself
from advisor.report.model import Finding, Measured
from advisor.report.naming import framework_name, metric_name, named, said, track_name
from advisor.report.tasks import probe_of, task_title, variant_name
from advisor.words import Words
from probes.model import Certificate, Failure, LedgerRow, Machine, Result, Summary
from probes.worker.modes import OF_LAUNCH

_FARTHEST = 10_000  # an interval from two launches may reach to absurd ratios; beyond this they say no more
TRACKLESS = ("import",)  # figures of the launch itself, filed under a track only for form


def finding_line(words: Words, finding: Finding) -> str:
    """One comparison in plain words: who is ahead, by how much, how sure; or why nothing can be said."""
    result = finding.result
    what = _what(words, finding)
    if result.verdict == "withheld" or result.ratio is None or result.interval is None:
        key = "withheld" if result.verdict == "withheld" else "unknown"
        return words(f"report.finding.{key}", what=what, reason=result_reason(words, result)).strip()
    low, high = result.interval
    if result.verdict in ("same", "cannot-tell"):
        return words(
            f"report.finding.{result.verdict}",
            what=what,
            low=ratio(words, low),
            high=ratio(words, high),
            reason=result_reason(words, result),
        ).strip()
    leads = result.verdict == "pytorch"
    return words(
        _metric_key(words, result.metric, "better"),
        what=what,
        framework=framework_name(result.verdict),
        other=framework_name("tensorflow" if leads else "pytorch"),
        times=ratio(words, result.ratio if leads else 1 / result.ratio),
        interval=ratio_span(
            words, result.confidence or 0.95, low if leads else 1 / high, high if leads else 1 / low
        ),
    )


def ratio_span(words: Words, confidence: float, low: float, high: float) -> str:
    """The interval of a ratio, with how sure it is."""
    return words(
        "report.finding.interval",
        percent=words.percent(confidence),
        low=ratio(words, low),
        high=ratio(words, high),
    )


def untold_line(words: Words, findings: Sequence[Finding]) -> str:
    """The figures of which nothing can be told, in one sentence."""
    names = dict.fromkeys(metric_name(words, finding.result.metric) for finding in findings)
    return words("report.finding.untold", metrics=words("report.list.join").join(names))


def scientific(words: Words, value: float) -> str:
    """A very small number as a power of ten: 2 × 10⁻⁶."""
    if not value:
        return words.number(0, 0)
    size = floor(log10(abs(value)))
    leading = round(value / 10**size)
    if leading == 10:
        leading, size = 1, size + 1
    power = str(size).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{leading} × 10{power}" if leading != 1 else f"10{power}"


def figure_label(words: Words, result: Result | AgainstItself) -> str:
    """Which figure it is, and of which track where it has one."""
    metric = metric_name(words, result.metric)
    if result.metric in TRACKLESS:
        return metric
    return words("report.chart.figure-label", metric=metric, track=track_name(words, result.track))


def ratio_range(words: Words, result: Result | AgainstItself) -> str:
    """The ratio with its interval; a dash where there is none."""
    if result.ratio is None or result.interval is None:
        return words("report.figure.none")
    low, high = (ratio(words, end) for end in result.interval)
    return words("report.figure.ratio", ratio=ratio(words, result.ratio), low=low, high=high)


def result_reason(words: Words, result: Result) -> str:
    """Why a result says what it says, in this language where its code is known."""
    key = f"report.reason.{result.reason_code}"
    if result.reason_code and key in words.entries:
        values: dict[str, object] = dict(result.reason_values)
        if "side" in values:
            values["side"] = named(words, "report.side", str(values["side"]))
        if result.reason_code == "no-certificate" and result.certificate is not None:
            values["why"] = certificate_reason(words, result.certificate)
        try:
            if result.reason_code == "failed" and "kind" in values:
                what = named(words, "report.failure", str(values["kind"]))
                return words("report.failure.side", who=values["side"], what=what)
            return words(key, n=values.get("pairs", 0), **values)
        except (KeyError, IndexError, ValueError, TypeError, ArithmeticError):
            return result.reason  # an imported file whose values do not fit its code
    return reason(words, result.reason)


def reason(words: Words, text: str) -> str:
    """A reason of the laboratory's: its wording where the texts know its id, else the text itself."""
    return named(words, "report.reason", text)


def ratio(words: Words, value: float) -> str:
    """A ratio to about two figures: 6,100, 15, 2.6, 0.36, 0.0033; beyond 10,000 to either side only that."""
    if not value:
        return words.number(0, 0)
    if value > _FARTHEST:
        return words("number.above", number=words.number(_FARTHEST, 0))
    if value < 1 / _FARTHEST:
        return words("number.below", number=words.number(1 / _FARTHEST, 4))
    size = floor(log10(abs(value)))
    if size >= 2:
        return words.number(round(value, 1 - size), 0)
    return words.number(
        value, 0 if value >= 9.95 else 1 if value >= 1.95 else 2 if value >= 0.095 else 1 - size
    )


def figure(words: Words, summary: Summary | None, unit: str) -> str:
    """A measured figure with its unit and its range over the launches, to about three figures."""
    if summary is None:
        return words("report.figure.none")
    size = floor(log10(abs(summary.median))) if summary.median else 0
    digits = max(0, min(6, 2 - size))
    return words(
        "report.figure.range",
        median=words.number(summary.median, digits),
        low=words.number(summary.low, digits),
        high=words.number(summary.high, digits),
        unit=unit,
    )


def certificate_line(words: Words, result: Result) -> str:
    """Whether both sides were shown to compute the same thing, and how closely."""
    certificate = result.certificate
    if certificate is None:
        return words("report.certificate.none")
    if not certificate.granted:
        return words("report.certificate.refused", reason=certificate_reason(words, certificate))
    worst = max(certificate.worst.values(), default=0.0)
    return words(
        "report.certificate.granted",
        worst=scientific(words, worst),
        tolerance=scientific(words, certificate.tolerance),
        n=certificate.steps,
    )


def certificate_reason(words: Words, certificate: Certificate) -> str:
    """Why a certificate was refused: the checks that differ, or what the laboratory said."""
    beyond = [check for check, worst in certificate.worst.items() if not worst <= certificate.tolerance]
    if beyond:
        checks = words("report.list.join").join(named(words, "report.check", check) for check in beyond)
        return words(
            "report.certificate.differs", checks=checks, tolerance=scientific(words, certificate.tolerance)
        )
    return words("report.certificate.unfinished", detail=certificate.reason or words("report.figure.none"))


def machine_line(words: Words, machine: Machine) -> str:
    """The machine in one line: processor, usable cores, memory, accelerators, system."""
    gpus = sorted(
        {device.name for sight in machine.sights for device in sight.devices if device.kind != "cpu"}
    )
    parts = [
        machine.cpu,
        words("report.machine.cores", n=machine.cores_usable),
        words("report.machine.memory", size=words.number(machine.memory_usable / 2**30, 0)),
        words("report.list.join").join(gpus) if gpus else words("report.machine.no-gpu"),
        machine.system,
    ]
    return words("report.machine.join").join(parts)


def measured_line(words: Words, measured: Measured) -> str:
    """Where and when it was measured, and over how many launches."""
    return words(
        "report.measured.line",
        machine=machine_line(words, measured.machine),
        n=measured.launches,
        day=_day(words, measured.started),
    )


def failure_line(words: Words, failure: Failure, titles: Mapping[str, TextMap] | None = None) -> str:
    """What gave no figure, and why. ``titles`` maps probe ids to titles."""
    who = framework_name(failure.framework) if failure.framework else words("report.failure.both")
    what = words(f"report.failure.{failure.kind}")
    if failure.probe is None:
        return words("report.failure.side", who=who, what=what)
    probe = said(words, task_title(failure.probe, titles or {}))
    return words("report.failure.line", who=who, probe=probe, what=what)


def ledger_item(words: Words, row: LedgerRow, titles: Mapping[str, TextMap] | None = None) -> str:
    """A setting of the ledger in words: its track and probe where it has them, then its name."""
    if f"report.ledger.item.{row.item}" in words.entries:
        return words(f"report.ledger.item.{row.item}")
    *about, name = row.item.split(".")
    parts = [_about(words, part, titles or {}) for part in about]
    return words("report.ledger.join").join([*parts, named(words, "report.ledger.item", name)])


def _about(words: Words, part: str, titles: Mapping[str, TextMap]) -> str:
    """What a setting is of: a probe, a launch with a setting of its own, or a track."""
    if probe_of(part) in titles:
        return said(words, task_title(part, titles))
    return variant_name(words, part) if part in OF_LAUNCH else track_name(words, part)


def _what(words: Words, finding: Finding) -> str:
    key = _metric_key(words, finding.result.metric, "what")
    what = words(key, title=said(words, finding.title), metric=metric_name(words, finding.result.metric))
    if finding.result.metric in TRACKLESS:
        return what
    return words("report.finding.what", what=what, track=track_name(words, finding.result.track))


def _metric_key(words: Words, metric: str, part: str) -> str:
    key = f"report.metric.{metric}.{part}"
    return key if key in words.entries else f"report.metric.other.{part}"


def _day(words: Words, started: str) -> str:
    try:
        return words.day(datetime.fromisoformat(started).date())
    except ValueError:
        return started  # an imported file with another form of date
