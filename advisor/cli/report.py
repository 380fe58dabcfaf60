"""``report``: the whole advice as one file."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from advisor.cli.inputs import answers as read_answers
from advisor.cli.inputs import day, knowledge, reporting
from advisor.cli.options import ENGLISH, AsOfOption, LanguageOption, RulesOption
from advisor.knowledge.problems import KnowledgeError, Place, Problem

if TYPE_CHECKING:
    from probes.model import Measurements


class Format(StrEnum):
    html = "html"
    markdown = "markdown"
    json = "json"


def report(
    answers: Annotated[
        Path, typer.Option(metavar="ANSWERS", help="YAML file with the answers; - for standard input.")
    ],
    measurements: Annotated[
        Path | None, typer.Option(metavar="FILE", help="JSON of python -m probes run.", show_default=False)
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="A page, a decision record, or the data.")
    ] = Format.html,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to write it; standard output if left out."
        ),
    ] = None,
    as_of: AsOfOption = "",
    rules: RulesOption = None,
    language: LanguageOption = ENGLISH,
) -> None:
    """Write the report: verdict, reasons, measurements, plan, and what would change it.

    html opens offline and prints whole; markdown is an architecture decision record (MADR); json holds
    everything.
    """
    with reporting(language):
        kb, on = knowledge(rules), day(as_of, date.today())
        if on == "guide":
            raise KnowledgeError([Problem("report-day", Place("--as-of"), {"found": on})])
        given = read_answers(kb, answers)
        measured = _measurements(measurements) if measurements else None
    from advisor.report.build import build_report
    from advisor.report.render import to_html, to_json, to_markdown

    assert isinstance(on, date)
    document = build_report(kb, given, on, measured)
    if form is Format.json:
        text = to_json(document)
    else:
        text = (to_html if form is Format.html else to_markdown)(document, language)
    if output is None:
        typer.echo(text)
        return
    with reporting(language):
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise KnowledgeError(
                [Problem("file-unwritable", Place(str(output)), {"why": error.strerror})]
            ) from error
    typer.echo(str(output), err=True)


def _measurements(path: Path) -> "Measurements":
    """The JSON of ``python -m probes run``. Raises :class:`KnowledgeError`."""
    from pydantic import ValidationError

    from probes.model import Measurements

    try:
        return Measurements.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KnowledgeError([Problem("file-missing", Place(str(path)))]) from None
    except OSError as error:
        raise KnowledgeError(
            [Problem("file-unreadable", Place(str(path)), {"why": error.strerror})]
        ) from None
    except UnicodeDecodeError:
        raise KnowledgeError([Problem("not-utf8", Place(str(path)))]) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "-"
        values = {"where": where, "detail": first["msg"]}
        raise KnowledgeError([Problem("not-measurements", Place(str(path)), values)]) from None
