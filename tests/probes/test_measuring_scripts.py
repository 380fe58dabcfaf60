"""The long measurements, made short: fake workers in place of the frameworks."""

import json
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import measure_everything
import measure_null
import where_time_goes

SLOW_TORCH = {"tensorflow": {"step": 1.0}, "pytorch": {"step": 2.0}}


def test_null_runs_go_on_where_the_file_ends(fake_plan, tmp_path):
    plan = fake_plan({"plain": SLOW_TORCH}, pairs=6, null=True)
    output = tmp_path / "null.json"
    assert measure_null.measure(plan, 1, 60, output)["runs"] == 1
    assert measure_null.measure(plan, 2, 60, output)["runs"] == 2
    told = json.loads(output.read_text())
    assert told["figures"]["steady-step"]["comparisons"] == 2 * 2  # runs, sides
    assert len(told["records"]) == 2


def test_null_runs_stop_when_the_seconds_are_spent(fake_plan, tmp_path):
    plan = fake_plan({"plain": SLOW_TORCH}, pairs=6, null=True)
    assert measure_null.measure(plan, 5, 0.0, tmp_path / "null.json")["runs"] == 0


def test_false_verdicts_are_counted_by_figure():
    rows = [
        {"metric": "steady-step", "passed": True, "shown_same": True},
        {"metric": "steady-step", "passed": False, "shown_same": False},
        {"metric": "build", "passed": True, "shown_same": False},
    ]
    assert measure_null.counted([{"rows": rows}])["figures"] == {
        "steady-step": {"comparisons": 2, "false": 1, "same": 1},
        "build": {"comparisons": 1, "false": 0, "same": 0},
    }


def test_everything_is_a_file_and_a_table_and_is_not_measured_twice(fake_plan, tmp_path):
    plans = [fake_plan({"plain": SLOW_TORCH}, pairs=3)]
    output = tmp_path / "everything.json"
    (first,) = measure_everything.measure(plans, 100, output)
    (again,) = measure_everything.measure(plans, 100, output)
    assert first.id == again.id
    lines = output.with_suffix(".md").read_text().splitlines()
    assert lines[2].startswith("| plain | matched | steady-step |")
    assert lines[2].endswith("| 3 | TensorFlow |")


@pytest.mark.parametrize("plan", ["quick", "standard", "thorough"])
def test_every_track_is_planned(plan):
    assert len(measure_everything.plan_for("mlp", plan).probes[0].tracks) == 3


def test_the_seconds_of_a_run_are_all_accounted_for(fake_plan):
    started = time.monotonic()
    spent = where_time_goes.time_of(fake_plan({"plain": SLOW_TORCH}, pairs=3))
    assert sum(spent.values()) == pytest.approx(time.monotonic() - started, rel=0.05, abs=0.1)
    assert {("parity check", "both"), ("start", "tensorflow"), ("measure", "pytorch")} <= spent.keys()
    assert list(where_time_goes.table(spent))[2].startswith("| parity check |")
