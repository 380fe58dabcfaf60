"""A file given to the box for measurements of another machine."""

import re
from pathlib import Path

import looking
from playwright.sync_api import Page, expect


def upload(page: Page, file: Path, told: str | re.Pattern[str] = "was read") -> None:
    """Give it on the measuring page, and wait for what it is told.

    A table that is drawn late pushes the button below it away, even between press and release of a click.
    """
    box = page.locator(".st-key-import")
    box.locator("summary").first.click()
    box.locator("input[type=file]").set_input_files(file)
    expect(box).to_contain_text(told)
    looking.settle(page)
