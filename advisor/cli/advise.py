"""``advise``, ``explain``, ``next`` and ``flips``: what the engine says about one set of answers."""

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from advisor.cli.inputs import answers as read_answers
from advisor.cli.inputs import day, knowledge, reporting
from advisor.cli.options import (
    ENGLISH,
    AnswersFile,
    AsOfOption,
    ImportanceOption,
    JsonOption,
    LanguageOption,
    RulesOption,
)

if TYPE_CHECKING:
    from advisor.cli.printing import Voice
    from advisor.knowledge import KnowledgeBase


def advise(
    answers: AnswersFile,
    importance: ImportanceOption = None,
    as_of: AsOfOption = "",
    rules: RulesOption = None,
    as_json: JsonOption = False,
    language: LanguageOption = ENGLISH,
) -> None:
    """Say which framework fits, why, and how to go on.

    The verdict is pytorch, tensorflow, too-close or neither. The margin is in decibans: above 0 it speaks
    for PyTorch, below 0 for TensorFlow, and it is the exact sum of the reasons.
    """
    with reporting(language):
        kb, on = knowledge(rules), day(as_of, date.today())
        given = read_answers(kb, answers, importance or ())
    from advisor.inference import advise as judge

    advice = judge(kb, given, on)
    if as_json:
        typer.echo(advice.model_dump_json(indent=2))
        return
    voice = _voice(kb, language)
    lines = [*voice.verdict(advice.verdict, advice.as_of), *voice.reasons(advice), *voice.plan(advice)]
    typer.echo("\n".join([*lines, "", voice.words("cli.version", version=advice.knowledge_version)]))


def explain(
    answers: AnswersFile,
    importance: ImportanceOption = None,
    as_of: AsOfOption = "",
    rules: RulesOption = None,
    as_json: JsonOption = False,
    language: LanguageOption = ENGLISH,
) -> None:
    """Defend the verdict: why, why not, the other side, how sure, and what would change it."""
    with reporting(language):
        kb, on = knowledge(rules), day(as_of, date.today())
        given = read_answers(kb, answers, importance or ())
    from advisor.cli.explaining import explanation_lines
    from advisor.inference import explain as defend

    explanation = defend(kb, given, on)
    if as_json:
        typer.echo(explanation.model_dump_json(indent=2))
    else:
        typer.echo("\n".join(explanation_lines(_voice(kb, language), explanation)))


def next_question(
    answers: AnswersFile,
    count: Annotated[
        int, typer.Option(min=1, help="How many questions to name, the most telling first.")
    ] = 3,
    importance: ImportanceOption = None,
    as_of: AsOfOption = "",
    rules: RulesOption = None,
    as_json: JsonOption = False,
    language: LanguageOption = ENGLISH,
) -> None:
    """Name the open question whose answer is worth most to the decision."""
    with reporting(language):
        kb, on = knowledge(rules), day(as_of, date.today())
        given = read_answers(kb, answers, importance or ())
    from advisor.cli.explaining import question_lines
    from advisor.inference import margin_range, next_questions

    found = next_questions(kb, given, on)
    span = margin_range(kb, given, on)
    if as_json:
        data = {
            "knowledge_version": kb.version,
            "decided": span.decided,
            "open": len(found),
            "range": span.model_dump(mode="json"),
            "next": [
                {**question.model_dump(mode="json"), "question": kb.traits[question.trait].question}
                for question in found[:count]
            ],
        }
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(question_lines(_voice(kb, language), found[:count], span)))


def flips(
    answers: AnswersFile,
    pairs: Annotated[
        bool, typer.Option("--pairs", help="Also pairs of changes where a single change is enough.")
    ] = False,
    importance: ImportanceOption = None,
    as_of: AsOfOption = "",
    rules: RulesOption = None,
    as_json: JsonOption = False,
    language: LanguageOption = ENGLISH,
) -> None:
    """Show what would change the verdict: the smallest sets of answers, and the weight of single rules.

    Pairs of changes are tried where no single change within your power turns the verdict. Facts that you
    can't change are marked.
    """
    with reporting(language):
        kb, on = knowledge(rules), day(as_of, date.today())
        given = read_answers(kb, answers, importance or ())
    from advisor.cli.explaining import flip_lines
    from advisor.inference import flips as turning
    from advisor.inference import weight_flips

    changes, weights = turning(kb, given, on, pairs or None), weight_flips(kb, given, on)
    if as_json:
        data = {
            "knowledge_version": kb.version,
            "flips": [change.model_dump(mode="json") for change in changes],
            "weight_flips": [weight.model_dump(mode="json") for weight in weights],
        }
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(flip_lines(_voice(kb, language), changes, weights, len(changes))))


def _voice(kb: "KnowledgeBase", language: str) -> "Voice":
    from advisor.cli.printing import Voice
    from advisor.words import Words

    return Voice(kb, Words.load(language))
