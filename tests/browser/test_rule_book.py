"""The rule book: found by searching and filtering, opened, and linked to for good."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]


def count(page: Page) -> int:
    """How many rules the list says it holds."""
    said = page.get_by_text(re.compile(r"^[\d,]+ rules?$"))
    return int(said.inner_text().split()[0])


def choose(page: Page, filtered: str, option: str) -> None:
    page.locator(f".st-key-{filtered} input").click()
    page.get_by_role("option", name=option, exact=True).click()


def test_search_narrows_the_list(open_page: OpenPage) -> None:
    page = open_page("rules?lang=en")
    whole = count(page)
    page.locator(".st-key-rules-search input").fill("microcontroller")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{whole} rules", exact=True)).to_have_count(0)
    assert 0 < count(page) < whole
    expect(page.locator(".st-key-rule-microcontroller-runtime")).to_be_visible()


@pytest.mark.parametrize(("filtered", "option"), [("rules-side", "TensorFlow"), ("rules-state", "reversed")])
def test_filter_narrows_the_list_to_what_it_names(open_page: OpenPage, filtered: str, option: str) -> None:
    page = open_page("rules?lang=en")
    whole = count(page)
    choose(page, filtered, option)
    expect(page.get_by_text(f"{whole} rules", exact=True)).to_have_count(0)
    assert 0 < count(page) < whole
    rows = page.locator("[class*=st-key-rule-]")
    if filtered == "rules-state":
        for row in rows.all():
            expect(row).to_contain_text("reversed")
    else:
        for row in rows.all():
            expect(row.locator(".then-now").last).to_have_attribute(
                "aria-label", re.compile("Today: TensorFlow")
            )


def test_screens_of_the_list_show_other_rules(open_page: OpenPage) -> None:
    page = open_page("rules?lang=en")
    first = page.locator("[class*=st-key-open-] button").first
    name = first.inner_text()
    page.locator(".st-key-rules-page").get_by_role("button", name="Page 2", exact=True).click()
    expect(first).not_to_have_text(name)


def test_link_of_a_rule_opens_it_in_another_language(open_page: OpenPage) -> None:
    page = open_page("rules?lang=en")
    page.locator("[class*=st-key-open-] button").first.click()
    expect(page).to_have_url(re.compile("rule="))
    expect(page.locator(".st-key-all-rules")).to_be_visible()
    link = page.get_by_test_id("stCode").last.inner_text().strip()
    rule = re.findall("rule=([a-z0-9-]+)", link)[0]
    again = open_page(link.split("/", 3)[3].replace("lang=en", "lang=ja"))
    expect(again.locator("html")).to_have_attribute("lang", "ja")
    expect(again).to_have_url(re.compile(f"rule={rule}"))
    assert again.locator(".st-key-sheet h1").inner_text() != page.locator(".st-key-sheet h1").inner_text()
    sources = "a[href^=http]:not([href*='127.0.0.1'])"
    dated = again.locator(".st-key-sheet li", has=again.locator(sources))
    assert dated.count() == page.locator(".st-key-sheet li", has=page.locator(sources)).count()
    for line in dated.all_inner_texts():
        assert re.search(r"\(\d{4}-\d{2}", line)


def test_back_leads_from_a_rule_to_the_list(open_page: OpenPage) -> None:
    page = open_page("rules?lang=en")
    page.locator("[class*=st-key-open-] button").first.click()
    expect(page.locator(".st-key-all-rules")).to_be_visible()
    page.go_back()
    expect(page.locator("[class*=st-key-open-]").first).to_be_visible()
    expect(page).not_to_have_url(re.compile("rule="))


def test_rule_that_is_not_there_is_named_above_the_list(open_page: OpenPage) -> None:
    page = open_page("rules?rule=no-such-rule&lang=en")
    expect(page.get_by_test_id("stAlert")).to_contain_text("no-such-rule")
    expect(page.locator("[class*=st-key-open-]").first).to_be_visible()
