"""axe finds no serious or critical fault on any page: both themes and languages, laptop and phone."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OpenPage = Callable[..., Page]
ANSWERS = "a=domain.vision~purpose.research~targets.android%2Bios"
PAGES = ["", "check", "recommendation", "measure", "rules", "rules?rule=microcontroller-runtime", "history"]
STREAMLIT = {
    "meta-viewport",  # Streamlit's own index.html
}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("path", PAGES)
def test_page_has_no_serious_fault(open_page: OpenPage, path: str) -> None:
    found = set()
    for language, theme, width in (
        ("en", "light", 1300),
        ("ja", "dark", 1300),
        ("ja", "light", 390),
        ("en", "dark", 390),
    ):
        joint = "&" if "?" in path else "?"
        page = open_page(f"{path}{joint}{ANSWERS}&lang={language}", width=width, theme=theme)
        page.wait_for_timeout(1000)  # axe looks at what is drawn, and charts are drawn last
        for fault in Axe().run(page).response["violations"]:
            if fault["impact"] in ("serious", "critical") and fault["id"] not in STREAMLIT:
                where = fault["nodes"][0]
                found.add(
                    (
                        fault["id"],
                        language,
                        theme,
                        width,
                        where["html"][:160],
                        where.get("failureSummary", "")[:200],
                    )
                )
    assert not found


@pytest.mark.parametrize("path", PAGES)
def test_headings_are_in_order(open_page: OpenPage, path: str) -> None:
    joint = "&" if "?" in path else "?"
    page = open_page(f"{path}{joint}{ANSWERS}&lang=en")
    levels = [
        int(h.evaluate("e => e.tagName[1]")) for h in page.locator(".st-key-sheet :is(h1,h2,h3,h4)").all()
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
