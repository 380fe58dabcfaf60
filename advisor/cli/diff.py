"""``diff``: what a change to the rules does."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from advisor.cli.inputs import day, reporting
from advisor.cli.options import ENGLISH, AsOfOption, JsonOption, LanguageOption

if TYPE_CHECKING:
    from advisor.cli.comparing import Comparison

Folder = Annotated[
    Path, typer.Argument(help="A rules folder, or a folder of own rules on top of the built-in ones.")
]
MOST = 20  # verdicts listed in readable text; the JSON has them all


def diff(
    old: Folder,
    new: Folder,
    as_of: AsOfOption = "",
    as_json: JsonOption = False,
    language: LanguageOption = ENGLISH,
) -> None:
    """Compare two rule folders: entries that differ, projects whose verdict changes, and a version step.

    Suggested step: major if an entry or option is gone or concerns other projects, minor if something is
    added or judged differently, patch if only words, sources or review dates differ.
    """
    from advisor.cli.comparing import compare, open_folder

    with reporting(language):
        on = day(as_of, date.today())
        before, after = open_folder(old), open_folder(new)
    found = compare(before, after, on)
    if as_json:
        data = {"old": before.version, "new": after.version, "as_of": str(on), **asdict(found)}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_lines(found, before.version, after.version, language)))


def _lines(found: "Comparison", old: str, new: str, language: str) -> list[str]:
    from advisor.words import Words

    words = Words.load(language)
    lines = [words("cli.diff.versions", old=old, new=new)]
    lines += [f"  + {name}" for name in found.added]
    lines += [f"  - {name}" for name in found.removed]
    comma = words("cli.list-comma")
    lines += [f"  ~ {name}: {comma.join(keys)}" for name, keys in found.changed.items()]
    if len(lines) == 1:
        lines.append(f"  {words('cli.diff.same')}")
    lines += ["", words("cli.diff.moved", n=len(found.moved), cases=found.cases)]
    for moved in found.moved[:MOST]:
        was, becomes = (words(f"cli.sides.{verdict}") for verdict in (moved.was, moved.becomes))
        margins = f"{words.signed(moved.margin_was)} → {words.signed(moved.margin_becomes)}"
        lines.append(f"  {moved.case}: {was} → {becomes} ({margins})")
    if len(found.moved) > MOST:
        lines.append(f"  {words('cli.diff.more', n=len(found.moved) - MOST)}")
    return [*lines, "", words(f"cli.diff.level.{found.level}")]
