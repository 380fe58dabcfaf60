"""A running server and hostile visitors: strangers' sites, links, files, and faults that tell nothing."""

import json
import re
import runpy
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import looking
import pytest
from app_server import HOUSE, Server, serving
from playwright.sync_api import Page, expect
from uploading import upload

OpenPage = Callable[..., Page]
ATTACKS = (
    "<script>window.harmed=1</script>",
    "<img/src='x'onerror=window.harmed=1>",  # a space would end an answer of a link
    "</script><script>window.harmed=1</script>",
    "![seen](https://stranger.example/seen.png)",
    "[open](javascript:window.harmed=1)",
    '";window.harmed=1;"',
)
JOINED = (" ".join((*ATTACKS[3:5], *ATTACKS[1:3], ATTACKS[0])), ATTACKS[5])
"""Texts that hold them all: Markdown first, which a script would end; what breaks quotes alone."""

HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    "Sec-WebSocket-Protocol": "streamlit",
}


def status(server: Server, path: str, headers: dict[str, str], method: str = "GET") -> int:
    asked = HTTPConnection(server.address.removeprefix("http://"), timeout=10)
    try:
        asked.request(method, path, headers=headers)
        return asked.getresponse().status
    finally:
        asked.close()


def unharmed(page: Page) -> None:
    assert page.evaluate("window.harmed") is None
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert not page.locator(".st-key-sheet a[href^='javascript:']").count()


@pytest.mark.parametrize("attack", ATTACKS)
def test_link_runs_nothing_and_loads_nothing(open_page: OpenPage, attack: str) -> None:
    """In each field of a link; another version alone, since the answers beside it are not read then."""
    page = open_page()
    fields = dict.fromkeys(("d", "step", "path", "rule", "lang", "m", "job"), attack)
    every = urlencode(fields | {"a": f"purpose.{attack}", "i": f"research.{attack}"})
    places = ("?", "check?", "measure?", "rules?")
    start = page.url.split("?")[0]
    addresses = [*(f"{start}{place}{every}" for place in places), f"{start}check?{urlencode({'v': attack})}"]
    for shown in looking.one_ahead(page, addresses):
        unharmed(shown)
        expect(shown.get_by_test_id("stAlert").first).to_contain_text(attack)  # it has come this far


def test_imported_text_runs_nothing_and_loads_nothing(open_page: OpenPage, tmp_path: Path) -> None:
    document = runpy.run_path(str(HOUSE / "tests/advisor/ui/hostile.py"))["measurements"]
    page = open_page("measure?a=purpose.research~domain.vision&lang=en")
    start = page.url.split("/measure")[0]
    for number, text in enumerate(JOINED):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(document(text, id=f"hostile-{number}")), encoding="utf-8")
        page.goto(f"{start}/measure?a=purpose.research~domain.vision&lang=en")
        upload(page, file)
        unharmed(page)
        page.locator(".st-key-use-import button").click()
        expect(page).to_have_url(re.compile(f"m=hostile-{number}"))
        told = f"a=purpose.research~domain.vision&m=hostile-{number}&lang=en"
        places = [f"{start}/{place}?{told}" for place in ("measure", "recommendation", "history")]
        for shown in looking.one_ahead(page, places):
            looking.open_all(shown)
            unharmed(shown)
        shown.locator(f".st-key-measured-hostile-{number} [class*=st-key-delete-] button").click()
        expect(shown.locator(f".st-key-measured-hostile-{number}")).to_have_count(0)


@pytest.mark.parametrize(
    ("origin", "told"), [("http://stranger.example", 403), ("own", 101)], ids=["stranger", "own"]
)
def test_page_of_a_stranger_cannot_speak_to_the_server(app: Server, origin: str, told: int) -> None:
    headers = HANDSHAKE | {"Origin": app.address if origin == "own" else origin}
    assert status(app, "/_stcore/stream", headers) == told


def test_upload_needs_the_token_of_the_page(app: Server) -> None:
    place = "/_stcore/upload_file/some-session/some-file"
    assert status(app, place, {"Origin": app.address}, "PUT") == 403


def test_fault_tells_the_browser_nothing_of_the_program(open_page: OpenPage, tmp_path: Path) -> None:
    """With the app's own settings, a page that fails names neither the error nor a file."""
    script = tmp_path / "broken.py"
    script.write_text(
        'import streamlit as st\nwith st.container(key="sheet"):\n    st.title("Broken")\n'
        'raise ValueError("a-secret-of-the-program")\n',
        encoding="utf-8",
    )
    with serving(tmp_path, str(script)) as server:
        page = open_page(at=server.address)
        expect(page.get_by_test_id("stException")).to_be_visible()
        shown = page.content()
    assert "a-secret-of-the-program" not in shown
    assert "broken.py" not in shown
