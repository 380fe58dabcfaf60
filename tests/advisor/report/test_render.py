"""The files a reader can take away: they stand alone, say what the document says, and escape."""

import itertools
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from advisor.inference import built_in, parse_answers
from advisor.report import arrange
from advisor.report.build import build_report
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


def test_html_escapes_what_came_from_outside(hostile_report: Report, language: str) -> None:
    page = Page(to_html(hostile_report, language))
    assert not {"script", "img", "b"} & set(page.tags)
    assert page.text.count("<script>alert(1)</script>") >= 8
    assert not [anchor for anchor in page.anchors if anchor.startswith("javascript:")]


def test_html_opens_no_address_but_a_web_address(report: Report, language: str) -> None:
    source = report.sources[0].model_copy(update={"url": "javascript:alert(1)"})
    step = report.advice.roadmap[0].model_copy(update={"link": "data:text/html,x"})
    advice = report.advice.model_copy(update={"roadmap": (step,)})
    page = Page(to_html(report.model_copy(update={"sources": (source,), "advice": advice}), language))
    assert all(re.match(r"#|https?://", anchor) for anchor in page.anchors)


def test_html_shows_code_as_code(report: Report, language: str) -> None:
    page = Page(to_html(report, language))
    assert "code" in page.tags
    assert "`" not in page.text


def test_html_gives_both_sides_the_same_room(measured_report: Report, language: str) -> None:
    html = to_html(measured_report, language)
    assert 'id="case-tensorflow"' in html
    assert 'id="case-pytorch"' in html
    lengths = {side: len(reasons) for side, reasons, _ in arrange.sides(measured_report)}
    assert max(lengths.values()) <= arrange.EQUAL_SHARE


def test_html_draws_the_recommended_route_and_names_the_others(report: Report, language: str) -> None:
    html = to_html(report, language)
    for target in arrange.targets(report):
        assert target.drawn
        assert all(route.recommended for route in target.drawn)
        assert all(f'href="#route-{route.id}"' in html for route in target.others)
        assert all(f'id="route-{route.id}"' in html for route in target.others)


def test_html_names_archived_tools_and_recommends_none(report: Report, language: str) -> None:
    text = Page(to_html(report, language)).text
    assert "TorchServe" in {tool.name for tool in arrange.retired(report)}
    assert all(tool.name in text for tool in arrange.retired(report))
    assert not [tool for tool in arrange.retired(report) if tool.recommended]


def test_html_shows_stale_rules(report: Report, language: str) -> None:
    old = report.advice.reasons[0].model_copy(update={"stale": True})
    advice = report.advice.model_copy(update={"reasons": (old, *report.advice.reasons[1:])})
    text = Page(to_html(report.model_copy(update={"advice": advice}), language)).text
    assert text.count(Words.load(language)("report.stale")) >= 1


def test_every_table_has_a_caption_and_scoped_headers(measured_report: Report, language: str) -> None:
    html = to_html(measured_report, language)
    assert html.count("<table") == html.count("<caption>") > 4
    assert html.count("<th ") == len(re.findall(r"<th (?:[a-z]+=\"[^\"]*\" )*scope=", html))
    assert "<th>" not in html


def test_no_key_of_the_texts_is_shown(measured_report: Report, language: str) -> None:
    shown = Page(to_html(measured_report, language)).text + to_markdown(measured_report, language)
    assert not re.findall(r"\breport\.[a-z]+[.-][a-z-]+", shown)
    assert not re.findall(r"\{[a-z_]+\}", shown)


@pytest.mark.parametrize(
    "answers",
    [{}, {"deep_learning_needed": "no"}, {"targets": ["microcontroller"], "domain": ["language"]}],
    ids=["nothing answered", "neither", "TensorFlow"],
)
def test_every_kind_of_verdict_is_rendered(answers: dict[str, object], language: str) -> None:
    knowledge = built_in()
    report = build_report(knowledge, parse_answers(knowledge, answers), date(2026, 11, 24))
    assert Page(to_html(report, language)).headings[0] == 1
    assert to_markdown(report, language).startswith("---\nstatus: proposed\n")


def test_decision_record_has_the_sections_of_madr(measured_report: Report) -> None:
    record = to_markdown(measured_report, "en")
    assert record.startswith("---\nstatus: proposed\ndate: 2026-11-24\n")
    sections = re.findall(r"^## (.+)$", record, re.MULTILINE)
    assert sections == [
        "Context and Problem Statement",
        "Decision Drivers",
        "Considered Options",
        "Decision Outcome",
        "Pros and Cons of the Options",
        "More Information",
    ]


def test_decision_record_is_written_in_its_language(report: Report) -> None:
    record = to_markdown(report, "ja")
    assert "## 背景と課題" in record
    assert report.advice.reasons[0].because["ja"].split("。")[0][:12] in record.replace("\\", "")


def test_decision_record_escapes_markdown(hostile_report: Report, language: str) -> None:
    record = to_markdown(hostile_report, language)
    outside_code = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", record)
    assert not re.findall(r"(?<!\\)<(?!https?://)", outside_code)
    assert "\n# Boo" not in record
    assert "](javascript" not in record.replace("\\", "\\\\") or "[x](" not in outside_code


def test_decision_record_keeps_code_as_code(report: Report) -> None:
    assert "`model.eval()`" in to_markdown(report, "en")


def test_json_is_the_whole_document(measured_report: Report) -> None:
    assert Report.model_validate_json(to_json(measured_report)) == measured_report
