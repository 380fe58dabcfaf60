"""Check your answers: every question that applies, what was said, and Change beside it."""

import streamlit as st

from advisor.inference import Trait
from advisor.ui import engine, moves
from advisor.ui.parts.balance import gauge
from advisor.ui.session import current_visit
from advisor.ui.visit import Visit


def page() -> None:
    visit = current_visit()
    words, now = visit.words, engine.explained(visit)
    st.title(words("pages.check.title"), anchor=False)
    if not visit.answers:
        st.markdown(words("pages.check.empty"))
        st.button(
            words("pages.check.start"),
            key="start",
            type="primary",
            on_click=moves.show,
            args=(visit, "project"),
        )
        return
    gauge(words, now.explanation)
    st.button(
        words("pages.check.show"),
        key="show",
        type="primary",
        on_click=moves.show,
        args=(visit, "recommendation"),
    )
    _rows(visit, now)


def _rows(visit: Visit, now: engine.Standing) -> None:
    """The given answers group by group, then the open questions, then a way to start afresh."""
    words = visit.words
    unasked = []
    for group in engine.knowledge().groups:
        traits = [trait for trait in engine.traits_of(group.id) if now.applies(trait.id)]
        given = [trait for trait in traits if trait.id in visit.answers]
        unasked += [trait for trait in traits if trait.id not in visit.answers]
        if given:
            st.header(visit.text(group.title), anchor=False)
            for trait in given:
                _row(visit, trait)
    if unasked:
        with st.expander(words("pages.check.unanswered", n=len(unasked)), key="unanswered"):
            st.markdown(words("pages.check.unanswered-about"))
            for trait in unasked:
                _row(visit, trait)
    st.button(
        words("pages.check.clear"), key="clear", type="tertiary", on_click=visit.start_afresh, args=({},)
    )


def _row(visit: Visit, trait: Trait) -> None:
    words, given = visit.words, visit.answers.get(trait.id)
    with st.container(key=f"row-{trait.id}"):
        asked, said, change = st.columns([6, 5, 1], vertical_alignment="center", gap="small")
        asked.markdown(visit.text(trait.question))
        said.markdown(words("pages.check.said", answer=engine.said(visit, trait, given)))
        change.button(
            words("pages.check.change" if given is not None else "pages.check.answer"),
            key=f"change-{trait.id}",
            help=visit.text(trait.question),
            type="tertiary",
            on_click=moves.go_to_trait,
            args=(visit, trait.id, True),
        )
