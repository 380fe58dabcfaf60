"""The statistics judge simulated runs, whose truth is known. Seeded; the very code that judges a real run."""

import math

import numpy as np
import pytest

from probes import statistics
from probes.plan import BUDGETS
from probes.statistics import compare, decide, decide_in_sequence, error_at, interval, looks, smallest_effect

STANDARD = BUDGETS["standard"].most_pairs
RUNS = 20_000
BLOCKS = 5


def gaussian(chance, launches):
    return chance.normal(0, 0.03, launches), chance.normal(0, 0.05, (*launches, BLOCKS))


def heavy_tailed(chance, launches):
    return 0.03 * chance.standard_t(3, launches), 0.05 * chance.standard_t(2, (*launches, BLOCKS))


def drifting(chance, launches):
    """A straight drift of up to 30 % over the run, and a random walk of 1 % a launch."""
    steady, blocks = gaussian(chance, launches)
    slope = chance.uniform(-0.3, 0.3, (launches[0], 1)) * np.arange(launches[1]) / launches[1]
    return steady + slope + np.cumsum(chance.normal(0, 0.01, launches), axis=-1), blocks


def launch_biased(chance, launches):
    return chance.normal(0, 0.08, launches), chance.normal(0, 0.03, (*launches, BLOCKS))


NOISES = [gaussian, heavy_tailed, drifting, launch_biased]


def simulate(noise, pairs, ratio=1.0, seed=1):
    """Differences of logarithms of RUNS runs, (runs, pairs), from launches in ABBA order."""
    chance = np.random.default_rng(seed)
    launch, blocks = noise(chance, (RUNS, 2 * pairs))
    figures = launch + np.median(blocks, axis=-1)
    tensorflow = np.resize([True, False, False, True], 2 * pairs)
    return math.log(ratio) + figures[:, tensorflow] - figures[:, ~tensorflow]


def covered(differences, truth):
    """Share of runs whose shown interval holds the truth, each stopped at the look that settles it."""
    planned = differences.shape[-1]
    _, used = decide_in_sequence(differences)
    held = np.zeros(len(differences), dtype=bool)
    for pairs in looks(planned):
        _, low, high = interval(differences[:, :pairs], error_at(pairs, planned))
        held = np.where(used == pairs, (low < truth) & (truth < high), held)
    return held.mean()


@pytest.mark.parametrize("pairs", [3, 4, 6, STANDARD, 12])
@pytest.mark.parametrize("noise", NOISES)
def test_shown_intervals_cover_the_truth_as_often_as_they_say(noise, pairs):
    assert 0.93 <= covered(simulate(noise, pairs, ratio=1.07), math.log(1.07)) <= 0.97


@pytest.mark.parametrize("pairs", [3, 4, 6, STANDARD, 12])
@pytest.mark.parametrize("noise", NOISES)
def test_a_lead_is_rarely_false(noise, pairs):
    verdicts, _ = decide_in_sequence(simulate(noise, pairs))
    assert (np.abs(verdicts) == 1).mean() <= 0.01


@pytest.mark.parametrize("noise", NOISES)
def test_a_quarter_more_is_found_in_the_standard_budget(noise):
    verdicts, _ = decide_in_sequence(simulate(noise, STANDARD, ratio=1.25))
    assert (verdicts == 1).mean() >= 0.95


@pytest.mark.parametrize("noise", NOISES)
def test_a_difference_of_a_quarter_is_never_called_the_same(noise):
    verdicts, _ = decide_in_sequence(simulate(noise, STANDARD, ratio=1.25))
    assert (verdicts == 0).mean() <= 0.01


def test_equal_sides_on_a_quiet_machine_are_called_the_same():
    verdicts, _ = decide_in_sequence(simulate(gaussian, STANDARD))
    assert (verdicts == 0).mean() >= 0.9


def test_pooling_the_blocks_of_a_launch_would_have_been_wrong():
    """Why the launch is the unit: blocks taken as independent give intervals that miss the truth."""
    chance = np.random.default_rng(1)
    launch, blocks = launch_biased(chance, (2000, 6))
    pooled = (launch[..., None] + blocks).reshape(2000, -1)
    differences = pooled[:, : pooled.shape[1] // 2] - pooled[:, pooled.shape[1] // 2 :]
    _, low, high = interval(differences, 0.05)
    assert ((low < 0) & (high > 0)).mean() < 0.8


@pytest.mark.parametrize("planned", [3, 5, 9, 10, 12, 24])
def test_the_looks_together_spend_no_more_than_the_error(planned):
    assert sum(error_at(pairs, planned) for pairs in looks(planned)) <= statistics.ERROR + 1e-12


@pytest.mark.parametrize("planned", range(8, 30))
def test_the_early_look_ends_with_a_whole_block(planned):
    early, end = looks(planned)
    assert early % 2 == 0
    assert 4 <= early < end == planned


def test_early_stopping_uses_fewer_launches_when_the_lead_is_large():
    _, used = decide_in_sequence(simulate(gaussian, STANDARD, ratio=2.0))
    assert np.median(used) == looks(STANDARD)[0]


@pytest.mark.parametrize("pairs", [4, 6, STANDARD])
def test_the_stated_smallest_effect_is_found_as_often_as_promised(pairs):
    chance = np.random.default_rng(2)
    effect = smallest_effect(pairs, spread=0.05)
    differences = math.log(effect) + chance.normal(0, 0.05 * math.sqrt(2), (RUNS, pairs))
    found = (decide(differences, error_at(pairs, pairs)) == 1).mean()
    assert 0.94 <= found <= 0.97


def test_the_smallest_effect_never_promises_less_than_the_margin():
    assert smallest_effect(12, spread=0.001) > 1 + statistics.MARGIN


def test_two_pairs_can_show_no_effect():
    assert smallest_effect(2) is None


def test_the_side_with_the_smaller_figure_leads():
    assert compare([2.0, 2.1, 2.0, 2.1], [1.0, 1.0, 1.1, 1.1], 4).call == "pytorch"
    assert compare([1.0, 1.0, 1.1, 1.1], [2.0, 2.1, 2.0, 2.1], 4).call == "tensorflow"


def test_swapping_the_sides_mirrors_everything():
    left, right = [1.0, 1.2, 1.1, 1.3], [1.9, 2.0, 2.2, 2.0]
    forth, back = compare(left, right, 4), compare(right, left, 4)
    assert forth.ratio == pytest.approx(1 / back.ratio)
    assert (forth.low, forth.high) == pytest.approx((1 / back.high, 1 / back.low))


def test_the_interval_agrees_with_a_table():
    # Differences 1, 2, 3: mean 2, standard error 1/sqrt(3), t quantile 4.3027 for 2 degrees of freedom.
    centre, low, high = interval(np.array([1.0, 2.0, 3.0]), 0.05)
    assert (centre, low, high) == pytest.approx(
        (2, 2 - 4.3027 / math.sqrt(3), 2 + 4.3027 / math.sqrt(3)), abs=1e-4
    )


def test_too_few_pairs_tell_nothing():
    assert compare([1.0], [2.0], 3) is None
    assert compare([1.0, 1.0], [2.0, 2.0], 3).call == "cannot-tell"


def test_launches_without_partner_are_refused():
    with pytest.raises(ValueError, match="partner"):
        compare([1.0, 2.0], [1.0], 3)


def test_one_interrupted_block_does_not_move_a_launch():
    assert statistics.launch_figure([1.0, 1.0, 50.0]) == 1.0
