"""What a page sends at its first load beyond Streamlit's own files, in bytes on the wire.

Run with ``pytest tests/benchmarks/test_pages_weight.py``. Streamlit's own files are those below ``/static``;
everything else counts: the websocket's messages, media, the page itself.
"""

import base64
from pathlib import Path
from typing import Any

from pages_figures import keep
from pages_server import APP, chromium, serving
from playwright.sync_api import Page

MOST = 2_000_000
ANSWERS = "purpose.product~domain.vision~targets.android+server~team_experience.pytorch~speed_needs.memory"
PAGES = ("project", "check", "recommendation", "measure", "rules", "history")


def test_pages_are_light(tmp_path: Path) -> None:
    found: dict[str, dict[str, int]] = {}
    with serving(APP, tmp_path) as server, chromium() as browser:
        for name in PAGES:
            for language in ("en", "ja"):
                context = browser.new_context()
                page = context.new_page()
                weight = _Weight(page, server.address)
                path = "" if name == "project" else name
                page.goto(f"{server.address}/{path}?a={ANSWERS}&lang={language}")
                page.locator("h1").first.wait_for(timeout=60_000)
                page.wait_for_timeout(4000)  # late parts, such as a chart's program
                found[f"{name} {language}"] = weight.told()
                context.close()
    keep("bytes_at_first_load", found)
    assert all(one["own"] < MOST for one in found.values())
    assert all(one["messages"] > 0 for one in found.values())
    assert not any(one["elsewhere"] for one in found.values())


class _Weight:
    """Listens to what a page receives."""

    def __init__(self, page: Page, address: str) -> None:
        self._address = address
        self._urls: dict[str, str] = {}
        self._bytes = {"own": 0, "messages": 0, "streamlit": 0, "elsewhere": 0}
        talk = page.context.new_cdp_session(page)
        talk.send("Network.enable")
        talk.on("Network.responseReceived", self._answered)
        talk.on("Network.loadingFinished", self._loaded)
        talk.on("Network.webSocketFrameReceived", self._heard)

    def told(self) -> dict[str, int]:
        return dict(self._bytes)

    def _answered(self, event: dict[str, Any]) -> None:
        self._urls[event["requestId"]] = event["response"]["url"]

    def _loaded(self, event: dict[str, Any]) -> None:
        url, size = self._urls.get(event["requestId"], ""), int(event["encodedDataLength"])
        if url.startswith(f"{self._address}/static/"):
            self._bytes["streamlit"] += size
        elif url.startswith((self._address, "data:", "blob:")):
            self._bytes["own"] += size
        else:
            self._bytes["elsewhere"] += size

    def _heard(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        raw = frame["payloadData"]
        size = len(base64.b64decode(raw)) if frame["opcode"] == 2 else len(raw)
        self._bytes["own"] += size
        self._bytes["messages"] += size
