"""Takes every page at two widths, both themes and languages: ``python tests/browser/screenshots.py FOLDER``.

``--readme`` renews the four pictures in ``assets/screenshots`` that the README shows. The app must be running
at ``--address``. With ``--measure`` a measurement is made first, so that it is in the pictures; for the
README always, since one of its pictures shows it. ``--plan`` chooses it; results need a quiet machine.
"""

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HOUSE = Path(__file__).parents[2]
PROJECT = (
    "v=1&a=cloud.gcp~domain.vision~existing_code.tensorflow~existing_code_size.small~lifespan.long"
    "~mlops.single-vendor~model_work.fine-tune~purpose.product~targets.server%2Bandroid~team_experience.both"
)
PAGES = {
    "project": "?",
    "project-answered": f"?{PROJECT}&step=deployment",
    "check": f"check?{PROJECT}",
    "recommendation": f"recommendation?{PROJECT}",
    "measure": f"measure?{PROJECT}",
    "rules": "rules?",
    "rule": "rules?rule=microcontroller-runtime",
    "history": f"history?{PROJECT}",
    "broken-link": "check?a=purpose.research~domain.nonsense",
}
WIDTHS = (1300, 390)
README = {
    "project-answered-en-light-1300": 790,
    "recommendation-en-light-1300": 1068,
    "recommendation-ja-dark-1300": 1068,
    "measure-en-light-1300": 1250,
}  # picture -> height in pixels
TALLEST = 6000
PLANS = ("quick", "standard", "thorough")


def main() -> None:
    options = _options()
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        measured = _measure(browser, options) if options.measure or options.readme else ""
        for name, path in PAGES.items():
            shown = f"{path}&m={measured}" if measured and name in ("recommendation", "measure") else path
            for language in ("en", "ja"):
                for theme in ("light", "dark"):
                    for width in WIDTHS:
                        picture = f"{name}-{language}-{theme}-{width}"
                        if options.readme and picture not in README:
                            continue
                        if options.only and options.only not in picture:
                            continue
                        page = _open(browser, f"{options.address}/{shown}&lang={language}", theme, width)
                        height = README[picture] if options.readme else _height(page)
                        page.set_viewport_size({"width": width, "height": height})
                        page.wait_for_timeout(800)  # the charts fit themselves to the new height
                        page.screenshot(path=options.folder / f"{picture}.png")
                        page.context.close()
        browser.close()


def _open(browser: Browser, address: str, theme: str, width: int) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    page.locator(".st-key-sheet h1").first.wait_for()
    page.wait_for_timeout(1500)
    for busy in page.get_by_test_id("stSkeleton").all():
        busy.wait_for(state="detached")
    return page


def _height(page: Page) -> int:
    tall = page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight")
    return int(min(tall + 80, TALLEST))


def _measure(browser: Browser, options: argparse.Namespace) -> str:
    """Makes a measurement; returns its id."""
    page = _open(browser, f"{options.address}/measure?{PROJECT}&lang=en", "light", 1300)
    page.locator(".st-key-plan label:has(input)").nth(PLANS.index(options.plan)).click()
    page.wait_for_timeout(1500)
    page.locator(".st-key-measure button").click()
    page.locator(".st-key-to-recommendation").wait_for(timeout=900_000)
    page.wait_for_url("**m=*")
    measured = page.url.split("m=")[1].split("&")[0]
    page.context.close()
    return measured


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=HOUSE / "assets" / "screenshots")
    parser.add_argument("--address", default="http://127.0.0.1:8501")
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--plan", choices=PLANS, default=PLANS[0])
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("--only", help="only pictures whose name contains this")
    return parser.parse_args()


if __name__ == "__main__":
    main()
