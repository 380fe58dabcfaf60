"""What was found beyond the verdicts: a short list, the rest and the checks of the harness on demand."""

import streamlit as st

from advisor.report.insight_lines import against_itself_table, insight_lines, self_test_table
from advisor.report.insights import Insights
from advisor.ui.visit import Visit

SHORT = 4  # sentences in sight; those that explain a ratio come first


def show(visit: Visit, found: Insights, key: str) -> None:
    """Nothing where nothing was found. ``key`` keeps two measurements on a page apart."""
    words = visit.words
    lines = insight_lines(words, found)
    if lines:
        st.subheader(words("report.insight.title"), anchor=False)
        _list(visit, lines[:SHORT])
    rest, checks = lines[SHORT:], against_itself_table(words, found)
    if rest:
        with st.expander(words("report.insight.more", n=len(rest)), key=f"also-{key}"):
            _list(visit, rest)
    if checks:
        with st.expander(words("report.against-itself.title"), key=f"against-itself-{key}"):
            st.caption(words("report.against-itself.about"))
            st.table(checks, hide_index=True)
    if found.self_tests:
        with st.expander(words("report.selftest.title"), key=f"self-tests-{key}"):
            st.caption(words("report.selftest.about"))
            st.table(self_test_table(words, found), hide_index=True)


def _list(visit: Visit, lines: tuple[str, ...]) -> None:
    st.markdown("\n".join(visit.words("pages.measure.also", line=line) for line in lines))
