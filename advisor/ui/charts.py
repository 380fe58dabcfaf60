"""Plotly charts on a page: themed, described in words, with their table one click away."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from advisor.report import findings as say
from advisor.report.model import Finding, Report
from advisor.report.naming import framework_name
from advisor.report.palette import palette
from advisor.words import Words

CONFIG = {"displayModeBar": False, "scrollZoom": False}
FONT = "'Source Sans', 'Noto Sans CJK JP', 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic UI', sans-serif"


def reasons(words: Words, report: Report) -> None:
    """The reasons from the middle to both sides, with the same numbers as a table."""
    from advisor.report import figures  # Plotly is only loaded by the pages that draw

    titles = {bar.rule: bar.title.get(words.language, bar.title["en"]) for bar in report.bars}
    figure = figures.reasons(words, report.bars, palette(st.context.theme.type), report.shown_margin)
    st.plotly_chart(
        _fitted(figure),
        key="reasons-chart",
        theme=None,
        config=CONFIG,
        alt=words("pages.chart.reasons-alt", n=len(report.bars), margin=words.signed(report.shown_margin)),
    )
    with st.expander(words("pages.chart.table"), key="reasons-table"):
        rows = [
            {
                words("report.column.rule"): titles[bar.rule],
                words("pages.chart.side"): framework_name(bar.favours),
                words("pages.chart.weight"): words.signed(bar.shown),
            }
            for bar in report.bars
        ]
        total = {
            words("report.column.rule"): words("report.reasons.sum"),
            words("pages.chart.side"): "",
            words("pages.chart.weight"): words.signed(report.shown_margin),
        }
        st.table([*rows, total], hide_index=True)


def ratios(words: Words, findings: Sequence[Finding], key: str) -> None:
    """Measured ratios with their intervals; nothing is drawn where no ratio is known."""
    from advisor.report import figures

    known = [finding for finding in findings if finding.result.interval is not None]
    if not known:
        return
    st.plotly_chart(
        _fitted(figures.ratios(words, known, palette(st.context.theme.type))),
        key=key,
        theme=None,
        config=CONFIG,
        alt=" ".join(say.finding_line(words, finding) for finding in known),
    )


def _fitted(figure: Any) -> Any:
    """The page's typeface, and margins that hold the labels."""
    figure.update_layout(font_family=FONT)
    figure.update_yaxes(automargin=True)
    figure.update_xaxes(automargin=True, title_standoff=12, fixedrange=True)
    figure.update_yaxes(fixedrange=True)
    return figure
