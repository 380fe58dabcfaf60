"""The small drawings keep the sides of the balance, and say in words what they show."""

import re
import xml.etree.ElementTree as ET

import pytest

from advisor.report import drawing
from advisor.report.palette import DARK, LIGHT


def rects(svg: str) -> list[dict[str, str]]:
    return [dict(node.attrib) for node in ET.fromstring(svg).iter() if node.tag.endswith("rect")]


def test_bar_for_pytorch_grows_right_of_the_middle_in_its_colour() -> None:
    (bar,) = rects(drawing.bar(5.0, 10.0, LIGHT, "x"))
    assert float(bar["x"]) == 100
    assert float(bar["width"]) == 50
    assert bar["fill"] == LIGHT.pytorch


def test_bar_for_tensorflow_ends_at_the_middle_in_its_colour() -> None:
    (bar,) = rects(drawing.bar(-10.0, 10.0, DARK, "x"))
    assert float(bar["x"]) == 0
    assert float(bar["width"]) == 100
    assert bar["fill"] == DARK.tensorflow


@pytest.mark.parametrize(("leader", "colour"), [("tensorflow", LIGHT.tensorflow), ("pytorch", LIGHT.pytorch)])
def test_interval_has_the_colour_of_the_framework_that_is_ahead(leader: str, colour: str) -> None:
    assert colour in drawing.interval(1.9, 2.0, 2.1, leader, LIGHT, "x")


@pytest.mark.parametrize("leader", ["same", "cannot-tell", "withheld"])
def test_interval_without_a_leader_takes_neither_colour(leader: str) -> None:
    svg = drawing.interval(1.9, 2.0, 2.1, leader, LIGHT, "x")
    assert LIGHT.tensorflow not in svg
    assert LIGHT.pytorch not in svg


def test_interval_lies_right_of_the_middle_where_tensorflow_needs_more() -> None:
    line = list(ET.fromstring(drawing.interval(2, 4, 8, "pytorch", LIGHT, "x")).iter())[3]
    assert float(line.attrib["x1"]) == pytest.approx(133.3, abs=0.1)
    assert float(line.attrib["x2"]) == 200


def test_interval_that_leaves_the_axis_ends_in_an_arrowhead() -> None:
    assert drawing.interval(0.01, 1, 900, "cannot-tell", LIGHT, "x").count("<path") == 2
    assert "<path" not in drawing.interval(0.2, 1, 5, "cannot-tell", LIGHT, "x")


def test_balance_spans_the_open_range() -> None:
    svg = drawing.balance(0.62, 0.18, 0.91, LIGHT, "x", width=100)
    band, _ = rects(svg)
    assert float(band["x"]) == 18
    assert float(band["width"]) == pytest.approx(73)


@pytest.mark.parametrize("text", ['<script>alert("1")</script>', "a & b"])
def test_description_is_escaped(text: str) -> None:
    node = ET.fromstring(drawing.bar(1, 1, LIGHT, text))
    assert node.attrib["aria-label"] == text
    assert node.attrib["role"] == "img"


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["tensorflow", "pytorch", "ink", "quiet"])
def test_text_colours_reach_contrast_4_5(colours: object, name: str) -> None:
    ink, ground = luminance(getattr(colours, name)), luminance(getattr(colours, "surface"))  # noqa: B009
    assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 4.5
    assert re.fullmatch(r"#[0-9A-F]{6}", getattr(colours, name))
