"""Runs a plan: parity first, then pairs of launches in ABBA order, until every verdict stands or the time is
up.
"""

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from probes.certificate import certify
from probes.contract import FRAMEWORKS, Framework, Track
from probes.document import load, write_up
from probes.environment import worker_environment
from probes.gather import Gathered, Task
from probes.machine import detect, share_device
from probes.model import HEADLINE, Failure, Machine, Measurements
from probes.places import copy_worker
from probes.plan import Plan, PlannedProbe, pair_seconds
from probes.progress import Certified, Clock, Phase, Progress, Standing
from probes.statistics import FEWEST_PAIRS, compare, looks
from probes.supervise import Event, Limits, Outcome, launch
from probes.tasks import aside, cache_of, launch_variants, position, task_of, timing_tasks
from probes.worker.modes import KEEP_MEMORY

Tasks = Sequence[Mapping[str, Any]]
FRAMEWORKS_TURNED: tuple[Framework, ...] = ("pytorch", "tensorflow")
MEMORY_SHARE = 0.8  # of the usable memory; a worker that wants more would drive the machine into swapping
END_SECONDS = 1.0  # kept back for the results


def run(
    plan: Plan,
    on_event: Callable[[Progress], None] = lambda progress: None,
    cancelled: Callable[[], bool] = lambda: False,
    machine: Machine | None = None,
) -> Measurements:
    """Measures ``plan`` and returns everything found; raises nothing that a worker causes.

    Workers are gone when it returns, also when ``on_event`` raises. After ``cancelled()`` turns true it
    returns within a second, with the results of every pair of launches that was finished.
    """
    with tempfile.TemporaryDirectory(prefix="probes-", ignore_cleanup_errors=True) as scratch:
        return _Run(plan, on_event, cancelled, machine or detect(), Path(scratch)).whole()


class _Run:
    def __init__(
        self,
        plan: Plan,
        on_event: Callable[[Progress], None],
        cancelled: Callable[[], bool],
        machine: Machine,
        scratch: Path,
    ) -> None:
        self.plan, self.tell, self.cancelled, self.machine, self.scratch = (
            plan,
            on_event,
            cancelled,
            machine,
            scratch,
        )
        self.code = copy_worker(scratch / "code")
        self.temporary = scratch / "temporary"
        self.temporary.mkdir()
        self.gathered = Gathered(plan.interpreters)
        self.begun = time.monotonic()
        self.open: list[Task] = []  # tasks without a verdict yet
        self.pair_seconds = pair_seconds(plan.probes, plan.measuring_seconds)
        self.pairs_done = 0
        self.device: str = plan.device

    def whole(self) -> Measurements:
        started = datetime.now(UTC)
        load_before = load()
        if self.device == "auto":
            self.device = share_device(self.machine, lambda: self._look())
        self._parity()
        self._pairs()
        return write_up(
            self.plan,
            self.gathered,
            self.machine,
            started=started,
            seconds=time.monotonic() - self.begun,
            load_before=load_before,
            cancelled=self.cancelled(),
        )

    def _parity(self) -> None:
        tasks = [task_of(self.plan, base, "parity", probe.tracks[0]) for base, probe in self._bases().items()]
        if self.plan.compiles:
            tasks.append({"kind": "compiler"})
        with ThreadPoolExecutor(2) as pool:  # not timed, so both sides may run at once
            ends = [pool.submit(self._launch_through, framework, None, tasks) for framework in FRAMEWORKS]
            for end in ends:
                end.result()
        for base, probe in self._bases().items():
            sides = self.gathered.parity.get(base, {})
            if self.cancelled() and len(sides) < len(FRAMEWORKS):
                continue
            certificate = certify(probe.entry.spec, sides)
            self.gathered.certificates[base] = certificate
            self.tell(Certified(base, certificate.granted, certificate.reason))
            if certificate.granted:
                same = [one for one in self.plan.probes if one.base == base]
                self.open += [(one.key, track) for one in same for track in one.tracks]

    def _pairs(self) -> None:
        for pair in range(self.plan.pairs):
            if not self.open or self.cancelled() or not self._fits(pair):
                break
            begun = time.monotonic()
            for variant in launch_variants(self.plan, self.open):
                # ABBA: the side that went first goes second in the next pair, and a slow drift cancels.
                for framework in FRAMEWORKS_TURNED if pair % 2 else FRAMEWORKS:
                    tasks = timing_tasks(self.plan, self.open, variant)
                    if not tasks or self.cancelled():
                        break
                    if self.plan.self_tests and pair == 0 and variant is None:
                        tasks.append({"kind": "self-test"})
                    self._launch_through(framework, pair, tasks, variant, retry=False)
            if self.cancelled():
                break
            self.pairs_done = pair + 1
            spent = time.monotonic() - begun
            self.pair_seconds = spent if pair == 0 else max(spent, self.pair_seconds * 0.9)
            self._judge()
            self._make_room()

    def _make_room(self) -> None:
        """Where too few pairs would fit to tell anything, the last tasks give way to the first."""
        while len(self.open) > 1 and self.pairs_done + self._left() / self.pair_seconds < FEWEST_PAIRS:
            before = self._rough_seconds()
            self.open.pop()
            self.pair_seconds *= self._rough_seconds() / before
        self._clock()

    def _fits(self, pair: int) -> bool:
        return pair == 0 or self._left() > self.pair_seconds * 1.05

    def _judge(self) -> None:
        before = self._rough_seconds()
        for task in list(self.open):
            left, right = self.gathered.pairs(task, HEADLINE)
            planned = self.plan.pairs_for(task[1])
            positive = min([*left, *right], default=0.0) > 0
            standing = compare(left, right, planned) if positive else None
            self.tell(Standing(task[0], task[1], standing, len(left), planned))
            at_look = len(left) in looks(planned)
            settled = standing is not None and at_look and standing.call != "cannot-tell"
            if self.pairs_done >= planned or (settled and not self.plan.null):
                self.open.remove(task)
        self.pair_seconds *= self._rough_seconds() / before

    def _launch_through(
        self,
        framework: Framework,
        pair: int | None,
        tasks: Tasks,
        variant: str | None = None,
        retry: bool = True,
    ) -> None:
        """One launch; where one probe takes it down, the probes behind it get another launch."""
        rest = list(tasks)
        while rest:
            at: list[Any] = [None, None, -1]  # probe, track, position
            outcome = self._launch(framework, pair, rest, at, variant)
            if pair is not None and outcome.others is not None:
                self.gathered.others[framework].append(outcome.others)
            failure = outcome.failure
            if failure is None or failure.kind == "cancelled":
                return
            if pair and failure.kind == "time-limit" and self._left() <= 0:
                self.open.clear()  # the run's time is up, no fault of the probe
                return
            if at[0] is None:  # the side itself cannot run
                self.gathered.failures.append(failure)
                self.open.clear()
                return
            self.gathered.failures.append(failure.model_copy(update={"probe": at[0]}))
            self._drop(at[0], at[1])
            rest = rest[at[2] + 1 :] if retry and self._left() > 0 else []

    def _launch(
        self, framework: Framework, pair: int | None, tasks: Tasks, at: list[Any], variant: str | None
    ) -> Outcome:
        threads = self.plan.threads_for(variant)
        cache, kept = cache_of(pair)

        def heard(event: Event) -> None:
            self.gathered.take(framework, pair, aside(event, variant) if variant else event)
            if event["event"] == "started":
                at[:] = [tasks[0].get("probe"), None, 0] if tasks and pair is None else at
            elif event["event"] == "phase":
                where = (event.get("probe"), event.get("track"))
                at[:] = [*where, position(tasks, *where)]
                self.tell(Phase(framework, where[0], where[1], str(event.get("phase")), pair))
                self._clock()
            elif event["event"] == "task-failed" and event.get("probe"):
                self._drop(event["probe"], event.get("track"))

        job = {
            "framework": framework,
            "launch": -1 if pair is None else pair,
            "seed": self.plan.seed,
            "threads": threads,
            "device": self.device if self.device != "auto" else "cpu",
            "cache_kept": kept,
            "look": False,
            "tasks": list(tasks),
        }
        self.tell(Phase(framework, None, None, "start", pair))
        left = max(1.0, self._left())
        limit = left * 0.6 if pair is None else min(left, max(20.0, 4 * self.pair_seconds))
        with tempfile.TemporaryDirectory(dir=self.scratch, ignore_cleanup_errors=True) as own:
            try:
                return launch(
                    [self.plan.interpreters[framework], *self.plan.worker, "--framework", framework],
                    job,
                    framework=framework,
                    environment=worker_environment(
                        framework,
                        code=self.code,
                        scratch=Path(own),
                        threads=threads,
                        keep_memory=variant == KEEP_MEMORY,
                        temporary=self.temporary,
                        cache=self.scratch / f"cache-{framework}-{variant or 'plain'}-{cache}",
                    ),
                    folder=Path(own),
                    limits=Limits(limit, int(self.machine.memory_usable * MEMORY_SHARE)),
                    on_event=heard,
                    cancelled=self.cancelled,
                )
            except ValueError as error:  # an event that is JSON but not as agreed
                return Outcome(
                    (), Failure(probe=None, framework=framework, kind="protocol", message=str(error)), 0.0
                )

    def _rough_seconds(self) -> float:
        kept = [
            replace(one, tracks=tuple(t for t in one.tracks if (one.key, t) in self.open))
            for one in self.plan.probes
        ]
        return pair_seconds(kept, self.plan.measuring_seconds)

    def _look(self) -> Machine:
        from probes.machine import look

        sights = [
            look(framework, self.plan.interpreters[framework], self.plan.worker, self._left(), self.cancelled)
            for framework in FRAMEWORKS
        ]
        return self.machine.model_copy(update={"sights": tuple(sights)})

    def _bases(self) -> dict[str, PlannedProbe]:
        return {probe.base: probe for probe in self.plan.probes if probe.tracks}

    def _drop(self, probe: str, track: Track | None) -> None:
        self.open = [task for task in self.open if task != (probe, track)]

    def _left(self) -> float:
        return self.plan.budget_seconds - END_SECONDS - (time.monotonic() - self.begun)

    def _clock(self) -> None:
        spent = time.monotonic() - self.begun
        pairs = (self.plan.pairs - self.pairs_done) if self.open or not self.pairs_done else 0
        expected = self.plan.estimated_seconds if not self.pairs_done else spent + pairs * self.pair_seconds
        left = max(0.0, min(expected, self.plan.budget_seconds) - spent)
        self.tell(Clock(left, min(1.0, spent / max(spent + left, 1e-9))))
