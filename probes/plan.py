"""What a run will do, decided before it starts: probes, tracks, launches, and the smallest visible effect."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from probes.catalogue import CatalogError, Entry, by_project, choose
from probes.command import command_line
from probes.contract import FRAMEWORKS, ContractError, Framework, Track, complete_parameters
from probes.environment import can_keep_memory
from probes.statistics import FEWEST_PAIRS, smallest_effect
from probes.worker.modes import KEEP_MEMORY, OF_LAUNCH, ONE_THREAD, mode_for

PlanName = Literal["quick", "standard", "thorough"]
PLANS: tuple[PlanName, ...] = ("quick", "standard", "thorough")


@dataclass(frozen=True)
class Budget:
    """What a plan may spend: seconds in all; ``measuring`` are seconds of steady steps per task."""

    seconds: float
    measuring: float
    probes: int
    most_pairs: int
    tracks: tuple[Track, ...]


BUDGETS: Mapping[PlanName, Budget] = {
    "quick": Budget(60, 0.3, 2, 4, ("matched",)),
    "standard": Budget(180, 0.5, 2, 10, ("matched",)),
    "thorough": Budget(600, 0.8, 2, 12, ("as-written", "matched", "tuned")),
}
IMPORT_SECONDS: Mapping[Framework, float] = {"tensorflow": 4.0, "pytorch": 2.5}
TASK_SECONDS: Mapping[Track, tuple[float, float]] = {  # beyond the measuring: TensorFlow, PyTorch
    "as-written": (2.0, 1.0),
    "matched": (1.2, 0.9),
    "tuned": (3.5, 16.0),
}
TUNED_PAIRS = 6
"""Compiling takes longer than all the measuring: beside other tracks the tuned one gets fewer launches."""

PARITY_SECONDS = 3.0  # per probe; both sides run at once
COMPILER_SECONDS = 16.0  # once, where anything compiles
RESERVE_SECONDS = 2.0


@dataclass(frozen=True)
class PlannedProbe:
    """One probe with the numbers it runs with."""

    entry: Entry
    parameters: Mapping[str, int]
    tracks: tuple[Track, ...]
    variant: str | None = None  # one setting switched, to see what it does to the ratio
    point: str = ""  # in a sweep, what sets this probe apart from its neighbours: "@batch=128"

    @property
    def base(self) -> str:
        """Names the computation: probes of one base share a parity certificate."""
        return self.id + self.point

    @property
    def key(self) -> str:
        """Names the timing; the probe's id where nothing is swept or varied."""
        return self.base + (f"+{self.variant}" if self.variant else "")

    @property
    def launch_variant(self) -> str | None:
        """The variant where it needs a launch of its own, else None."""
        return self.variant if self.variant in OF_LAUNCH else None

    def compiles(self, track: Track) -> bool:
        """Whether the timing on this track uses a kernel compiler."""
        return mode_for("pytorch", track, self.variant).compiles

    @property
    def id(self) -> str:
        """The probe's id."""
        return self.entry.spec.id


@dataclass(frozen=True)
class Plan:
    """A whole run. ``pairs`` are launches per side; ``smallest_effect`` is a ratio, stated before anything
    runs.
    """

    name: PlanName
    budget_seconds: float
    measuring_seconds: float
    probes: tuple[PlannedProbe, ...]
    pairs: int
    estimated_seconds: float
    smallest_effect: float | None
    threads: int
    seed: int = 1
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    null: bool = False
    self_tests: bool = False
    interpreters: Mapping[Framework, str] = field(
        default_factory=lambda: dict.fromkeys(FRAMEWORKS, sys.executable)
    )
    worker: tuple[str, ...] = ("-m", "probes.worker")
    command: str = ""

    @property
    def smallest_effect_tuned(self) -> float | None:
        """What the tuned track can show where it leaves after fewer launches than the others; else None."""
        fewer = "tuned" in self.tracks and self.pairs_for("tuned") < self.pairs
        return smallest_effect(self.pairs_for("tuned")) if fewer else None

    @property
    def compiles(self) -> bool:
        """Whether any timing uses a kernel compiler."""
        return _anything_compiles(self.probes)

    @property
    def tracks(self) -> set[Track]:
        """Every track of any probe."""
        return {track for probe in self.probes for track in probe.tracks}

    def threads_for(self, launch_variant: str | None) -> int:
        """Threads of a launch, its own ones and those of a variant."""
        return 1 if launch_variant == ONE_THREAD else self.threads

    def pairs_for(self, track: Track) -> int:
        """Pairs of launches in which this track takes part: the first ones."""
        return min(self.pairs, TUNED_PAIRS) if track == "tuned" and len(self.tracks) > 1 else self.pairs


def make_plan(
    name: PlanName,
    entries: Mapping[str, Entry],
    *,
    threads: int,
    ids: Sequence[str] = (),
    domains: Sequence[str] = (),
    targets: Sequence[str] = (),
    tracks: Sequence[Track] = (),
    settings: Mapping[str, int] | None = None,
    sweep: tuple[str, Sequence[int]] | None = None,
    variants: Sequence[str] = (),
    interpreters: Mapping[Framework, str] | None = None,
    catalogs: Sequence[Path] = (),
    seed: int = 1,
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto",
    null: bool = False,
    worker: tuple[str, ...] = ("-m", "probes.worker"),
) -> Plan:
    """Fits the named plan to the budget.

    With ``ids`` exactly these probes run; without, those nearest to ``domains`` and ``targets``.
    `CatalogError` for an unknown probe, or a setting that none of the probes has or that is out of its
    bounds, or ``keep-memory`` where the C library can't.
    """
    if KEEP_MEMORY in variants and not can_keep_memory():
        raise CatalogError(f"'{KEEP_MEMORY}' needs glibc, the C library of most Linux systems; leave it out")
    budget = BUDGETS[name]
    room = 1 if null else budget.probes  # a null comparison needs twice the launches
    chosen = choose(entries, ids) if ids else by_project(entries, domains, targets)[:room]
    wanted, tracks_wanted = dict(settings or {}), tracks or budget.tracks
    points = [{sweep[0]: value} for value in sweep[1]] if sweep else [{}]
    probes = tuple(
        replace(_planned(entry, tracks_wanted, wanted | point), variant=variant, point=_point(point))
        for entry in chosen
        for point in points
        for variant in (None, *variants)
    )
    _no_unused([*wanted, *points[0]], probes)
    sure, seconds = _fit(probes, budget, null)
    # A quiet machine has time for more than is sure.
    pairs = max(sure, min(budget.most_pairs * (2 if null else 1), sure + 2))
    if null and pairs < 2 * FEWEST_PAIRS:
        raise CatalogError(
            f"a null comparison needs {2 * FEWEST_PAIRS} launches of each side, and this plan has time for "
            f"{pairs}: choose a longer plan, or fewer probes"
        )
    chosen_interpreters = {**dict.fromkeys(FRAMEWORKS, sys.executable), **(interpreters or {})}
    return Plan(
        name=name,
        budget_seconds=budget.seconds,
        measuring_seconds=budget.measuring,
        probes=probes,
        pairs=pairs,
        estimated_seconds=seconds,
        smallest_effect=smallest_effect(sure),
        threads=threads,
        seed=seed,
        device=device,
        null=null,
        self_tests=name != "quick",
        interpreters=chosen_interpreters,
        worker=worker,
        command=command_line(
            plan=(name,),
            probe=[entry.spec.id for entry in chosen],
            track=tracks,
            set=[f"{key}={value}" for key, value in wanted.items()],
            sweep=[f"{sweep[0]}={','.join(map(str, sweep[1]))}"] if sweep else (),
            vary=variants,
            catalog=[str(catalog) for catalog in catalogs],
            python_tensorflow=_other(chosen_interpreters["tensorflow"]),
            python_torch=_other(chosen_interpreters["pytorch"]),
            threads=(str(threads),),
            seed=(str(seed),),
            device=(device,) if device != "auto" else (),
        )
        + (" --null" if null else ""),
    )


def pair_seconds(probes: Sequence[PlannedProbe], measuring: float, without: Sequence[Track] = ()) -> float:
    """Rough seconds of one pair of launches, before any was seen; ``without`` some tracks."""
    launches = len({probe.launch_variant for probe in probes})
    total = launches * sum(IMPORT_SECONDS.values())
    for probe in probes:
        for track in set(probe.tracks) - set(without):
            step = probe.entry.spec.typical_step_ms / 1000
            # Warm-up takes as long as the measuring at most; the first steps are slow.
            total += sum(TASK_SECONDS["tuned" if probe.compiles(track) else track]) + 2 * (
                1.5 * measuring + 10 * step
            )
    return total


def _fit(probes: Sequence[PlannedProbe], budget: Budget, null: bool) -> tuple[int, float]:
    parity = (
        max(IMPORT_SECONDS.values())
        + PARITY_SECONDS * len({probe.base for probe in probes})
        + COMPILER_SECONDS * _anything_compiles(probes)
        + RESERVE_SECONDS
    )
    one = pair_seconds(probes, budget.measuring) if probes else 1.0
    # The null comparison sets neighbouring launches of one side against each other: half as many pairs.
    most = budget.most_pairs * (2 if null else 1)
    tracks = {track for probe in probes for track in probe.tracks}
    # Where other tracks run as well, the tuned one leaves after its own few pairs.
    later = pair_seconds(probes, budget.measuring, without=("tuned",)) if len(tracks) > 1 else one

    def needed(pairs: int) -> float:
        return parity + min(pairs, TUNED_PAIRS) * one + max(0, pairs - TUNED_PAIRS) * later

    sure = max([1, *(pairs for pairs in range(1, most + 1) if needed(pairs) <= budget.seconds)])
    return sure, min(budget.seconds, needed(sure))


def _anything_compiles(probes: Sequence[PlannedProbe]) -> bool:
    return any(probe.compiles(track) for probe in probes for track in probe.tracks)


def _point(point: Mapping[str, int]) -> str:
    return "".join(f"@{name}={value}" for name, value in point.items())


def _planned(entry: Entry, tracks: Sequence[Track], settings: Mapping[str, int]) -> PlannedProbe:
    own = {key: value for key, value in settings.items() if key in entry.spec.parameters}
    try:
        parameters = complete_parameters(entry.spec, own)
    except ContractError as error:
        raise CatalogError(str(error)) from None
    return PlannedProbe(entry, parameters, tuple(track for track in tracks if track in entry.spec.tracks))


def _no_unused(settings: Sequence[str], probes: Sequence[PlannedProbe]) -> None:
    known = sorted({key for probe in probes for key in probe.entry.spec.parameters})
    for key in settings:
        if key not in known:
            raise CatalogError(
                f"none of the chosen probes has '{key}'; there is: {', '.join(known) or 'none'}"
            )


def _other(interpreter: str) -> tuple[str, ...]:
    return () if interpreter == sys.executable else (interpreter,)
