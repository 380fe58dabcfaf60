"""The report taken away: HTML opened offline and without JavaScript, decision record and JSON read."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import looking
import pytest
from jsonschema import Draft202012Validator
from one_measurement import Run
from playwright.sync_api import Browser, Page, expect

from advisor.paths import ASSETS
from advisor.report.model import Report
from advisor.words import Words

OpenPage = Callable[..., Page]
SCHEMA = json.loads((ASSETS / "report" / "report-v1.schema.json").read_text(encoding="utf-8"))
MADR = {
    "en": ["Context and Problem Statement", "Decision Drivers", "Considered Options", "Decision Outcome"],
    "ja": ["背景と課題", "決定の要因", "検討した選択肢", "決定"],
}

pytestmark = [pytest.mark.frameworks, pytest.mark.timeout(600)]


@dataclass(frozen=True)
class Html:
    """The report as HTML, and what the page said from which it was taken."""

    language: str
    file: Path
    title: str
    headings: list[str]


@pytest.fixture(params=["en", "ja"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def shown(language: str, open_page: OpenPage, one_run: Run) -> tuple[Page, str]:
    """The measured recommendation, and its language."""
    page = open_page(f"recommendation?{one_run.fields}&lang={language}")
    expect(page.locator(".st-key-downloads")).to_be_visible()
    looking.settle(page)
    return page, language


@pytest.fixture(scope="module")
def taken_before() -> dict[str, Html]:
    return {}


@pytest.fixture
def html(
    request: pytest.FixtureRequest,
    language: str,
    taken_before: dict[str, Html],
    tmp_path_factory: pytest.TempPathFactory,
) -> Html:
    """The report in a language, taken once for the tests that read it."""
    if language not in taken_before:
        page, _ = request.getfixturevalue("shown")
        title = page.locator(".st-key-sheet h1").inner_text()
        headings = page.locator(".st-key-sheet h2").all_inner_texts()
        file = taken(page, "html", tmp_path_factory.mktemp("html"))
        taken_before[language] = Html(language, file, title, headings)
    return taken_before[language]


def taken(page: Page, kind: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.locator(f".st-key-download-{kind} button").click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def test_html_opens_offline_without_javascript_and_asks_for_nothing(html: Html, chromium: Browser) -> None:
    report = html.file
    assert report.suffix == ".html"
    context = chromium.new_context(java_script_enabled=False, offline=True)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    away = context.new_page()
    away.goto(report.as_uri())
    expect(away.locator("html")).to_have_attribute("lang", html.language)
    expect(away.locator("h1")).to_contain_text(html.title)
    text = away.locator("body").inner_text()
    assert not looking.KEY.search(text)
    assert html.headings
    for heading in html.headings:
        assert heading in text
    for table in ("reasons", "measurements"):  # every chart has its figures beside it
        assert away.locator(f"#{table} table tbody tr").count() > 0
    broken = [
        link.get_attribute("href")
        for link in away.locator("a[href^='#']").all()
        if not away.locator(str(link.get_attribute("href")).replace(".", "\\.")).count()
    ]
    assert not broken
    assert [url for url in asked if not url.startswith("data:")] == [report.as_uri()]
    context.close()


def test_html_has_no_serious_fault_and_headings_in_order(html: Html, chromium: Browser) -> None:
    for theme, width in (("light", 1300), ("dark", 390)):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,  # type: ignore[arg-type]
        )
        away = context.new_page()
        away.goto(html.file.as_uri())
        assert not looking.serious(away)
        levels = away.locator(":is(h1,h2,h3,h4,h5,h6)").evaluate_all(
            "all => all.map(one => Number(one.tagName[1]))"
        )
        assert looking.in_order(levels)
        assert away.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


def test_printed_html_hides_no_section(html: Html, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, offline=True)
    away = context.new_page()
    away.goto(html.file.as_uri())
    away.emulate_media(media="print")
    for section in away.locator("section, section table, section svg, article").all():
        expect(section).to_be_visible()
    assert away.pdf().startswith(b"%PDF")
    context.close()


def test_decision_record_is_a_record_of_this_decision(shown: tuple[Page, str], tmp_path: Path) -> None:
    page, language = shown
    record = taken(page, "markdown", tmp_path)
    assert record.suffix == ".md"
    text = record.read_text(encoding="utf-8")
    assert text.startswith("---\nstatus: proposed\n")
    assert page.locator(".st-key-sheet h1").inner_text() in re.findall(r"^# (.+)$", text, re.MULTILINE)[0]
    sections = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert [name for name in MADR[language] if name not in sections] == []
    assert "python -m probes run" in text  # how to repeat the measurement
    assert not looking.KEY.search(text)


def test_json_is_the_report_that_the_page_shows(
    shown: tuple[Page, str], one_run: Run, tmp_path: Path
) -> None:
    page, language = shown
    document = taken(page, "json", tmp_path)
    assert document.suffix == ".json"
    text = document.read_text(encoding="utf-8")
    Draft202012Validator(SCHEMA).validate(json.loads(text))
    report = Report.model_validate_json(text)
    assert report.measured is not None
    assert report.measured.id == one_run.id
    table = page.locator(".st-key-reasons-table")
    for bar in report.bars:
        row = table.locator("tr").filter(has_text=bar.title[language])
        expect(row).to_contain_text(Words.load(language).signed(bar.shown))
    assert table.locator("tbody tr").count() == len(report.bars) + 1  # and their sum
