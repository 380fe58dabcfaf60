"""Readable text of an explanation."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from advisor.cli.printing import NAMES

if TYPE_CHECKING:
    from advisor.cli.printing import Voice
    from advisor.inference.model import (
        Advice,
        Change,
        Explanation,
        Flip,
        MarginRange,
        NearMiss,
        NextQuestion,
        WeightFlip,
    )

MOST = 8  # entries of a list


def explanation_lines(voice: "Voice", explanation: "Explanation") -> list[str]:
    """The whole defence of a verdict."""
    words, advice = voice.words, explanation.advice
    lines = [*voice.verdict(advice.verdict, advice.as_of), *voice.reasons(advice)]
    lines += _sum(voice, advice)
    lines += ["", words("cli.explain.other-side")]
    for reason in explanation.other_side[:MOST]:
        lines += voice.reason(reason)
    if not explanation.other_side:
        lines.append(f"  {words('cli.explain.nothing')}")
    lines += ["", words("cli.explain.why-not")]
    for miss in explanation.why_not[:MOST]:
        lines += _near_miss(voice, miss)
    if not explanation.why_not:
        lines.append(f"  {words('cli.explain.nothing')}")
    share, count = words.percent(explanation.stability), words.number(explanation.draws, 0)
    lines += ["", words("cli.explain.stability", share=share, draws=count)]
    found = explanation.flips_found
    lines += ["", *flip_lines(voice, explanation.flips, explanation.weight_flips, found)]
    lines += ["", *question_lines(voice, explanation.next_questions[:MOST], explanation.range)]
    return lines


def flip_lines(
    voice: "Voice", flips: Sequence["Flip"], weights: Sequence["WeightFlip"], found: int
) -> list[str]:
    """Answers, then rules, that would turn the verdict; ``found`` counts the flips that there are in all."""
    words = voice.words
    lines = [words("cli.flips.answers")]
    for flip in flips[:MOST]:
        changes = words("cli.flips.and").join(_change(voice, change) for change in flip.changes)
        form = "cli.flips.turns" if flip.verdict in NAMES else f"cli.flips.turns-{flip.verdict}"
        values = {"verdict": voice.name(flip.verdict), "margin": words.signed(flip.margin_decibans)}
        lines += voice.item(words(form, changes=changes, **values))
    if not flips:
        lines.append(f"  {words('cli.flips.no-answers')}")
    elif found > MOST:
        lines.append(f"  {words('cli.flips.rest', n=found - min(MOST, len(flips)))}")
    lines += ["", words("cli.flips.weights")]
    turning = [weight for weight in weights if weight.flips_at is not None]
    for weight in turning[:MOST]:
        title = voice.text(voice.kb.rules_by_id[weight.rule].title)
        values = {"was": words.signed(weight.weight, 2), "at": words.signed(weight.flips_at or 0.0, 2)}
        lines += voice.item(words("cli.flips.weight", title=title, rule=weight.rule, **values))
    if not turning:
        lines.append(f"  {words('cli.flips.no-weights')}")
    return lines


def question_lines(voice: "Voice", questions: Sequence["NextQuestion"], span: "MarginRange") -> list[str]:
    """How far the open questions may still move the margin, and which to answer next."""
    words = voice.words
    kind = words("cli.next.exact" if span.exact else "cli.next.bound")
    low, high = words.signed(span.low), words.signed(span.high)
    lines = [words("cli.next.range", low=low, high=high, kind=kind)]
    if span.decided:
        lines.append(words("cli.next.decided"))
    if questions:
        lines += ["", words("cli.next.ask")]
    for question in questions:
        trait = voice.kb.traits[question.trait]
        form = "cli.next.turning" if question.can_flip else "cli.next.line"
        asked, worth = voice.text(trait.question), words.number(question.worth)
        lines += voice.item(words(form, trait=trait.id, question=asked, worth=worth))
    return lines


def _sum(voice: "Voice", advice: "Advice") -> list[str]:
    """The contributions before and after overlap, to the last digit, and the margin that they sum to."""
    scored = [reason for reason in advice.reasons if reason.rank]
    if not scored:
        return []
    verdict = advice.verdict
    rows = [(voice.exact(r.before_overlap), voice.exact(r.decibans), r.rule) for r in scored]
    total = voice.words("cli.explain.sum")
    rows.append((voice.exact(verdict.margin_before_overlap), voice.exact(verdict.margin_decibans), total))
    wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"  {before:>{wide[0]}}  {after:>{wide[1]}}  {name}" for before, after, name in rows]
    return ["", voice.words("cli.explain.adds-up"), *lines]


def _near_miss(voice: "Voice", miss: "NearMiss") -> list[str]:
    words = voice.words
    wants = words("cli.explain.and").join(
        words(
            "cli.explain.want",
            trait=trait,
            options=words("cli.explain.or").join(voice.option(trait, one) for one in options),
        )
        for trait, options in miss.wants.items()
    )
    values = {"title": voice.text(miss.title), "rule": miss.rule, "wants": wants}
    return voice.item(words("cli.explain.lacks", **values), f"  {words.signed(miss.weight):>6}  ")


def _change(voice: "Voice", change: "Change") -> str:
    """One change of an answer; of several options only what comes or goes."""
    was, becomes = _options(change.was), _options(change.becomes)
    form, options = "change", becomes
    if was and set(was) < set(becomes):
        form, options = "more", [option for option in becomes if option not in was]
    elif set(becomes) < set(was):
        form, options = "fewer", [option for option in was if option not in becomes]
    words = voice.words
    trait = change.trait if change.changeable else words("cli.flips.fact", trait=change.trait)
    before = voice.option(change.trait, change.was)
    return words(f"cli.flips.{form}", trait=trait, was=before, options=voice.option(change.trait, options))


def _options(answer: str | list[str] | None) -> list[str]:
    return [answer] if isinstance(answer, str) else list(answer or ())
