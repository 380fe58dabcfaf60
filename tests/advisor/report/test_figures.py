"""The charts keep the sides of the balance, show every number in their text, and escape what comes in."""

import subprocess
import sys
from math import log10

import pytest

from advisor.report import figures
from advisor.report.model import Bar, Report
from advisor.report.palette import DARK, LIGHT
from advisor.words import Words

EN, JA = Words.load("en"), Words.load("ja")
LONG = "スマートフォンやタブレットで動く機械学習モデルのための、とても長い題名を持つルール（限定的）"


def bar(shown: float, title: str = "Rule") -> Bar:
    side = "pytorch" if shown > 0 else "tensorflow"
    return Bar(rule=title, title={"en": title, "ja": title}, favours=side, decibans=shown, shown=shown)


def labels(figure: object) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def test_bars_lie_on_their_side_in_their_colour() -> None:
    figure = figures.reasons(EN, [bar(5.0, "a"), bar(-2.0, "b")], LIGHT)
    drawn = dict(zip(figure.data[0].x, figure.data[0].marker.color, strict=True))
    assert drawn == {5.0: LIGHT.pytorch, -2.0: LIGHT.tensorflow}


def test_every_bar_carries_its_number_and_its_title() -> None:
    figure = figures.reasons(EN, [bar(5.0, "First"), bar(-2.0, "Second")], DARK)
    assert set(figure.data[0].text) == {"+5.0", "−2.0"}
    assert {"First", "Second"} <= set(labels(figure))


def test_sum_stands_below_the_reasons_apart_from_them() -> None:
    figure = figures.reasons(EN, [bar(5.0, "a"), bar(-2.0, "b")], LIGHT, total=3.0)
    drawn = dict(zip(figure.data[0].y, figure.data[0].x, strict=True))
    assert drawn == {2: 5.0, 1: -2.0, 0: 3.0}
    assert figure.data[0].marker.color[0] not in (LIGHT.pytorch, LIGHT.tensorflow)
    assert figure.data[0].marker.line.color[0] == LIGHT.pytorch
    assert EN("report.reasons.sum") in labels(figure)


def test_largest_reason_stands_at_the_top() -> None:
    figure = figures.reasons(EN, [bar(5.0), bar(-2.0)], LIGHT)
    assert dict(zip(figure.data[0].y, figure.data[0].x, strict=True)) == {1: 5.0, 0: -2.0}


def test_long_title_is_broken_into_lines_that_fit_a_phone() -> None:
    (label, *_) = labels(figures.reasons(JA, [bar(5.0, LONG)], LIGHT))
    lines = label.split("<br>")
    assert "".join(lines) == LONG
    assert len(lines) > 1
    assert all(len(line) <= 24 for line in lines)
    assert not any(line[0] in "、。）" for line in lines)


def test_axis_leaves_room_for_the_numbers_beside_the_bars() -> None:
    figure = figures.reasons(EN, [bar(10.0)], LIGHT)
    low, high = figure.layout.xaxis.range
    assert -low == high > 12


def test_ratio_has_its_interval_and_its_number(measured_report: Report) -> None:
    assert measured_report.measured is not None
    figure = figures.ratios(EN, measured_report.measured.findings, LIGHT)
    point = figure.data[0]
    assert point.x == (0.36,)
    assert point.error_x.array[0] == pytest.approx(0.04)
    assert point.error_x.arrayminus[0] == pytest.approx(0.02)
    assert point.marker.color == LIGHT.tensorflow
    assert any("0.36 (0.34–0.40)" in label.replace("<br>", " ") for label in labels(figure))
    assert figure.layout.xaxis.type == "log"


def test_interval_that_leaves_the_axis_ends_in_triangles(measured_report: Report) -> None:
    assert measured_report.measured is not None
    finding = measured_report.measured.findings[0]
    wide = finding.result.model_copy(update={"verdict": "cannot-tell", "ratio": 1.0, "interval": (1e-3, 1e3)})
    figure = figures.ratios(EN, [finding.model_copy(update={"result": wide})], LIGHT)
    assert figure.data[1].marker.symbol == ("triangle-left", "triangle-right")
    assert all(abs(log10(x)) <= figure.layout.xaxis.range[1] for x in figure.data[1].x)
    assert figure.data[0].marker.color == LIGHT.quiet


def test_findings_without_a_ratio_are_not_drawn(measured_report: Report) -> None:
    assert measured_report.measured is not None
    finding = measured_report.measured.findings[0]
    bare = finding.result.model_copy(update={"ratio": None, "interval": None, "verdict": "withheld"})
    assert not figures.ratios(EN, [finding.model_copy(update={"result": bare})], LIGHT).data


def test_charts_escape_what_came_from_outside(hostile_report: Report) -> None:
    assert hostile_report.measured is not None
    for figure in (
        figures.ratios(EN, hostile_report.measured.findings, LIGHT),
        figures.reasons(EN, [bar(1.0, "<a href='javascript:alert(1)'>x</a><script>1</script>")], LIGHT),
    ):
        texts = [*labels(figure), *(str(trace.hovertext) for trace in figure.data if trace.hovertext)]
        assert any("&lt;" in text for text in texts)
        assert not [text for text in texts if "<script" in text or "<a" in text or "<img" in text]


@pytest.mark.parametrize("draw", [figures.reasons, figures.ratios])
def test_empty_chart_can_be_drawn(draw: object) -> None:
    assert draw(EN, [], LIGHT).layout.height > 0


WHILE_PANDAS_LOADS = """
import sys, threading, time
import plotly.graph_objects
from advisor.report import figures
from advisor.report.model import Bar
from advisor.report.palette import LIGHT
from advisor.words import Words

words = Words.load("en")
assert "pandas" not in sys.modules
another = threading.Thread(target=lambda: __import__("pandas"))
another.start()
while "pandas" not in sys.modules:
    time.sleep(0.0001)
assert not hasattr(sys.modules["pandas"], "Series")
figures.reasons(words, [], LIGHT)
figures.reasons(words, [Bar(**BAR)], LIGHT)
another.join()
"""


def test_chart_is_drawn_while_another_page_is_loading_pandas() -> None:
    script = WHILE_PANDAS_LOADS.replace("BAR)", f"{bar(3.0).model_dump()!r})")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr[-1500:]
