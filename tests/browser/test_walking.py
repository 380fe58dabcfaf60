"""Moving about: reload, Back, links, language, two tabs, widths."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
ANSWERS = "a=domain.vision~purpose.research~targets.android%2Bios"


def heading(page: Page) -> str:
    return page.locator(".st-key-sheet h1").first.inner_text()


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


def test_language_switch_keeps_place_and_answers(open_page: OpenPage) -> None:
    page = open_page("?a=purpose.research&step=model&lang=en")
    page.locator(".st-key-language").get_by_text("日本語").click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page).to_have_url(re.compile("lang=ja"))
    expect(page).to_have_url(re.compile("step=model"))
    expect(page).to_have_url(re.compile("purpose.research"))


def test_language_comes_from_the_browser_first(open_page: OpenPage) -> None:
    expect(open_page(locale="ja-JP").locator("html")).to_have_attribute("lang", "ja")
    expect(open_page(locale="fr-FR").locator("html")).to_have_attribute("lang", "en")


def test_broken_link_is_named_and_the_rest_is_read(open_page: OpenPage) -> None:
    page = open_page("check?a=purpose.research~domain.nonsense~%3Cscript%3Ealert(1)%3C%2Fscript%3E&lang=en")
    expect(page.locator("[data-testid=stAlert]")).to_have_count(1)
    expect(page.locator(".st-key-row-purpose")).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def test_two_tabs_keep_their_own_answers(open_page: OpenPage) -> None:
    one, two = open_page(), open_page()
    one.locator(".st-key-one-purpose label:has(input)").nth(0).click()
    two.locator(".st-key-one-purpose label:has(input)").nth(1).click()
    expect(one).to_have_url(re.compile("purpose.learning"))
    expect(two).to_have_url(re.compile("purpose.research"))


@pytest.mark.parametrize("path", ["", "check", "recommendation", "measure", "rules", "history"])
def test_page_fits_a_phone(open_page: OpenPage, path: str) -> None:
    page = open_page(f"{path}?{ANSWERS}&lang=ja", width=390, height=844)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390
