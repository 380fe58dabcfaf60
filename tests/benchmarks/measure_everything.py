"""Every training probe on every track, in one JSON file and as a Markdown table.

``python tests/benchmarks/measure_everything.py --plan thorough --seconds 6000 --output everything.json``. One
probe is one run of the plan. Goes on where the file ends, and writes the table beside it as ``.md``.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from probes.catalogue import discover  # noqa: E402
from probes.contract import TRACKS  # noqa: E402
from probes.lock import turn  # noqa: E402
from probes.machine import detect  # noqa: E402
from probes.model import Measurements, Result  # noqa: E402
from probes.plan import Plan, make_plan  # noqa: E402
from probes.runner import run  # noqa: E402
from probes.store import read_json, write_json  # noqa: E402

METRICS = ("steady-step", "first-step", "compile", "compile-cached", "time-to-accuracy", "peak-memory")
HEAD = ("probe", "track", "figure", "TensorFlow", "PyTorch", "ratio (interval)", "pairs", "verdict")
VERDICTS = {
    "tensorflow": "TensorFlow",
    "pytorch": "PyTorch",
    "same": "the same",
    "cannot-tell": "cannot tell",
}


def plan_for(probe: str, name: str, variants: Sequence[str] = (), seconds: float | None = None) -> Plan:
    """One probe on all tracks; ``seconds`` in place of the plan's own budget."""
    threads = detect().cores_usable
    plan = make_plan(
        name,
        discover(),
        threads=threads,
        ids=[probe],
        tracks=TRACKS,
        variants=variants,  # type: ignore[arg-type]
    )
    return plan if seconds is None else replace(plan, budget_seconds=seconds)


def measure(
    plans: Iterable[Plan], seconds: float, output: Path, metrics: Sequence[str] = METRICS
) -> list[Measurements]:
    """Runs those plans that ``output`` does not hold yet; writes the file and its table after each."""
    kept = json.loads(output.read_text(encoding="utf-8")) if output.is_file() else []
    done = [read_json(json.dumps(one)) for one in kept]
    begun = time.monotonic()
    for plan in plans:
        if plan.command in {one.command for one in done}:
            continue
        if time.monotonic() - begun + plan.estimated_seconds > seconds:
            break
        with turn(plan.name):
            done.append(run(plan))
        documents: list[Any] = [json.loads(write_json(one)) for one in done]
        output.write_text(json.dumps(documents, indent=1) + "\n", encoding="utf-8")
        output.with_suffix(".md").write_text("\n".join(table(done, metrics)) + "\n", encoding="utf-8")
    return done


def table(found: Iterable[Measurements], metrics: Sequence[str] = METRICS) -> Iterator[str]:
    """The results as lines of Markdown."""
    yield "| " + " | ".join(HEAD) + " |"
    yield "| --- | --- | --- | ---: | ---: | ---: | ---: | --- |"
    for one in found:
        for result in one.results:
            if result.metric in metrics:
                yield "| " + " | ".join(_cells(result)) + " |"


def _cells(result: Result) -> tuple[str, ...]:
    sides = [f"{one.median:.3g} {result.unit}" if one else "–" for one in (result.tensorflow, result.pytorch)]
    ratio = "–"
    if result.ratio is not None and result.interval is not None:
        ratio = f"{result.ratio:.2f} ({result.interval[0]:.2f} to {result.interval[1]:.2f})"
    probe = f"{result.probe} + {result.variant}" if result.variant else result.probe
    verdict = VERDICTS.get(result.verdict, f"withheld: {result.reason}")
    return (probe, result.track, result.metric, *sides, ratio, str(result.pairs), verdict)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", default="thorough")
    parser.add_argument("--probe", action="append", default=None)
    parser.add_argument("--vary", action="append", default=[])
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--output", type=Path, default=Path("everything.json"))
    given = parser.parse_args()
    probes = given.probe or [
        entry.spec.id for entry in discover().values() if entry.spec.family == "training"
    ]
    plans = [plan_for(probe, given.plan, given.vary) for probe in probes]
    print("\n".join(table(measure(plans, given.seconds, given.output))))


if __name__ == "__main__":
    main()
