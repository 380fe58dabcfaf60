"""The plan of a timing, run against a simulated machine: no clock is read here."""

from collections.abc import Callable
from itertools import count, repeat

import pytest

from probes.worker.plan import BLOCK_SECONDS, Reading, Target, drive, measuring_plan


class Machine:
    """A clock that only training steps move: step ``n`` takes ``cost(n)`` seconds."""

    def __init__(self, cost: Callable[[int], float]) -> None:
        self.now = 0.0
        self.cost = cost
        self.done = count()
        self.synchronised_at: list[float] = []

    def step(self, x: object, y: object) -> None:
        self.now += self.cost(next(self.done))

    def synchronise(self) -> None:
        self.synchronised_at.append(self.now)

    def clock(self) -> float:
        return self.now

    def measure(self, seconds: float = 1.0, target: Target | None = None) -> Reading:
        plan = measuring_plan(seconds, target)
        return drive(plan, self.step, repeat((None, None)), self.synchronise, self.clock)


def test_the_steady_step_is_found() -> None:
    reading = Machine(lambda step: 0.002).measure()
    assert reading.steady == pytest.approx([0.002] * len(reading.steady))
    assert reading.settled


def test_the_first_step_is_a_figure_of_its_own() -> None:
    reading = Machine(lambda step: 5.0 if step == 0 else 0.002).measure()
    assert reading.first_step == 5.0
    assert max(reading.steady) == pytest.approx(0.002)
    assert reading.set_up == pytest.approx(5.0 - 0.002)


def test_a_slow_second_step_counts_as_set_up_and_not_as_steady() -> None:
    reading = Machine(lambda step: {0: 3.0, 1: 2.0}.get(step, 0.002)).measure()
    assert reading.set_up == pytest.approx(5.0, abs=0.01)
    assert max(reading.steady) == pytest.approx(0.002)


def test_every_block_is_long_enough_and_they_fill_the_time() -> None:
    reading = Machine(lambda step: 0.0007).measure(seconds=1.5)
    assert all(step * reading.block_steps >= BLOCK_SECONDS for step in reading.steady)
    assert 1.5 <= sum(reading.steady) * reading.block_steps < 1.5 + 2 * BLOCK_SECONDS


def test_blocks_begin_anew_when_steps_become_faster_than_the_warm_up_said() -> None:
    reading = Machine(lambda step: 0.01 if step < 150 else 0.0005).measure()
    assert all(step * reading.block_steps >= BLOCK_SECONDS for step in reading.steady)


def test_a_machine_that_keeps_slowing_down_never_settles() -> None:
    reading = Machine(lambda step: 0.001 * 1.01**step).measure(seconds=0.5)
    assert not reading.settled


def test_a_step_longer_than_the_time_is_still_measured_three_times() -> None:
    reading = Machine(lambda step: 4.0).measure(seconds=0.5)
    assert reading.steady == (4.0, 4.0, 4.0)
    assert reading.block_steps == 1


def test_the_clock_is_only_read_after_a_synchronisation() -> None:
    machine = Machine(lambda step: 0.002)
    reads: list[float] = []

    def clock() -> float:
        reads.append(machine.now)
        return machine.now

    drive(measuring_plan(0.3), machine.step, repeat((None, None)), machine.synchronise, clock)
    assert reads[1::2] == machine.synchronised_at


def test_training_goes_on_until_the_target_is_reached() -> None:
    machine = Machine(lambda step: 0.01)
    levels = iter([0.5, 0.9, 0.97])
    reading = machine.measure(target=Target(0.95, epoch_steps=20, accuracy=lambda: next(levels)))
    assert reading.to_accuracy == pytest.approx(0.61)  # the first step and three epochs
    assert reading.steps_to_accuracy == 61
    assert reading.reached == 0.97


def test_a_target_that_stays_out_of_reach_gives_no_time() -> None:
    reading = Machine(lambda step: 1.0).measure(target=Target(0.95, epoch_steps=20, accuracy=lambda: 0.4))
    assert reading.to_accuracy is None
    assert reading.reached == 0.4


def test_looking_at_the_accuracy_is_outside_the_clock() -> None:
    machine = Machine(lambda step: 0.01)

    def slow_look() -> float:
        machine.now += 100
        return 1.0

    reading = machine.measure(target=Target(0.95, epoch_steps=10, accuracy=slow_look))
    assert reading.to_accuracy == pytest.approx(0.11)
