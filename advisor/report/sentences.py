"""Sentences made from findings: one wording for page, file and command line.

Every function takes :class:`advisor.words.Words` first and returns plain text in that language.
"""

from collections.abc import Sequence
from datetime import date

from advisor.inference.model import Advice, Flip, MarginRange, Route, TextMap, Verdict
from advisor.report.model import Answered, Finding, Measured, Report
from advisor.words import Words
from probes.model import Failure, Machine, Result, Summary

_NAMES = {"tensorflow": "TensorFlow", "pytorch": "PyTorch", "keras-3": "Keras 3"}


def framework_name(framework: str) -> str:
    """The proper name of a framework; unknown ids stay as they are."""
    return _NAMES.get(framework, framework)


def verdict_title(words: Words, verdict: Verdict) -> str:
    """The verdict in one or two words: a framework's name, "Too close to call" or "Neither"."""
    if verdict.framework in _NAMES:
        return framework_name(verdict.framework)
    return words(f"report.verdict.{verdict.framework}")


def certainty(words: Words, verdict: Verdict) -> str:
    """How sure: the word of the scale with the leading side's probability, and whether it is decided."""
    if verdict.framework == "neither":
        return words("report.certainty.knock-out")
    lead = max(verdict.probability_pytorch, 1 - verdict.probability_pytorch)
    sure = words(f"report.certainty.{verdict.word}", percent=words.percent(lead))
    return words("report.certainty.decided", sure=sure) if verdict.decided else sure


def open_questions(words: Words, verdict: Verdict) -> str:
    """What is unknown, and whether it could still matter."""
    if verdict.unanswered == 0:
        return words("report.unknown.none")
    key = "report.unknown.decided" if verdict.decided else "report.unknown.open"
    return words(key, n=verdict.unanswered)


def margin(words: Words, decibans: float) -> str:
    """A margin with its unit and the side that it speaks for."""
    side = "pytorch" if decibans > 0 else "tensorflow" if decibans < 0 else None
    if side is None:
        return words("report.margin.even")
    return words("report.margin.side", margin=words.number(abs(decibans)), framework=framework_name(side))


def open_range(words: Words, margins: MarginRange) -> str:
    """The probability of PyTorch over everything unanswered."""
    key = "report.range.exact" if margins.exact else "report.range.bound"
    return words(
        key, low=words.percent(margins.probability_low), high=words.percent(margins.probability_high)
    )


def plan_line(words: Words, advice: Advice) -> str:
    """The plan in one sentence: what to train in, and how the models reach their targets."""
    verdict = advice.verdict
    if verdict.framework == "neither":
        return verdict.instead[words.language] if verdict.instead else ""
    if verdict.framework == "too-close":
        return words("report.plan.too-close")
    ways = [route_line(words, route) for route in advice.routes if route.recommended]
    train = words("report.plan.train", framework=framework_name(verdict.framework))
    return words("report.plan.between").join([train, *ways])


def route_line(words: Words, route: Route) -> str:
    """One route as a sentence: the target and what runs the model there."""
    return words(
        "report.plan.way", target=words(f"report.target.{route.target}"), run=_in(words, route.steps.run)
    )


def guide_against_today(words: Words, report: Report) -> str:
    """The guide's verdict beside today's, in one sentence."""
    then, now = report.guide.then.verdict, report.guide.now.verdict
    if then.framework == now.framework:
        return words("report.guide.same", verdict=verdict_title(words, then))
    return words("report.guide.differs", then=verdict_title(words, then), now=verdict_title(words, now))


def changes(words: Words, report: Report, flip: Flip) -> list[str]:
    """Each change of a flip in words: the question, and the answer that it would have to get."""
    lines = []
    for change in flip.changes:
        becomes = [change.becomes] if isinstance(change.becomes, str) else list(change.becomes)
        answer = words("report.list.join").join(option_label(words, report, change.trait, o) for o in becomes)
        question = questions(words, report, [change.trait])
        lines.append(
            words("report.flips.change", question=question, answer=answer or words("report.answer.none"))
        )
    return lines


def questions(words: Words, report: Report, traits: Sequence[str]) -> str:
    """The questions behind some traits, as one list in words."""
    known = {answered.trait: _in(words, answered.question) for answered in report.asked}
    return words("report.list.join").join(known.get(trait, trait) for trait in traits)


def option_label(words: Words, report: Report, trait: str, option: str) -> str:
    """The label of an option; its id where the report does not know it."""
    for asked in report.asked:
        if asked.trait == trait and option in asked.options:
            return _in(words, asked.options[option])
    return option


def answer(words: Words, answered: Answered) -> str:
    """What the user said: the chosen labels, "not sure" or "not answered"."""
    if answered.answers:
        return words("report.list.join").join(_in(words, label) for label in answered.answers)
    return words("report.answer.unknown" if answered.unknown else "report.answer.not-answered")


def flip_line(words: Words, changes: Sequence[str], flip: Flip) -> str:
    """What would turn the verdict. ``changes`` are worded changes, one per trait."""
    joined = words("report.flips.and").join(changes)
    key = "report.flips.to-too-close" if flip.verdict == "too-close" else "report.flips.to"
    return words(key, changes=joined, verdict=words(f"report.verdict-name.{flip.verdict}"))


def finding_line(words: Words, finding: Finding) -> str:
    """One comparison in plain words: who is ahead, by how much, how sure; or why nothing can be said."""
    result = finding.result
    what = words(f"report.metric.{result.metric}.what", title=_in(words, finding.title))
    if result.verdict == "withheld" or result.ratio is None or result.interval is None:
        return words("report.finding.withheld", what=what, reason=reason(words, result.reason))
    low, high = result.interval
    if result.verdict in ("same", "cannot-tell"):
        return words(
            f"report.finding.{result.verdict}",
            what=what,
            low=words.number(low, 2),
            high=words.number(high, 2),
        )
    ahead = result.ratio if result.verdict == "pytorch" else 1 / result.ratio
    ends = (low, high) if result.verdict == "pytorch" else (1 / high, 1 / low)
    return words(
        f"report.metric.{result.metric}.better",
        what=what,
        framework=framework_name(result.verdict),
        times=words.number(ahead, 1 if ahead >= 1.95 else 2),
        low=words.number(ends[0], 1 if ends[0] >= 1.95 else 2),
        high=words.number(ends[1], 1 if ends[1] >= 1.95 else 2),
    )


def reason(words: Words, text: str) -> str:
    """A reason of the laboratory's: its wording where the texts know its id, else the text itself."""
    try:
        return words(f"report.reason.{text}")
    except KeyError:
        return text


def figure(words: Words, summary: Summary | None, unit: str) -> str:
    """A measured figure with its unit and its range over the launches."""
    if summary is None:
        return words("report.figure.none")
    digits = 0 if summary.median >= 100 else 1 if summary.median >= 10 else 2
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
        return words("report.certificate.refused", reason=reason(words, certificate.reason or ""))
    worst = max(certificate.worst.values(), default=0.0)
    return words("report.certificate.granted", worst=f"{worst:.0e}", n=certificate.steps)


def machine_line(words: Words, machine: Machine) -> str:
    """The machine in one line: processor, usable cores, memory, accelerators."""
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
        day=words.day(date.fromisoformat(measured.started[:10])),
    )


def failure_line(words: Words, failure: Failure) -> str:
    """What gave no figure, and why."""
    who = framework_name(failure.framework) if failure.framework else words("report.failure.both")
    what = words(f"report.failure.{failure.kind}")
    return words("report.failure.line", who=who, probe=failure.probe or "", what=what).strip()


def _in(words: Words, text: TextMap) -> str:
    return text.get(words.language, text["en"])
