"""A measurement in the background: started, looked at, cancelled, and never left behind."""

import atexit
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from probes.contract import Framework, Track
from probes.lock import CancelledWhileWaitingError, turn
from probes.model import Machine, Measurements
from probes.plan import Plan
from probes.progress import Certified, Clock, Phase, Progress, Standing
from probes.runner import run
from probes.statistics import Comparison

if TYPE_CHECKING:  # a database library is no load for a page that only shows questions
    from probes.store import Store

State = Literal["queued", "running", "finished", "cancelled", "failed"]
GRACE_SECONDS = 90.0
"""A page looks about every second, in a hidden tab about once a minute; after this long it was closed."""


@dataclass(frozen=True)
class ProbeState:
    """Where one probe on one track stands; ``probe`` is its id, with what sets it apart in a sweep."""

    probe: str
    track: Track
    certified: bool | None = None
    reason: str | None = None  # why not certified
    comparison: Comparison | None = None  # so far; not a verdict
    pairs: int = 0


@dataclass(frozen=True)
class Snapshot:
    """The job at one moment; it never changes. ``position`` is how many are ahead in the queue."""

    state: State
    position: int | None
    pairs_planned: int
    framework: Framework | None = None
    probe: str | None = None
    track: Track | None = None
    phase: str | None = None
    pair: int | None = None
    probes: tuple[ProbeState, ...] = ()
    seconds_left: float | None = None
    done: float = 0.0
    measurements: Measurements | None = None
    problem: str | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("finished", "cancelled", "failed")


class Job:
    """One measurement on its own thread. Make it with `Job.start`."""

    def __init__(self, plan: Plan, store: "Store | None", folder: Path | None, grace: float | None) -> None:
        self.id = uuid.uuid4().hex
        self.plan = plan
        self._store, self._folder, self._grace = store, folder, grace
        self._cancel = threading.Event()
        self._guard = threading.Lock()
        self._looked = time.monotonic()
        self._clocked = time.monotonic()
        states = tuple(ProbeState(probe.key, track) for probe in plan.probes for track in probe.tracks)
        self._snapshot = Snapshot("queued", None, plan.pairs, probes=states)
        self._thread: threading.Thread | None = None

    @classmethod
    def start(
        cls,
        plan: Plan,
        *,
        store: "Store | None" = None,
        folder: Path | None = None,
        grace_seconds: float | None = GRACE_SECONDS,
        machine: Machine | None = None,
    ) -> "Job":
        """Queues the plan and returns at once. The result is kept in ``store`` when there is one.

        After ``grace_seconds`` in which nobody took a snapshot the job cancels itself; None waits for ever.
        """
        job = cls(plan, store, folder, grace_seconds)
        job._thread = threading.Thread(target=job._work, args=(machine,), name="measurement", daemon=True)
        job._thread.start()
        return job

    def snapshot(self) -> Snapshot:
        """The present state; counts as a look, so the job lives on."""
        with self._guard:
            now = time.monotonic()
            self._looked = now
            taken = self._snapshot
            if taken.seconds_left is not None and not taken.over:
                left = max(0.0, taken.seconds_left - (now - self._clocked))
                taken = replace(taken, seconds_left=left)
            return taken

    @property
    def over(self) -> bool:
        """Whether nothing more will happen; asking does not count as a look."""
        return self._snapshot.over

    def cancel(self) -> None:
        """Asks the job to end; it does so within a second and keeps what was measured."""
        self._cancel.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Waits for the end; False when it has not come within ``seconds``."""
        assert self._thread is not None
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _cancelled(self) -> bool:
        if self._grace is not None and time.monotonic() - self._looked > self._grace:
            self._cancel.set()
        return self._cancel.is_set()

    def _work(self, machine: Machine | None) -> None:
        atexit.register(self._leave)
        try:
            with turn(
                self.plan.name, folder=self._folder, cancelled=self._cancelled, on_position=self._set_position
            ):
                found = run(self.plan, self._hear, self._cancelled, machine)
                problem = self._save(found)
            self._change(
                lambda was: replace(was, state=found.status, measurements=found, done=1.0, problem=problem)
            )
        except CancelledWhileWaitingError:
            self._change(lambda was: replace(was, state="cancelled"))
        except Exception as error:  # a read-only folder for the queue: shown, not lost with the thread
            problem = _told(error)
            self._change(lambda was: replace(was, state="failed", problem=problem))
        finally:
            atexit.unregister(self._leave)

    def _save(self, found: Measurements) -> str | None:
        """Keeps the result; where that fails, a full disk or a locked database, says why: nothing is lost."""
        try:
            if self._store is not None:
                self._store.save(found)
        except Exception as error:
            return _told(error)
        return None

    def _leave(self) -> None:
        self.cancel()
        self.wait(2)

    def _set_position(self, position: int) -> None:
        state: State = "running" if position == 0 else "queued"
        self._change(lambda was: replace(was, state=state, position=position))

    def _hear(self, progress: Progress) -> None:
        match progress:
            case Phase(framework, probe, track, phase, pair):
                self._change(
                    lambda was: replace(
                        was, framework=framework, probe=probe, track=track, phase=phase, pair=pair
                    )
                )
            case Certified(probe, granted, reason):
                self._update(lambda one: one.probe.split("+")[0] == probe, certified=granted, reason=reason)
            case Standing(probe, track, comparison, pairs, _):
                self._update(
                    lambda one: (one.probe, one.track) == (probe, track), comparison=comparison, pairs=pairs
                )
            case Clock(left, done):
                self._clocked = time.monotonic()
                self._change(lambda was: replace(was, seconds_left=left, done=max(was.done, done)))

    def _update(self, which: Callable[[ProbeState], bool], **changes: object) -> None:
        self._change(
            lambda was: replace(
                was,
                probes=tuple(
                    replace(one, **changes) if which(one) else one  # type: ignore[arg-type]
                    for one in was.probes
                ),
            )
        )

    def _change(self, change: Callable[[Snapshot], Snapshot]) -> None:
        with self._guard:
            self._snapshot = change(self._snapshot)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
