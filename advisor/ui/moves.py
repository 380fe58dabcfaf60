"""Where buttons lead: to a step, to the question about a trait, to a page."""

import streamlit as st

from advisor.ui import engine
from advisor.ui.steps import step_of, steps
from advisor.ui.visit import Visit


def go_to_step(visit: Visit, step: str) -> None:
    visit.step = step


def go_to_trait(visit: Visit, trait: str, returning: bool = False) -> None:
    """Open the step that asks about a trait; the full path if the quick one does not ask it."""
    traits = tuple(engine.knowledge().traits.values())
    step = step_of(steps(traits, visit.path), trait)
    if step is None:
        visit.path, step = "full", step_of(steps(traits, "full"), trait)
    visit.step = step.id if step else None
    visit.returning = returning
    show(visit, "project")


def choose_path(visit: Visit) -> None:
    visit.path = st.session_state["path"] or visit.path
    visit.step = None


def show(visit: Visit, page: str) -> None:
    """Open a page by its url path."""
    _open(visit, page, {})


def _open(visit: Visit, page: str, more: dict[str, str]) -> None:
    """Open a page with the fields that the address bar holds already, so that it is one step of history."""
    kept = visit.known_queries[-1] if visit.known_queries else {}
    st.switch_page(visit.pages[page], query_params={**kept, **more})


def in_rule_book(rule: str) -> bool:
    """Whether a reason stands in the rule book; measured ones do not."""
    return rule in engine.knowledge().rules_by_id


def open_rule(visit: Visit, rule: str | None) -> None:
    """Open a rule in the rule book, or with None its list."""
    visit.rule = rule
    _open(visit, "rules", {"rule": rule} if rule else {})
