"""Draw the engine's cost against the number of rules: ``python tests/benchmarks/plot_engine_curves.py``.

Reads ``engine_figures.json``, as written by ``test_engine_speed.py``; writes
``assets/screenshots/engine_speed.svg``.
"""

import json
from collections.abc import Callable, Sequence
from math import log10
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "assets" / "screenshots" / "engine_speed.svg"
WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 80, 110, 48, 60
RULES = (100, 1_000, 10_000)
MILLISECONDS = (0.1, 1, 10, 100, 1_000)
LINES = (("advise_ms", "advise", "#0b6e99", ""), ("explain_ms", "explain", "#b3541e", "6 4"))
Scale = Callable[[float], float]


def main() -> None:
    curve = json.loads((HERE / "engine_figures.json").read_text(encoding="utf-8"))["curve"]["points"]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(drawn(curve), encoding="utf-8")


def drawn(curve: Sequence[dict[str, float]]) -> str:
    """The whole picture. Both axes are logarithmic: a cost in proportion to the rules is a straight rise."""
    across = axis(RULES[0], RULES[-1], LEFT, WIDTH - RIGHT)
    tops = max(MILLISECONDS[-1], *(row["explain_ms"] for row in curve))
    up = axis(MILLISECONDS[0], tops, HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="system-ui, sans-serif" font-size="14" fill="#222">',
        "<title>Milliseconds of advise and explain against the number of rules</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="26" font-size="16">Engine cost against the number of rules</text>',
        *grid(across, up),
        *(part for line in LINES for part in plotted(curve, line, across, up)),
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 14}" text-anchor="middle">rules</text>',
        f'<text x="20" y="{HEIGHT / 2}" text-anchor="middle" '
        f'transform="rotate(-90 20 {HEIGHT / 2})">milliseconds</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def axis(low: float, high: float, start: float, end: float) -> Scale:
    def place(value: float) -> float:
        return round(start + (log10(value) - log10(low)) / (log10(high) - log10(low)) * (end - start), 1)

    return place


def grid(across: Scale, up: Scale) -> list[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    parts = []
    for rules in RULES:
        x = across(rules)
        parts.append(f'<line x1="{x}" y1="{TOP}" x2="{x}" y2="{bottom}" stroke="#ddd"/>')
        parts.append(f'<text x="{x}" y="{bottom + 20}" text-anchor="middle">{rules:,}</text>')
    for size in MILLISECONDS:
        y = up(size)
        parts.append(f'<line x1="{LEFT}" y1="{y}" x2="{right}" y2="{y}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 5}" text-anchor="end">{size:,}</text>')
    return parts


def plotted(
    curve: Sequence[dict[str, float]], line: tuple[str, str, str, str], across: Scale, up: Scale
) -> list[str]:
    key, name, colour, dashes = line
    points = [(across(row["rules"]), up(row[key])) for row in curve]
    path = " ".join(f"{x},{y}" for x, y in points)
    style = f'fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes}"'
    x, y = points[-1]
    return [
        f'<polyline points="{path}" {style}/>',
        *(f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>' for x, y in points),
        f'<text x="{x + 10}" y="{y + 5}" fill="{colour}">{name}</text>',
    ]


if __name__ == "__main__":
    main()
