"""The main path, end to end, with real training, in English and in Japanese."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
TRAINING = 150_000  # milliseconds; a quick check takes at most 60 s and waits for its turn
KEY = re.compile(
    r"\b(pages|nav|report|answer_problems|probes)\.[a-z][a-z0-9-]*(\.[a-z0-9-]+)*\b|\[[a-z]+(\.[a-z-]+)+\]"
)


def check(page: Page, language: str) -> None:
    """No exception, no bare key, no empty chart, and the document says its language."""
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    text = page.locator("[data-testid=stMain]").inner_text()
    assert not KEY.search(text), KEY.search(text)
    for chart in page.locator("[data-testid=stPlotlyChart]").all():
        expect(chart.locator(".point, .errorbar").first).to_be_attached()


@pytest.mark.frameworks
@pytest.mark.timeout(400)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_questions_to_measured_recommendation(open_page: OpenPage, language: str, tmp_path: Path) -> None:
    page = open_page(locale={"en": "en-US", "ja": "ja-JP"}[language])
    check(page, language)

    # Questions: answer the first step, go on to the end with everything else left open.
    page.locator(".st-key-one-purpose label:has(input)").filter(
        has_text=re.compile("Research or|研究や")
    ).click()
    page.locator(".st-key-ask-domain [data-testid=stCheckbox] label").first.click()
    expect(page).to_have_url(re.compile("a=domain.vision~purpose.research"))
    expect(page.locator(".balance figcaption")).to_contain_text("%")
    while not re.search(r"/check\?", page.url):
        check(page, language)
        before = page.url
        page.locator(".st-key-continue button").click()
        expect(page).not_to_have_url(before)

    # Check answers, recommendation.
    page.locator(".st-key-show button").click()
    expect(page).to_have_url(re.compile(r"/recommendation\?"))
    expect(page.locator(".st-key-reasons-chart .point").first).to_be_attached()
    check(page, language)

    # Measure with live progress.
    page.locator(".st-key-to-measure button").click()
    page.locator(".st-key-measure button").click()
    expect(page.locator(".st-key-cancel")).to_be_visible()
    expect(page.locator(".launches > div").first).to_be_attached()
    expect(page.locator(".balance.live").first).to_be_visible()
    expect(page.locator("[data-testid=stProgress]")).to_contain_text(
        re.compile(r"\d+ s|\d+秒"), timeout=TRAINING
    )
    check(page, language)
    expect(page.locator(".st-key-to-recommendation")).to_be_visible(timeout=TRAINING)
    check(page, language)

    # The same recommendation, with the measurement in it.
    page.locator(".st-key-to-recommendation button").click()
    expect(page).to_have_url(re.compile(r"/recommendation\?.*m="))
    expect(page.locator("[class*=st-key-ledger-]").first).to_be_attached()
    check(page, language)

    # What is taken away is the same report.
    with page.expect_download() as download:
        page.locator(".st-key-download-html button").click()
    report = tmp_path / "report.html"
    download.value.save_as(report)
    assert f'<html lang="{language}">' in report.read_text(encoding="utf-8")
    assert page.locator("h1").inner_text() in report.read_text(encoding="utf-8")


@pytest.mark.frameworks
@pytest.mark.timeout(200)
def test_cancel_ends_the_measurement(open_page: OpenPage) -> None:
    page = open_page("measure?a=domain.vision~purpose.product")
    page.locator(".st-key-measure button").click()
    expect(page.locator(".balance.live").first).to_be_visible()
    page.locator(".st-key-cancel button").click()
    expect(page.locator(".st-key-measure button")).to_be_visible()
    expect(page.locator("[data-testid=stAlert]").first).to_contain_text("cancelled")
    check(page, "en")


@pytest.mark.frameworks
@pytest.mark.timeout(200)
def test_reload_finds_the_running_measurement_again(open_page: OpenPage) -> None:
    page = open_page("measure?a=domain.vision~purpose.product")
    page.locator(".st-key-measure button").click()
    expect(page.locator(".balance.live").first).to_be_visible()
    expect(page).to_have_url(re.compile("job="))
    page.reload()
    page.locator(".st-key-cancel button").click()
    expect(page.locator(".st-key-measure button")).to_be_visible()
