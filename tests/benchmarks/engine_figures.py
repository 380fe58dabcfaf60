"""Where the engine's benchmarks keep their figures, for the plot and the README."""

import json
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).with_name("engine_figures.json")


def keep(name: str, figures: Any) -> None:
    """Replace one entry of the figures file."""
    found = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    text = json.dumps({**found, name: figures}, indent=2, sort_keys=True)
    FIGURES.write_text(text + "\n", encoding="utf-8")
