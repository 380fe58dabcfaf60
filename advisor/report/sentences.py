"""Sentences made from findings: one wording for page, file and command line.

Every function takes :class:`advisor.words.Words` first and returns plain text in that language.
"""

from collections.abc import Sequence

from advisor.inference.model import Advice, Change, Flip, MarginRange, NearMiss, OutOfReach, Route, Verdict
from advisor.report.findings import certificate_line as certificate_line
from advisor.report.findings import failure_line as failure_line
from advisor.report.findings import figure as figure
from advisor.report.findings import finding_line as finding_line
from advisor.report.findings import machine_line as machine_line
from advisor.report.findings import measured_line as measured_line
from advisor.report.findings import reason as reason
from advisor.report.model import Answered, Report
from advisor.report.naming import framework_name as framework_name
from advisor.report.naming import said, target_name
from advisor.words import Words

_FRAMEWORKS = ("tensorflow", "pytorch")


def verdict_title(words: Words, verdict: Verdict) -> str:
    """The verdict in one or two words: a framework's name, "Too close to call" or "Neither"."""
    if verdict.framework in _FRAMEWORKS:
        return framework_name(verdict.framework)
    return words(f"report.verdict.{verdict.framework}")


def verdict_name(words: Words, verdict: Verdict) -> str:
    """The verdict as it stands inside a sentence, "too close to call"."""
    return words(f"report.verdict-name.{verdict.framework}")


def certainty(words: Words, verdict: Verdict) -> str:
    """How sure: the word of the scale with the leading side's probability, and whether it is decided."""
    if verdict.framework == "neither":
        return words("report.certainty.knock-out")
    lead = max(verdict.probability_pytorch, 1 - verdict.probability_pytorch)
    sure = words(f"report.certainty.{verdict.word}", percent=words.percent(lead))
    return words("report.certainty.decided", sure=sure) if verdict.decided else sure


def sure_and_unknown(words: Words, verdict: Verdict) -> str:
    """How sure, and what is unknown, as two sentences."""
    sure, unknown = certainty(words, verdict), open_questions(words, verdict)
    return words("report.sure-and-unknown", sure=capital(sure), unknown=capital(unknown))


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
        return said(words, verdict.instead) if verdict.instead else ""
    if verdict.framework == "too-close":
        return words("report.plan.too-close")
    ways = [route_line(words, route) for route in advice.routes if route.recommended]
    train = words("report.plan.train", framework=framework_name(verdict.framework))
    return words("report.plan.between").join([train, *ways])


def route_line(words: Words, route: Route) -> str:
    """One route as a sentence: the target and what runs the model there."""
    return words("report.plan.way", target=target_name(words, route.target), run=said(words, route.steps.run))


def out_of_reach(words: Words, shut: OutOfReach) -> str:
    """A target that a framework can't reach, and why."""
    key = "report.plan.no-route" if shut.because is None else "report.plan.out-of-reach"
    because = said(words, shut.because) if shut.because else ""
    names = {"target": target_name(words, shut.target), "framework": framework_name(shut.framework)}
    return words(key, because=because, **names)


def settling(words: Words, report: Report) -> str:
    """For a close call that is still open: the question that can settle it, or that no single one can."""
    verdict = report.verdict
    if verdict.framework != "too-close" or verdict.decided:
        return ""
    if verdict.settled_by is None:
        return words("report.facts.unsettled")
    key = "report.facts.settle" if verdict.settled_by_share == 1 else "report.facts.settle-perhaps"
    return words(key, question=questions(words, report, [verdict.settled_by]))


def guide_against_today(words: Words, report: Report) -> str:
    """The guide's verdict beside today's, in one sentence."""
    then, now = report.guide.then.verdict, report.guide.now.verdict
    if then.framework == now.framework:
        return words("report.guide.same", verdict=verdict_name(words, then))
    key = "differs" if report.verdict.framework == now.framework else "differs-before-measuring"
    return words(f"report.guide.{key}", then=verdict_name(words, then), now=verdict_name(words, now))


def changes(words: Words, report: Report, flip: Flip) -> list[str]:
    """Each change of a flip in words: the question, and the answer that it would have to get."""
    return [_change(words, report, change) for change in flip.changes]


def questions(words: Words, report: Report, traits: Sequence[str]) -> str:
    """The questions behind some traits, as one list in words."""
    known = {answered.trait: said(words, answered.question) for answered in report.asked}
    return words("report.list.join").join(known.get(trait, trait) for trait in traits)


def option_label(words: Words, report: Report, trait: str, option: str) -> str:
    """The label of an option; its id where the report does not know it."""
    for asked in report.asked:
        if asked.trait == trait and option in asked.options:
            return said(words, asked.options[option])
    return option


def answer(words: Words, answered: Answered) -> str:
    """What the user said: the chosen labels, "not sure" or "not answered"."""
    if answered.answers:
        return words("report.list.join").join(said(words, label) for label in answered.answers)
    return words("report.answer.unknown" if answered.unknown else "report.answer.not-answered")


def flip_line(words: Words, changes: Sequence[str], flip: Flip) -> str:
    """What would turn the verdict. ``changes`` are worded changes, one per trait."""
    joined = words("report.flips.and").join(changes)
    key = "report.flips.to-too-close" if flip.verdict == "too-close" else "report.flips.to"
    return words(key, changes=joined, verdict=words(f"report.verdict-name.{flip.verdict}"))


def near_miss(words: Words, report: Report, miss: NearMiss) -> str:
    """Why a rule did not count: the questions whose answers would have to differ, or that it waits for."""
    key = "report.why-not.waits" if miss.undecided else "report.why-not.lacks"
    return words(key, traits=questions(words, report, miss.lacks))


def before_and_after(words: Words, report: Report) -> str:
    """The verdict without and with the measurements; empty where nothing was measured."""
    if report.before_measurements is None or report.measured is None:
        return ""
    before, after = report.before_measurements.verdict, report.verdict
    key = "same" if before.framework == after.framework else "differs"
    key = key if report.measured.moved else "nothing"
    return words(
        f"report.measured.verdict-{key}",
        before=standing(words, before),
        after=standing(words, after),
        margin=words.number(abs(report.measured.moved)),
        framework=framework_name("pytorch" if report.measured.moved > 0 else "tensorflow"),
    )


def capital(text: str) -> str:
    """A text that begins a line: its first letter is a capital where the script has them."""
    return text[:1].upper() + text[1:]


def standing(words: Words, verdict: Verdict) -> str:
    """The verdict and how sure it is, in a few words."""
    return words(
        "report.measured.standing", verdict=verdict_name(words, verdict), sure=certainty(words, verdict)
    )


def _change(words: Words, report: Report, change: Change) -> str:
    was, becomes = _options(change.was), _options(change.becomes)
    kind, options = "change", becomes
    if isinstance(change.becomes, list) and was and set(was) < set(becomes):
        kind, options = "change-more", [option for option in becomes if option not in was]
    elif isinstance(change.becomes, list) and becomes and set(becomes) < set(was):
        kind, options = "change-less", [option for option in was if option not in becomes]
    labels = words("report.list.join").join(option_label(words, report, change.trait, o) for o in options)
    return words(
        f"report.flips.{kind}",
        question=questions(words, report, [change.trait]),
        answer=labels or words("report.answer.none"),
    )


def _options(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())
