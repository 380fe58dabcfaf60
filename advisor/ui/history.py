"""The history of recommendations, in the database of the measurements."""

import os

import streamlit as st

from advisor.report.model import Report
from advisor.ui import address
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
    """Keep the recommendation as it stands, with the link that reopens it."""
    recommendations().keep(report, address.query(visit), len(visit.answers))


def reopen(visit: Visit, query: dict[str, str]) -> None:
    """Take over the answers of a kept recommendation; the language stays."""
    opened = address.open_visit(query, visit.language)
    visit.answers, visit.importance, visit.path = opened.answers, opened.importance, opened.path
    visit.linked_on, visit.measurements, visit.notices = opened.linked_on, opened.measurements, opened.notices
    visit.trial.clear()
