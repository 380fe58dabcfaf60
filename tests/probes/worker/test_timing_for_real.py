"""Real timings in both frameworks: every track runs and says what it did. No figure is judged here."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from run_worker import failures, run_worker

from probes.contract import FRAMEWORKS, Framework

pytestmark = pytest.mark.frameworks

Events = list[dict[str, Any]]


def timed(probe: str, track: str, variant: str | None = None, **parameters: int) -> dict[str, Any]:
    return {
        "kind": "time",
        "probe": probe,
        "track": track,
        "variant": variant,
        "seconds": 0.2,
        "parameters": parameters,
    }


TASKS = (
    timed("mlp", "as-written"),
    timed("mlp", "matched"),
    timed("mlp", "matched", "eager"),
    timed("mlp", "matched", "bfloat16"),
    timed("cnn", "matched", "channels-last", batch=8),
    timed("transformer", "as-written", batch=4),
    timed("gnn", "as-written", batch=4),
    timed("linear_regression", "as-written"),
    timed("digits", "matched"),
    {"kind": "parity", "probe": "linear_regression"},
    {"kind": "self-test"},
)


@pytest.fixture(scope="module")
def events() -> dict[Framework, Events]:
    return {framework: run_worker(framework, TASKS) for framework in FRAMEWORKS}


def notes(events: Events, probe: str, track: str = "matched") -> dict[str, Any]:
    return {
        event["key"]: event["value"]
        for event in events
        if event["event"] == "note" and event["probe"] == probe and event["track"] == track
    }


def ledger(events: Events) -> dict[str, str]:
    return {
        item: value
        for event in events
        if event["event"] == "ledger"
        for item, value in event["items"].items()
    }


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_track_and_variant_runs(framework: Framework, events: dict[Framework, Events]) -> None:
    assert not failures(events[framework])
    timed_tasks = [
        (event["probe"], event["track"], event["variant"])
        for event in events[framework]
        if event["event"] == "sample" and event["metric"] == "steady-step" and event["block"] == 0
    ]
    assert timed_tasks == [
        (task["probe"], task["track"], task["variant"]) for task in TASKS if task["kind"] == "time"
    ]


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_the_aligned_settings_are_read_back_equal(
    framework: Framework, events: dict[Framework, Events]
) -> None:
    rows = ledger(events[framework])
    assert rows["threads-asked"] == "1"
    assert rows["matched.mlp.optimizer"] == "Adam"
    assert rows["matched.mlp.epsilon"] == "1e-07"
    assert rows["matched.mlp.learning-rate"] == "0.001"
    assert rows["deterministic-operations"] == "off"


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_the_ledger_holds_every_promised_setting(
    framework: Framework, events: dict[Framework, Events]
) -> None:
    rows = ledger(events[framework])
    promised = {
        *("version", "build", "build-options", "python", "numpy", "device", "environment"),
        *("threads-asked", "threads-within-an-operation", "threads-between-operations"),
        *("default-precision", "tf32-matrix-product", "tf32-convolution", "deterministic-operations"),
        *("matched.execution", "matched.layout", "matched.precision", "matched.tf32"),
        *("matched.mlp.optimizer", "matched.mlp.learning-rate", "matched.mlp.fused-update"),
    }
    assert promised <= rows.keys()
    assert all(rows[item] for item in promised)


def test_a_graph_tells_its_retraces(events: dict[Framework, Events]) -> None:
    assert ledger(events["tensorflow"])["matched.mlp.retraces"] == "0"


def test_the_defaults_differ_where_the_frameworks_do(events: dict[Framework, Events]) -> None:
    assert ledger(events["tensorflow"])["as-written.mlp.epsilon"] == "1e-07"
    assert ledger(events["pytorch"])["as-written.mlp.epsilon"] == "1e-08"


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_real_digits_reach_their_target(framework: Framework, events: dict[Framework, Events]) -> None:
    found = notes(events[framework], "digits")
    assert found["accuracy-reached"] >= 0.95
    assert any(event.get("metric") == "time-to-accuracy" for event in events[framework])


def test_the_same_steps_reach_the_target_on_both_sides(events: dict[Framework, Events]) -> None:
    # Same weights, same batches, same optimiser: an epoch more or less is what rounding may cost.
    left, right = (notes(events[framework], "digits")["steps-to-accuracy"] for framework in FRAMEWORKS)
    assert abs(left - right) <= 22


@pytest.mark.parametrize(("framework", "steps"), [("tensorflow", 200), ("pytorch", 50)])
def test_the_printed_snippet_runs_with_its_own_settings(
    framework: Framework, steps: int, events: dict[Framework, Events]
) -> None:
    found = notes(events[framework], "linear_regression")["as-printed"]
    assert [draw["steps"] for draw in found] == [steps] * 2
    # Short of the true 3, and of the 2.98 and 2.97 that the guide prints.
    assert all(0 < draw["weight"] < 2.9 for draw in found)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_the_harness_measures_itself(framework: Framework, events: dict[Framework, Events]) -> None:
    found = notes(events[framework], "self-test")
    assert set(found) == {"sleep", "empty-step", "allocation", "without-synchronisation"}
    assert found["sleep"]["measured"] >= found["sleep"]["expected"]
    assert found["allocation"]["passed"]


def test_keras_runs_on_pytorch_as_the_bridge() -> None:
    found = run_worker("pytorch", [timed("mlp", "as-written", "keras-on-torch")])
    assert not failures(found)
    assert "fit on PyTorch" in ledger(found)["as-written.mlp.execution"]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[Framework, tuple[Events, Events]]:
    """Two launches of one compiled training, the second with the caches of the first."""
    if not shutil.which("g++"):
        pytest.skip("needs a C++ compiler: g++")
    found: dict[Framework, tuple[Events, Events]] = {}
    for framework in FRAMEWORKS:
        home = tmp_path_factory.mktemp(framework)
        places = {"TORCHINDUCTOR_CACHE_DIR": str(home / "inductor"), "TMPDIR": str(home)}
        tasks = [{"kind": "compiler"}, timed("linear_regression", "tuned")]
        first = run_worker(framework, tasks, environment=places)
        found[framework] = first, run_worker(framework, tasks[1:], environment=places, cache_kept=True)
    return found


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_compiling_again_is_a_figure_of_its_own(
    framework: Framework, compiled: dict[Framework, tuple[Events, Events]]
) -> None:
    for events, metric in zip(compiled[framework], ("compile", "compile-cached"), strict=True):
        assert not failures(events)
        told = {event["metric"] for event in events if event["event"] == "sample"}
        assert told & {"compile", "compile-cached"} == {metric}


def test_torch_compile_finds_its_work_in_the_cache(
    compiled: dict[Framework, tuple[Events, Events]],
) -> None:
    first, again = compiled["pytorch"]
    assert notes(first, "linear_regression", "tuned")["compile-cache"] == "cold"
    assert notes(again, "linear_regression", "tuned")["compile-cache"] == "warm"
    assert "built before any clock ran" in ledger(first)["compiler-header"]
    assert ledger(first)["tuned.linear_regression.graph-breaks"] == "0"


def test_torch_compile_without_a_compiler_says_what_to_install() -> None:
    found = run_worker(
        "pytorch", [timed("mlp", "tuned")], environment={"PATH": "/nonexistent", "CXX": "no-such-compiler"}
    )
    (message,) = failures(found)
    assert "torch.compile needs a C++ compiler" in message


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_device_that_is_not_here_is_told(framework: Framework) -> None:
    found = run_worker(framework, [timed("mlp", "matched")], device="mps")
    assert "sees no mps device" in failures(found)[0]
    assert found[-1]["event"] == "finished"


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_look_tells_version_and_devices(framework: Framework) -> None:
    started, finished = run_worker(framework, look=True)
    assert started["devices"][0]["kind"] == "cpu"
    assert started["version"]
    assert finished["event"] == "finished"


def test_a_bad_job_is_refused_before_anything_is_imported() -> None:
    (failed,) = run_worker("pytorch", device="abacus")
    assert (failed["event"], failed["probe"], failed["kind"]) == ("task-failed", None, "broken")
    assert "write one of: cpu, cuda, mps" in failed["message"]


def test_a_framework_that_cannot_be_imported_is_told(tmp_path: Path) -> None:
    (tmp_path / "torch.py").write_text("raise ImportError('half an installation')")
    (failed,) = run_worker("pytorch", environment={"PYTHONPATH": str(tmp_path)})
    assert (failed["probe"], failed["kind"]) == (None, "broken")
    assert "half an installation" in failed["message"]
