"""Your project: the questions, one small group at a time."""

import streamlit as st

from advisor.ui import engine, moves
from advisor.ui.parts import examples, question
from advisor.ui.parts.balance import gauge
from advisor.ui.session import current_visit
from advisor.ui.steps import Step, applying, position, steps
from advisor.ui.visit import Visit


def page() -> None:
    visit = current_visit()
    words, knowledge = visit.words, engine.knowledge()
    now = engine.explained(visit)
    every = applying(steps(tuple(knowledge.traits.values()), visit.path), now.applies)
    here = every[position(every, visit.step)]
    visit.step = here.id

    _heading(visit, here, every)
    with st.container(key="leaning"):
        gauge(words, now.explanation)
    for trait in here.traits:
        if now.applies(trait):
            question.ask(visit, knowledge.traits[trait], level=3 if here is every[0] else 2)
    _onward(visit, now, every, position(every, here.id))
    _what_next(visit, now, here)
    if position(every, here.id) == 0:
        examples.offer(visit)


def _heading(visit: Visit, here: Step, every: tuple[Step, ...]) -> None:
    words, index = visit.words, position(every, here.id)
    group = engine.group(here.group)
    if index:
        st.button(
            words("pages.project.back"),
            key="back",
            type="tertiary",
            icon=":material/arrow_back:",
            on_click=moves.go_to_step,
            args=(visit, every[index - 1].id),
        )
    else:
        st.title(words("pages.project.title"), anchor=False)
        st.markdown(words("pages.project.about"))
        _path_choice(visit)
    (st.header if index == 0 else st.title)(visit.text(group.title), anchor=False)
    st.caption(visit.text(group.about))


def _path_choice(visit: Visit) -> None:
    words = visit.words
    st.session_state["path"] = visit.path
    st.segmented_control(
        words("pages.project.path"),
        ["quick", "full"],
        format_func=lambda path: words(f"pages.project.path-{path}", n=engine.questions(path)),
        key="path",
        required=True,
        on_change=moves.choose_path,
        args=(visit,),
    )


def _onward(visit: Visit, now: engine.Standing, every: tuple[Step, ...], index: int) -> None:
    words = visit.words
    answered, of = engine.progress(visit, now)
    st.progress(answered / of if of else 1.0, text=words("pages.project.progress", answered=answered, of=of))
    last = index == len(every) - 1
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            words("pages.project.continue"),
            key="continue",
            type="primary",
            on_click=moves.show if last or visit.returning else moves.go_to_step,
            args=(visit, "check" if last or visit.returning else every[index + 1].id),
        )
        st.button(
            words("pages.project.skip"),
            key="skip",
            type="tertiary",
            on_click=moves.show,
            args=(visit, "recommendation"),
        )


def _what_next(visit: Visit, now: engine.Standing, here: Step) -> None:
    """Whether more answers matter, and which one matters most."""
    words, explanation = visit.words, now.explanation
    if explanation.advice.verdict.decided and visit.answers:
        with st.container(border=True):
            st.markdown(words("pages.project.enough"))
            st.button(
                words("pages.project.to-recommendation"),
                key="enough",
                on_click=moves.show,
                args=(visit, "recommendation"),
            )
        return
    telling = next((q for q in explanation.next_questions if q.trait not in here.traits), None)
    if telling is not None and visit.answers:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(words("pages.project.most-telling"), width="content")
            st.button(
                visit.text(engine.knowledge().traits[telling.trait].question),
                key="telling",
                type="tertiary",
                on_click=moves.go_to_trait,
                args=(visit, telling.trait),
            )
