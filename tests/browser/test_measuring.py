"""A measurement on the page: cancelled, found again after a reload, waiting its turn, told on other pages."""

import re
from collections.abc import Callable

import looking
import pytest
from app_server import Server
from measuring import MEASURE, await_workers, cancel, start
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]

pytestmark = [pytest.mark.frameworks, pytest.mark.timeout(300)]


def test_cancel_ends_the_measurement_and_its_workers(open_page: OpenPage, app: Server) -> None:
    page = open_page(MEASURE)
    start(page)
    await_workers(page, app, some=True)
    cancel(page)
    expect(page.get_by_test_id("stAlert").first).to_contain_text("cancelled")
    await_workers(page, app, some=False, seconds=8)
    looking.whole(page, "en")


def test_reload_finds_the_running_measurement_again(open_page: OpenPage) -> None:
    page = open_page(MEASURE)
    start(page)
    page.reload()
    expect(page.locator(".balance.live").first).to_be_visible()
    cancel(page)


def test_second_measurement_sees_its_place_in_the_queue(open_page: OpenPage) -> None:
    first, second = open_page(MEASURE), open_page(MEASURE)
    start(first)
    start(second)
    expect(second.get_by_test_id("stProgress")).to_contain_text("1 measurement is ahead")
    cancel(first)
    expect(second.get_by_test_id("stProgress")).not_to_contain_text("ahead")
    cancel(second)


def test_other_pages_tell_that_a_measurement_runs(open_page: OpenPage) -> None:
    page = open_page(MEASURE)
    start(page)
    page.get_by_test_id("stTopNavLink").nth(4).click()
    expect(page.locator("[class*=st-key-open-]").first).to_be_visible()
    expect(page.get_by_test_id("stMain")).to_contain_text(re.compile("first workers|s left|is ahead"))
    page.get_by_test_id("stTopNavLink").nth(3).click()
    cancel(page)
