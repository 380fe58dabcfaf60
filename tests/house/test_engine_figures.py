"""The engine's figures in the README are those that were measured last."""

import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
spec = importlib.util.spec_from_file_location(
    "engine_readme", ROOT / "tests" / "benchmarks" / "engine_readme.py"
)
assert spec is not None
assert spec.loader is not None
engine_readme = importlib.util.module_from_spec(spec)
spec.loader.exec_module(engine_readme)
FIGURES = json.loads(engine_readme.FIGURES.read_text(encoding="utf-8"))


def test_the_readme_holds_the_figures_measured_last() -> None:
    assert engine_readme.current(README) == engine_readme.block(FIGURES)


def test_asking_by_worth_takes_fewer_questions_than_the_fixed_order() -> None:
    order = FIGURES["asking_order"]["without knock-outs"]
    for share in ("median", "p90"):
        assert order["engine"][share] < order["fixed"][share]


@pytest.mark.parametrize("cost", ["advise_ms", "explain_ms"])
def test_the_plotted_cost_grows_no_faster_than_the_rules(cost: str) -> None:
    first, *_, last = FIGURES["curve"]["points"]
    assert last[cost] / first[cost] <= last["rules"] / first["rules"]
