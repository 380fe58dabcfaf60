"""History: kept recommendations and measurements; reopened, compared, deleted, exported."""

from typing import TYPE_CHECKING

import streamlit as st

from advisor.report.sentences import capital, standing, verdict_title
from advisor.ui import engine, history, lab, moves
from advisor.ui.history_store import Kept
from advisor.ui.outside import plain
from advisor.ui.parts import side_by_side
from advisor.ui.session import current_visit
from advisor.ui.visit import Visit

if TYPE_CHECKING:
    from probes.store import Kept as KeptMeasurement

COMPARED = 3


def page() -> None:
    visit = current_visit()
    words = visit.words
    st.title(words("pages.history.title"), anchor=False)
    st.markdown(words("pages.history.about"))
    st.header(words("pages.history.recommendations"), anchor=False)
    kept = history.recommendations().all()
    if not kept:
        st.markdown(words("pages.history.no-recommendations"))
    for one in kept:
        _recommendation(visit, one)
    _compare_recommendations(visit, kept)
    st.header(words("pages.history.measurements"), anchor=False)
    measured = lab.history()
    if not measured:
        st.markdown(words("pages.history.no-measurements"))
    for each in measured:
        _measurement(visit, each)
    _compare_measurements(visit, measured)


def _recommendation(visit: Visit, one: Kept) -> None:
    words = visit.words
    with st.container(border=True, key=f"kept-{one.id}"):
        st.markdown(words("pages.history.title-line", line=_summary(visit, one)))
        with st.container(horizontal=True):
            st.button(
                words("pages.history.reopen"), key=f"reopen-{one.id}", on_click=_reopen, args=(visit, one)
            )
            st.download_button(
                words("pages.history.export"),
                lambda: history.recommendations().document(one.id) or "",
                file_name=words("pages.history.file", id=one.id),
                mime="application/json",
                key=f"export-{one.id}",
                on_click="ignore",
            )
            st.button(
                words("pages.history.delete"),
                key=f"delete-{one.id}",
                type="tertiary",
                on_click=history.recommendations().delete,
                args=(one.id,),
            )


def _summary(visit: Visit, one: Kept) -> str:
    words = visit.words
    return words(
        "pages.history.kept",
        verdict=capital(standing(words, one.verdict)),
        when=one.created[:16].replace("T", " "),
        answers=words("pages.history.answered", n=one.answered),
    )


def _compare_recommendations(visit: Visit, kept: tuple[Kept, ...]) -> None:
    words, by_id = visit.words, {one.id: one for one in kept}
    if len(kept) < 2:
        return
    chosen = st.multiselect(
        words("pages.history.compare-recommendations"),
        list(by_id),
        format_func=lambda one: _summary(visit, by_id[one]),
        max_selections=COMPARED,
        placeholder=words("pages.history.choose"),
        key="compare-recommendations",
    )
    if len(chosen) > 1:
        _answers_side_by_side(visit, [by_id[one] for one in chosen])


def _answers_side_by_side(visit: Visit, chosen: list[Kept]) -> None:
    """Each question that was answered in one of them, with what was said in each."""
    words = visit.words
    heads = [words("pages.history.head", n=n, day=one.created[:10]) for n, one in enumerate(chosen, start=1)]
    rows = [
        {words("report.column.question"): words("pages.history.verdict")}
        | {head: verdict_title(words, one.verdict) for head, one in zip(heads, chosen, strict=True)}
    ]
    given = [engine.read_link(one.query).answers for one in chosen]
    for trait in engine.knowledge().traits.values():
        if any(trait.id in answers for answers in given):
            said = {h: engine.said(visit, trait, a.get(trait.id)) for h, a in zip(heads, given, strict=True)}
            rows.append({words("report.column.question"): visit.text(trait.question)} | said)
    st.table(rows, hide_index=True)


def _measurement(visit: Visit, one: "KeptMeasurement") -> None:
    words = visit.words
    with st.container(border=True, key=f"measured-{one.id}"):
        st.markdown(words("pages.history.title-line", line=_measured_summary(visit, one)))
        with st.container(horizontal=True):
            st.button(words("pages.history.use"), key=f"use-{one.id}", on_click=_use, args=(visit, one.id))
            st.download_button(
                words("pages.history.export"),
                lambda: lab.exported(one.id),
                file_name=words("pages.history.file", id=one.id),
                mime="application/json",
                key=f"export-{one.id}",
                on_click="ignore",
            )
            st.button(
                words("pages.history.delete"),
                key=f"delete-{one.id}",
                type="tertiary",
                on_click=_forget,
                args=(visit, one.id),
            )


def _measured_summary(visit: Visit, one: "KeptMeasurement") -> str:
    words = visit.words
    return words(
        "pages.history.measured",
        plan=words(f"pages.history.plan-{one.plan}")
        if one.plan in ("quick", "standard", "thorough")
        else plain(one.plan),
        when=plain(one.started[:16]).replace("T", " "),
        machine=words(
            "pages.history.this-machine" if one.machine == lab.machine().id else "pages.history.other-machine"
        ),
    )


def _compare_measurements(visit: Visit, kept: "tuple[KeptMeasurement, ...]") -> None:
    words, by_id = visit.words, {one.id: one for one in kept}
    if len(kept) < 2:
        return
    chosen = st.multiselect(
        words("pages.history.compare-measurements"),
        list(by_id),
        format_func=lambda one: _measured_summary(visit, by_id[one]),
        max_selections=COMPARED,
        placeholder=words("pages.history.choose"),
        key="compare-measurements",
    )
    if len(chosen) > 1:
        side_by_side.show(visit, [found for one in chosen if (found := lab.stored(one)) is not None])


def _reopen(visit: Visit, one: Kept) -> None:
    history.reopen(visit, one.query)
    moves.show(visit, "recommendation")


def _use(visit: Visit, identity: str) -> None:
    visit.measurements = identity
    moves.show(visit, "measure")


def _forget(visit: Visit, identity: str) -> None:
    lab.store().delete(identity)
    if visit.measurements == identity:
        visit.measurements = None
