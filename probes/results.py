"""From what was gathered to results: one per probe, track and metric, with its verdict and the reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from probes.contract import FRAMEWORKS, Framework, Track
from probes.gather import START_UP, Gathered, Task
from probes.model import HEADLINE, Result, Summary, Verdict
from probes.plan import Plan, PlannedProbe
from probes.reasons import reason
from probes.statistics import FEWEST_PAIRS, MARGIN, compare

BUSY_SHARE = 0.25
"""Share of a worker's cores that others may take. OpenMP threads wait for each other by spinning; where one
of them is held up, PyTorch's steps on a CPU take many times as long, TensorFlow's a little longer.
"""
TIMES = ("ms", "s")
NAMES: Mapping[Framework, str] = {"tensorflow": "TensorFlow", "pytorch": "PyTorch"}


def results_of(
    plan: Plan, gathered: Gathered, null: Mapping[str, Any] | None, taken: float = 0.0
) -> tuple[Result, ...]:
    """Every result of a run; without a certificate a probe gives withheld results and no figure.

    ``taken`` is the share of the workers' cores that other programs took; above BUSY_SHARE no time is judged.
    """
    results: list[Result] = []
    for probe in plan.probes:
        certificate = gathered.certificates.get(probe.base)
        for track in probe.tracks:
            task: Task = (probe.key, track)
            metrics = gathered.metrics(task)
            if not (certificate and certificate.granted) or (
                HEADLINE not in [metric for metric, _ in metrics]
            ):
                results.append(_withheld(probe, track, gathered))
                continue
            for metric, unit in sorted(metrics, key=lambda pair: pair[0] != HEADLINE):
                result = _result(task, metric, unit, gathered, plan.pairs_for(track))
                told = {"probe": probe.id, "variant": probe.variant, "parameters": dict(probe.parameters)}
                result = result.model_copy(update={**told, "certificate": certificate})
                results.append(_unless_null_failed(result, probe.key, null))
    start_up: Task = (START_UP, "as-written")
    results += [
        _result(start_up, metric, unit, gathered, plan.pairs) for metric, unit in gathered.metrics(start_up)
    ]
    return tuple(_unless_busy(result, taken) for result in results)


def taken_share(others: Sequence[float], threads: int, cores: int) -> float:
    """Share of a worker's cores that others took, from the cores that others kept busy during each launch.

    A machine with more ``cores`` than the worker has ``threads`` can be busy elsewhere without harm.
    """
    if not others:
        return 0.0
    return max(0.0, sum(others) / len(others) + threads - cores) / threads


def null_check(plan: Plan, gathered: Gathered) -> dict[str, Any] | None:
    """Each framework against itself: neighbouring launches of one side as if they were two; None with too
    few.

    The order within the pairs alternates, so that a slow drift cancels here as it does in the comparison.
    A row for each figure, which alone it can withhold; ``passed`` speaks of the steady steps.
    """
    rows: list[dict[str, Any]] = []
    for probe in plan.probes:
        for track in probe.tracks:
            task: Task = (probe.key, track)
            for metric, _ in gathered.metrics(task):
                for framework in FRAMEWORKS:
                    figures = list(gathered.figures(task, metric, framework).values())
                    if (row := _against_itself(figures)) is not None:
                        about = {"probe": probe.key, "track": track, "metric": metric, "framework": framework}
                        rows.append(about | row)
    headline = [row for row in rows if row["metric"] == HEADLINE]
    return {"passed": all(row["passed"] for row in headline), "rows": rows} if rows else None


def _against_itself(figures: Sequence[float]) -> dict[str, Any] | None:
    couples = [(figures[i], figures[i + 1]) for i in range(0, len(figures) - 1, 2)]
    turned = [(b, a) if index % 2 else (a, b) for index, (a, b) in enumerate(couples)]
    if len(turned) < FEWEST_PAIRS or min(figures) <= 0:
        return None
    found = compare([a for a, _ in turned], [b for _, b in turned], len(turned))
    assert found is not None
    return {
        "ratio": found.ratio,
        "interval": [found.low, found.high],
        "pairs": found.pairs,
        "passed": found.call in ("same", "cannot-tell"),
        "shown_same": found.call == "same",
    }


def _result(task: Task, metric: str, unit: str, gathered: Gathered, planned: int) -> Result:
    sides = {framework: gathered.figures(task, metric, framework) for framework in FRAMEWORKS}
    base: dict[str, Any] = {
        "probe": task[0],
        "track": task[1],
        "metric": metric,
        "unit": unit,
        "tensorflow": _summary(list(sides["tensorflow"].values())),
        "pytorch": _summary(list(sides["pytorch"].values())),
    }
    left, right = gathered.pairs(task, metric)
    if not (sides["tensorflow"] and sides["pytorch"]):
        return Result(**base, **_nothing("cannot-tell", "one-sided"))
    if min([*left, *right], default=1.0) <= 0:
        return Result(**base, **_nothing("cannot-tell", "zero"))
    found = compare(left, right, planned)
    if found is None:
        told = _nothing("cannot-tell", "few", pairs=len(left), fewest=FEWEST_PAIRS)
        return Result(**base, **told, pairs=len(left))
    if found.pairs < FEWEST_PAIRS:
        code, values = "few", {"pairs": found.pairs, "fewest": FEWEST_PAIRS}
    else:
        code = {"same": "same", "cannot-tell": "wide"}.get(found.call, "lead")
        values = {"margin": round(100 * MARGIN)}
    told = _nothing(found.call, code, **values)
    return Result(
        **base,
        **told | {"ratio": found.ratio, "interval": (found.low, found.high)},
        pairs=found.pairs,
        confidence=found.confidence,
    )


def _withheld(probe: PlannedProbe, track: Track, gathered: Gathered) -> Result:
    certificate = gathered.certificates.get(probe.base)
    failure = gathered.failed(probe.key) or gathered.failed(probe.base)
    if failure is not None:
        side = NAMES[failure.framework] if failure.framework else "Both sides"
        why = failure.message.rstrip(".") or failure.kind
        told = _nothing("withheld", "failed", side=side, why=why, kind=failure.kind)
    elif certificate is not None and not certificate.granted:
        told = _nothing("withheld", "no-certificate", why=certificate.reason or "")
    elif certificate is None:
        told = _nothing("withheld", "not-compared")
    else:
        told = _nothing("cannot-tell", "few", pairs=0, fewest=FEWEST_PAIRS)
    return Result(
        probe=probe.id, track=track, variant=probe.variant, parameters=dict(probe.parameters),
        metric=HEADLINE, unit="ms", tensorflow=None, pytorch=None, certificate=certificate, **told,
    )  # fmt: skip


def _unless_null_failed(result: Result, key: str, null: Mapping[str, Any] | None) -> Result:
    for row in (null or {}).get("rows", []):
        about = (row["probe"], row["track"], row["metric"])
        if about == (key, result.track, result.metric) and not row["passed"]:
            told = _nothing("withheld", "null-failed", side=NAMES[row["framework"]])
            return result.model_copy(
                update={key: told[key] for key in told if key not in ("ratio", "interval")}
            )
    return result


def _unless_busy(result: Result, taken: float) -> Result:
    open_anyway = result.verdict == "withheld" or result.reason_code in ("few", "one-sided", "zero")
    if taken <= BUSY_SHARE or result.unit not in TIMES or open_anyway:
        return result
    told = _nothing("cannot-tell", "busy", percent=round(100 * taken))
    return result.model_copy(update={key: told[key] for key in told if key not in ("ratio", "interval")})


def _nothing(verdict: Verdict, code: str, **values: str | float | int) -> dict[str, Any]:
    return {
        "ratio": None, "interval": None, "verdict": verdict,
        "reason": reason(code, **values), "reason_code": code, "reason_values": values,
    }  # fmt: skip


def _summary(figures: Sequence[float]) -> Summary | None:
    if not figures:
        return None
    middle = sorted(figures)
    half = len(middle) // 2
    median = middle[half] if len(middle) % 2 else (middle[half - 1] + middle[half]) / 2
    return Summary(median=median, low=middle[0], high=middle[-1], launches=len(figures))
