"""What every page must hold, seen from outside: no fault, no bare key, axe, headings, text alternatives."""

import re
from itertools import pairwise, product

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

EVERY_LOOK = tuple(product(("en", "ja"), ("light", "dark"), (1300, 390)))
"""Language, theme and width of a page."""

PAIRED_LOOKS = EVERY_LOOK[0], EVERY_LOOK[3], EVERY_LOOK[5], EVERY_LOOK[6]
"""Half of them, in which every pair of language, theme and width occurs."""

KEY = re.compile(
    r"\b(pages|nav|report|answer_problems|probes)\.[a-z][a-z0-9-]*(\.[a-z0-9-]+)*\b|\[[a-z]+(\.[a-z-]+)+\]"
)
OF_STREAMLIT = {
    "meta-viewport",  # Streamlit's own index.html
}
DRAWN_BUT_NAMELESS = """() => {
  const drawn = '[data-testid=stPlotlyChart], img, [role=img], figure svg';
  const named = '[role=img][aria-label], img[alt]';
  return [...document.querySelector('.st-key-sheet').querySelectorAll(drawn)]
    .filter(one => !one.closest('[aria-hidden=true]'))
    .filter(one => {
      const own = one.matches('[data-testid=stPlotlyChart]') ? one.querySelector(named) || one : one;
      const name = own.getAttribute('aria-label') || own.getAttribute('alt');
      return !(name && name.trim()) && !own.closest('[role=img][aria-label]');
    })
    .map(one => one.outerHTML.slice(0, 200));
}"""
OPEN_ALL = """() => document.querySelectorAll('.st-key-sheet details:not([open]) > summary')
  .forEach(one => one.click())"""


def whole(page: Page, language: str) -> None:
    """No exception, no bare key, no empty chart, and the document says its language."""
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    text = page.locator("[data-testid=stMain]").inner_text()
    assert not KEY.search(text), KEY.search(text)
    for chart in page.locator("[data-testid=stPlotlyChart]").all():
        expect(chart.locator(".point, .errorbar").first).to_be_attached()


def ratios(page: Page, measurement: str) -> None:
    """The chart of a measurement is there, with a row for each figure that has a clear answer."""
    figures = page.locator(f".st-key-figures-{measurement} tbody tr")
    expect(figures.first).to_be_attached()
    settle(page)
    clear = figures.count() - page.locator(f".st-key-unclear-{measurement} li").count()
    assert clear > 0, "no figure has a clear answer: was the machine busy?"
    chart = page.locator(f".st-key-ratios-{measurement}")
    expect(chart.locator(".errorbar")).to_have_count(clear)
    expect(chart.locator(".point").first).to_be_attached()


def open_all(page: Page) -> None:
    """Open every expander, also those within expanders and those that a page still under way brings later."""
    closed = page.locator(".st-key-sheet details:not([open])")
    settle(page)
    for _ in range(50):
        page.evaluate(OPEN_ALL)
        if not closed.count():
            break
        page.wait_for_timeout(100)
    expect(closed).to_have_count(0)
    settle(page)


def settle(page: Page) -> None:
    """Wait until nothing is drawn any more: charts come last, and what is opened slides open."""
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.wait_for_timeout(800)


def serious(page: Page) -> set[tuple[str, str, str]]:
    """The serious and critical faults that axe finds: rule, element, what is wrong."""
    return {
        (fault["id"], node["html"][:160], node.get("failureSummary", "")[:200])
        for fault in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        if fault["impact"] in ("serious", "critical") and fault["id"] not in OF_STREAMLIT
        for node in fault["nodes"][:1]
    }


def headings(page: Page) -> list[int]:
    """The levels of the page's headings in their order."""
    found: list[int] = page.locator(".st-key-sheet :is(h1,h2,h3,h4,h5,h6)").evaluate_all(
        "all => all.map(one => Number(one.tagName[1]))"
    )
    return found


def in_order(levels: list[int]) -> bool:
    """One first heading, and no level left out on the way down."""
    return (
        levels[:1] == [1]
        and levels.count(1) == 1
        and all(after - before <= 1 for before, after in pairwise(levels))
    )


def nameless(page: Page) -> list[str]:
    """Charts and pictures without a text alternative."""
    found: list[str] = page.evaluate(DRAWN_BUT_NAMELESS)
    return found
