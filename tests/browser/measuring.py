"""Starting and cancelling a measurement on its page, and the workers behind it."""

import re

import looking
import psutil
import pytest
from app_server import Server
from playwright.sync_api import Page, expect

MEASURE = "measure?a=domain.vision~purpose.product&lang=en"
QUIET = 12  # looks, four a second


def start(page: Page) -> None:
    looking.settle(page)  # what the frameworks see of the machine is drawn above the button
    page.locator(".st-key-measure button").click()
    expect(page.locator(".balance.live").first).to_be_visible()
    expect(page).to_have_url(re.compile("job="))


def cancel(page: Page) -> None:
    page.locator(".st-key-cancel button").click()
    expect(page.locator(".st-key-measure button")).to_be_visible()


def workers(server: Server) -> list[psutil.Process]:
    """The processes that measure for a server."""
    found = []
    for process in psutil.Process(server.process).children(recursive=True):
        try:
            if "probes.worker" in process.cmdline():
                found.append(process)
        except psutil.Error:
            continue  # it has just ended
    return found


def await_workers(page: Page, server: Server, some: bool, seconds: int = 60) -> None:
    """Wait until workers are there, or until there have been none for longer than between two launches."""
    steady = 0
    for _ in range(seconds * 4):
        steady = steady + 1 if bool(workers(server)) == some else 0
        if steady >= (1 if some else QUIET):
            return
        page.wait_for_timeout(250)
    pytest.fail(f"after {seconds} s workers: {workers(server)}")
