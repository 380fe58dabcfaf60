"""Recommendation: the answer, why, what was measured, the plan, and what would change it."""

import streamlit as st

from advisor.report import findings as say
from advisor.report.model import Report
from advisor.ui import engine, history, lab, moves
from advisor.ui.outside import harmless
from advisor.ui.parts import findings, insights, method, plan, reasons, since, verdict, what_if
from advisor.ui.session import current_visit
from advisor.ui.visit import Visit


def page() -> None:
    visit = current_visit()
    words = visit.words
    if not visit.answers:
        st.title(words("pages.recommendation.empty-title"), anchor=False)
        st.markdown(words("pages.recommendation.empty"))
        st.button(
            words("pages.check.start"),
            key="start",
            type="primary",
            on_click=moves.show,
            args=(visit, "project"),
        )
        return
    report = engine.reported(visit)
    since.show(visit)
    what_if.banner(visit, report)
    verdict.show(visit, report)
    with st.container(horizontal=True, vertical_alignment="center"):
        method.downloads(visit, report)
        _keep(visit, report)
    reasons.show(visit, report)
    _measured(visit, report)
    plan.show(visit, report)
    what_if.show(visit, report)
    method.show(visit, report)


def _keep(visit: Visit, report: Report) -> None:
    words = visit.words
    if st.button(words("pages.recommendation.keep"), key="keep", icon=":material/bookmark:", type="tertiary"):
        history.keep(visit, report)
        st.toast(words("pages.recommendation.kept"))


def _measured(visit: Visit, report: Report) -> None:
    words, measured = visit.words, report.measured and harmless(report.measured)
    st.header(words("report.section.measurements"), anchor=False)
    if measured is None:
        st.markdown(words("report.measured.empty"))
        with st.container(horizontal=True):
            st.button(
                words("pages.recommendation.to-measure"),
                key="to-measure",
                on_click=moves.show,
                args=(visit, "measure"),
            )
            _offer_stored(visit)
        return
    st.markdown(say.measured_line(words, measured))
    findings.show(visit, measured.findings, measured.failures, measured.probes, key=measured.id)
    insights.show(visit, measured.insights, key=measured.id)
    findings.meaning(visit, report)
    findings.ledger(visit, measured.ledger, measured.probes, key=measured.id)
    st.caption(words("report.measured.repeat"))
    st.code(measured.command, language="bash", wrap_lines=True)
    st.button(
        words("pages.recommendation.without-measurements"),
        key="without-measurements",
        type="tertiary",
        on_click=_leave_out,
        args=(visit,),
    )


def _offer_stored(visit: Visit) -> None:
    """Offer the newest measurement of this machine, if there is one."""
    newest = lab.newest()
    if newest is not None:
        st.button(
            visit.words("pages.recommendation.add-stored", day=newest.started[:10]),
            key="add-stored",
            on_click=_add,
            args=(visit, newest.id),
        )


def _add(visit: Visit, measurements: str) -> None:
    visit.measurements = measurements


def _leave_out(visit: Visit) -> None:
    visit.measurements = None
