"""The files a reader can take away: they stand alone, say what the document says, and escape."""

import itertools
import re
from html.parser import HTMLParser

import pytest

from advisor.report.model import Report
from advisor.report.render import to_html, to_json, to_markdown
from advisor.words import Words

LANGUAGES = ["en", "ja"]
VOID = {"meta", "link", "br", "img", "hr", "input", "rect", "line", "circle"}


class Page(HTMLParser):
    """Tags, ids, headings, outside references and text of a page; fails on tags that do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.anchors: list[str] = []
        self.headings: list[int] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        if "id" in values:
            self.ids.append(values["id"] or "")
        if "src" in values or tag == "link":
            self.references.append(str(values))
        if tag == "a":
            self.anchors.append(values.get("href") or "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_html_needs_no_script_and_nothing_from_outside(measured_report: Report, language: str) -> None:
    html = to_html(measured_report, language)
    page = Page(html)
    assert "script" not in page.tags
    assert page.references == []
    assert "@import" not in html
    assert "url(" not in html


def test_html_names_its_language_and_has_headings_in_order(report: Report, language: str) -> None:
    html = to_html(report, language)
    assert f'<html lang="{language}">' in html
    headings = Page(html).headings
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(headings))


def test_html_anchors_lead_somewhere_and_are_stable(report: Report, language: str) -> None:
    page = Page(to_html(report, language))
    assert len(page.ids) == len(set(page.ids))
    inner = {anchor[1:] for anchor in page.anchors if anchor.startswith("#")}
    assert inner
    assert inner <= set(page.ids)
    assert {f"rule-{reason.rule}" for reason in report.advice.reasons if reason.decibans} <= set(page.ids)


def test_every_bar_of_the_chart_stands_in_its_table(report: Report, language: str) -> None:
    text = Page(to_html(report, language)).text
    words = Words.load(language)
    assert all(words.signed(bar.shown) in text for bar in report.bars)
    assert all(bar.title[language] in text for bar in report.bars)


def test_html_of_a_measured_report_shows_figures_with_their_interval(
    measured_report: Report, language: str
) -> None:
    text = Page(to_html(measured_report, language)).text
    assert ("0.36 (0.34–0.40)" if language == "en" else "0.36（0.34〜0.40）") in text
    assert "Example CPU" in text


def test_html_escapes_what_came_from_outside(measured_report: Report, language: str) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    assert measured_report.measured is not None
    machine = measured_report.measured.machine.model_copy(update={"cpu": hostile})
    measured = measured_report.measured.model_copy(update={"machine": machine, "command": hostile})
    html = to_html(measured_report.model_copy(update={"measured": measured}), language)
    assert hostile not in html
    assert "&lt;img" in html


def test_decision_record_has_the_sections_of_madr(measured_report: Report) -> None:
    record = to_markdown(measured_report, "en")
    assert record.startswith("---\nstatus: proposed\ndate: 2026-11-24\n")
    sections = re.findall(r"^## (.+)$", record, re.MULTILINE)
    assert sections == [
        "Context and problem statement",
        "Decision drivers",
        "Considered options",
        "Decision outcome",
        "Pros and cons of the options",
        "More information",
    ]


def test_decision_record_is_written_in_its_language(report: Report) -> None:
    record = to_markdown(report, "ja")
    assert "## 背景と課題" in record
    assert report.advice.reasons[0].because["ja"].split("。")[0][:12] in record.replace("\\", "")


def test_decision_record_escapes_markdown(measured_report: Report) -> None:
    assert measured_report.measured is not None
    machine = measured_report.measured.machine.model_copy(update={"cpu": "[x](javascript:1) <b>"})
    measured = measured_report.measured.model_copy(update={"machine": machine})
    record = to_markdown(measured_report.model_copy(update={"measured": measured}), "en")
    assert "[x](" not in record
    assert "<b>" not in record


def test_json_is_the_whole_document(measured_report: Report) -> None:
    assert Report.model_validate_json(to_json(measured_report)) == measured_report
