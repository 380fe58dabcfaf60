"""Doing the tasks of a launch with a fake framework: every failure becomes an event, and the rest goes on."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fake_seam import FakeSeam

from probes.worker import launch
from probes.worker.channel import Channel
from probes.worker.job import Job, Task

EXAMPLE = Path(__file__).parents[1] / "catalog" / "example_catalog" / "autoencoder"
SIDE = "def build(weights, parameters): ...\ndef loss(model, x, y): ...\ndef predict(model, x): ...\n"

Event = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "autoencoder"
    copy.mkdir()
    (copy / "spec.py").write_bytes((EXAMPLE / "spec.py").read_bytes())
    (copy / "with_torch.py").write_text(SIDE)
    return copy


def events(monkeypatch: pytest.MonkeyPatch, seam: FakeSeam, job: Job) -> list[Event]:
    monkeypatch.setattr(launch, "open_seam", lambda framework: seam)
    monkeypatch.setattr(launch.environment, "set_up", lambda *given: None)
    stream = io.StringIO()
    launch.run_job(job, Channel(stream))
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def timed(folder: Path, **changes: Any) -> Job:
    task = Task(**{"kind": "time", "probe": "autoencoder", "folder": folder, "seconds": 0.3, **changes})
    return Job("pytorch", threads=1, tasks=(task,))


def test_a_look_reports_and_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    found = events(monkeypatch, FakeSeam(), Job("pytorch", look=True))
    assert [event["event"] for event in found] == ["started", "finished"]
    assert found[0]["version"] == "1.0"
    assert found[0]["import_seconds"] >= 0


def test_a_timing_reports_every_figure(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    found = events(monkeypatch, FakeSeam(), timed(folder))
    samples = {event["metric"]: event for event in found if event["event"] == "sample"}
    assert set(samples) == {
        "build",
        "first-step",
        "compile",
        "steady-step",
        "peak-memory",
        "peak-device-memory",
    }
    assert samples["steady-step"]["value"] == pytest.approx(2.0)
    assert samples["steady-step"]["unit"] == "ms"
    assert found[-1]["event"] == "finished"


@pytest.mark.parametrize(
    ("findings", "cache_kept", "cached"),
    [
        ({"compile-cache": "cold"}, False, False),
        ({"compile-cache": "warm"}, True, True),
        ({"compile-cache": "cold"}, True, False),  # kept, and yet the work was not found there
        ({}, False, False),
        ({}, True, True),  # a compiler without a cache does its work again
    ],
)
def test_compiling_with_a_filled_cache_is_a_figure_of_its_own(
    monkeypatch: pytest.MonkeyPatch, folder: Path, findings: dict[str, str], cache_kept: bool, cached: bool
) -> None:
    seam = FakeSeam()
    seam.findings = findings
    found = events(monkeypatch, seam, replace(timed(folder, track="tuned"), cache_kept=cache_kept))
    told = {event["metric"] for event in found if event["event"] == "sample"}
    expected = {"compile-cached"} if cached else {"compile", "first-step"}
    assert told & {"compile", "compile-cached", "first-step"} == expected


def test_steps_that_do_not_compile_have_no_cache(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    found = events(monkeypatch, FakeSeam(), replace(timed(folder), cache_kept=True))
    assert {"compile", "first-step"} <= {event["metric"] for event in found if event["event"] == "sample"}


@pytest.mark.parametrize(
    ("seconds", "rows"), [(11.24, ["built before any clock ran, in 11.2 s"]), (None, [])]
)
def test_what_the_compiler_was_prepared_with_is_in_the_ledger(
    monkeypatch: pytest.MonkeyPatch, seconds: float | None, rows: list[str]
) -> None:
    seam = FakeSeam()
    seam.compiler_seconds = seconds
    found = events(monkeypatch, seam, Job("pytorch", tasks=(Task("compiler"),)))
    told = [event["items"].get("compiler-header") for event in found if event["event"] == "ledger"]
    assert [value for value in told if value] == rows
    assert not [event for event in found if event["event"] == "task-failed"]


def test_the_ledger_names_track_and_probe(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    seam = FakeSeam()
    seam.findings = {"retraces": 2}
    found = events(monkeypatch, seam, timed(folder))
    items: dict[str, str] = {}
    for event in found:
        items |= event["items"] if event["event"] == "ledger" else {}
    assert items["threads-asked"] == "1"
    assert items["matched.execution"] == "fake"
    assert items["matched.autoencoder.epsilon"] == "1e-07"
    assert items["matched.autoencoder.retraces"] == "2"


def test_a_variant_leaves_the_rows_of_its_track_alone(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    found = events(monkeypatch, FakeSeam(), timed(folder, probe="autoencoder+eager", variant="eager"))
    rows = {item for event in found if event["event"] == "ledger" for item in event["items"]}
    assert "matched.autoencoder+eager.execution" in rows
    assert "matched.execution" not in rows


def test_tf32_is_set_for_the_track_and_given_back(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    seam = FakeSeam()
    events(monkeypatch, seam, timed(folder, track="tuned"))
    assert "built with tf32 True" in seam.log
    assert seam.tf32_now is None


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (RuntimeError("no memory on the device"), "out-of-memory"),
        (MemoryError(), "out-of-memory"),
        (ModuleNotFoundError("No module named 'sklearn'"), "broken"),
        (ZeroDivisionError("division by zero"), "crash"),
    ],
)
def test_a_failure_is_an_event_with_its_kind(
    monkeypatch: pytest.MonkeyPatch, folder: Path, error: BaseException, kind: str
) -> None:
    found = events(monkeypatch, FakeSeam(failing=error), timed(folder))
    (failed,) = [event for event in found if event["event"] == "task-failed"]
    assert (failed["probe"], failed["track"], failed["kind"]) == ("autoencoder", "matched", kind)
    assert type(error).__name__ in failed["message"]
    assert found[-1]["event"] == "finished"


def test_the_tasks_after_a_failed_one_are_done(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    missing = Task("time", "absent", folder.parent / "absent")
    job = Job("pytorch", tasks=(missing, *timed(folder).tasks))
    found = events(monkeypatch, FakeSeam(), job)
    assert any(event["event"] == "task-failed" and event["probe"] == "absent" for event in found)
    assert any(event["event"] == "sample" and event["probe"] == "autoencoder" for event in found)


def test_a_device_that_is_not_there_fails_every_task(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    job = Job("pytorch", device="cuda", tasks=timed(folder).tasks)
    found = events(monkeypatch, FakeSeam(), job)
    (failed,) = [event for event in found if event["event"] == "task-failed"]
    assert failed["kind"] == "broken"
    assert failed["message"] == "this framework sees no cuda device"


def test_parity_runs_deterministic_with_tf32_off_and_gives_both_back(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    seam = FakeSeam()
    found = events(monkeypatch, seam, timed(folder, kind="parity"))
    (parity,) = [event for event in found if event["event"] == "parity"]
    assert parity["losses"] == {"sgd": [1.0, 0.5], "adam": [1.0, 0.5]}
    assert len(parity["weights"]) == len(parity["batches"]) == 64
    assert seam.log[:6] == [
        "tf32 False",
        "determinism True",
        "sgd 1e-07",
        "adam 1e-07",
        "determinism False",
        "tf32 None",
    ]


def test_training_that_diverges_is_a_failure_and_not_a_certificate(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    seam = FakeSeam()
    seam.losses = [1.0, float("nan")]
    found = events(monkeypatch, seam, timed(folder, kind="parity"))
    (failed,) = [event for event in found if event["event"] == "task-failed"]
    assert "not finite" in failed["message"]


def test_the_break_even_compares_with_matched_in_the_same_launch(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    seam = FakeSeam()
    tasks = (timed(folder).tasks[0], timed(folder, track="tuned").tasks[0])
    found = events(monkeypatch, seam, Job("pytorch", tasks=tasks))
    notes = [event for event in found if event["event"] == "note" and event["key"] == "break-even-steps"]
    assert [(note["track"], note["value"]) for note in notes] == [("tuned", None)]  # as slow: it never pays
