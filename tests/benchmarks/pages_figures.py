"""Where the benchmarks of the pages keep their figures, for the README."""

import json
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).with_name("pages_figures.json")


def keep(name: str, figures: Any) -> None:
    """Replace one entry of the figures file, and print it."""
    found = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    text = json.dumps({**found, name: figures}, indent=2, sort_keys=True)
    FIGURES.write_text(text + "\n", encoding="utf-8")
    print(name, json.dumps(figures, indent=2))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]
