"""Measurements of several machines or days beside each other, figure by figure."""

from collections.abc import Mapping, Sequence

import streamlit as st

from advisor.report import findings as say
from advisor.report.titles import probe_titles
from advisor.ui.outside import harmless
from advisor.ui.visit import Visit
from probes.model import Measurements, Result


def show(visit: Visit, compared: Sequence[Measurements]) -> None:
    """One column a measurement, one row a figure; the ratio with its interval."""
    words, titles = visit.words, probe_titles()
    compared = [harmless(each) for each in compared]
    heads = [heading(visit, number, each) for number, each in enumerate(compared, start=1)]
    for head, each in zip(heads, compared, strict=True):
        st.caption(words("pages.history.column", head=head, machine=say.machine_line(words, each.machine)))
    keys = dict.fromkeys((r.probe, r.track, r.metric) for each in compared for r in each.results)
    rows = []
    for probe, track, metric in keys:
        row: dict[str, str] = {}
        for head, each in zip(heads, compared, strict=True):
            found = next(
                (r for r in each.results if (r.probe, r.track, r.metric) == (probe, track, metric)), None
            )
            if found is not None:
                row[words("report.column.what")] = label(visit, titles.get(probe, {"en": probe}), found)
            row[head] = say.ratio_range(words, found) if found else words("report.figure.none")
        rows.append({name: row[name] for name in (words("report.column.what"), *heads)})
    st.caption(words("pages.history.ratio"))
    st.table(rows, hide_index=True)


def heading(visit: Visit, number: int, each: Measurements) -> str:
    return visit.words("pages.history.head", n=number, day=each.started[:10])


def label(visit: Visit, title: Mapping[str, str], result: Result) -> str:
    """Probe and figure, as a row is called."""
    return visit.words(
        "pages.chart.row", title=visit.text(title), figure=say.figure_label(visit.words, result)
    )
