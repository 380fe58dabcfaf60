"""Moving about: reload, Back, links, language, two tabs, widths."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import looking
import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
ANSWERS = "a=domain.vision~purpose.research~targets.android%2Bios"


def heading(page: Page) -> str:
    return page.locator(".st-key-sheet h1").first.inner_text()


def switch(page: Page, name: str, language: str) -> None:
    page.locator(".st-key-language").get_by_text(name).click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    looking.settle(page)


def fields(page: Page) -> dict[str, list[str]]:
    """What the address says beside the language."""
    return {name: value for name, value in parse_qs(urlsplit(page.url).query).items() if name != "lang"}


def test_reload_loses_no_answer(open_page: OpenPage) -> None:
    page = open_page()
    page.locator(".st-key-one-purpose label:has(input)").nth(1).click()
    expect(page).to_have_url(re.compile("purpose.research"))
    page.reload()
    expect(page.locator(".st-key-one-purpose input[type=radio]").nth(1)).to_be_checked()


def test_back_and_forward_walk_the_steps_and_keep_answers(open_page: OpenPage) -> None:
    page = open_page()
    page.locator(".st-key-one-purpose label:has(input)").nth(1).click()
    expect(page).to_have_url(re.compile("purpose.research"))
    first = heading(page)
    page.locator(".st-key-continue button").click()
    expect(page.locator(".st-key-back")).to_be_visible()
    second = page.locator("[class*=st-key-one-]")
    second.locator("label:has(input)").first.click()
    expect(page).to_have_url(re.compile("~"))
    page.go_back()
    expect(page.locator(".st-key-sheet h1").first).to_have_text(first)
    expect(page.locator(".st-key-one-purpose input[type=radio]").nth(1)).to_be_checked()
    page.go_forward()
    expect(second.locator("input[type=radio]").first).to_be_checked()


def test_back_leaves_a_page_in_one_step(open_page: OpenPage) -> None:
    page = open_page(f"check?{ANSWERS}&lang=en")
    page.locator(".st-key-show button").click()
    expect(page).to_have_url(re.compile("/recommendation"))
    expect(page.locator(".st-key-downloads")).to_be_visible()
    page.go_back()
    expect(page.locator(".st-key-show")).to_be_visible()
    expect(page).to_have_url(re.compile("/check"))


def test_link_reproduces_the_recommendation_in_another_language(open_page: OpenPage) -> None:
    first = open_page(f"recommendation?{ANSWERS}&lang=en")
    first.locator(".st-key-link button").first.click()
    link = first.locator("[data-testid=stPopoverBody] code").inner_text()
    again = open_page(link.split("/", 3)[3].replace("lang=en", "lang=ja"))
    expect(again.locator("html")).to_have_attribute("lang", "ja")
    assert heading(again) == heading(first)
    ways = again.locator("[class*=st-key-reason-]").count()
    assert ways == first.locator("[class*=st-key-reason-]").count() > 0


@pytest.mark.parametrize("place", ["?step=model&", "check?", "recommendation?", "measure?"])
def test_language_switch_keeps_place_and_answers(open_page: OpenPage, place: str) -> None:
    page = open_page(f"{place}{ANSWERS}&i=research.more&lang=en")
    if place == "measure?":  # what the frameworks see of the machine comes later
        expect(page.locator(".st-key-sight-pytorch")).to_be_visible(timeout=90_000)
    looking.settle(page)
    before, told = fields(page), page.get_by_test_id("stMain").inner_text()
    switch(page, "日本語", "ja")
    looking.whole(page, "ja")
    assert place.split("?")[0] == urlsplit(page.url).path.strip("/")
    assert fields(page) == before
    assert before["a"] == parse_qs(ANSWERS)["a"]
    assert before["i"] == ["research.more"]
    assert page.get_by_test_id("stMain").inner_text() != told
    switch(page, "English", "en")
    assert fields(page) == before
    assert page.get_by_test_id("stMain").inner_text() == told


def test_language_switch_keeps_an_answer_that_was_just_given(open_page: OpenPage) -> None:
    page = open_page("?lang=en")
    page.locator(".st-key-one-purpose label:has(input)").nth(1).click()
    switch(page, "日本語", "ja")
    expect(page.locator(".st-key-one-purpose input[type=radio]").nth(1)).to_be_checked()
    expect(page).to_have_url(re.compile("purpose.research"))


def test_language_switch_keeps_a_change_that_is_tried(open_page: OpenPage) -> None:
    page = open_page("recommendation?a=purpose.product~team_experience.both&lang=en")
    title = heading(page)
    page.locator(".st-key-try-0 button").click()
    expect(page.locator(".st-key-trial")).to_be_visible()
    expect(page.locator(".st-key-sheet h1").first).not_to_have_text(title)
    switch(page, "日本語", "ja")
    expect(page.locator(".st-key-trial")).to_be_visible()
    page.locator(".st-key-undo-trial button").click()
    expect(page.locator(".st-key-trial")).to_have_count(0)


def test_language_switch_keeps_the_plan_of_a_measurement(open_page: OpenPage) -> None:
    page = open_page(f"measure?{ANSWERS}&lang=en")
    plan, aim = (page.locator(f".st-key-{name} input[type=radio]") for name in ("plan", "focus"))
    for name, number in (("plan", 1), ("focus", 2)):
        page.locator(f".st-key-{name} label:has(input)").nth(number).click()
        looking.settle(page)
    page.locator(".st-key-own-numbers-box summary").click()
    own = page.locator(".st-key-own-numbers-box input[type=number]").first
    more = str(int(own.input_value()) + 1)
    own.fill(more)
    own.press("Enter")
    looking.settle(page)
    switch(page, "日本語", "ja")
    expect(plan.nth(1)).to_be_checked()
    expect(aim.nth(2)).to_be_checked()
    expect(own).to_have_value(more)


def test_language_comes_from_the_browser_first(open_page: OpenPage) -> None:
    expect(open_page(locale="ja-JP").locator("html")).to_have_attribute("lang", "ja")
    expect(open_page(locale="fr-FR").locator("html")).to_have_attribute("lang", "en")


def test_broken_link_is_named_and_the_rest_is_read(open_page: OpenPage) -> None:
    page = open_page("check?a=purpose.research~domain.nonsense~%3Cscript%3Ealert(1)%3C%2Fscript%3E&lang=en")
    expect(page.locator("[data-testid=stAlert]")).to_have_count(1)
    expect(page.locator(".st-key-row-purpose")).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


@pytest.mark.parametrize("together", [True, False], ids=["tabs", "browsers"])
def test_two_keep_their_own_answers(open_page: OpenPage, together: bool) -> None:
    """Two tabs of one browser, which share its cookies, and two browsers."""
    one = open_page()
    if together:
        two = one.context.new_page()
        two.goto(one.url)
    else:
        two = open_page()
    one.locator(".st-key-one-purpose label:has(input)").nth(0).click()
    two.locator(".st-key-one-purpose label:has(input)").nth(1).click()
    expect(one).to_have_url(re.compile("purpose.learning"))
    expect(two).to_have_url(re.compile("purpose.research"))
    for tab, number in ((one, 0), (two, 1)):
        tab.locator(".st-key-continue button").click()
        expect(tab.locator(".st-key-back")).to_be_visible()
        tab.locator(".st-key-back button").click()
        expect(tab.locator(".st-key-one-purpose input[type=radio]").nth(number)).to_be_checked()


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("path", ["", "check", "recommendation", "measure", "rules", "history"])
def test_page_fits_a_phone(open_page: OpenPage, path: str, language: str) -> None:
    page = open_page(f"{path}?{ANSWERS}&lang={language}", width=390, height=844)
    looking.settle(page)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390
