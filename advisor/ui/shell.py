"""What every page stands in: navigation, language switch, notices."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path

import streamlit as st

from advisor.paths import ASSETS
from advisor.ui.outside import plain
from advisor.ui.visit import Visit
from advisor.words import languages

WIDTH = 1040  # pixels
LOGO = str(ASSETS / "logo.svg")
_STYLE = Path(__file__).with_name("balance.css")
_PAGES = ("project", "check", "recommendation", "measure", "rules", "history")


def set_up() -> None:
    """Icon, layout and logo; the title follows once the page is known."""
    st.set_page_config(page_icon=LOGO, layout="wide")
    st.logo(LOGO, size="large")


def navigate(visit: Visit) -> str:
    """Set up the pages; returns the name of the one to show. The url path is the name in every language."""
    visit.pages = {
        name: st.Page(
            _source(name), title=visit.words(f"nav.{name}"), url_path=name, default=name == "project"
        )
        for name in _PAGES
    }
    chosen = st.navigation(list(visit.pages.values()), position="top")
    st.set_page_config(page_title=visit.words("nav.window-title", page=chosen.title))
    shown = next(name for name, page in visit.pages.items() if page == chosen)
    visit.returning = visit.returning and shown == "project"  # whoever goes elsewhere is not sent back
    return shown


@contextmanager
def sheet(visit: Visit, page: str) -> Iterator[None]:
    """The column that holds a page, with the language switch and what went wrong on the way here."""
    st.html(_STYLE)
    with st.container(horizontal_alignment="center"), st.container(width=WIDTH, key="sheet"):
        _language_switch(visit)
        _notices(visit)
        if page != "measure" and visit.job:
            from advisor.ui.parts import live  # the laboratory's words, which the first question does without

            live.strip(visit)
        yield


def _source(name: str) -> Callable[[], None]:
    """A page loads its module, and with it charts or a database, when it is opened and not before."""
    return partial(_run, name)


def _run(name: str) -> None:
    import_module(f"advisor.ui.pages.{name}").page()


def _language_switch(visit: Visit) -> None:
    offered = languages()
    st.session_state["language"] = visit.language
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(visit.words("nav.product"))
        st.segmented_control(
            visit.words("nav.language"),
            list(offered),
            format_func=offered.__getitem__,
            key="language",
            required=True,
            label_visibility="collapsed",
            on_change=_switch,
            args=(visit,),
        )


def _switch(visit: Visit) -> None:
    visit.language = st.session_state["language"] or visit.language


def _notices(visit: Visit) -> None:
    """What of a link could not be read, in one place; the page goes on with the rest."""
    if not visit.notices:
        return
    words = visit.words
    lines = [words("nav.notice", text=plain(visit.text(notice))) for notice in visit.notices]
    st.warning("\n".join([words("nav.broken-link"), "", *lines]), icon=":material/link_off:")
    st.button(words("nav.dismiss"), key="dismiss", type="tertiary", on_click=visit.notices.clear)
