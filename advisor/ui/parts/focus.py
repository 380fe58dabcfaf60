"""What the measurement is to find out, and what that costs: who is faster, where the lead changes, or why."""

from typing import TYPE_CHECKING

import streamlit as st

from advisor.report.tasks import task_title
from advisor.report.titles import probe_titles
from advisor.ui.visit import Visit

if TYPE_CHECKING:
    from probes.plan import Plan

FOCUSES = ("compare", "sweep", "attribution")


def chosen() -> str:
    """The focus that was chosen last; unlike its widget it lasts through another language or page."""
    return str(st.session_state.get("chosen-focus") or FOCUSES[0])


def choose(visit: Visit) -> None:
    words = visit.words
    st.session_state["focus"] = chosen()
    st.radio(
        words("pages.measure.focus"),
        FOCUSES,
        format_func=lambda each: words(f"pages.measure.focus-{each}"),
        captions=[words(f"pages.measure.focus-{each}-about") for each in FOCUSES],
        key="focus",
        on_change=_choose,
    )


def _choose() -> None:
    st.session_state["chosen-focus"] = st.session_state["focus"]


def cost(visit: Visit, plan: "Plan") -> None:
    """What the plan trains, and the smallest lead that it can show; or that it is too short for any."""
    words, titles = visit.words, probe_titles()
    names = [visit.text(task_title(probe.key, titles)) for probe in plan.probes]
    st.markdown(words("pages.measure.what", probes=words("pages.semicolon").join(names), pairs=plan.pairs))
    if plan.smallest_effect is not None:
        st.caption(words("pages.measure.smallest", times=words.number(plan.smallest_effect, 1)))
        if plan.smallest_effect_tuned is not None:
            st.caption(
                words("pages.measure.smallest-tuned", times=words.number(plan.smallest_effect_tuned, 1))
            )
    else:
        st.caption(words("pages.measure.too-short"))
