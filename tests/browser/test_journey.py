"""The main path, end to end, in English and in Japanese; the measurement on it is a real one."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import looking
import pytest
from one_measurement import ANSWERS, Run
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]


@pytest.mark.frameworks
@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_questions_to_measured_recommendation(open_page: OpenPage, one_run: Run, language: str) -> None:
    page = open_page(locale={"en": "en-US", "ja": "ja-JP"}[language])
    looking.whole(page, language)

    # Questions: answer the first step, go on to the end with everything else left open.
    page.locator(".st-key-one-purpose label:has(input)").filter(
        has_text=re.compile("Research or|研究や")
    ).click()
    page.locator(".st-key-ask-domain [data-testid=stCheckbox] label").first.click()
    expect(page).to_have_url(re.compile("a=domain.vision~purpose.research"))
    expect(page.locator(".balance figcaption")).to_contain_text("%")
    while not re.search(r"/check\?", page.url):
        looking.whole(page, language)
        before = page.url
        page.locator(".st-key-continue button").click()
        expect(page).not_to_have_url(before)

    # Check answers, recommendation.
    page.locator(".st-key-show button").click()
    expect(page).to_have_url(re.compile(r"/recommendation\?"))
    expect(page.locator(".st-key-reasons-chart .point").first).to_be_attached()
    looking.whole(page, language)
    unmeasured = page.locator(".st-key-sheet h1").inner_text()

    # The measurement of this machine, in the same recommendation.
    page.locator(".st-key-add-stored button").click()
    expect(page).to_have_url(re.compile(rf"/recommendation\?.*m={one_run.id}"))
    expect(page.locator("[class*=st-key-ledger-]").first).to_be_attached()
    looking.ratios(page, one_run.id)
    looking.whole(page, language)

    # And without it again.
    page.locator(".st-key-without-measurements button").click()
    expect(page).not_to_have_url(re.compile("m="))
    expect(page.locator(".st-key-add-stored")).to_be_visible()
    expect(page.locator(".st-key-sheet h1")).to_have_text(unmeasured)


@pytest.mark.frameworks
@pytest.mark.timeout(600)
def test_running_measurement_tells_where_it_stands_in_both_languages(one_run: Run) -> None:
    assert re.search(r"About \d+ s left", one_run.said["en"])
    assert re.search(r"\d+\s*秒", one_run.said["ja"])
    assert not [text for text in one_run.said.values() if looking.KEY.search(text)]


@pytest.mark.frameworks
@pytest.mark.timeout(600)
def test_language_switched_while_it_measures_loses_nothing(one_run: Run) -> None:
    assert re.search(r"残り約\d+秒", one_run.own["ja"])
    assert re.search(r"About \d+ s left", one_run.own["en"])
    assert not [text for text in one_run.own.values() if looking.KEY.search(text)]
    switched, ended = (parse_qs(urlsplit(url).query) for url in (one_run.switched, one_run.ended))
    assert switched["job"] == [one_run.job]
    assert switched["lang"] == ended["lang"] == ["en"]
    assert switched["a"] == ended["a"] == parse_qs(ANSWERS)["a"]


@pytest.mark.frameworks
@pytest.mark.timeout(600)
def test_progress_of_a_measurement_never_goes_back(one_run: Run) -> None:
    assert one_run.progress == sorted(one_run.progress)
    assert one_run.progress[-1] > 0


@pytest.mark.frameworks
@pytest.mark.timeout(600)
def test_finished_measurement_says_what_was_found_and_what_it_means(
    open_page: OpenPage, one_run: Run
) -> None:
    assert "Results" in one_run.after
    page = open_page(f"measure?{one_run.fields}&lang=en")
    looking.ratios(page, one_run.id)
    looking.open_all(page)
    looking.whole(page, "en")
    expect(page.locator(f".st-key-ledger-{one_run.id} td").first).to_be_attached()
    expect(page.locator(f".st-key-certificate-{one_run.id}")).to_contain_text(
        "Both sides compute the same thing"
    )
    page.locator(".st-key-to-recommendation button").click()
    expect(page).to_have_url(re.compile(rf"/recommendation\?.*m={one_run.id}"))


@pytest.mark.frameworks
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["measure", "recommendation"])
def test_language_switch_keeps_the_measurement(open_page: OpenPage, one_run: Run, name: str) -> None:
    page = open_page(f"{name}?{one_run.fields}&lang=en")
    looking.ratios(page, one_run.id)
    page.locator(".st-key-language").get_by_text("日本語").click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page).to_have_url(re.compile(rf"/{name}\?.*m={one_run.id}"))
    looking.ratios(page, one_run.id)
    looking.whole(page, "ja")


@pytest.mark.parametrize("name", ["check", "recommendation", "measure", "rules", "history", "project"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_menu_opens_the_page(open_page: OpenPage, name: str, language: str) -> None:
    page = open_page(("rules?" if name == "project" else "?") + f"a=purpose.research&lang={language}")
    menu = page.get_by_test_id("stTopNavLink")
    target = menu.nth(["project", "check", "recommendation", "measure", "rules", "history"].index(name))
    target.click()
    expect(page).to_have_url(re.compile(rf"/{name}\?|/\?" if name == "project" else rf"/{name}\?"))
    expect(page).to_have_url(re.compile("purpose.research"))
    expect(page).to_have_title(re.compile(re.escape(target.inner_text().strip())))
    looking.whole(page, language)


def test_example_fills_answers_that_can_be_changed_one_by_one(open_page: OpenPage) -> None:
    page = open_page("?lang=en")
    page.locator("[class*=st-key-example-] button").first.click()
    expect(page).to_have_url(re.compile(r"/check\?"))
    page.locator("[class*=st-key-change-] button").first.click()
    expect(page.locator(".st-key-continue")).to_be_visible()
    page.locator("[data-testid=stRadio] label:has(input), [data-testid=stCheckbox] label").last.click()
    before = page.url
    expect(page).not_to_have_url(re.compile("/check"))
    page.locator(".st-key-continue button").click()
    expect(page).to_have_url(re.compile(r"/check\?"))
    assert page.url != before


def test_tried_change_is_shown_and_undone(open_page: OpenPage) -> None:
    page = open_page("recommendation?a=purpose.product~team_experience.both&lang=en")
    title = page.locator(".st-key-sheet h1").inner_text()
    page.locator(".st-key-try-0 button").click()
    expect(page.locator(".st-key-trial")).to_be_visible()
    expect(page.locator(".st-key-sheet h1")).not_to_have_text(title)
    expect(page).to_have_url(re.compile("purpose.product~team_experience.both"))  # a trial is in no link
    page.locator(".st-key-undo-trial button").click()
    expect(page.locator(".st-key-trial")).to_have_count(0)
    expect(page.locator(".st-key-sheet h1")).to_have_text(title)
