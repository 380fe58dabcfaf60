"""Measurements of several machines or days beside each other, figure by figure."""

from collections.abc import Sequence

import streamlit as st

from advisor.report import findings as say
from advisor.report.naming import metric_name, track_name
from advisor.report.titles import probe_titles
from advisor.ui.visit import Visit
from probes.model import Measurements, Result


def show(visit: Visit, compared: Sequence[Measurements]) -> None:
    """One column a measurement, one row a figure; the ratio with its interval."""
    words, titles = visit.words, probe_titles()
    heads = [heading(visit, number, each) for number, each in enumerate(compared, start=1)]
    for head, each in zip(heads, compared, strict=True):
        st.caption(words("pages.history.column", head=head, machine=say.machine_line(words, each.machine)))
    keys = dict.fromkeys((r.probe, r.track, r.metric) for each in compared for r in each.results)
    rows = []
    for probe, track, metric in keys:
        label = words(
            "report.chart.ratio-label",
            title=titles.get(probe, {}).get(visit.language, probe),
            metric=metric_name(words, metric),
            track=track_name(words, track),
        )
        row = {words("report.column.what"): label}
        for head, each in zip(heads, compared, strict=True):
            found = next(
                (r for r in each.results if (r.probe, r.track, r.metric) == (probe, track, metric)), None
            )
            row[head] = ratio(visit, found)
        rows.append(row)
    st.caption(words("pages.history.ratio"))
    st.table(rows, hide_index=True)


def heading(visit: Visit, number: int, each: Measurements) -> str:
    return visit.words("pages.history.head", n=number, day=each.started[:10])


def ratio(visit: Visit, result: Result | None) -> str:
    """TensorFlow's figure over PyTorch's, with its interval."""
    words = visit.words
    if result is None or result.ratio is None or result.interval is None:
        return words("report.figure.none")
    low, high = result.interval
    return words(
        "pages.chart.ratio",
        ratio=words.number(result.ratio, 2),
        low=words.number(low, 2),
        high=words.number(high, 2),
    )
