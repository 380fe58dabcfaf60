"""Measurements of another machine: taken in as JSON, checked, and shown beside this one's."""

import streamlit as st

from advisor.ui import lab
from advisor.ui.parts import side_by_side
from advisor.ui.visit import Visit
from probes.model import Measurements

LARGEST = 8  # MB, as the store's own limit


def show(visit: Visit, shown: Measurements | None) -> None:
    words = visit.words
    with st.expander(words("pages.measure.import"), key="import"):
        st.markdown(words("pages.measure.import-about"))
        given = st.file_uploader(
            words("pages.measure.import-file"), type="json", key="import-file", max_upload_size=LARGEST
        )
        if given is not None:
            _take(visit, given.getvalue(), shown)


def _take(visit: Visit, text: bytes, shown: Measurements | None) -> None:
    from probes.store import ImportRefusedError

    words = visit.words
    try:
        found = lab.store().take_in(text)
    except ImportRefusedError as error:
        st.error(words(f"pages.measure.import-refused.{error.code}", limit=LARGEST))
        st.code(str(error), language=None, wrap_lines=True)
        return
    st.success(words("pages.measure.import-done"))
    side_by_side.show(visit, [each for each in (shown, found) if each is not None])
    st.button(words("pages.history.use"), key="use-import", on_click=_use, args=(visit, found.id))


def _use(visit: Visit, identity: str) -> None:
    visit.measurements = identity
