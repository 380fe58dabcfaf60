"""Why: the reasons as a chart that sums to the margin, and each reason opened to its rule."""

from collections.abc import Sequence

import streamlit as st

from advisor.inference import Reason
from advisor.inference.model import SourceRef
from advisor.inference.rulebook import Source
from advisor.report import arrange, sentences
from advisor.report.model import Report
from advisor.report.naming import framework_name
from advisor.ui import charts, moves
from advisor.ui.visit import Visit


def show(visit: Visit, report: Report) -> None:
    words = visit.words
    st.header(words("report.section.reasons"), anchor=False)
    if not report.bars:
        st.markdown(words("report.reasons.none"))
        return
    st.markdown(words("report.reasons.caption"))
    charts.reasons(words, report)
    sides = st.columns(2, gap="large")
    for (side, reasons), column in zip(arrange.cases(report), sides, strict=True):
        with column:
            st.subheader(words("report.reasons.case", framework=framework_name(side)), anchor=False)
            if not reasons:
                st.caption(words("report.reasons.none-here"))
            for reason in reasons:
                opened(visit, reason)
    _why_not(visit, report)


def opened(visit: Visit, reason: Reason) -> None:
    """One reason; it opens to what holds today, what the guide says, the sources and the rule."""
    words = visit.words
    day = words("report.as-of-guide") if reason.as_of == "guide" else reason.as_of
    label = words(
        "pages.recommendation.reason",
        title=visit.text(reason.title),
        weight=words.signed(reason.decibans),
        day=day,
    )
    with st.expander(label, key=f"reason-{reason.rule}"):
        st.markdown(visit.text(reason.because))
        facts = [words(f"report.state.{reason.state}")]
        if reason.stale:
            facts.append(words("report.stale"))
        if reason.measured is not None:
            facts.append(words(f"report.measured.{reason.measured}"))
        st.caption(words("pages.dot").join(facts))
        sources(visit, reason.sources)
        if moves.in_rule_book(reason.rule):
            st.button(
                words("pages.recommendation.to-rule"),
                key=f"to-rule-{reason.rule}",
                type="tertiary",
                on_click=moves.open_rule,
                args=(visit, reason.rule),
            )


def sources(visit: Visit, found: Sequence[SourceRef | Source]) -> None:
    """Each source as a link with its date; the link's words are what it supports."""
    lines = [
        visit.words("pages.source", supports=visit.text(source.supports), url=source.url, dated=source.dated)
        for source in found
    ]
    if lines:
        st.markdown("\n".join(lines))


def _why_not(visit: Visit, report: Report) -> None:
    words, missed = visit.words, report.explanation.why_not
    if not missed:
        return
    with st.expander(words("report.why-not.title"), key="why-not"):
        st.markdown(words("report.why-not.about"))
        for miss in missed:
            traits = sentences.questions(words, report, miss.lacks)
            line = words("report.why-not.waits" if miss.undecided else "report.why-not.lacks", traits=traits)
            st.markdown(
                words(
                    "pages.recommendation.near-miss",
                    title=visit.text(miss.title),
                    framework=framework_name(miss.favours),
                    weight=words.signed(miss.weight),
                    line=line,
                )
            )
