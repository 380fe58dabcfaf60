"""Measurements of several machines or days beside each other, figure by figure."""

from collections.abc import Mapping, Sequence

import streamlit as st

from advisor.report import findings as say
from advisor.report.model import Finding
from advisor.report.tasks import findings_of
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
    columns = [{_key(one): one for one in findings_of(each.results, titles)} for each in compared]
    rows = []
    for key in dict.fromkeys(key for column in columns for key in column):
        known = next(column[key] for column in columns if key in column)
        row = {words("report.column.what"): label(visit, known.title, known.result)}
        for head, column in zip(heads, columns, strict=True):
            found = column.get(key)
            row[head] = say.ratio_range(words, found.result) if found else words("report.figure.none")
        rows.append(row)
    st.caption(words("pages.history.ratio"))
    st.table(rows, hide_index=True)


def _key(finding: Finding) -> tuple[str, str, str, str]:
    """Figures of one key are comparable: same probe and numbers, variant, track and metric."""
    result = finding.result
    return result.probe, finding.title["en"], result.track, result.metric


def heading(visit: Visit, number: int, each: Measurements) -> str:
    return visit.words("pages.history.head", n=number, day=each.started[:10])


def label(visit: Visit, title: Mapping[str, str], result: Result) -> str:
    """Probe and figure, as a row is called."""
    return visit.words(
        "pages.chart.row", title=visit.text(title), figure=say.figure_label(visit.words, result)
    )
