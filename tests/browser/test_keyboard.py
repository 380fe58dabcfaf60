"""From the first question to the recommendation with Tab, Space and Enter alone, the focus in sight."""

import re
from collections.abc import Callable

import looking
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
MOST = 80  # presses of Tab to anything on a page
PLACE = """() => {
  const one = document.activeElement;
  const shown = one.closest('label, button, summary, a, [role=radiogroup]') || one;
  const box = shown.getBoundingClientRect();
  return {x: box.x, y: box.y, width: box.width, height: box.height};
}"""


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until what is wanted has the focus; then the focus must be visible."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            assert shows_focus(page), f"the focus on {wanted} cannot be seen"
            return
    raise AssertionError(f"{wanted} is not reached with Tab")


def shows_focus(page: Page) -> bool:
    """Whether the picture around the focused element changes when it loses the focus."""
    page.evaluate("document.activeElement.scrollIntoView({block: 'center', behavior: 'instant'})")
    looking.settle(page, looks=3)  # rings fade in
    box = page.evaluate(PLACE)
    around = {
        "x": max(0, box["x"] - 8),
        "y": max(0, box["y"] - 8),
        "width": box["width"] + 16,
        "height": box["height"] + 16,
    }
    with_focus = page.screenshot(clip=around, caret="initial")  # type: ignore[arg-type]
    page.evaluate("window.focused = document.activeElement; window.focused.blur()")
    looking.settle(page, looks=3)
    without = page.screenshot(clip=around, caret="initial")  # type: ignore[arg-type]
    page.evaluate("window.focused.focus()")
    return with_focus != without


def test_walk_from_the_first_question_to_the_recommendation(open_page: OpenPage) -> None:
    page = open_page("?lang=en")
    tab_to(page, ".st-key-one-purpose input")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("purpose.learning"))
    tab_to(page, ".st-key-many-domain-generative input")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("domain.generative"))
    steps = 0
    while not re.search(r"/check\?", page.url):
        before = page.url
        tab_to(page, ".st-key-continue button")
        page.keyboard.press("Enter")
        expect(page).not_to_have_url(before)
        expect(page.locator(".st-key-continue, .st-key-show").first).to_be_visible()
        steps += 1
    assert steps > 2
    expect(page.locator(".st-key-row-purpose")).to_be_visible()
    tab_to(page, ".st-key-change-purpose button")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-one-purpose")).to_be_visible()
    tab_to(page, ".st-key-continue button")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-show")).to_be_visible()
    tab_to(page, ".st-key-show button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/recommendation\?"))
    expect(page.locator(".st-key-downloads")).to_be_visible()
    tab_to(page, "[class*=st-key-reason-] summary")
    page.keyboard.press("Enter")
    expect(page.locator("[class*=st-key-reason-] details[open]").first).to_be_visible()
    looking.whole(page, "en")


def test_every_stop_shows_that_it_has_the_focus(open_page: OpenPage) -> None:
    page = open_page("?lang=en&a=purpose.research")
    looking.settle(page)
    hidden = []
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        if not shows_focus(page):
            hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
    assert not hidden


def test_language_can_be_changed_with_the_keyboard(open_page: OpenPage) -> None:
    page = open_page("?lang=en")
    tab_to(page, ".st-key-language [role=radio]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.locator("html")).to_have_attribute("lang", "ja")


def test_arrow_keys_move_within_a_question(open_page: OpenPage) -> None:
    page = open_page("?lang=en")
    tab_to(page, ".st-key-one-purpose input")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("purpose.research"))
