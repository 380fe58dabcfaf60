"""Measure: the machine, a plan with its cost, live progress, results, and what they mean for the advice."""

from typing import TYPE_CHECKING

import streamlit as st

from advisor.report import findings as say
from advisor.ui import engine, lab, moves
from advisor.ui.outside import harmless
from advisor.ui.parts import findings, focus, importing, insights, live, machine_card
from advisor.ui.session import current_visit
from advisor.ui.visit import Visit
from probes.model import Measurements

if TYPE_CHECKING:
    from probes.plan import Plan

PLANS = ("quick", "standard", "thorough")


def page() -> None:
    visit = current_visit()
    words = visit.words
    st.title(words("pages.measure.title"), anchor=False)
    st.markdown(words("pages.measure.about"))
    running = lab.job(visit.job)
    if running is not None and not running.snapshot().over:
        st.markdown(say.machine_line(words, lab.machine()))
        live.watch(visit, running)
        return
    live.ended(visit, running)
    found = lab.stored(visit.measurements)
    if found is not None:
        _results(visit, found)
    st.header(words("pages.measure.machine"), anchor=False)
    machine_card.show(visit)
    _offer(visit, again=found is not None)
    importing.show(visit, found)


def _offer(visit: Visit, again: bool) -> None:
    """The plan with its cost in time, and one button."""
    words = visit.words
    st.header(words("pages.measure.again" if again else "pages.measure.start-title"), anchor=False)
    st.session_state["plan"] = _chosen()
    st.radio(
        words("pages.measure.plan"),
        PLANS,
        format_func=lambda each: words(f"pages.measure.plan-{each}"),
        key="plan",
        on_change=_choose,
    )
    focus.choose(visit)
    plan = _plan(visit, _chosen())
    focus.cost(visit, plan)
    machine_card.own_numbers(visit, plan)
    st.button(
        words("pages.measure.start", plan=words(f"pages.measure.plan-{plan.name}")),
        key="measure",
        type="primary",
        on_click=_start,
        args=(visit,),
    )


def _results(visit: Visit, found: Measurements) -> None:
    words = visit.words
    st.header(words("pages.measure.results"), anchor=False)
    findings.measurements(visit, harmless(found))
    insights.show(visit, harmless(lab.insights(found)), key=found.id)
    st.subheader(words("pages.measure.meaning"), anchor=False)
    if not visit.answers:
        st.markdown(words("pages.measure.no-answers"))
        st.button(words("pages.check.start"), key="start", on_click=moves.show, args=(visit, "project"))
        return
    findings.meaning(visit, engine.reported(visit))
    st.button(
        words("pages.measure.to-recommendation"),
        key="to-recommendation",
        type="primary",
        on_click=moves.show,
        args=(visit, "recommendation"),
    )


def _start(visit: Visit) -> None:
    visit.job = lab.start(_plan(visit, _chosen()))


def _chosen() -> str:
    """The plan that was chosen last; unlike its widget it lasts through another language or page."""
    return str(st.session_state.get("chosen-plan") or PLANS[0])


def _choose() -> None:
    st.session_state["chosen-plan"] = st.session_state["plan"]


def _plan(visit: Visit, name: str) -> "Plan":
    """The plan of this name for this project."""
    domains, targets = (_given(visit, trait) for trait in ("domain", "targets"))
    plain = lab.plan(name, domains, {}, targets, focus.chosen())
    return lab.plan(name, domains, machine_card.settings(plain), targets, focus.chosen())


def _given(visit: Visit, trait: str) -> list[str]:
    """What was answered; probes near to it come first."""
    given = visit.answers.get(trait, [])
    return [given] if isinstance(given, str) else given
