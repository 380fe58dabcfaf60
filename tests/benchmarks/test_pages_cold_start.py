"""From starting the server to the first question on the screen, against a bare Streamlit page.

Run with ``pytest tests/benchmarks/test_pages_cold_start.py``. The starts alternate, so that what else the
machine does falls on both alike; the browser is open already and has nothing in its cache.
"""

import time
from pathlib import Path
from statistics import median

from pages_figures import keep
from pages_server import APP, BARE, chromium, load, serving
from playwright.sync_api import Browser

PAIRS = 7
MOST = 1.25  # times a bare page


def test_first_question_is_visible_soon_after_a_cold_start(tmp_path: Path) -> None:
    bare = tmp_path / "bare" / "app.py"
    bare.parent.mkdir()
    bare.write_text(BARE, encoding="utf-8")
    seconds: dict[Path, list[float]] = {bare: [], APP: []}
    processor: dict[Path, list[float]] = {bare: [], APP: []}
    before = load()
    with chromium() as browser:
        for script in (bare, APP):  # files are read from the disk once
            _start(browser, script, tmp_path)
        for pair in range(PAIRS):
            for script in (bare, APP) if pair % 2 else (APP, bare):
                wall, used = _start(browser, script, tmp_path)
                seconds[script].append(wall)
                processor[script].append(used)
    ratios = [own / other for own, other in zip(seconds[APP], seconds[bare], strict=True)]
    keep(
        "cold_start",
        {
            "bare_seconds": round(median(seconds[bare]), 2),
            "app_seconds": round(median(seconds[APP]), 2),
            "ratio": round(median(ratios), 3),
            "ratio_range": [round(min(ratios), 3), round(max(ratios), 3)],
            "processor_ratio": round(median(processor[APP]) / median(processor[bare]), 3),
            "pairs": PAIRS,
            "load_per_core": [before, load()],
        },
    )
    assert median(ratios) <= MOST


def _start(browser: Browser, script: Path, folder: Path) -> tuple[float, float]:
    """Seconds until the first radio is visible, and processor seconds of the server until then."""
    with serving(script, folder / "data") as server:
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        page.goto(server.address, wait_until="commit")
        page.get_by_role("radio").first.wait_for(state="attached", timeout=90_000)
        page.locator("[data-testid=stRadio]").first.wait_for(state="visible", timeout=90_000)
        found = time.monotonic() - server.started, server.processor_seconds()
        context.close()
    return found
