"""The history of recommendations, in the database of the measurements."""

import os

import streamlit as st

from advisor.report.model import Report
from advisor.ui import address, engine
from advisor.ui.history_store import RecommendationStore
from advisor.ui.visit import Visit


@st.cache_resource(show_spinner=False)
def recommendations() -> RecommendationStore:
    """One store per server."""
    from probes.places import data_folder
    from probes.store import DATABASE_VARIABLE

    given = os.environ.get(DATABASE_VARIABLE)
    return RecommendationStore(given or f"sqlite:///{data_folder() / 'measurements.sqlite3'}")


def keep(visit: Visit, report: Report) -> None:
    """Keep the recommendation as it stands, tried answers included, with the link that reopens it."""
    answered = len(engine.answers_of(visit, visit.trial).as_dict())
    recommendations().keep(report, address.query(visit, visit.trial), answered)


def reopen(visit: Visit, query: dict[str, str]) -> None:
    """Take over the answers of a kept recommendation; the language stays."""
    opened = address.open_visit(query, visit.language)
    visit.start_afresh(opened.answers)
    visit.importance, visit.path, visit.linked_on = opened.importance, opened.path, opened.linked_on
    visit.measurements, visit.notices = opened.measurements, opened.notices
