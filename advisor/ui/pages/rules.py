"""Rule book: every rule with what the guide says, what holds today, its sources, and a permanent link."""

from collections.abc import Sequence

import streamlit as st

from advisor.inference import Rule
from advisor.ui import engine, moves
from advisor.ui.outside import plain
from advisor.ui.parts import rule_card
from advisor.ui.rule_states import STATES, matches, overdue, screens, side_today, state
from advisor.ui.session import current_visit
from advisor.ui.visit import Visit

SIDES = ("tensorflow", "pytorch", "neither")
SHOWN = 12  # rules of one screen of the list


def page() -> None:
    visit = current_visit()
    knowledge = engine.knowledge()
    if visit.rule is None:
        _list(visit)
    elif visit.rule in knowledge.rules_by_id:
        st.button(
            visit.words("pages.rules.back"),
            key="all-rules",
            type="tertiary",
            icon=":material/arrow_back:",
            on_click=moves.open_rule,
            args=(visit, None),
        )
        rule_card.show(visit, knowledge.rules_by_id[visit.rule])
    else:
        st.warning(
            visit.words("pages.rules.unknown", rule=plain(visit.rule[:80])), icon=":material/link_off:"
        )
        _list(visit)


def _list(visit: Visit) -> None:
    words, rules, day = visit.words, engine.knowledge().rules, engine.today()
    st.title(words("pages.rules.title"), anchor=False)
    late = overdue(rules, day)
    stale = words("pages.rules.overdue", n=late) if late else words("pages.rules.none-overdue")
    st.markdown(words("pages.rules.about", n=len(rules), stale=stale))
    beside, listed = st.columns([1, 3], gap="large")
    with beside:
        found = _filtered(visit, rules)
    with listed, st.container(key="rules-list", gap="xxsmall"):
        st.caption(words("pages.rules.found", n=len(found)))
        if not found:
            st.markdown(words("pages.rules.none-found"))
        for rule in _one_screen(found):
            rule_card.row(visit, rule)


def _filtered(visit: Visit, rules: tuple[Rule, ...]) -> list[Rule]:
    words, day = visit.words, engine.today()
    themes = engine.knowledge().themes
    text = st.text_input(
        words("pages.rules.search"),
        key="rules-search",
        max_chars=80,
        type="search",
        placeholder=words("pages.rules.search-in"),
        on_change=_from_start,
    )
    in_theme = st.selectbox(
        words("pages.rules.theme"),
        list(themes),
        index=None,
        format_func=lambda name: visit.text(themes[name].title),
        placeholder=words("pages.rules.any"),
        key="rules-theme",
        on_change=_from_start,
    )
    for_side = st.selectbox(
        words("pages.rules.side"),
        SIDES,
        index=None,
        format_func=lambda name: words(f"pages.rules.for.{name}"),
        placeholder=words("pages.rules.any"),
        key="rules-side",
        on_change=_from_start,
    )
    in_state = st.selectbox(
        words("pages.rules.state"),
        STATES,
        index=None,
        format_func=lambda name: words(f"pages.rules.is.{name}"),
        placeholder=words("pages.rules.any"),
        key="rules-state",
        on_change=_from_start,
    )
    return [
        rule
        for rule in rules
        if in_theme in (None, rule.theme)
        and for_side in (None, side_today(rule, day))
        and (in_state is None or in_state in state(rule, day))
        and matches(rule, text or "", visit.language)
    ]


def _one_screen(found: list[Rule]) -> Sequence[Rule]:
    cut = screens(found, SHOWN)
    if len(cut) < 2:
        return found
    return cut[st.pagination(len(cut), key="rules-page") - 1]


def _from_start() -> None:
    st.session_state["rules-page"] = 1
