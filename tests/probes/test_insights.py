"""What is read out of a measurement beyond its verdicts."""

import pytest

from probes import insights
from probes.model import Device, Note
from probes.remarks import remarks
from probes.runner import run

SLOW_TORCH = {"tensorflow": {"step": 1.0}, "pytorch": {"step": 2.0}}


@pytest.fixture
def found(fake_plan):
    return run(fake_plan({"plain": SLOW_TORCH}))


def noted(found, key, *values, framework="pytorch", probe="plain", track="matched"):
    notes = [
        Note(probe=probe, track=track, framework=framework, launch=launch, key=key, value=value)
        for launch, value in enumerate(values)
    ]
    return found.model_copy(update={"notes": (*found.notes, *notes)})


def test_a_switch_that_slows_one_side_moves_the_ratio(fake_plan):
    switched = {"tensorflow": {"step": 1.0, "+eager": 3.0}, "pytorch": {"step": 2.0}}
    (moved,) = insights.moved(run(fake_plan({"plain": switched}, variants=["eager"])))
    assert (moved.probe, moved.track, moved.variant, moved.pairs) == ("plain", "matched", "eager", 3)
    assert moved.ratio == pytest.approx(0.5, rel=0.05)
    assert moved.switched == pytest.approx(1.5, rel=0.05)
    assert moved.interval[0] < 3 < moved.interval[1]


def test_one_pair_of_launches_tells_nothing_of_a_switch(fake_plan):
    told = list(remarks(run(fake_plan({"plain": SLOW_TORCH}, variants=["eager"], pairs=1))))
    assert "plain, matched: too few launches to say what eager does to the ratio." in told


def test_without_a_switch_nothing_moves(found):
    assert insights.moved(found) == ()


def test_the_lead_changes_between_two_points_of_a_sweep(fake_plan):
    crossing = {"tensorflow": {"step": 1.0, "@batch=64": 4.0}, "pytorch": {"step": 2.0}}
    swept = run(fake_plan({"plain": crossing}, sweep=("batch", [16, 64])))
    (change,) = insights.lead_changes(swept)
    assert (change.setting, change.below, change.above) == ("batch", 16, 64)
    assert change.leads == ("tensorflow", "pytorch")


def test_one_lead_along_a_sweep_is_no_change(fake_plan):
    assert insights.lead_changes(run(fake_plan({"plain": SLOW_TORCH}, sweep=("batch", [16, 64])))) == ()


def test_break_even_with_the_cache_kept_is_told_apart(found):
    told = noted(noted(found, "break-even-steps", 800), "break-even-steps-cached", 60)
    assert [(one.cached, one.steps) for one in insights.break_even(told)] == [(False, (800,)), (True, (60,))]
    assert "compiling with the cache kept pays after 60 steps" in " ".join(remarks(told))


def fetching(found, faults, share):
    return noted(noted(found, "page-faults-per-step", *faults), "system-share", *share)


def test_fetching_memory_at_every_step_is_told_with_its_range(found):
    told = fetching(found, (3.2, 3700.0, 800.0), (0.01, 0.26, 0.1))
    (series,) = insights.fetched(told)
    assert (series.framework, series.fewest, series.most, series.system_share) == (
        "pytorch",
        3.2,
        3700.0,
        0.26,
    )
    assert any("3 to 3700 page faults a step, up to 26% of" in line for line in remarks(told))


@pytest.mark.parametrize(
    ("faults", "share"),
    [((0.0, 12.0), (0.2, 0.2)), ((0.0, 3700.0), (0.01, 0.02)), ((0.0, 3700.0), ()), (("many", None), (0.3,))],
)
def test_what_costs_little_or_was_not_counted_is_not_told(found, faults, share):
    assert insights.fetched(fetching(found, faults, share)) == ()


def test_break_even_is_told_for_every_launch_and_may_be_never(found):
    (paid,) = insights.break_even(noted(found, "break-even-steps", 800, None))
    assert paid.steps == (800, None)
    assert "after 800, never steps" in " ".join(remarks(noted(found, "break-even-steps", 800, None)))


def test_a_pace_that_never_settled_is_told(found):
    (series,) = insights.unsettled(noted(found, "settled", False, True, probe="other"))
    assert (series.probe, series.launches, series.of) == ("other", 1, 2)


def test_a_published_number_stands_beside_what_was_found(found):
    told = noted(found, "as-printed", [{"weight": 1.5}, {"weight": 1.7}])
    told = noted(told, "published", {"weight": 2.97})
    assert "plain, PyTorch: weight printed 2.97, found 1.5, 1.7." in list(remarks(told))


def test_the_harness_on_itself_is_told(found):
    test = {"expected": 20.0, "measured": 20.3, "unit": "ms", "passed": True}
    told = found.model_copy(update={"self_tests": {"tensorflow": {"sleep": test}, "pytorch": {}}})
    assert insights.self_tests(told) == (insights.SelfTest("tensorflow", "sleep", 20.0, 20.3, "ms", True),)


def test_a_gpu_that_one_side_sees_is_a_finding(found):
    sights = tuple(
        sight.model_copy(update={"devices": (*sight.devices, Device(kind="cuda", name="x"))})
        if sight.framework == "pytorch"
        else sight
        for sight in found.machine.sights
    )
    told = found.model_copy(update={"machine": found.machine.model_copy(update={"sights": sights})})
    assert insights.lone_devices(told) == (insights.LoneDevice("pytorch", "cuda", "cpu"),)
    assert insights.lone_devices(found) == ()


def test_a_null_run_says_how_many_comparisons_stood(fake_plan):
    told = list(remarks(run(fake_plan({"plain": SLOW_TORCH}, pairs=8, null=True))))
    assert "Each framework against itself, 2 comparisons: none came out as different." in told


def test_a_null_run_with_too_few_launches_says_so(fake_plan):
    told = list(remarks(run(fake_plan({"plain": SLOW_TORCH}, pairs=3, null=True))))
    assert "Too few launches to set a framework against itself; 6 a side are needed." in told


@pytest.mark.parametrize("key", ["break-even-steps", "as-printed", "published", "settled"])
@pytest.mark.parametrize("value", ["x", [["x"]], {"weight": "x"}, [None]])
def test_an_imported_file_with_strange_notes_is_read_without_harm(found, key, value):
    strange = noted(found, key, value).model_copy(
        update={
            "self_tests": {"tensorflow": value, "pytorch": {"sleep": value}},
            "null_check": {"rows": [["x"]]},
        }
    )
    assert isinstance(list(remarks(strange)), list)
