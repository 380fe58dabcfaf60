"""One question as widgets: a radio for one answer, boxes for many, "not sure" and "none" apart."""

import streamlit as st

from advisor.inference import Option, Trait
from advisor.ui import machine_facts
from advisor.ui.visit import Visit

UNKNOWN, NONE = "unknown", "none"


def ask(visit: Visit, trait: Trait, level: int) -> None:
    """Show a question with nothing preselected; each answer goes into the visit at once.

    ``level`` is that of its heading, 2 or 3, so that headings stay in order.
    """
    words = visit.words
    with st.container(key=f"ask-{trait.id}", gap="xsmall"):
        (st.header if level == 2 else st.subheader)(visit.text(trait.question), anchor=False)
        if trait.hint:
            st.caption(visit.text(trait.hint))
        _offer_detected(visit, trait)
        (_one if trait.kind == "one" else _many)(visit, trait)
        with st.expander(words("pages.project.why"), type="compact", key=f"why-{trait.id}"):
            st.markdown(visit.text(trait.why))


def _one(visit: Visit, trait: Trait) -> None:
    key, options = f"one-{trait.id}", {option.id: option for option in trait.options}
    given = visit.answers.get(trait.id)
    st.session_state[key] = given if isinstance(given, str) else None
    st.radio(
        visit.text(trait.question),
        [*options, UNKNOWN],
        index=None,
        format_func=lambda option: _label(visit, options.get(option)),
        captions=_captions(visit, trait),
        key=key,
        label_visibility="collapsed",
        on_change=_took_one,
        args=(visit, trait.id),
    )


def _many(visit: Visit, trait: Trait) -> None:
    with st.grid(min_column_width=280, gap="xsmall", key=f"many-{trait.id}"):
        for option in trait.options:
            if option.id != NONE:
                _box(visit, trait, option.id, option)
    with st.container(horizontal=True, key=f"apart-{trait.id}"):
        for option in trait.options:
            if option.id == NONE:
                _box(visit, trait, NONE, option)
        _box(visit, trait, UNKNOWN, None)


def _box(visit: Visit, trait: Trait, option_id: str, option: Option | None) -> None:
    key = f"many-{trait.id}-{option_id}"
    st.session_state[key] = option_id in _chosen(visit, trait.id)
    st.checkbox(
        _label(visit, option),
        key=key,
        help=visit.text(option.hint) if option and option.hint else None,
        on_change=_took_many,
        args=(visit, trait.id, option_id, tuple(each.id for each in trait.options)),
    )


def _took_one(visit: Visit, trait: str) -> None:
    chosen = st.session_state[f"one-{trait}"]
    if chosen is not None:
        visit.answer(trait, chosen)


def _took_many(visit: Visit, trait: str, option: str, order: tuple[str, ...]) -> None:
    """Keep the options in order; "none" and "not sure" stand alone. Nothing ticked is no answer."""
    chosen = _chosen(visit, trait) ^ {option}
    if option in chosen:
        chosen = {option} if option in (UNKNOWN, NONE) else chosen - {UNKNOWN, NONE}
    given = [each for each in order if each in chosen] or None
    visit.answer(trait, UNKNOWN if chosen == {UNKNOWN} else given)


def _chosen(visit: Visit, trait: str) -> set[str]:
    given = visit.answers.get(trait, [])
    return {given} if isinstance(given, str) else set(given)


def _label(visit: Visit, option: Option | None) -> str:
    return visit.text(option.label) if option else visit.words("pages.project.not-sure")


def _captions(visit: Visit, trait: Trait) -> list[str] | None:
    hints = [visit.text(option.hint) if option.hint else "" for option in trait.options]
    return [*hints, ""] if any(hints) else None


def _offer_detected(visit: Visit, trait: Trait) -> None:
    """Offer what this machine says of itself; it counts only once the user takes it."""
    found = machine_facts.detected(trait)
    if found is None or _chosen(visit, trait.id) == set(found):
        return
    labels = {option.id: visit.text(option.label) for option in trait.options}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(visit.words("pages.project.detected"), width="content")
        st.button(
            visit.words(
                "pages.project.use-detected", found=visit.words("pages.and").join(labels[f] for f in found)
            ),
            key=f"detected-{trait.id}",
            on_click=visit.answer,
            args=(trait.id, found if trait.kind == "many" else found[0]),
        )
