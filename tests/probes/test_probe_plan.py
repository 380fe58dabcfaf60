"""Plans keep to their budgets and say beforehand what they can show."""

import pytest

from probes import plan as plan_module
from probes.catalogue import CatalogError, discover
from probes.plan import BUDGETS, IMPORT_SECONDS, PLANS, TASK_SECONDS, make_plan, pair_seconds
from probes.statistics import FEWEST_PAIRS


def test_budgets_are_those_promised():
    assert {name: BUDGETS[name].seconds for name in PLANS} == {"quick": 60, "standard": 180, "thorough": 600}


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_fits_its_budget_and_can_tell_a_lead(name):
    plan = make_plan(name, discover(), threads=2)
    assert plan.estimated_seconds <= plan.budget_seconds
    assert plan.pairs >= FEWEST_PAIRS
    assert plan.smallest_effect > 1


def test_the_standard_plan_can_show_a_quarter():
    assert make_plan("standard", discover(), threads=2).smallest_effect <= 1.25


def test_the_smallest_effect_shrinks_with_the_budget():
    effects = [
        make_plan(name, discover(), threads=2, ids=["mlp"], tracks=["matched"]).smallest_effect
        for name in PLANS
    ]
    assert effects == sorted(effects, reverse=True)


def test_without_a_wish_the_classic_two_are_chosen():
    assert {probe.id for probe in make_plan("quick", discover(), threads=2).probes} == {"cnn", "mlp"}


def test_the_domain_of_the_user_comes_first():
    assert make_plan("quick", discover(), threads=2, domains=["graph"]).probes[0].id == "gnn"


def test_settings_reach_the_probes_that_have_them():
    plan = make_plan("quick", discover(), threads=2, ids=["mlp", "cnn"], settings={"width": 128, "batch": 32})
    assert {
        probe.id: (probe.parameters["batch"], probe.parameters.get("width")) for probe in plan.probes
    } == {
        "mlp": (32, 128),
        "cnn": (32, None),
    }


def test_a_setting_nobody_has_is_refused():
    with pytest.raises(CatalogError, match=r"none of the chosen probes has 'depth'; there is: batch"):
        make_plan("quick", discover(), threads=2, ids=["mlp"], settings={"depth": 3})


def test_a_setting_out_of_bounds_is_refused():
    with pytest.raises(CatalogError, match="batch is 9999; write a number from 8 to"):
        make_plan("quick", discover(), threads=2, ids=["mlp"], settings={"batch": 9999})


def test_the_command_names_interpreters_only_where_they_differ():
    import sys

    plan = make_plan(
        "quick",
        discover(),
        threads=2,
        ids=["mlp"],
        interpreters={"tensorflow": sys.executable, "pytorch": "/other/python"},
    )
    assert plan.command == (
        "python -m probes run --plan quick --probe mlp --python-torch /other/python --threads 2 --seed 1"
    )


def test_compiling_takes_part_in_fewer_launches():
    plan = make_plan("thorough", discover(), threads=2, ids=["mlp"])
    assert plan.pairs_for("tuned") < plan.pairs_for("matched") == plan.pairs


def test_alone_the_tuned_track_gets_every_launch():
    plan = make_plan("thorough", discover(), threads=2, ids=["mlp"], tracks=["tuned"])
    assert plan.pairs_for("tuned") == plan.pairs


def test_a_larger_budget_sees_smaller_effects():
    effects = [make_plan(name, discover(), threads=2).smallest_effect for name in PLANS]
    assert effects[0] > effects[1] >= effects[2]


def test_a_sweep_and_variants_are_in_the_command():
    plan = make_plan(
        "thorough", discover(), threads=2, ids=["mlp"], tracks=["matched"], sweep=("batch", [16, 64]),
        variants=["eager"], null=True,
    )  # fmt: skip
    assert [probe.key for probe in plan.probes] == [
        "mlp@batch=16", "mlp@batch=16+eager", "mlp@batch=64", "mlp@batch=64+eager",
    ]  # fmt: skip
    assert "--sweep batch=16,64 --vary eager --threads 2 --seed 1 --null" in plan.command


def test_the_tuned_track_with_fewer_launches_has_its_own_smallest_effect():
    plan = make_plan("thorough", discover(), threads=2, ids=["mlp"])
    assert plan.smallest_effect_tuned > plan.smallest_effect
    assert (
        make_plan("thorough", discover(), threads=2, ids=["mlp"], tracks=["tuned"]).smallest_effect_tuned
        is None
    )


def test_a_null_run_without_time_for_a_comparison_is_refused():
    with pytest.raises(CatalogError, match="needs 6 launches of each side"):
        make_plan("quick", discover(), threads=2, ids=["cnn", "mlp", "lstm"], null=True)


@pytest.mark.parametrize("name", PLANS)
def test_a_null_run_of_one_probe_has_launches_enough_in_every_plan(name):
    assert make_plan(name, discover(), threads=2, tracks=["matched"], null=True).pairs >= 6


def test_a_null_run_has_launches_for_two_comparisons():
    plain, null = (
        make_plan("thorough", discover(), threads=2, ids=["mlp"], tracks=["matched"], null=null)
        for null in (False, True)
    )
    assert null.pairs == 2 * plain.pairs


def test_where_it_will_run_decides_among_probes_of_no_nearer_domain():
    plan = make_plan("quick", discover(), threads=2, targets=["high-throughput"])
    assert plan.probes[0].id == "transformer"


def test_what_it_works_on_comes_before_where_it_will_run():
    plan = make_plan("quick", discover(), threads=2, domains=["graph"], targets=["microcontroller"])
    assert plan.probes[0].id == "gnn"


def test_settings_of_a_whole_launch_are_counted_as_launches_of_their_own(monkeypatch):
    monkeypatch.setattr(plan_module, "can_keep_memory", lambda: True)
    seconds = [
        pair_seconds(make_plan("quick", discover(), threads=2, ids=["mlp"], variants=two).probes, 0.3)
        for two in (("eager", "bfloat16"), ("eager", "one-thread"), ("keep-memory", "one-thread"))
    ]
    launch = sum(IMPORT_SECONDS.values())
    assert [one - seconds[0] for one in seconds] == pytest.approx([0, launch, 2 * launch])


def test_compiling_is_counted_in_the_time_of_a_pair():
    seconds = [
        pair_seconds(make_plan("quick", discover(), threads=2, ids=["mlp"], variants=[one]).probes, 0.3)
        for one in ("eager", "compiled")
    ]
    assert seconds[1] - seconds[0] == pytest.approx(sum(TASK_SECONDS["tuned"]) - sum(TASK_SECONDS["matched"]))


def test_keeping_memory_needs_a_c_library_that_can(monkeypatch):
    monkeypatch.setattr(plan_module, "can_keep_memory", lambda: False)
    with pytest.raises(CatalogError, match="'keep-memory' needs glibc"):
        make_plan("quick", discover(), threads=2, ids=["mlp"], variants=["keep-memory"])
