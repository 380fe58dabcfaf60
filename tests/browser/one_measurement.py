"""One real measurement, begun on a Japanese page, followed on an English one, looked at in other tabs."""

import re
from dataclasses import dataclass, field
from itertools import product

import looking
from playwright.sync_api import Browser, Page, expect

ANSWERS = "a=domain.vision~purpose.research~targets.android%2Bios"
STANDARD = 1  # a quick check has too few launches, while others look at it, for a clear answer
TRAINING = 300_000  # milliseconds; the standard plan takes at most 180 s and waits for its turn


@dataclass
class Run:
    """What was seen of it. ``papers`` to ``levels`` are of the running page, by look."""

    id: str = ""
    job: str = ""
    own: dict[str, str] = field(default_factory=dict)  # language -> text of the tab that started it
    switched: str = ""  # address of that tab once its language was switched
    ended: str = ""  # and when it was over
    said: dict[str, str] = field(default_factory=dict)  # language -> text of the running page
    papers: dict[tuple[str, str, int], tuple[str, int]] = field(default_factory=dict)
    faults: dict[tuple[str, str, int], set[tuple[str, str, str]]] = field(default_factory=dict)
    nameless: list[str] = field(default_factory=list)
    levels: list[list[int]] = field(default_factory=list)
    progress: list[float] = field(default_factory=list)  # values of the bar, in the order seen
    after: str = ""  # text of the page when it was over

    @property
    def fields(self) -> str:
        """Link fields of a visit that shows this measurement."""
        return f"{ANSWERS}&m={self.id}"


def measure(browser: Browser, address: str) -> Run:
    """Start the standard plan, look at it in every way, switch the language, wait for its end."""
    run = Run()
    page = _open(browser, f"{address}/measure?{ANSWERS}&lang=ja")
    page.locator(".st-key-plan label:has(input)").nth(STANDARD).click()
    expect(page.locator(".st-key-measure button")).to_contain_text("標準")
    page.locator(".st-key-measure button").click()
    expect(page.locator(".st-key-cancel")).to_be_visible()
    expect(page).to_have_url(re.compile("job="))
    run.job = page.url.split("job=")[1].split("&")[0]
    expect(page.locator(".launches > div").first).to_be_attached()
    # The clock runs once the look at both frameworks, which comes first, is over.
    bar = page.get_by_test_id("stProgress")
    expect(bar).to_contain_text(re.compile(r"残り約\d+秒"), timeout=TRAINING)
    for language in looking.LANGUAGES:
        tab = _open(browser, f"{address}/measure?{ANSWERS}&lang={language}&job={run.job}")
        expect(tab.locator(".balance.live").first).to_be_visible()
        for theme, width in product(looking.THEMES, looking.WIDTHS):
            tab.emulate_media(color_scheme=theme)  # there is no chart, which would have to be loaded anew
            looking.resize(tab, width)
            run.papers[language, theme, width] = looking.paper(tab)
            run.faults[language, theme, width] = looking.serious(tab)
            run.nameless += looking.nameless(tab)
            run.levels.append(looking.headings(tab))
            run.progress.append(_done(page))
        run.said[language] = tab.get_by_test_id("stMain").inner_text()
        tab.context.close()
    so_far = page.locator(".balance.live figcaption").first
    expect(so_far).to_contain_text("組の起動で", timeout=TRAINING)
    run.own["ja"] = page.get_by_test_id("stMain").inner_text()
    page.locator(".st-key-language").get_by_text("English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(so_far).to_contain_text(re.compile(r"after \d+ pairs? of launches"))
    run.own["en"] = page.get_by_test_id("stMain").inner_text()
    run.switched = page.url
    run.progress.append(_done(page))
    expect(page.locator(".st-key-to-recommendation")).to_be_visible(timeout=TRAINING)
    expect(page).to_have_url(re.compile(r"[?&]m="))
    run.after = page.get_by_test_id("stMain").inner_text()
    run.ended = page.url
    run.id = page.url.split("m=")[1].split("&")[0]
    page.context.close()
    return run


def _open(browser: Browser, address: str) -> Page:
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    page.locator(".st-key-sheet h1").first.wait_for()
    return page


def _done(page: Page) -> float:
    """How far the bar is, 0 to 100; 100 once it is gone."""
    bar = page.get_by_test_id("stProgress").get_by_role("progressbar")
    return float(bar.get_attribute("aria-valuenow") or 0) if bar.count() else 100.0
