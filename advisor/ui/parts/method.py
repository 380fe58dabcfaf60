"""Method, versions, sources, expiry date; and the report to take away."""

import streamlit as st

from advisor.report.model import Report
from advisor.report.render import to_html, to_json, to_markdown
from advisor.ui import address
from advisor.ui.outside import harmless
from advisor.ui.parts.reasons import sources
from advisor.ui.visit import Visit


def show(visit: Visit, report: Report) -> None:
    words, known = visit.words, report.knowledge
    st.header(words("report.section.method"), anchor=False)
    st.markdown(words("report.method.text"))
    facts = {
        "created": report.created,
        "product": report.product_version,
        "knowledge": words("report.method.knowledge-value", version=known.version, n=known.rules),
        "good-until": known.good_until or words("report.figure.none"),
    }
    versions = harmless(report.measured).versions if report.measured else {}
    st.table(
        {words(f"report.method.{name}"): value for name, value in facts.items()} | versions,
        border="horizontal",
    )
    if report.sources:
        with st.expander(words("pages.method.sources", n=len(report.sources)), key="sources"):
            sources(visit, report.sources)


def downloads(visit: Visit, report: Report) -> None:
    """The same report as a file; each is made when it is asked for."""
    words, language = visit.words, visit.language
    name = words("pages.download.name", day=report.created)
    with st.container(horizontal=True, width="content", key="downloads"):
        st.download_button(
            words("pages.download.html"),
            lambda: to_html(report, language),
            file_name=f"{name}.html",
            mime="text/html",
            key="download-html",
            icon=":material/description:",
            on_click="ignore",
        )
        st.download_button(
            words("pages.download.markdown"),
            lambda: to_markdown(report, language),
            file_name=f"{name}.md",
            mime="text/markdown",
            key="download-markdown",
            icon=":material/article:",
            on_click="ignore",
        )
        st.download_button(
            words("pages.download.json"),
            lambda: to_json(report),
            file_name=f"{name}.json",
            mime="application/json",
            key="download-json",
            icon=":material/data_object:",
            on_click="ignore",
        )
        with st.popover(words("pages.download.link"), icon=":material/link:", key="link"):
            st.markdown(words("pages.download.link-about"))
            st.code(address.link(visit), language=None, wrap_lines=True)
