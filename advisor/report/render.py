"""A report as a file: standalone HTML, a Markdown decision record after MADR, or JSON."""

import re
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from advisor.paths import ASSETS
from advisor.report import drawing, sentences
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

    def text(entry: dict[str, str] | None) -> str:
        return "" if entry is None else entry.get(language, entry["en"])

    def draw(kind: str, *values: Any) -> Markup:
        return Markup(getattr(drawing, kind)(*values[:-1], CSS, values[-1]))  # drawing escapes its text

    return {
        "report": report,
        "words": words,
        "text": text,
        "say": sentences,
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
    environment.filters["md"] = _escape_markdown
    return environment


def _escape_markdown(text: str) -> str:
    """Text as Markdown that renders as that text; code spans stay."""
    return re.sub(r"([\\*_\[\]<>#|])", r"\\\1", text)
