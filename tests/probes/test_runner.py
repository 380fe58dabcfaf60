"""Whole runs over fake workers: schedule, certificates, verdicts, and every way in which one may fail."""

import os
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from probes.environment import can_keep_memory
from probes.progress import Clock, Phase
from probes.runner import run
from probes.store import read_json, write_json

SLOW_TORCH = {"tensorflow": {"step": 1.0}, "pytorch": {"step": 2.0}}


def failures(found):
    return [(failure.probe, failure.framework, failure.kind) for failure in found.failures]


def headline(found, probe):
    return next(one for one in found.results if (one.probe, one.metric) == (probe, "steady-step"))


def test_a_clear_lead_is_found_with_its_interval(fake_plan):
    found = run(fake_plan({"plain": SLOW_TORCH}))
    result = headline(found, "plain")
    assert found.status == "finished"
    assert result.verdict == "tensorflow"
    assert result.interval[0] < 0.5 < result.interval[1]
    assert result.certificate.granted


def test_equal_sides_are_the_same(fake_plan):
    found = run(fake_plan({"plain": {}}, pairs=4))
    assert headline(found, "plain").verdict == "same"


def test_launches_follow_abba(fake_plan):
    heard = []
    run(fake_plan({"plain": {"tensorflow": {"spread": 0.5}}}, pairs=4), heard.append)
    order = [
        event.framework
        for event in heard
        if isinstance(event, Phase) and event.phase == "start" and event.pair is not None
    ]
    t, p = "tensorflow", "pytorch"
    assert order == [t, p, p, t, t, p, p, t]


def test_every_raw_sample_is_kept(fake_plan):
    found = run(fake_plan({"plain": SLOW_TORCH}, pairs=3))
    kept = [one for one in found.samples if one.metric == "steady-step"]
    assert len(kept) == 3 * 2 * 3  # pairs, sides, blocks


def test_without_parity_there_is_no_timing(fake_plan):
    found = run(fake_plan({"plain": {"tensorflow": {"off": 0.01}, "pytorch": {}}}))
    result = headline(found, "plain")
    assert result.verdict == "withheld"
    assert (result.tensorflow, result.pytorch, result.ratio, result.interval) == (None, None, None, None)
    assert not [one for one in found.samples if one.probe == "plain"]
    assert "differ" in result.reason


def test_a_probe_without_certificate_leaves_the_others_alone(fake_plan):
    found = run(fake_plan({"bad": {"tensorflow": {"weights": "other"}, "pytorch": {}}, "good": SLOW_TORCH}))
    assert headline(found, "bad").verdict == "withheld"
    assert headline(found, "good").verdict == "tensorflow"


def test_the_ledger_shows_both_sides(fake_plan):
    found = run(fake_plan({"plain": SLOW_TORCH}))
    rows = {row.item: row for row in found.ledger}
    assert rows["threads-asked"].tensorflow == rows["threads-asked"].pytorch == "1"
    assert rows["version"].equal is None


def test_the_ledger_tells_what_the_machine_was_busy_with_and_how_it_is_powered(fake_plan):
    rows = {row.item: row for row in run(fake_plan({"plain": SLOW_TORCH})).ledger}
    for item in ("load-before", "load-after", "governor", "on-battery", "cores-taken-by-others"):
        assert rows[f"machine.{item}"].tensorflow
        assert rows[f"machine.{item}"].pytorch


@pytest.mark.parametrize(
    ("do", "kind"),
    [
        ("crash", "crash"),
        ("abort", "crash"),
        ("garbage", "protocol"),
        ("leave", "protocol"),
        ("out-of-memory", "out-of-memory"),
        ("fail", "crash"),
    ],
)
def test_a_probe_that_fails_is_a_result_and_the_next_one_runs(fake_plan, do, kind):
    bad = {"tensorflow": {"do": do, "during": "parity"}, "pytorch": {}}
    found = run(fake_plan({"bad": bad, "good": SLOW_TORCH}))
    assert failures(found) == [("bad", "tensorflow", kind)]
    assert headline(found, "bad").verdict == "withheld"
    assert headline(found, "bad").reason_code == "failed"
    assert headline(found, "bad").reason_values["kind"] == kind
    assert headline(found, "good").verdict == "tensorflow"


def test_a_figure_that_is_no_number_is_a_breach_of_protocol(fake_plan):
    bad = {"tensorflow": {"do": "nonsense", "during": "time"}, "pytorch": {}}
    found = run(fake_plan({"bad": bad}))
    assert failures(found) == [("bad", "tensorflow", "protocol")]


def test_a_worker_that_hangs_is_stopped_at_the_limit(fake_plan):
    bad = {"tensorflow": {"do": "hang", "during": "parity"}, "pytorch": {}}
    found = run(fake_plan({"bad": bad}, seconds=6))
    assert failures(found) == [("bad", "tensorflow", "time-limit")]
    assert found.seconds < 6


def test_a_worker_that_eats_memory_is_stopped_at_the_limit(fake_plan):
    from probes.machine import detect

    small = detect().model_copy(update={"memory_usable": 300 * 2**20})
    bad = {"tensorflow": {"do": "eat", "during": "parity"}, "pytorch": {}}
    found = run(fake_plan({"bad": bad}), machine=small)
    assert failures(found) == [("bad", "tensorflow", "memory-limit")]


@pytest.mark.parametrize("do", ["missing", "broken"])
def test_a_framework_that_cannot_be_imported_is_a_result(fake_plan, do):
    found = run(fake_plan({"plain": {"tensorflow": {"do": do, "during": "start"}, "pytorch": {}}}))
    assert failures(found) == [(None, "tensorflow", do)]
    assert found.status == "failed"
    assert headline(found, "plain").verdict == "withheld"
    assert headline(found, "plain").reason_code == "failed"
    sights = {sight.framework: sight for sight in found.machine.sights}
    assert sights["tensorflow"].problem
    assert sights["pytorch"].problem is None


def test_an_interpreter_that_does_not_exist_is_a_result(fake_plan):
    plan = fake_plan({"plain": {}}, interpreters={"pytorch": "/nowhere/python"})
    assert failures(run(plan)) == [(None, "pytorch", "missing")]


def test_finished_pairs_survive_a_later_crash(fake_plan):
    late = {"tensorflow": {"step": 1.0, "do": "crash", "during": "time", "from": 3}, "pytorch": {"step": 2.0}}
    found = run(fake_plan({"plain": late}, pairs=6))
    assert ("plain", "tensorflow", "crash") in failures(found)
    assert headline(found, "plain").pairs == 3
    assert headline(found, "plain").verdict == "tensorflow"


def test_a_track_that_fails_leaves_the_other_tracks_of_its_probe_alone(fake_plan):
    sides = {"tensorflow": {"step": 1.0, "do": "fail", "during": "tuned"}, "pytorch": {"step": 2.0}}
    found = run(fake_plan({"plain": sides}, pairs=3, tracks=["as-written", "tuned", "matched"]))
    verdicts = {one.track: one.verdict for one in found.results if one.metric == "steady-step"}
    assert verdicts == {"as-written": "tensorflow", "matched": "tensorflow", "tuned": "withheld"}
    assert failures(found) == [("plain", "tensorflow", "crash")]


def test_compiled_tasks_come_last_in_a_launch(fake_plan):
    heard = []
    plan = fake_plan({"one": SLOW_TORCH, "two": SLOW_TORCH}, pairs=3, tracks=["tuned", "matched"])
    run(plan, heard.append)
    timed = [(one.probe, one.track) for one in heard if isinstance(one, Phase) and one.phase == "measure"]
    assert timed[:4] == [("one", "matched"), ("two", "matched"), ("one", "tuned"), ("two", "tuned")]


def test_cancel_keeps_the_finished_pairs_and_acts_within_a_second(fake_plan):
    slow = {"tensorflow": {"step": 1.0, "takes": 0.3}, "pytorch": {"step": 2.0, "takes": 0.3}}
    asked = []

    def on_event(event):
        if isinstance(event, Phase) and event.pair == 3 and not asked:
            asked.append(time.monotonic())

    found = run(fake_plan({"plain": slow}, pairs=8), on_event, lambda: bool(asked))
    assert time.monotonic() - asked[0] < 1.0
    assert found.status == "cancelled"
    assert headline(found, "plain").pairs == 3


def test_nothing_a_worker_started_outlives_it(fake_plan, tmp_path):
    told = tmp_path / "child"
    bad = {"tensorflow": {"do": "orphan", "during": "time", "tell": str(told)}, "pytorch": {}}
    run(fake_plan({"bad": bad}), cancelled=told.exists)
    child = int(told.read_text())
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE


def test_workers_are_gone_when_the_listener_fails(fake_plan):
    def on_event(event):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(fake_plan({"plain": {}}), on_event)
    assert not psutil.Process().children()


def test_the_budget_ends_a_run_between_pairs(fake_plan):
    slow = {"tensorflow": {"step": 1.0, "takes": 1}, "pytorch": {"step": 2.0, "takes": 1}}
    found = run(fake_plan({"plain": slow}, pairs=12, seconds=9))
    assert 1 <= headline(found, "plain").pairs < 12
    assert found.seconds < 9


def test_where_time_is_short_the_last_probe_gives_way_so_that_the_first_can_be_judged(fake_plan):
    sides = {side: values | {"takes": 1.0} for side, values in SLOW_TORCH.items()}
    found = run(fake_plan({"first": sides, "last": sides}, pairs=6, seconds=13))
    assert headline(found, "first").pairs >= 3
    assert headline(found, "first").verdict == "tensorflow"
    assert headline(found, "last").pairs == 1
    assert (headline(found, "last").verdict, headline(found, "last").reason_code) == ("cannot-tell", "few")


def test_a_framework_that_differs_from_itself_withholds_the_verdict(fake_plan, monkeypatch):
    from probes import results

    monkeypatch.setattr(
        results,
        "_against_itself",
        lambda figures: {"ratio": 1.3, "interval": [1.2, 1.4], "pairs": 3, "passed": False},
    )
    result = headline(run(fake_plan({"plain": SLOW_TORCH})), "plain")
    assert result.verdict == "withheld"
    assert result.reason_code == "null-failed"


def test_a_null_comparison_withholds_its_own_figure_only(fake_plan, monkeypatch):
    from probes import results

    row = {"ratio": 1.3, "interval": [1.2, 1.4], "pairs": 3, "passed": False}
    monkeypatch.setattr(results, "_against_itself", lambda figures: row if max(figures) > 100 else None)
    sides = {"tensorflow": {"step": 1.0, "memory": 200.0}, "pytorch": {"step": 2.0, "memory": 400.0}}
    found = run(fake_plan({"plain": sides}))
    verdicts = {one.metric: one.verdict for one in found.results if one.probe == "plain"}
    assert verdicts == {"steady-step": "tensorflow", "peak-memory": "withheld"}
    assert found.null_check["passed"]


def test_a_busy_machine_is_no_ground_for_a_verdict(fake_plan, monkeypatch):
    from itertools import count

    from probes import supervise

    cores = psutil.cpu_count()
    ticks = count(step=10_000 * cores)  # every look finds ages of work that is not the worker's
    monkeypatch.setattr(supervise, "_busy", lambda: float(next(ticks)))
    result = headline(run(fake_plan({"plain": SLOW_TORCH})), "plain")
    assert (result.verdict, result.reason_code) == ("cannot-tell", "busy")
    assert result.ratio == pytest.approx(0.5, rel=0.1)


@pytest.mark.parametrize(
    ("others", "threads", "cores", "share"),
    [([1.0], 2, 2, 0.5), ([1.0, 0.0], 2, 2, 0.25), ([30.0], 2, 64, 0.0), ([], 2, 2, 0.0), ([4.0], 8, 8, 0.5)],
)
def test_only_cores_that_the_worker_lacks_count_as_taken(others, threads, cores, share):
    from probes.results import taken_share

    assert taken_share(others, threads, cores) == share


def test_a_null_run_judges_each_side_against_itself(fake_plan):
    found = run(fake_plan({"plain": SLOW_TORCH}, pairs=8, null=True))
    assert [(row["framework"], row["passed"], row["pairs"]) for row in found.null_check["rows"]] == [
        ("tensorflow", True, 4),
        ("pytorch", True, 4),
    ]


def test_the_document_survives_a_round_trip(fake_plan):
    found = run(fake_plan({"plain": SLOW_TORCH}))
    again = read_json(write_json(found))
    assert again.results == found.results
    assert all(os.sep not in sight.interpreter for sight in again.machine.sights)


def test_the_command_repeats_the_measurement(fake_plan, tmp_path):
    plan = fake_plan({"plain": {}}, settings={"batch": 128}, seed=7)
    home = tmp_path / "catalog"
    assert plan.command == (
        "python -m probes run --plan quick --probe plain --set batch=128 "
        f"--catalog {home} --threads 1 --seed 7"
    )


def test_temporary_files_are_gone(fake_plan, tmp_path, monkeypatch):
    import tempfile

    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    run(fake_plan({"plain": SLOW_TORCH}))
    assert list(Path(scratch).iterdir()) == []


def test_a_sweep_measures_every_point_with_its_own_certificate(fake_plan):
    found = run(fake_plan({"plain": SLOW_TORCH}, sweep=("batch", [16, 64])))
    swept = [one for one in found.results if one.metric == "steady-step"]
    assert [(one.probe, one.parameters["batch"], one.verdict) for one in swept] == [
        ("plain", 16, "tensorflow"),
        ("plain", 64, "tensorflow"),
    ]
    assert {one.probe for one in found.samples} == {"plain@batch=16", "plain@batch=64", "start_up"}


def test_a_variant_stands_beside_the_track_and_shares_its_certificate(fake_plan):
    heard = []
    found = run(fake_plan({"plain": SLOW_TORCH}, variants=["eager"]), heard.append)
    varied = [one for one in found.results if one.metric == "steady-step"]
    assert [(one.probe, one.variant, one.verdict) for one in varied] == [
        ("plain", None, "tensorflow"),
        ("plain", "eager", "tensorflow"),
    ]
    parities = [event for event in heard if isinstance(event, Phase) and event.phase == "parity"]
    assert len(parities) == 2  # one a side


def test_memory_of_children_counts(fake_plan):
    from probes.machine import detect

    small = detect().model_copy(update={"memory_usable": 300 * 2**20})
    bad = {"tensorflow": {"do": "eat-in-child", "during": "parity"}, "pytorch": {}}
    found = run(fake_plan({"bad": bad}), machine=small)
    assert failures(found) == [("bad", "tensorflow", "memory-limit")]


def test_the_tuned_track_leaves_after_its_own_pairs(fake_plan):
    noisy = {"tensorflow": {"spread": 0.5}, "pytorch": {"spread": 0.5}}
    found = run(fake_plan({"plain": noisy}, pairs=7, tracks=["matched", "tuned"]))
    pairs = {one.track: one.pairs for one in found.results if one.metric == "steady-step"}
    assert pairs == {"matched": 7, "tuned": 6}


def test_compilers_find_their_caches_empty_in_some_launches_and_filled_in_others(fake_plan):
    noisy = {"tensorflow": {"spread": 0.5}, "pytorch": {"spread": 0.5}}
    found = run(fake_plan({"plain": noisy}, tracks=["tuned"], pairs=6, variants=["one-thread"]))
    caches = {
        (note.probe, note.framework, note.launch): note.value
        for note in found.notes
        if note.key == "cache" and note.launch >= 0
    }
    kept = [caches["plain", "pytorch", pair]["kept"] for pair in range(6)]
    assert kept == [False, True, True, False, False, True]
    assert all(caches["plain", "tensorflow", pair]["kept"] == kept[pair] for pair in range(6))
    places = {key: value["at"] for key, value in caches.items()}
    assert len({places["plain", "pytorch", pair] for pair in (0, 1, 2)}) == 1
    assert len({places["plain", "pytorch", pair] for pair in (0, 3, 4)}) == 3
    assert places["plain", "pytorch", 4] == places["plain", "pytorch", 5]
    assert places["plain", "pytorch", 0] != places["plain", "tensorflow", 0]
    assert places["plain", "pytorch", 0] != places["plain+one-thread", "pytorch", 0]


@pytest.mark.parametrize(("track", "prepared"), [("matched", False), ("tuned", True)])
def test_a_compiler_is_prepared_where_something_compiles(fake_plan, track, prepared):
    found = run(fake_plan({"plain": SLOW_TORCH}, tracks=[track]))
    assert ("compiler-header" in {row.item for row in found.ledger}) == prepared


def test_several_probes_and_tracks_share_a_launch(fake_plan):
    heard = []
    noisy = {"tensorflow": {"spread": 0.5}, "pytorch": {"spread": 0.5}}
    run(fake_plan({"one": noisy, "two": noisy}, tracks=["matched", "as-written"], pairs=3), heard.append)
    starts = [
        one for one in heard if isinstance(one, Phase) and one.phase == "start" and one.pair is not None
    ]
    assert len(starts) == 3 * 2  # pairs, sides


def test_one_thread_gets_launches_of_its_own_with_one_thread(fake_plan):
    heard = []
    plan = replace(fake_plan({"plain": SLOW_TORCH}, variants=["one-thread"]), threads=2)
    found = run(plan, heard.append)
    starts = [
        one for one in heard if isinstance(one, Phase) and one.phase == "start" and one.pair is not None
    ]
    assert len(starts) == 3 * 2 * 2  # pairs, sides, numbers of threads
    assert [(one.variant, one.verdict) for one in found.results if one.metric == "steady-step"] == [
        (None, "tensorflow"),
        ("one-thread", "tensorflow"),
    ]


def test_launches_with_one_thread_leave_the_rows_and_figures_of_the_others_alone(fake_plan):
    plan = replace(fake_plan({"plain": SLOW_TORCH}, variants=["one-thread"]), threads=2)
    found = run(plan)
    rows = {row.item: row.tensorflow for row in found.ledger}
    assert rows["threads-asked"] == "2"
    assert rows["one-thread.threads-asked"] == "1"
    assert len([one for one in found.samples if one.metric == "import"]) == 3 * 2  # pairs, sides


@pytest.mark.skipif(not can_keep_memory(), reason="needs glibc")
def test_settings_of_a_whole_launch_get_launches_of_their_own(fake_plan):
    variants = ["eager", "one-thread", "keep-memory"]
    found = run(replace(fake_plan({"plain": SLOW_TORCH}, variants=variants), threads=2))
    rows = {row.item: row for row in found.ledger}
    assert rows["one-thread.threads-asked"].tensorflow == "1"
    assert rows["keep-memory.threads-asked"].tensorflow == "2"
    assert "MALLOC_MMAP_MAX_=0" in rows["keep-memory.environment"].pytorch
    assert rows["keep-memory.environment"].equal is None  # two sides have two environments by nature
    for own in ("environment", "one-thread.environment"):
        assert "MALLOC" not in rows[own].pytorch
    assert [one.variant for one in found.results if one.metric == "steady-step"] == [None, *variants]
    assert len([one for one in found.samples if one.metric == "import"]) == 3 * 2  # pairs, sides


def test_the_time_left_is_roughly_true(fake_plan):
    open_end = {side: {"spread": 0.5, "takes": 0.3} for side in ("tensorflow", "pytorch")}
    ends = []

    def on_event(event):
        if isinstance(event, Clock):
            ends.append((time.monotonic(), event.seconds_left))

    run(fake_plan({"plain": open_end}, pairs=8), on_event)
    over = time.monotonic()
    half = over - (over - ends[0][0]) / 2
    told = [(over - at, left) for at, left in ends if at < half][-3:]
    assert told
    assert all(left == pytest.approx(really, rel=0.4, abs=0.5) for really, left in told)


def test_a_launch_that_the_end_of_the_budget_cuts_is_no_failure_of_its_probe(fake_plan):
    late = {"tensorflow": {"step": 1.0, "do": "hang", "during": "time", "from": 3}, "pytorch": {"step": 2.0}}
    found = run(fake_plan({"plain": late}, pairs=6, seconds=8))
    assert found.failures == ()
    assert found.status == "finished"
    assert found.seconds < 8
    assert (headline(found, "plain").pairs, headline(found, "plain").verdict) == (3, "tensorflow")
