"""``traits``: what can be answered."""

import json
from typing import TYPE_CHECKING

import typer

from advisor.cli.inputs import knowledge, reporting
from advisor.cli.options import ENGLISH, JsonOption, LanguageOption, RulesOption

if TYPE_CHECKING:
    from advisor.knowledge import KnowledgeBase, Trait


def traits(
    as_json: JsonOption = False, language: LanguageOption = ENGLISH, rules: RulesOption = None
) -> None:
    """List every trait with its kind, options and labels, and the themes that may matter less or more.

    A trait of kind one takes one option, a trait of kind many a list of options. Every trait also accepts
    unknown.
    """
    with reporting(language):
        kb = knowledge(rules)
    if as_json:
        typer.echo(json.dumps(traits_data(kb), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_lines(kb, language)))


def traits_data(kb: "KnowledgeBase") -> dict[str, object]:
    """The questionnaire as plain data, in all languages."""
    return {
        "knowledge_version": kb.version,
        "groups": [group.model_dump() for group in kb.groups],
        "traits": [_trait(trait) for trait in kb.traits.values()],
        "themes": [theme.model_dump() for theme in kb.scale.themes],
        "importance": list(type(kb.scale.importance).model_fields),
    }


def _trait(trait: "Trait") -> dict[str, object]:
    from advisor.knowledge.forms import as_data

    data = trait.model_dump(exclude={"ask_when"})
    ask_when = None if trait.ask_when is None else as_data(trait.ask_when)
    return {**data, "ask_when": ask_when, "options": [option.model_dump() for option in trait.options]}


def _lines(kb: "KnowledgeBase", language: str) -> list[str]:
    from advisor.words import Words

    words = Words.load(language)
    lines = []
    for group in kb.groups:
        lines += [_in(group.title, language), ""]
        for trait in kb.traits.values():
            if trait.group != group.id:
                continue
            kind = words(f"cli.traits.{trait.kind}")
            form = "cli.traits.quick" if trait.quick else "cli.traits.line"
            lines.append(
                "  " + words(form, trait=trait.id, kind=kind, question=_in(trait.question, language))
            )
            wide = max(len(option) for option in trait.option_ids)
            lines += [f"    {option.id:<{wide}}  {_in(option.label, language)}" for option in trait.options]
            lines.append("")
    levels = words("cli.list-comma").join(type(kb.scale.importance).model_fields)
    wide = max(len(theme.id) for theme in kb.scale.themes)
    lines.append(words("cli.traits.themes", levels=levels))
    return [*lines, *(f"    {theme.id:<{wide}}  {_in(theme.title, language)}" for theme in kb.scale.themes)]


def _in(text: dict[str, str], language: str) -> str:
    return text.get(language, text["en"])
