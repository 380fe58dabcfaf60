"""What would change the answer: changes to try at once, and how much each theme matters."""

import streamlit as st

from advisor.inference.model import Flip
from advisor.report import sentences
from advisor.report.model import Report
from advisor.ui import engine
from advisor.ui.visit import Answer, Visit

LEVELS = ("less", "normal", "more")
SHOWN = 5  # changes shown at once


def banner(visit: Visit, report: Report) -> None:
    """While something is being tried: what it is and what it makes of the verdict, with Keep and Undo."""
    if not visit.trial:
        return
    words = visit.words
    tried = [_worded(visit, trait, value) for trait, value in visit.trial.items()]
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="trial"):
        st.markdown(
            words(
                "pages.change.trying",
                changes=words("report.flips.and").join(tried),
                verdict=sentences.standing(words, report.verdict),
            )
        )
        st.button(words("pages.change.keep"), key="keep-trial", on_click=_keep, args=(visit,))
        st.button(words("pages.change.undo"), key="undo-trial", type="tertiary", on_click=visit.trial.clear)


def show(visit: Visit, report: Report) -> None:
    words, explanation = visit.words, report.explanation
    st.header(words("report.section.change"), anchor=False)
    if not explanation.flips:
        st.markdown(words("report.flips.none"))
    for index, flip in enumerate(explanation.flips[:SHOWN]):
        _flip(visit, report, flip, index)
    if explanation.flips[SHOWN:]:
        with st.expander(words("pages.change.more", n=len(explanation.flips[SHOWN:])), key="more-flips"):
            for index, flip in enumerate(explanation.flips[SHOWN:], start=SHOWN):
                _flip(visit, report, flip, index)
    st.caption(
        words(
            "report.stability",
            percent=words.percent(explanation.stability),
            n=words.number(explanation.draws, 0),
        )
    )
    _importance(visit, report)


def _flip(visit: Visit, report: Report, flip: Flip, index: int) -> None:
    words = visit.words
    with st.container(horizontal=True, vertical_alignment="center", key=f"flip-{index}"):
        st.markdown(sentences.flip_line(words, sentences.changes(words, report, flip), flip), width="content")
        st.button(words("pages.change.try"), key=f"try-{index}", on_click=_try, args=(visit, flip))


def _importance(visit: Visit, report: Report) -> None:
    """One switch a theme that speaks here; the answer follows at once."""
    words, scale = visit.words, engine.knowledge().scale
    spoken = {reason.theme for reason in report.advice.reasons} | set(visit.importance)
    themes = [theme for theme in scale.themes if theme.id in spoken]
    if not themes:
        return
    with st.expander(words("pages.change.importance"), key="importance"):
        st.caption(words("pages.change.importance-about"))
        st.markdown(words("pages.change.now", verdict=sentences.standing(words, report.verdict)))
        for theme in themes:
            key = f"importance-{theme.id}"
            st.session_state[key] = visit.importance.get(theme.id, "normal")
            st.segmented_control(
                visit.text(theme.title),
                LEVELS,
                format_func=lambda level: visit.text(getattr(scale.importance, level).label),
                key=key,
                required=True,
                help=visit.text(theme.about),
                on_change=_weigh,
                args=(visit, theme.id),
            )


def _weigh(visit: Visit, theme: str) -> None:
    visit.linked_on = None
    level = st.session_state[f"importance-{theme}"]
    if level in (None, "normal"):
        visit.importance.pop(theme, None)
    else:
        visit.importance[theme] = level


def _try(visit: Visit, flip: Flip) -> None:
    for change in flip.changes:
        becomes = change.becomes
        visit.trial[change.trait] = becomes if isinstance(becomes, str) else list(becomes)


def _keep(visit: Visit) -> None:
    for trait, value in visit.trial.items():
        visit.answer(trait, value)
    visit.trial.clear()


def _worded(visit: Visit, trait: str, value: Answer) -> str:
    words, asked = visit.words, engine.knowledge().traits[trait]
    chosen = [value] if isinstance(value, str) else value
    labels = [visit.text(option.label) for option in asked.options if option.id in chosen]
    return words(
        "pages.change.value",
        question=visit.text(asked.question),
        answer=words("report.list.join").join(labels),
    )
