"""The history: recommendations and measurements kept, reopened, compared, exported, deleted; and imports."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import looking
import pytest
from one_measurement import Run
from playwright.sync_api import Page, expect
from uploading import upload

OpenPage = Callable[..., Page]
KEPT = "[class*=st-key-kept-]"


def keep(open_page: OpenPage, answers: str) -> None:
    page = open_page(f"recommendation?a={answers}&lang=en")
    looking.settle(page)
    page.locator(".st-key-keep button").click()
    expect(page.get_by_test_id("stToast")).to_be_visible()


def exported(page: Page, button: str) -> dict[str, Any]:
    with page.expect_download() as download:
        page.locator(button).first.click()
    found: dict[str, Any] = json.loads(download.value.path().read_text(encoding="utf-8"))
    return found


def pick(page: Page, box: str, number: int) -> None:
    """Choose the first entries of a box that takes several."""
    for _ in range(number):
        page.locator(f".st-key-{box} input").click()
        page.get_by_role("option").first.click()
        page.keyboard.press("Escape")


def test_recommendations_are_compared_exported_reopened_and_deleted(open_page: OpenPage) -> None:
    keep(open_page, "purpose.product~targets.microcontroller")
    keep(open_page, "purpose.research~domain.generative")
    page = open_page("history?lang=en")
    expect(page.locator(KEPT)).to_have_count(2)

    pick(page, "compare-recommendations", 2)
    table = page.get_by_test_id("stTable").first
    expect(table.locator("tr").filter(has_text="Verdict")).to_contain_text("PyTorch")
    expect(table.locator("tr").filter(has_text="Verdict")).to_contain_text("TensorFlow")

    document = exported(page, f"{KEPT} [class*=st-key-export-] button")  # the newest is the first
    assert "purpose.research" in document["link"]
    assert document["verdict"]["framework"] == "pytorch"

    page.locator(f"{KEPT} [class*=st-key-reopen-] button").last.click()
    expect(page).to_have_url(re.compile(r"/recommendation\?.*purpose.product~targets.microcontroller"))
    expect(page.locator(".st-key-sheet h1")).to_contain_text("TensorFlow")

    page.get_by_test_id("stTopNavLink").nth(5).click()
    for left in (1, 0):
        page.locator(f"{KEPT} [class*=st-key-delete-] button").first.click()
        expect(page.locator(KEPT)).to_have_count(left)
    expect(page.get_by_test_id("stMain")).to_contain_text("Recommendations that you keep will be listed here")


@pytest.mark.frameworks
@pytest.mark.timeout(600)
def test_result_of_another_machine_is_taken_in_beside_this_ones(
    open_page: OpenPage, one_run: Run, tmp_path: Path
) -> None:
    history = open_page("history?lang=en")
    own = exported(history, f".st-key-export-{one_run.id} button")
    assert own["id"] == one_run.id
    own["id"] = "a1b2c3d4e5f60718"
    own["machine"] |= {"id": "beefbeefbeef", "cpu": "Another Processor 9000"}
    other = tmp_path / "other.json"
    other.write_text(json.dumps(own), encoding="utf-8")

    page = open_page(f"measure?{one_run.fields}&lang=en")
    upload(page, other)
    box = page.locator(".st-key-import")
    expect(box.get_by_test_id("stAlert")).to_contain_text("was read")
    expect(box).to_contain_text("Another Processor 9000")
    expect(box.locator("thead th")).to_have_count(3)  # what was measured, this machine, the other one
    assert box.locator("tbody tr").count() >= len(own["results"])
    looking.whole(page, "en")

    page.locator(".st-key-use-import button").click()
    expect(page).to_have_url(re.compile("m=a1b2c3d4e5f60718"))
    history.reload()
    entry = history.locator(".st-key-measured-a1b2c3d4e5f60718")
    expect(entry).to_contain_text("another machine")
    pick(history, "compare-measurements", 2)
    expect(history.get_by_test_id("stTable").last).to_contain_text("(2)")
    looking.whole(history, "en")
    entry.locator("[class*=st-key-delete-] button").click()
    expect(entry).to_have_count(0)
    expect(history.locator(f".st-key-measured-{one_run.id}")).to_be_visible()


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"{}", "cannot be read as a measurement"), (b" " * (9 * 2**20), re.compile("exceed|limit|larger|MB"))],
    ids=["not-a-measurement", "too-large"],
)
def test_file_that_cannot_be_taken_is_refused_and_the_page_goes_on(
    open_page: OpenPage, tmp_path: Path, content: bytes, told: str | re.Pattern[str]
) -> None:
    file = tmp_path / "wrong.json"
    file.write_bytes(content)
    page = open_page("measure?lang=en")
    upload(page, file, told)
    expect(page.locator(".st-key-use-import")).to_have_count(0)
    expect(page.locator(".st-key-measure button")).to_be_enabled()
    looking.whole(page, "en")
