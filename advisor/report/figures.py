"""The interactive charts of the pages. Each has its table beside it; Plotly is imported on first use only.

Every row has its label above it, over the whole width, so that a long title is readable on a phone.
"""

import re
from collections.abc import Sequence
from html import escape
from math import log10
from typing import Any, Literal

from advisor.report import findings as measured
from advisor.report.model import Bar, Finding
from advisor.report.naming import framework_name, said
from advisor.report.palette import Palette
from advisor.words import Words
from probes.statistics import MARGIN

_LINE = 19  # pixels a line of a label
_ROW = 34  # pixels for bar and space of a row, its label apart
_TICKS = {1 / 32: "1/32", 1 / 16: "1/16", 1 / 8: "1/8", 1 / 4: "1/4", 1 / 2: "1/2", 1: "1"} | {
    2**n: str(2**n) for n in range(1, 6)
}
_FONT = "Inter, 'Noto Sans JP', 'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic UI', system-ui, sans-serif"


def reasons(words: Words, bars: Sequence[Bar], colours: Palette, total: float | None = None) -> Any:
    """The reasons as bars from the middle, in decibans, over their sum ``total``. Returns a Plotly figure."""
    go = _plotly()
    sums = [] if total is None else [_sum(words, total)]
    shown = [*sums, *reversed(bars)]
    figure = go.Figure(
        go.Bar(
            x=[bar.shown for bar in shown],
            y=list(range(len(shown))),
            width=0.34,
            orientation="h",
            marker={
                "color": [colours.band for _ in sums] + [colours.of(bar.favours) for bar in reversed(bars)],
                "line": {
                    "color": [colours.of(bar.favours) for bar in shown],
                    "width": [2 for _ in sums] + [0 for _ in bars],
                },
            },
            text=[words.signed(bar.shown) for bar in shown],
            textposition="outside",
            textfont={"color": colours.ink},
            cliponaxis=False,
            hovertext=[escape(said(words, bar.title), quote=False) for bar in shown],
            hovertemplate="%{hovertext}<br>%{text} dB<extra></extra>",
        )
    )
    reach = max((abs(bar.shown) for bar in shown), default=1.0) * 1.35
    figure.update_xaxes(range=[-reach, reach], zeroline=False, showgrid=False)
    _middle(figure, len(shown), 0, (0, 0), colours)
    labels = [_wrapped(said(words, bar.title)) for bar in shown]
    return _finished(figure, colours, labels, words("report.chart.reasons-axis"))


def _plotly() -> Any:
    """Plotly's graph objects, once pandas is whole.

    Plotly looks at pandas wherever it is loaded, and another visitor's page may be halfway through that.
    """
    import pandas  # noqa: F401
    import plotly.graph_objects as go

    return go


def _sum(words: Words, total: float) -> Bar:
    """The sum as a bar of its own; on an exact tie it has no length."""
    side: Literal["tensorflow", "pytorch"] = "pytorch" if total > 0 else "tensorflow"
    title = {words.language: words("report.reasons.sum"), "en": words("report.reasons.sum")}
    return Bar(rule="", title=title, favours=side, decibans=total, shown=total)


def ratios(words: Words, findings: Sequence[Finding], colours: Palette) -> Any:
    """Measured ratios with their intervals on a logarithmic axis, equality as a shaded band. Plotly.

    The axis reaches as far as the settled findings need; what lies beyond it ends in a triangle.
    """
    go = _plotly()
    known = [
        f for f in reversed(findings) if f.result.ratio and f.result.interval and f.result.interval[0] > 0
    ]
    reach = _reach(known)
    figure = go.Figure()
    for index, finding in enumerate(known):
        ratio, (low, high) = finding.result.ratio or 1.0, finding.result.interval or (1.0, 1.0)
        colour = colours.of(finding.result.verdict)
        at, left, right = (min(max(value, 1 / reach), reach) for value in (ratio, low, high))
        figure.add_trace(
            go.Scatter(
                x=[at],
                y=[index],
                mode="markers",
                marker={"size": 11, "color": colour, "opacity": 1.0 if at == ratio else 0.0},
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [right - at],
                    "arrayminus": [at - left],
                    "color": colour,
                    "thickness": 3,
                },
                cliponaxis=False,
                hovertemplate=words(
                    "report.chart.ratio-hover",
                    low=measured.ratio(words, low),
                    high=measured.ratio(words, high),
                )
                + "<extra></extra>",
                showlegend=False,
            )
        )
        ends = [(1 / reach, "triangle-left")] * (low < 1 / reach) + [(reach, "triangle-right")] * (
            high > reach
        )
        figure.add_trace(
            go.Scatter(
                x=[place for place, _ in ends],
                y=[index] * len(ends),
                mode="markers",
                marker={"size": 11, "color": colour, "symbol": [symbol for _, symbol in ends]},
                cliponaxis=False,
                hoverinfo="skip",
                showlegend=False,
            )
        )
    _middle(figure, len(known), 1, (1 / (1 + MARGIN), 1 + MARGIN), colours)
    ticks = {value: text for value, text in _TICKS.items() if 1 / reach <= value <= reach}
    figure.update_xaxes(
        type="log",
        range=[-log10(reach) * 1.05, log10(reach) * 1.05],
        tickvals=list(ticks),
        ticktext=list(ticks.values()),
        tickangle=0,
        showgrid=False,
        ticks="outside",
        tickcolor=colours.line,
        linecolor=colours.line,
    )
    labels = [_wrapped(_label(words, finding)) for finding in known]
    return _finished(figure, colours, labels, words("report.chart.ratio-axis"))


def _middle(figure: Any, rows: int, middle: float, band: tuple[float, float], colours: Palette) -> None:
    """The middle line of each row over the band of practical equality; both leave the labels free."""
    for index in range(rows):
        for x0, x1, colour in ((*band, colours.band), (middle, middle, colours.quiet)):
            figure.add_shape(
                type="rect", x0=x0, x1=x1, y0=index - 0.24, y1=index + 0.15, layer="below",
                fillcolor=colour, line={"color": colour, "width": 1},
            )  # fmt: skip


def _label(words: Words, finding: Finding) -> str:
    return words(
        "report.chart.row",
        title=said(words, finding.title),
        figure=measured.figure_label(words, finding.result),
        ratio=measured.ratio_range(words, finding.result),
    )


def _reach(findings: Sequence[Finding]) -> float:
    """How far the axis of ratios goes to either side: a power of two from 2 to 32."""
    needed = 1.5
    for finding in findings:
        settled = finding.result.verdict in ("tensorflow", "pytorch", "same")
        values = finding.result.interval if settled else (finding.result.ratio,)
        needed = max([needed, *(max(value, 1 / value) for value in values or () if value)])
    return float(next((2**n for n in range(1, 5) if 2**n >= needed), 32))


def _finished(figure: Any, colours: Palette, labels: Sequence[list[str]], title: str) -> Any:
    """Labels above their rows, the frameworks' names at the ends, and everything else quiet."""
    lines = max((len(label) for label in labels), default=1)
    row = _ROW + _LINE * lines
    axis_title = _wrapped(title)
    top, bottom = 34, 34 + 20 * len(axis_title)
    figure.update_layout(
        height=top + bottom + row * max(len(labels), 1),
        margin={"l": 12, "r": 12, "t": top, "b": bottom},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colours.ink, "size": 13, "family": _FONT},
        dragmode=False,
        uirevision="keep",
    )
    figure.update_xaxes(
        title={"text": _lines(axis_title), "font": {"size": 12}, "standoff": 6}, fixedrange=True
    )
    below, above = 14 / row, (_LINE * lines + 20) / row
    figure.update_yaxes(range=[-below - 0.1, max(len(labels), 1) - 1 + above], visible=False, fixedrange=True)
    for index, label in enumerate(labels):
        figure.add_annotation(
            text=_lines(label), x=0, xref="x domain", xanchor="left", y=index, yshift=11, yanchor="bottom",
            align="left", showarrow=False, font={"size": 13},
        )  # fmt: skip
    for side, x, anchor in (("tensorflow", 0.0, "left"), ("pytorch", 1.0, "right")):
        figure.add_annotation(
            text=f"<b>{framework_name(side)}</b>", x=x, y=1, xref="x domain", yref="paper", xanchor=anchor,
            yanchor="bottom", yshift=8, showarrow=False, font={"color": colours.of(side), "size": 13},
        )  # fmt: skip
    return figure


def _lines(lines: Sequence[str]) -> str:
    """Lines as Plotly shows them; it reads a subset of HTML, so the text is escaped."""
    return "<br>".join(escape(line, quote=False) for line in lines)


_PIECE = re.compile(
    r"[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]|[^\s\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]+|\s+"
)
_NOT_FIRST = "、。，．・）」』】〜ー：ぁぃぅぇぉっゃゅょァィゥェォッャュョ"


def _wrapped(text: str, width: int = 46) -> list[str]:
    """The lines of a label on a phone; wide characters count double, and none starts with a closing mark."""
    lines, line, used = [], "", 0
    for piece in _PIECE.findall(text):
        size = sum(2 if ord(character) > 0x2E7F else 1 for character in piece)
        if used + size > width and line.strip() and piece not in _NOT_FIRST:
            kept = line.rstrip("（「『【")
            lines.append(kept.strip())
            line, used = line[len(kept) :], 2 * (len(line) - len(kept))
        line += piece
        used += size
    return [*lines, line.strip()]
