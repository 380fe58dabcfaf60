"""An older link opened today: the verdict then and now, and the rules that made the difference."""

import streamlit as st

from advisor.report import sentences
from advisor.ui import engine
from advisor.ui.visit import Visit


def show(visit: Visit) -> None:
    """Nothing for a link of today, or for answers that no link brought."""
    made = visit.linked_on
    if made is None or made >= engine.today():
        return
    words, seen = visit.words, engine.replayed(visit, made)
    then, now = seen.then.verdict, seen.now.verdict
    same = then.framework == now.framework
    with st.container(border=True, key="since"):
        st.markdown(
            words(
                "pages.since.same" if same else "pages.since.differs",
                day=words.day(made),
                then=sentences.verdict_name(words, then),
                now=sentences.verdict_name(words, now),
            )
        )
        for before, after in seen.differences:
            either = after or before
            if either is not None:
                st.caption(
                    words(
                        "pages.since.rule",
                        title=visit.text(either.title),
                        then=words.signed(before.decibans if before else 0.0),
                        now=words.signed(after.decibans if after else 0.0),
                    )
                )
