"""The level test that ends the warm-up."""

import random

from probes.worker.settling import is_level, settled_from


def noisy(level: float, count: int, share: float = 0.02, seed: int = 3) -> list[float]:
    draw = random.Random(seed)
    return [level * (1 + draw.gauss(0, share)) for _ in range(count)]


def test_a_flat_noisy_series_is_level() -> None:
    assert is_level(noisy(1.0, 20))


def test_a_series_that_keeps_rising_is_not_level() -> None:
    assert not is_level([1.0 + 0.02 * step for step in range(30)])


def test_a_step_of_a_fifth_is_not_level() -> None:
    assert not is_level(noisy(1.2, 10) + noisy(1.0, 10))


def test_a_change_below_the_tolerance_is_level() -> None:
    assert is_level([1.02] * 10 + [1.0] * 10)


def test_nothing_is_said_about_a_handful_of_observations() -> None:
    assert not is_level([1.0] * 5)
    assert settled_from([1.0] * 5) is None


def test_a_slow_start_is_cut_off_where_it_ends() -> None:
    assert settled_from([9.0, 4.0, 2.0, *noisy(1.0, 20)]) == 3


def test_a_series_without_a_slow_start_settles_at_once() -> None:
    assert settled_from([1.0] * 12) == 0


def test_a_series_may_never_settle() -> None:
    assert settled_from([1.1**step for step in range(20)]) is None
