"""Measurements in the background, cancelled many times in a row and abandoned."""

import os
import random
import time

import psutil
import pytest

from probes.catalogue import discover
from probes.job import Job
from probes.lock import turn, waiting
from probes.machine import detect
from probes.plan import make_plan
from probes.store import Store

CANCELS = int(os.environ.get("TENSOR_OR_TORCH_CANCELS", "200"))
REAL_CANCELS = (  # seconds after a phase began: while a framework is imported, trains, warms up, is timed
    (0.0, None),
    (0.5, None),
    (1.5, None),
    (0.0, ("parity",)),
    (0.0, ("build", "first-step")),
    (0.2, ("warm-up", "measure")),
)
QUICK = {"tensorflow": {"step": 1.0}, "pytorch": {"step": 2.0, "spread": 0.5}}
SLOW = {"tensorflow": {"step": 1.0, "takes": 0.2}, "pytorch": {"step": 2.0, "takes": 0.2}}


def wait_until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.01)


def test_a_finished_job_has_its_result_and_keeps_it(fake_plan):
    store = Store()
    job = Job.start(fake_plan({"plain": SLOW}), store=store)
    job.wait(60)
    end = job.snapshot()
    assert (end.state, end.done) == ("finished", 1.0)
    assert store.get(end.measurements.id).results == end.measurements.results


def test_the_snapshot_follows_the_run(fake_plan):
    job = Job.start(fake_plan({"plain": SLOW}, pairs=4))
    seen = []
    while not job.snapshot().over:
        seen.append(job.snapshot())
        time.sleep(0.01)
    assert {"parity", "measure"} <= {one.phase for one in seen}
    assert any(one.probes[0].certified for one in seen)
    standings = [one.probes[0].comparison for one in seen if one.probes[0].comparison]
    assert standings
    assert standings[-1].ratio == pytest.approx(0.5, rel=0.1)
    shares = [one.done for one in seen]
    assert shares == sorted(shares)
    assert all(one.seconds_left >= 0 for one in seen if one.seconds_left is not None)


def test_a_snapshot_never_changes(fake_plan):
    job = Job.start(fake_plan({"plain": SLOW}))
    early = job.snapshot()
    job.wait(60)
    assert early.measurements is None
    assert job.snapshot().measurements is not None


def test_hundreds_of_cancels_in_a_row_leave_nothing_behind_and_lose_nothing(fake_plan):
    plan = fake_plan({"plain": QUICK}, pairs=50)
    store, here, chance = Store(), detect(), random.Random(1)
    latest, most, begun = 0.0, 0, set()
    for _ in range(CANCELS):
        job = Job.start(plan, store=store, machine=here)
        time.sleep(chance.choice((0.0, 0.02, 0.1, 0.2, 0.4)) * chance.random())
        before = job.snapshot()
        asked = time.monotonic()
        job.cancel()
        assert job.wait(10)
        latest = max(latest, time.monotonic() - asked)
        after = job.snapshot()
        begun.add(before.phase)
        assert after.state == "cancelled"
        assert not psutil.Process().children(recursive=True)
        assert waiting() == ()
        if before.probes[0].pairs:
            kept = store.get(after.measurements.id)
            assert next(one for one in kept.results if one.probe == "plain").pairs >= before.probes[0].pairs
            most = max(most, before.probes[0].pairs)
    assert latest < 1.0
    assert {None, "parity", "measure"} <= begun  # the cancels came at every stage
    assert most >= 1
    with turn("after"):  # the lock is free
        pass


@pytest.mark.frameworks
def test_cancels_of_real_frameworks_leave_nothing_behind():
    plan = make_plan("quick", discover(), ids=["mlp"], threads=1)
    for seconds, phase in REAL_CANCELS:
        job = Job.start(plan)
        if phase:
            wait_until(lambda: job.snapshot().phase in phase, 60)  # noqa: B023
        time.sleep(seconds)
        asked = time.monotonic()
        job.cancel()
        assert job.wait(10)
        assert time.monotonic() - asked < 1.0
        assert job.snapshot().state == "cancelled"
        assert not psutil.Process().children(recursive=True)
        assert waiting() == ()


def test_a_cancelled_job_is_kept_with_its_finished_pairs(fake_plan):
    store = Store()
    job = Job.start(fake_plan({"plain": SLOW}, pairs=12), store=store)
    wait_until(lambda: job.snapshot().probes[0].pairs >= 3)
    job.cancel()
    job.wait(10)
    kept = store.get(job.snapshot().measurements.id)
    assert kept.status == "cancelled"
    assert next(one for one in kept.results if one.probe == "plain").pairs >= 3


def test_jobs_run_one_after_another(fake_plan):
    plan = fake_plan({"plain": SLOW})
    first, second = Job.start(plan), Job.start(plan)
    wait_until(lambda: second.snapshot().position == 1 or first.snapshot().position == 1)
    assert {first.snapshot().state, second.snapshot().state} == {"running", "queued"}
    first.wait(60)
    second.wait(60)
    assert (first.snapshot().state, second.snapshot().state) == ("finished", "finished")


def test_a_job_that_waits_can_be_cancelled(fake_plan):
    with turn("somebody"):
        job = Job.start(fake_plan({"plain": SLOW}))
        wait_until(lambda: job.snapshot().position == 1)
        job.cancel()
        assert job.wait(2)
    assert (job.snapshot().state, job.snapshot().measurements) == ("cancelled", None)


def test_a_job_that_nobody_looks_at_ends_itself(fake_plan):
    job = Job.start(fake_plan({"plain": SLOW}, pairs=50, seconds=60), grace_seconds=0.5)
    assert job.wait(5)
    assert job.snapshot().state == "cancelled"
    assert not psutil.Process().children(recursive=True)


def test_a_job_that_is_looked_at_lives_on(fake_plan):
    job = Job.start(fake_plan({"plain": SLOW}), grace_seconds=0.5)
    wait_until(lambda: job.snapshot().over, 60)
    assert job.snapshot().state == "finished"


def test_a_result_that_cannot_be_stored_is_told_and_not_lost(fake_plan):
    class Full:
        def save(self, found):
            raise OSError("no space left")

    job = Job.start(fake_plan({"plain": SLOW}), store=Full())
    job.wait(60)
    assert job.snapshot().state == "finished"
    assert job.snapshot().measurements.results
    assert "no space left" in job.snapshot().problem
    assert waiting() == ()
