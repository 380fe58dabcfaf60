"""Nothing leaves this machine, from a page or from the server; `open_page` holds the first in every test."""

from collections.abc import Callable
from urllib.parse import urlsplit

import looking
import psutil
from app_server import Server
from playwright.sync_api import Page

OpenPage = Callable[..., Page]
PAGES = ["project", "check", "recommendation", "measure", "rules", "history"]


def test_no_page_asks_another_address(open_page: OpenPage, app: Server) -> None:
    page = open_page("?lang=en")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    for name in PAGES:
        path = "" if name == "project" else name
        page.goto(f"{app.address}/{path}?a=domain.vision~purpose.research&lang=en")
        page.locator(".st-key-sheet h1").first.wait_for()
        looking.open_all(page)
    assert any(url.startswith("ws://") for url in asked)
    assert {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))} == {
        "127.0.0.1"
    }
    own = psutil.Process(app.process).net_connections("inet")
    assert own
    assert {found.raddr.ip for found in own if found.raddr} <= {"127.0.0.1"}
    assert {found.laddr.ip for found in own if found.status == psutil.CONN_LISTEN} == {"127.0.0.1"}
