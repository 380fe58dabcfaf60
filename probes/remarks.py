"""What the command line says below the tables: one line a finding, none where there is nothing to say."""

from collections.abc import Iterator, Mapping

from probes import insights
from probes.contract import Framework
from probes.model import Measurements
from probes.statistics import FEWEST_PAIRS
from probes.worker.modes import KEEP_MEMORY

NAMES: Mapping[Framework, str] = {"tensorflow": "TensorFlow", "pytorch": "PyTorch"}


def remarks(found: Measurements) -> Iterator[str]:
    """Withheld verdicts with their reasons first, then what moves the ratio, then the harness on itself."""
    yield from _withheld(found)
    for lone in insights.lone_devices(found):
        yield f"Only {NAMES[lone.framework]} sees a {lone.device} device; compared on: {lone.compared_on}."
    for one in insights.moved(found):
        if one.interval is None:
            yield f"{one.probe}, {one.track}: too few launches to say what {one.variant} does to the ratio."
            continue
        between = f" ({one.interval[0]:.2f} to {one.interval[1]:.2f})"
        yield (
            f"{one.probe}, {one.track}: {one.variant} takes the ratio from {one.ratio:.2f} to "
            f"{one.switched:.2f}, times {one.factor:.2f}{between}."
        )
    for change in insights.lead_changes(found):
        yield (
            f"{change.probe}, {change.track}: between {change.setting} {change.below} and {change.above} the "
            f"lead passes from {change.leads[0]} to {change.leads[1]}."
        )
    for paid in insights.break_even(found):
        steps = ", ".join("never" if one is None else str(one) for one in paid.steps)
        how = "compiling with the cache kept" if paid.cached else "compiling"
        yield f"{paid.probe}, {paid.track}, {NAMES[paid.framework]}: {how} pays after {steps} steps."
    for series in insights.unsettled(found):
        yield (
            f"{series.probe}, {series.track}, {NAMES[series.framework]}: the pace never settled in "
            f"{series.launches} of {series.of} launches."
        )
    yield from _fetched(found)
    yield from _printed(found)
    yield from _checked(found)


def _withheld(found: Measurements) -> Iterator[str]:
    told = [f"{one.probe}, {one.track}: {one.reason}" for one in found.results if one.verdict == "withheld"]
    yield from dict.fromkeys(told)
    if any(one.reason_code == "busy" for one in found.results):
        yield next(one.reason for one in found.results if one.reason_code == "busy")


def _fetched(found: Measurements) -> Iterator[str]:
    series = insights.fetched(found)
    for one in series:
        yield (
            f"{one.probe}, {one.track}, {NAMES[one.framework]}: {one.fewest:.0f} to {one.most:.0f} page "
            f"faults a step, up to {one.system_share:.0%} of the processor time in the system."
        )
    if series:
        yield (
            "Memory that a step freed went back to the system and was fetched again. '--vary "
            f"{KEEP_MEMORY}' shows what that costs."
        )


def _printed(found: Measurements) -> Iterator[str]:
    for snippet in insights.printed(found):
        for name, value in snippet.published.items():
            here = ", ".join(f"{draw[name]:.3g}" for draw in snippet.found if name in draw)
            yield f"{snippet.probe}, {NAMES[snippet.framework]}: {name} printed {value:g}, found {here}."


def _checked(found: Measurements) -> Iterator[str]:
    rows = [row for row in (found.null_check or {}).get("rows", []) if {"metric", "passed"} <= {*row}]
    if rows:
        failed = [
            f"{row['probe']} {row['metric']} on {NAMES[row['framework']]}"
            for row in rows
            if not row["passed"]
        ]
        yield f"Each framework against itself, {len(rows)} comparisons: " + (
            f"different in {', '.join(failed)}." if failed else "none came out as different."
        )
    elif found.command.endswith("--null"):
        yield f"Too few launches to set a framework against itself; {2 * FEWEST_PAIRS} a side are needed."
    for test in insights.self_tests(found):
        measured = "nothing" if test.measured is None else f"{test.measured:.3g} {test.unit}"
        yield (
            f"Self-test {test.test}, {NAMES[test.framework]}: expected {test.expected:.3g} {test.unit}, "
            f"measured {measured}, {'passed' if test.passed else 'FAILED'}."
        )
