"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from advisor.paths import TEXTS

ENGLISH = "en"
LANGUAGES = sorted(path.stem for path in TEXTS.glob("*.yaml"))  # a language is one text file


def _language(language: str) -> str:
    if language not in LANGUAGES:
        raise typer.BadParameter(f"{language!r} is not one of {', '.join(LANGUAGES)}.")
    return language


AnswersFile = Annotated[
    Path,
    typer.Argument(metavar="ANSWERS", help="YAML file with the answers; - reads them from standard input."),
]
AsOfOption = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="guide|YYYY-MM-DD",
        help="The day whose knowledge counts: a date, or the guide's own rules. Today if left out.",
        show_default=False,
    ),
]
LanguageOption = Annotated[
    str,
    typer.Option(
        metavar="|".join(LANGUAGES), help="Language of readable text and error messages.", callback=_language
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, in all languages, for other programs.")]
ImportanceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--importance",
        metavar="THEME=LEVEL",
        help="How much a theme matters to you: less, normal or more. Goes before what the file says. "
        "May be repeated.",
        show_default=False,
    ),
]
RulesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        help="Add this folder's rules, questions and plan entries to the built-in ones. May be repeated.",
        show_default=False,
    ),
]
