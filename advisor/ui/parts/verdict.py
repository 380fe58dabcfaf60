"""The answer on one screen: verdict, how sure, what is unknown, the plan, the guide against today."""

import streamlit as st

from advisor.inference import Reason
from advisor.report import sentences
from advisor.report.model import Report
from advisor.report.naming import framework_name
from advisor.ui import engine, moves
from advisor.ui.parts.balance import gauge
from advisor.ui.visit import Visit


def show(visit: Visit, report: Report) -> None:
    words, verdict = visit.words, report.verdict
    st.title(sentences.verdict_title(words, verdict), anchor=False)
    st.markdown(words("pages.recommendation.lead", line=sentences.plan_line(words, report.advice)))
    st.markdown(sentences.sure_and_unknown(words, verdict))
    if verdict.framework != "neither":
        gauge(words, report.explanation, verdict, title=False)
    _knocked_out(visit, report)
    _settle(visit, report)
    _guide(visit, report)


def _knocked_out(visit: Visit, report: Report) -> None:
    """For "neither": the rule that settles it before any weighing."""
    rule = report.verdict.knocked_out_by
    if rule is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(visit.words("pages.recommendation.settled-by"), width="content")
        st.button(
            visit.text(engine.knowledge().rules_by_id[rule].title),
            key="knocked-out-by",
            type="tertiary",
            on_click=moves.open_rule,
            args=(visit, rule),
        )


def _settle(visit: Visit, report: Report) -> None:
    """For a close call: the question that can settle it, or that no single one can."""
    trait, said = report.verdict.settled_by, sentences.settling(visit.words, report)
    if trait is None:
        if said:
            st.caption(said)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(visit.words("pages.recommendation.settle"), width="content")
        st.button(
            visit.text(engine.knowledge().traits[trait].question),
            key="settle",
            on_click=moves.go_to_trait,
            args=(visit, trait),
        )


def _guide(visit: Visit, report: Report) -> None:
    words = visit.words
    st.markdown(sentences.guide_against_today(words, report))
    if not report.guide.differences:
        return
    with st.expander(words("report.guide.caption"), key="guide-differences"):
        for then, now in report.guide.differences:
            either = now or then
            if either is None:
                continue
            st.markdown(words("pages.plan.step", title=visit.text(either.title)))
            before, after = st.columns(2)
            for column, name, reason, nothing in (
                (before, "guide", then, "silent"),
                (after, "today", now, "gone"),
            ):
                column.caption(words(f"report.column.{name}"))
                if reason is None:
                    column.markdown(words(f"report.guide.{nothing}"))
                else:
                    column.markdown(_entry(visit, reason))


def _entry(visit: Visit, reason: Reason) -> str:
    """What a rule says; its weight only where it speaks for a side."""
    words, because = visit.words, visit.text(reason.because)
    if reason.favours == "neither":
        return words("pages.recommendation.entry-neither", because=because)
    return words(
        "pages.recommendation.entry",
        framework=framework_name(reason.favours),
        weight=words.signed(reason.decibans),
        because=because,
    )
