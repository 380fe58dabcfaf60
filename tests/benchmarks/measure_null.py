"""Each framework against itself, many times: how often does the null comparison call a difference?

``python tests/benchmarks/measure_null.py --runs 40 --seconds 3000 --output null.json``. Goes on where the
file ends, and stops when the runs are made or the seconds are spent. A comparison needs six launches a side:
``--pairs 6 --budget 90`` gives a quick run the time for them where it has too little.
"""

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from probes.catalogue import discover  # noqa: E402
from probes.lock import turn  # noqa: E402
from probes.machine import detect  # noqa: E402
from probes.model import Measurements  # noqa: E402
from probes.plan import Plan, make_plan  # noqa: E402
from probes.runner import run  # noqa: E402


def null_plan(name: str, probes: list[str], pairs: int | None = None, seconds: float | None = None) -> Plan:
    """The plan of one run: every probe against itself. ``pairs``, ``seconds``: in place of the plan's own."""
    plan = make_plan(name, discover(), threads=detect().cores_usable, ids=probes, null=True)  # type: ignore[arg-type]
    return replace(plan, pairs=pairs or plan.pairs, budget_seconds=seconds or plan.budget_seconds)


def record(found: Measurements) -> dict[str, Any]:
    """What one run leaves behind."""
    taken = {row.item: row.tensorflow for row in found.ledger if row.item.startswith("machine.")}
    return {
        "started": found.started,
        "seconds": found.seconds,
        "status": found.status,
        "failures": [one.message for one in found.failures],
        "machine": taken,
        "rows": (found.null_check or {}).get("rows", []),
    }


def counted(records: list[dict[str, Any]]) -> dict[str, Any]:
    """False verdicts among all comparisons, by figure: a side against itself came out as different."""
    figures: dict[str, Counter[str]] = {}
    for row in (row for one in records for row in one["rows"]):
        tally = figures.setdefault(row["metric"], Counter())
        tally["comparisons"] += 1
        tally["false"] += not row["passed"]
        tally["same"] += row["shown_same"]
    return {"runs": len(records), "figures": {name: dict(tally) for name, tally in figures.items()}}


def measure(plan: Plan, runs: int, seconds: float, output: Path) -> dict[str, Any]:
    """Runs the plan until ``output`` holds so many records; returns the counts, which the file holds too."""
    records = json.loads(output.read_text(encoding="utf-8"))["records"] if output.is_file() else []
    begun, longest = time.monotonic(), 0.0
    while len(records) < runs and time.monotonic() - begun + longest < seconds:
        since = time.monotonic()
        with turn("null"):
            records.append(record(run(plan)))
        longest = max(longest, time.monotonic() - since)
        told = {"plan": plan.command, **counted(records), "records": records}
        output.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return counted(records)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--plan", default="quick")
    parser.add_argument("--probe", action="append", default=None)
    parser.add_argument("--pairs", type=int, default=None)
    parser.add_argument("--budget", type=float, default=None, help="seconds of one run")
    parser.add_argument("--output", type=Path, default=Path("null.json"))
    given = parser.parse_args()
    plan = null_plan(given.plan, given.probe or ["mlp"], given.pairs, given.budget)
    print(json.dumps(measure(plan, given.runs, given.seconds, given.output), indent=1))


if __name__ == "__main__":
    main()
