"""axe finds no serious or critical fault on any page, in both languages, both themes and at two widths.

Headings are in order there, and what is drawn is also said.
"""

import re
from collections.abc import Callable
from itertools import product

import looking
import pytest
from one_measurement import ANSWERS, Run
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
FULL = (
    "v=1&path=full&a=cloud.gcp~domain.vision~existing_code.tensorflow~lifespan.long~purpose.product"
    "~targets.server%2Bandroid~team_experience.both"
)
NEITHER = "recommendation?a=deep_learning_needed.no"
PAGES = [
    f"?{ANSWERS}",
    f"?{FULL}&step=deployment",
    "check?a=purpose.research~domain.nonsense",  # with what a broken link tells
    "recommendation?",
    NEITHER,
    f"recommendation?{ANSWERS}",  # with a measurement: below
    f"measure?{ANSWERS}",
    "rules?",
    "rules?rule=microcontroller-runtime",
    "history?",
]


def looked_at(open_page: OpenPage, path: str) -> None:
    """Look at a page in every way with every expander open, and hold all that must hold.

    It is loaded for each language and theme, since charts take their colours when they are drawn.
    """
    page = open_page("?lang=en")
    address = page.url.split("?")[0] + path
    ways = tuple(product(looking.LANGUAGES, looking.THEMES))
    addresses = [f"{address}&lang={language}" for language, _ in ways]
    pages = looking.one_ahead(page, addresses, [theme for _, theme in ways])
    for (language, theme), page in zip(ways, pages, strict=True):
        looking.open_all(page)
        for width in looking.WIDTHS:
            looking.resize(page, width)
            assert looking.paper(page) == (looking.PAPER[theme], width)
            assert not looking.serious(page), (language, theme, width)
            assert looking.in_order(looking.headings(page)), looking.headings(page)
            assert not looking.nameless(page)
            looking.whole(page, language)
            # What the link says is understood, or the page would be looked at without it.
            expect(page.locator(".st-key-dismiss")).to_have_count(int("nonsense" in path))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("path", PAGES)
def test_page_can_be_used_by_everyone(open_page: OpenPage, path: str) -> None:
    looked_at(open_page, path)


@pytest.mark.parametrize(("language", "verdict"), [("en", "Neither"), ("ja", "どちらでもない")])
def test_verdict_of_neither_is_among_the_pages(open_page: OpenPage, language: str, verdict: str) -> None:
    page = open_page(f"{NEITHER}&lang={language}")
    expect(page.locator(".st-key-sheet h1")).to_have_text(verdict)
    expect(page.locator(".st-key-knocked-out-by")).to_be_visible()


@pytest.mark.frameworks
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["measure", "recommendation", "history"])
def test_page_with_a_measurement_can_be_used_by_everyone(
    open_page: OpenPage, one_run: Run, name: str
) -> None:
    looked_at(open_page, f"{name}?{one_run.fields}")


@pytest.mark.frameworks
@pytest.mark.timeout(600)
def test_running_measurement_can_be_followed_by_everyone(one_run: Run) -> None:
    assert set(one_run.faults) == set(looking.EVERY_LOOK)
    assert one_run.papers == {look: (looking.PAPER[look[1]], look[2]) for look in looking.EVERY_LOOK}
    assert not [found for found in one_run.faults.values() if found]
    assert not one_run.nameless
    assert all(looking.in_order(levels) for levels in one_run.levels)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_chart_is_described_in_the_language_of_the_page(open_page: OpenPage, language: str) -> None:
    page = open_page(f"recommendation?{ANSWERS}&lang={language}")
    chart = page.locator(".st-key-reasons-chart").get_by_role("figure")
    expect(chart).to_have_accessible_name(re.compile({"en": "Bar chart of", "ja": "グラフ"}[language]))
    page.locator(".st-key-reasons-table summary").click()
    expect(page.locator(".st-key-reasons-table tbody tr").first).to_be_visible()


def test_motion_stops_where_the_visitor_wants_less(open_page: OpenPage) -> None:
    page = open_page(f"check?{ANSWERS}")
    mark = page.locator(".balance-mark")
    slide = "one => getComputedStyle(one).transitionDuration"
    assert mark.evaluate(slide) != "0s"
    page.emulate_media(reduced_motion="reduce")
    assert mark.evaluate(slide) == "0s"


def test_everything_can_be_read_at_twice_the_size(open_page: OpenPage) -> None:
    """A laptop at 200 % has half its width; nothing may need scrolling to the side."""
    page = open_page("?lang=en", width=640)
    address = page.url.split("?")[0]
    shown = looking.one_ahead(page, [f"{address}{path}&lang=en" for path in PAGES])
    for path, each in zip(PAGES, shown, strict=True):
        assert each.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 640, path
