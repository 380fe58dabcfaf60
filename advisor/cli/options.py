"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    en = "en"
    ja = "ja"


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
LanguageOption = Annotated[Language, typer.Option(help="Language of readable text and of error messages.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, in all languages, for other programs.")]
RulesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        help="Add this folder's rules, questions and plan entries to the built-in ones. May be repeated.",
        show_default=False,
    ),
]
