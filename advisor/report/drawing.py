"""Small SVG drawings of the balance: they need no script, print well and carry their own description.

All of them share one picture: TensorFlow left, PyTorch right, zero in the middle.
"""

from html import escape
from math import log

from advisor.report.palette import Palette
from probes.statistics import MARGIN

_HEIGHT = 18
_AXIS = 8.0  # the axis of ratios reaches from 1/8 to 8


def bar(decibans: float, reach: float, colours: Palette, description: str) -> str:
    """One bar from the middle to the side that it favours. ``reach`` is the full half width in decibans."""
    half = 100.0
    length = half * min(abs(decibans) / reach, 1.0) if reach else 0.0
    side = "pytorch" if decibans > 0 else "tensorflow"
    start = half if decibans > 0 else half - length
    return _svg(
        200,
        description,
        f'<rect x="{start:.1f}" y="4" width="{length:.1f}" height="10" rx="1.5" fill="{colours.of(side)}"/>'
        f'<line x1="100" y1="0" x2="100" y2="{_HEIGHT}" stroke="{colours.quiet}" stroke-width="1"/>',
    )


def balance(
    probability: float, low: float, high: float, colours: Palette, description: str, width: int = 360
) -> str:
    """The leaning gauge: where the probability of PyTorch stands, and the range still open."""
    x, left, right = (width * share for share in (probability, low, high))
    fill = colours.of("pytorch" if probability > 0.5 else "tensorflow" if probability < 0.5 else "")
    middle = width / 2
    return _svg(
        width,
        description,
        f'<line x1="0" y1="9" x2="{width}" y2="9" stroke="{colours.line}" stroke-width="2"/>'
        f'<rect x="{left:.1f}" y="6" width="{max(right - left, 1):.1f}" height="6" rx="3" '
        f'fill="{fill}" opacity="0.3"/>'
        f'<line x1="{middle}" y1="1" x2="{middle}" y2="17" stroke="{colours.quiet}" stroke-width="1"/>'
        f'<rect x="{min(max(x, 3), width - 3) - 3:.1f}" y="0" width="6" height="18" rx="2" fill="{fill}"/>',
    )


def interval(low: float, point: float, high: float, leader: str, colours: Palette, description: str) -> str:
    """A ratio with its interval on a logarithmic axis from 1/8 to 8, the band of practical equality shaded.

    A ratio above 1 (TensorFlow needs more) lies on PyTorch's side, the right. ``leader`` is the framework
    that is ahead; any other word leaves the drawing grey. An end beyond the axis has an arrowhead.
    """
    a, m, b = _place(low), _place(point), _place(high)
    colour = colours.of(leader)
    left, right = _place(1 / (1 + MARGIN)), _place(1 + MARGIN)
    heads = [
        f'<path d="M{x} 9l{inward} -5v10z" fill="{colour}"/>'
        for x, inward, beyond in ((0, 7, low < 1 / _AXIS), (200, -7, high > _AXIS))
        if beyond
    ]
    mark = f'<rect x="{m - 1.5:.1f}" y="2" width="3" height="14" rx="1" fill="{colour}"/>'
    return _svg(
        200,
        description,
        f'<rect x="{left:.1f}" y="0" width="{right - left:.1f}" height="{_HEIGHT}" fill="{colours.band}"/>'
        f'<line x1="100" y1="0" x2="100" y2="{_HEIGHT}" stroke="{colours.quiet}" stroke-width="1"/>'
        f'<line x1="{a:.1f}" y1="9" x2="{b:.1f}" y2="9" stroke="{colour}" stroke-width="3"/>'
        + "".join(heads)
        + (mark if 1 / _AXIS <= point <= _AXIS else ""),
    )


def _place(ratio: float) -> float:
    """Where a ratio lies on the axis, from 0 to 200."""
    return 100 + 100 * max(-1.0, min(1.0, log(ratio, _AXIS)))


def _svg(width: int, description: str, body: str) -> str:
    return (
        f'<svg role="img" aria-label="{escape(description)}" viewBox="0 0 {width} {_HEIGHT}" '
        f'xmlns="http://www.w3.org/2000/svg" preserveAspectRatio="none">{body}</svg>'
    )
