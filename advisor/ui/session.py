"""The visit of the tab that is being served."""

from collections.abc import Mapping

import streamlit as st

from advisor.ui import address
from advisor.ui.visit import Visit
from advisor.words import FALLBACK, languages


def current_visit() -> Visit:
    """The visit of this tab, started from the link that opened it and kept in step with the address bar."""
    params = st.query_params.to_dict()
    if "visit" not in st.session_state:
        st.session_state["visit"] = address.open_visit(params, _language(params))
    visit: Visit = st.session_state["visit"]
    if params not in visit.known_queries:
        address.follow(visit, params)
    return visit


def _language(params: Mapping[str, str]) -> str:
    """The link's language, else the browser's, else English."""
    offered = languages()
    for code in (params.get("lang"), (st.context.locale or "").split("-")[0]):
        if code in offered:
            return str(code)
    return FALLBACK
