"""``check``: the audit of the knowledge base, as CI runs it."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from advisor.cli.inputs import day, knowledge, reporting
from advisor.cli.options import ENGLISH, JsonOption, LanguageOption, RulesOption
from advisor.paths import EXAMPLES, RULES

if TYPE_CHECKING:
    from advisor.cli.balance import Balance
    from advisor.knowledge import KnowledgeBase
    from advisor.knowledge.problems import Place
    from advisor.knowledge.remarks import Remark

Found: TypeAlias = Sequence[tuple["Remark", "Place | None"]]
README = RULES.parent / "README.md"
CHECK_FAILED = 1


def check(
    rules: RulesOption = None,
    on: Annotated[
        str,
        typer.Option(
            "--today", metavar="YYYY-MM-DD", help="Check as if it were this day.", show_default=False
        ),
    ] = "",
    notes: Annotated[
        bool, typer.Option("--notes", help="List notes too, not only errors and warnings.")
    ] = False,
    write_readme: Annotated[
        bool,
        typer.Option(
            "--write-readme", help="Write the balance into the README, or print it if it has no place."
        ),
    ] = False,
    readme: Annotated[Path, typer.Option(help="The README that holds the generated block.")] = README,
    schema: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Only write the JSON Schemas of the YAML files there.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = ENGLISH,
) -> None:
    """Audit the knowledge base. Exit code 1 if there is any error.

    Checks names, examples, sources, dates, both languages, coverage of the guide, dead conditions,
    contradictions and rules that decide too much, and counts how often each verdict wins over a covering
    sample of answers.
    """
    with reporting(language):
        if schema is not None:
            _write_schemas(schema)
            return
        kb = knowledge(rules)
        today = day(on, date.today())
    from advisor.cli import readme as generated
    from advisor.cli.balance import balance
    from advisor.knowledge.check import check as audit
    from advisor.knowledge.check import ordered
    from advisor.knowledge.remarks import Remark
    from advisor.knowledge.yaml_file import read_yaml

    assert isinstance(today, date)
    counted = balance(kb, today)
    remarks = [*audit(kb, today, outside()), *counted.remarks]
    fresh = generated.block(counted)
    if write_readme:
        if not generated.write(readme, fresh):
            typer.echo(fresh)
    elif (
        readme.is_file()
        and generated.current(readme.read_text(encoding="utf-8")) not in (None, fresh)
        and not rules
    ):
        remarks.append(Remark("error", "readme-outdated", str(readme.name)))
    read = cache(read_yaml)
    found = [(remark, remark.place(kb, read)) for remark in ordered(remarks)]
    if as_json:
        typer.echo(json.dumps(_data(kb, found, counted), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_lines(kb, found, counted, notes, language)))
    if any(remark.level == "error" for remark, _ in found):
        raise typer.Exit(CHECK_FAILED)


def _write_schemas(folder: Path) -> None:
    from advisor.cli.schemas import write
    from advisor.knowledge import KnowledgeError, Place, Problem

    try:
        typer.echo("\n".join(str(path) for path in write(folder)))
    except OSError as error:
        raise KnowledgeError(
            [Problem("file-unwritable", Place(str(folder)), {"why": error.strerror})]
        ) from None


def outside() -> dict[str, list[str]]:
    """Ids that the knowledge base names but does not hold: probes, and code examples."""
    from probes.catalogue import discover
    from probes.gather import START_UP

    known = {"probe": sorted([*discover(), START_UP])}
    if EXAMPLES.is_dir():
        known["example"] = sorted(
            path.stem for path in EXAMPLES.iterdir() if not path.name.startswith((".", "_"))
        )
    return known


def _data(kb: "KnowledgeBase", found: Found, counted: "Balance") -> dict[str, object]:
    levels = Counter(remark.level for remark, _ in found)
    return {
        "knowledge_version": kb.version,
        "rules": len(kb.rules),
        "errors": levels["error"],
        "warnings": levels["warning"],
        "notes": levels["note"],
        "remarks": [_remark(remark, place) for remark, place in found],
        "balance": counted.as_data(),
    }


def _remark(remark: "Remark", place: "Place | None") -> dict[str, object]:
    from advisor.words import languages

    return {
        "level": remark.level,
        "code": remark.code,
        "entry": remark.entry,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "message": {language: remark.says(language) for language in languages()},
    }


def _lines(kb: "KnowledgeBase", found: Found, counted: "Balance", notes: bool, language: str) -> list[str]:
    from advisor.cli.balance import VERDICTS
    from advisor.words import Words

    words = Words.load(language)
    lines: list[str] = []
    for remark, place in found:
        if remark.level == "note" and not notes:
            continue
        level = words(f"cli.levels.{remark.level}")
        lines.append(words("cli.check.remark", level=level, entry=remark.entry, says=remark.says(language)))
        if place is not None and remark.level == "error":
            lines += [f"  {place}", place.excerpt]
        elif place is not None:
            lines.append(f"  {place}")
    lines += [*([""] if lines else []), words("cli.check.balance", size=counted.size)]
    for (sample, as_of), counts in counted.counts.items():
        title = words(f"cli.check.samples.{sample}", day=words("cli.guide") if as_of == "guide" else as_of)
        shares = words("cli.list-comma").join(
            f"{words(f'cli.sides.{verdict}')} {words.percent(counts.get(verdict, 0) / counted.size)}"
            for verdict in VERDICTS
        )
        lines.append(f"  {title}: {shares}")
    if counted.outside:
        rules = words("cli.list-comma").join(f"{rule} {n}" for rule, n in counted.outside.items())
        lines.append(f"  {words('cli.check.outside', n=sum(counted.outside.values()), rules=rules)}")
    levels = Counter(remark.level for remark, _ in found)
    summary = words(
        "cli.check.summary",
        rules=len(kb.rules),
        errors=levels["error"],
        warnings=levels["warning"],
        notes=levels["note"],
        version=kb.version,
    )
    return [*lines, "", summary]
