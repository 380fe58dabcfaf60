"""What every page must hold, seen from outside: no fault, no bare key, axe, headings, text alternatives."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Theme = Literal["light", "dark"]
LANGUAGES = ("en", "ja")
THEMES: tuple[Theme, ...] = ("light", "dark")
WIDTHS = (1300, 390)
EVERY_LOOK = tuple(product(LANGUAGES, THEMES, WIDTHS))
"""Language, theme and width of a page."""

PAPER = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 20, 26)"}
"""The background of a page by theme, as the settings of Streamlit name it."""

KEY = re.compile(
    r"\b(pages|nav|report|answer_problems|probes)\.[a-z][a-z0-9-]*(\.[a-z0-9-]+)*\b|\[[a-z]+(\.[a-z-]+)+\]"
)
AXE = Axe().axe_script
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
QUIET = """async ({looks, pause, limit}) => {
  const script = () => document.querySelector('[data-testid=stApp]').dataset.testScriptState;
  let changed = true, calm = 0;
  const watch = new MutationObserver(() => { changed = true; });
  watch.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  const busy = () => changed || script() !== 'notRunning'
    || document.querySelector('[data-testid=stSkeleton]') || document.fonts.status !== 'loaded'
    || document.getAnimations().some(one => one.playState === 'running'
      && one.effect.getComputedTiming().endTime !== Infinity);
  for (const end = performance.now() + limit; calm < looks && performance.now() < end;) {
    await new Promise(done => setTimeout(done, pause));
    calm = busy() ? 0 : calm + 1;
    changed = false;
  }
  watch.disconnect();
}"""
OPEN_ALL = """() => {
  const closed = [...document.querySelectorAll('.st-key-sheet details:not([open]) > summary')];
  closed.forEach(one => one.click());
  return closed.length;
}"""


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
        if not page.evaluate(OPEN_ALL):
            break
        settle(page)
    expect(closed).to_have_count(0)


def settle(page: Page, looks: int = 6) -> None:
    """Wait until nothing is drawn any more: charts come last, and what is opened slides open.

    Some looks in a row, 50 ms apart, find that the app's script has ended, nothing changed and nothing moves.
    A page that never rests is left after twenty seconds. What a click does begins a little later: wait for
    a sign of it first. And settle before a click on what is being moved by what is still to be drawn.
    """
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-connection-state", "CONNECTED")
    page.evaluate(QUIET, {"looks": looks, "pause": 50, "limit": 20_000})
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def one_ahead(page: Page, addresses: Sequence[str], themes: Sequence[Theme] = ()) -> Iterator[Page]:
    """The page at each address, at rest, in two tabs: while one is looked at, the next one loads."""
    settle(page)
    loading, free = page, page.context.new_page()
    for number, address in enumerate([*addresses, None]):
        if number:
            loading.locator(".st-key-sheet h1").first.wait_for(timeout=30_000)
            settle(loading)
            loading, free = free, loading
        if address is not None:
            if themes:
                loading.emulate_media(color_scheme=themes[number])
            loading.goto(address, wait_until="commit")
        if number:
            yield free


def resize(page: Page, width: int) -> None:
    """Give a page this width, and wait until charts and lines have followed."""
    page.set_viewport_size({"width": width, "height": 900})
    settle(page)


def paper(page: Page) -> tuple[str, int]:
    """The background of a page, and its width."""
    colour, width = page.evaluate(
        "[getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor, innerWidth]"
    )
    return str(colour), int(width)


def serious(page: Page) -> set[tuple[str, str, str]]:
    """The serious and critical faults that axe finds: rule, element, what is wrong."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    violations = page.evaluate("axe.run({resultTypes: ['violations']}).then(found => found.violations)")
    return {
        (fault["id"], node["html"][:160], node.get("failureSummary", "")[:200])
        for fault in violations
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
