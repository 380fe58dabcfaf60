"""Readable text of an explanation."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from advisor.cli.printing import Voice
    from advisor.inference.model import Explanation, Flip, MarginRange, NearMiss, NextQuestion, WeightFlip

MOST = 8  # entries of a list; the JSON has them all


def explanation_lines(voice: "Voice", explanation: "Explanation") -> list[str]:
    """The whole defence of a verdict."""
    words, advice = voice.words, explanation.advice
    lines = [*voice.verdict(advice.verdict, advice.as_of), *voice.reasons(advice)]
    lines += ["", words("cli.explain.other-side")]
    for reason in explanation.other_side[:MOST]:
        lines += voice.reason(reason)
    if not explanation.other_side:
        lines.append(f"  {words('cli.explain.nothing')}")
    lines += ["", words("cli.explain.why-not")]
    lines += [_near_miss(voice, miss) for miss in explanation.why_not[:MOST]] or [
        f"  {words('cli.explain.nothing')}"
    ]
    share, count = words.percent(explanation.stability), words.number(explanation.draws, 0)
    lines += ["", words("cli.explain.stability", share=share, draws=count)]
    lines += ["", *flip_lines(voice, explanation.flips, explanation.weight_flips)]
    lines += ["", *question_lines(voice, explanation.next_questions[:MOST], explanation.range)]
    return lines


def flip_lines(voice: "Voice", flips: Sequence["Flip"], weights: Sequence["WeightFlip"]) -> list[str]:
    """Answers, then rules, that would turn the verdict."""
    words = voice.words
    lines = [words("cli.flips.answers")]
    for flip in flips[:MOST]:
        changes = words("cli.flips.and").join(
            words(
                "cli.flips.change" if change.changeable else "cli.flips.fact",
                trait=change.trait,
                was=voice.option(change.trait, change.was),
                becomes=voice.option(change.trait, change.becomes),
            )
            for change in flip.changes
        )
        verdict, margin = voice.name(flip.verdict), words.signed(flip.margin_decibans)
        lines.append("  - " + words("cli.flips.turns", changes=changes, verdict=verdict, margin=margin))
    if not flips:
        lines.append(f"  {words('cli.flips.no-answers')}")
    elif len(flips) > MOST:
        lines.append(f"  {words('cli.flips.more', n=len(flips) - MOST)}")
    lines += ["", words("cli.flips.weights")]
    turning = [weight for weight in weights if weight.flips_at is not None]
    for weight in turning[:MOST]:
        was, at = words.signed(weight.weight, 2), words.signed(weight.flips_at or 0.0, 2)
        lines.append(f"  - {words('cli.flips.weight', rule=weight.rule, was=was, at=at)}")
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
        lines.append("  - " + words(form, trait=trait.id, question=asked, worth=worth))
    return lines


def _near_miss(voice: "Voice", miss: "NearMiss") -> str:
    comma = voice.words("cli.list-comma")
    wants = comma.join(
        voice.words("cli.explain.want", trait=trait, options=voice.option(trait, options))
        for trait, options in miss.wants.items()
    )
    amount, title = voice.words.signed(miss.weight), voice.text(miss.title)
    return f"  {amount:>6}  {voice.words('cli.explain.lacks', title=title, rule=miss.rule, wants=wants)}"
