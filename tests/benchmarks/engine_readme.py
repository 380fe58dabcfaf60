"""Write the engine's figures into the README: ``python tests/benchmarks/engine_readme.py``.

Reads ``engine_figures.json``, as written by ``test_asking_order.py`` and ``test_engine_speed.py``.
"""

import json
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).with_name("engine_figures.json")
README = Path(__file__).parents[2] / "README.md"
BEGIN = "<!-- engine: begin (python tests/benchmarks/engine_readme.py) -->"
END = "<!-- engine: end -->"
ORDERS = {"engine": "by worth to the decision", "fixed": "in the fixed order of the questionnaire"}


def main() -> None:
    text = README.read_text(encoding="utf-8")
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    README.write_text(text.replace(current(text), block(figures)), encoding="utf-8")


def current(text: str) -> str:
    """The block that a README holds. Raises :class:`ValueError` without markers."""
    return text[text.index(BEGIN) : text.index(END) + len(END)]


def block(figures: dict[str, Any]) -> str:
    """Questions until decided in both orders, and what an answer costs, as Markdown between its markers."""
    return "\n".join([BEGIN, "", *_asking(figures["asking_order"]), "", _speed(figures), "", PLOT, "", END])


PLOT = (
    "![Milliseconds of advise and explain from 100 to 10,000 rules, both axes logarithmic]"
    "(assets/screenshots/engine_speed.svg)"
)


def _asking(order: dict[str, Any]) -> list[str]:
    counted, knocked = order["without knock-outs"], order["all"]
    rows = [
        f"| {name} | {counted[key]['median']:.0f} | {counted[key]['p90']:.0f} |"
        for key, name in ORDERS.items()
    ]
    left_out = knocked["answer_sets"] - counted["answer_sets"]
    return [
        "Questions until no remaining answer can change the verdict, over the "
        f"{counted['answer_sets']} sets of answers of the covering sample that end with a framework or a "
        f"close call ({left_out} more end with another tool), knowledge of {order['day']}:",
        "",
        "| asked | median | 90th percentile |",
        "| --- | ---: | ---: |",
        *rows,
    ]


def _speed(figures: dict[str, Any]) -> str:
    timed, machine = figures["covering_sample_ms"], figures["machine"]
    advise, explain = timed["advise"], timed["explain"]
    return (
        f"`advise` takes {advise['median']:.1f} ms (slowest of {timed['answer_sets']} half-answered "
        f"questionnaires: {advise['slowest']:.1f} ms), the whole explanation {explain['median']:.1f} ms "
        f"(slowest: {explain['slowest']:.1f} ms), loading and validating {figures['load_ms']:.0f} ms, "
        f"on {machine['cores']} cores with Python {machine['python']}. From 100 to 10,000 random rules "
        "the cost grows no faster than their number:"
    )


if __name__ == "__main__":
    main()
