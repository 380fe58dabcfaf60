"""A report as a file: standalone HTML, a Markdown decision record after MADR, or JSON."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from advisor.inference.model import SourceRef
from advisor.paths import ASSETS
from advisor.report import arrange, drawing, findings, insight_lines, naming, sentences
from advisor.report.markup import code_span, coded, markdown, markdown_address, web_address
from advisor.report.model import Report
from advisor.report.palette import CSS
from advisor.words import Words

TEMPLATES = ASSETS / "report"


def to_html(report: Report, language: str) -> str:
    """One file that opens offline: no script, no outside request, every chart with its table."""
    return _environment().get_template("report.html.j2").render(_context(report, language))


def to_markdown(report: Report, language: str) -> str:
    """A decision record after MADR 4 (Markdown Architectural Decision Records)."""
    return _environment().get_template("decision-record.md.j2").render(_context(report, language))


def to_json(report: Report) -> str:
    """The whole document in all languages; its schema is ``assets/report/report-v1.schema.json``."""
    return report.model_dump_json(indent=2)


def _context(report: Report, language: str) -> dict[str, Any]:
    words = Words.load(language)
    references = arrange.references(report, words)
    numbers = {reference.url: reference.number for reference in references}

    def text(entry: dict[str, str] | None) -> str:
        return "" if entry is None else entry.get(language, entry["en"])

    def draw(kind: str, *values: Any) -> Markup:
        return Markup(getattr(drawing, kind)(*values[:-1], CSS, values[-1]))  # drawing escapes its text

    def cited(sources: Sequence[SourceRef]) -> list[int]:
        return sorted({numbers[source.url] for source in sources})

    return {
        "report": report,
        "words": words,
        "text": text,
        "say": sentences,
        "name": naming,
        "found": findings,
        "also": insight_lines,
        "arrange": arrange,
        "references": references,
        "cited": cited,
        "grounds": cited([source for reason in report.advice.reasons for source in reason.sources]),
        "draw": draw,
        "style": Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
        "reach": max((abs(bar.shown) for bar in report.bars), default=1.0),
    }


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "coded": coded,
        "web": web_address,
        "md": markdown,
        "code_span": code_span,
        "md_web": markdown_address,
    }
    return environment
