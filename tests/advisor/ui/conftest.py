"""The app as its users meet it, without a browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from probes.model import Device, FrameworkSight

HOUSE = Path(__file__).parents[3]
OpenApp = Callable[..., AppTest]


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> OpenApp:
    """Opens a page with the fields of a link. The data folder is new and empty, and no framework is asked."""
    monkeypatch.setattr("probes.machine.look", seen)
    monkeypatch.setenv("TENSOR_OR_TORCH_DATA", str(tmp_path))
    monkeypatch.setenv("TENSOR_OR_TORCH_QUEUE", str(tmp_path))
    monkeypatch.delenv("TENSOR_OR_TORCH_DATABASE", raising=False)
    st.cache_resource.clear()

    def start(page: str = "project", **fields: str) -> AppTest:
        app = AppTest.from_file(str(HOUSE / "app.py"), default_timeout=60)
        for name, value in fields.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app if page == "project" else show(app, page)

    return start


@pytest.fixture
def show_page() -> Callable[[AppTest, str], AppTest]:
    """Stays on a page from here on, as the browser does after a move to it."""
    return show


def seen(framework: Literal["tensorflow", "pytorch"], interpreter: str) -> FrameworkSight:
    """What a framework would tell. Asking a real one takes its whole import; the browser tests do."""
    cpu = Device(kind="cpu", name="Example CPU")
    return FrameworkSight(framework=framework, interpreter=interpreter, version="2.0", devices=(cpu,))


def show(app: AppTest, page: str) -> AppTest:
    app._page_hash = app.session_state["visit"].pages[page]._script_hash
    app.run()
    assert not app.exception
    return app
