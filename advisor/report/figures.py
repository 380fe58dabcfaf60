"""The interactive charts of the pages. Each has its table beside it; Plotly is imported on first use only."""

from collections.abc import Sequence
from typing import Any

from advisor.report.model import Bar, Finding
from advisor.report.palette import Palette
from advisor.report.sentences import framework_name
from advisor.words import Words

EQUAL_WITHIN = 1.1  # the margin of practical equality, as a ratio


def reasons(words: Words, bars: Sequence[Bar], colours: Palette) -> Any:
    """The reasons as bars from the middle, in decibans; they sum to the margin. Returns a Plotly figure."""
    import plotly.graph_objects as go

    shown = list(reversed(bars))
    figure = go.Figure(
        go.Bar(
            x=[bar.shown for bar in shown],
            y=[bar.rule for bar in shown],
            orientation="h",
            marker_color=[colours.of(bar.favours) for bar in shown],
            text=[words.signed(bar.shown) for bar in shown],
            textposition="outside",
            cliponaxis=False,
            hovertext=[_in(words, bar.title) for bar in shown],
            hovertemplate="%{hovertext}<br>%{text} dB<extra></extra>",
        )
    )
    reach = max((abs(bar.shown) for bar in shown), default=1.0) * 1.35
    figure.update_yaxes(
        tickmode="array",
        tickvals=[bar.rule for bar in shown],
        ticktext=[_wrapped(_in(words, bar.title)) for bar in shown],
        showgrid=False,
    )
    figure.update_xaxes(range=[-reach, reach], title=words("report.chart.reasons-axis"), zeroline=True)
    figure.update_xaxes(zerolinecolor=colours.quiet, gridcolor=colours.line)
    return _quiet(figure, colours, height=90 + 34 * max(len(shown), 1))


def ratios(words: Words, findings: Sequence[Finding], colours: Palette) -> Any:
    """Measured ratios with their intervals on a logarithmic axis, equality as a shaded band. Plotly."""
    import plotly.graph_objects as go

    known = [f for f in reversed(findings) if f.result.ratio is not None and f.result.interval is not None]
    figure = go.Figure()
    for index, finding in enumerate(known):
        result = finding.result
        assert result.ratio is not None
        assert result.interval is not None
        low, high = result.interval
        colour = colours.of(result.verdict)
        figure.add_trace(
            go.Scatter(
                x=[result.ratio],
                y=[index],
                mode="markers+text",
                marker={"size": 11, "color": colour},
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [high - result.ratio],
                    "arrayminus": [result.ratio - low],
                    "color": colour,
                    "thickness": 3,
                },
                text=[words.number(result.ratio, 2)],
                textposition="top center",
                hovertemplate=words(
                    "report.chart.ratio-hover", low=words.number(low, 2), high=words.number(high, 2)
                )
                + "<extra></extra>",
                showlegend=False,
            )
        )
    figure.add_vrect(
        x0=1 / EQUAL_WITHIN, x1=EQUAL_WITHIN, fillcolor=colours.band, line_width=0, layer="below"
    )
    figure.add_vline(x=1, line_color=colours.quiet, line_width=1)
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(known))),
        ticktext=[_wrapped(_label(words, finding)) for finding in known],
        range=[-0.6, len(known) - 0.2],
        showgrid=False,
    )
    ticks = [0.125, 0.25, 0.5, 1, 2, 4, 8]
    figure.update_xaxes(
        type="log",
        tickvals=ticks,
        ticktext=["1/8", "1/4", "1/2", "1", "2", "4", "8"],
        title=words("report.chart.ratio-axis"),
        gridcolor=colours.line,
    )
    return _quiet(figure, colours, height=110 + 44 * max(len(known), 1))


def _label(words: Words, finding: Finding) -> str:
    metric = words(f"report.metric.{finding.result.metric}.name")
    track = words(f"report.track.{finding.result.track}")
    return words("report.chart.ratio-label", title=_in(words, finding.title), metric=metric, track=track)


def _quiet(figure: Any, colours: Palette, height: int) -> Any:
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 24, "t": 28, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colours.ink, "size": 13},
        bargap=0.35,
        dragmode=False,
        uirevision="keep",
    )
    for side, x, anchor in (("tensorflow", 0.0, "left"), ("pytorch", 1.0, "right")):
        figure.add_annotation(
            text=framework_name(side),
            x=x,
            y=1,
            xref="x domain",
            yref="paper",
            xanchor=anchor,
            yanchor="bottom",
            showarrow=False,
            font={"color": colours.of(side), "size": 13},
        )
    return figure


def _wrapped(text: str, width: int = 22) -> str:
    """Break a label into lines that fit beside a chart on a phone; wide characters count double."""
    lines, line, used = [], "", 0
    for token in text.split(" ") if " " in text else list(text):
        size = sum(2 if ord(character) > 0x2E7F else 1 for character in token) + (1 if " " in text else 0)
        if used + size > width and line:
            lines.append(line.rstrip())
            line, used = "", 0
        line += token + (" " if " " in text else "")
        used += size
    return "<br>".join([*lines, line.rstrip()])


def _in(words: Words, text: dict[str, str]) -> str:
    return text.get(words.language, text["en"])
