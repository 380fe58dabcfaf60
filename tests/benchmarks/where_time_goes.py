"""Where the seconds of one run go, by phase and framework, as a Markdown table.

``python tests/benchmarks/where_time_goes.py --plan quick``. During the parity check both sides run at once:
its seconds are those of the slower side.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from probes.catalogue import discover  # noqa: E402
from probes.contract import FRAMEWORKS  # noqa: E402
from probes.lock import turn  # noqa: E402
from probes.machine import detect  # noqa: E402
from probes.plan import Plan, make_plan  # noqa: E402
from probes.progress import Phase, Progress  # noqa: E402
from probes.runner import run  # noqa: E402

CHECK = ("parity check", "both")
Spent = Counter[tuple[str, str]]


class Stopwatch:
    """Adds the seconds between two events to the phase that the first of them began."""

    def __init__(self) -> None:
        self.spent: Spent = Counter()
        self._at = CHECK
        self._since = time.monotonic()

    def __call__(self, event: Progress) -> None:
        if isinstance(event, Phase):
            self._enter(CHECK if event.pair is None else (event.phase, event.framework))

    def stop(self) -> Spent:
        self._enter(CHECK)
        return self.spent

    def _enter(self, where: tuple[str, str]) -> None:
        now = time.monotonic()
        self.spent[self._at] += now - self._since
        self._at, self._since = where, now


def time_of(plan: Plan) -> Spent:
    """Seconds by phase and framework."""
    watch = Stopwatch()
    run(plan, watch)
    return watch.stop()


def table(spent: Spent) -> Iterator[str]:
    """The phases in the order of a launch; ``start`` is the process and its import."""
    whole = sum(spent.values())
    yield "| phase | TensorFlow | PyTorch | share of the run |"
    yield "| --- | ---: | ---: | ---: |"
    for phase in dict.fromkeys(name for name, _ in spent):
        sides = [spent.get((phase, side), 0.0) for side in FRAMEWORKS]
        both = spent.get((phase, "both"), 0.0)
        cells = [f"{seconds:.1f} s" if seconds else "–" for seconds in sides]
        if both:
            cells = [f"{both:.1f} s together", ""]
        yield f"| {phase} | {cells[0]} | {cells[1]} | {(sum(sides) + both) / whole:.0%} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", default="quick")
    parser.add_argument("--probe", action="append", default=[])
    given = parser.parse_args()
    plan = make_plan(given.plan, discover(), threads=detect().cores_usable, ids=given.probe)
    with turn(plan.name):
        spent = time_of(plan)
    print("\n".join(table(spent)))


if __name__ == "__main__":
    main()
