"""What was found beyond the verdicts, one plain sentence each, and how the harness checked itself."""

from collections.abc import Iterator

from advisor.report.findings import figure_label, ratio, ratio_range, ratio_span
from advisor.report.insights import AgainstItself, Insights
from advisor.report.naming import framework_name, metric_name, named, said, track_name
from advisor.report.tasks import variant_name
from advisor.words import Words
from probes.contract import FRAMEWORKS
from probes.insights import BreakEven, Fetched, LeadChange, LoneDevice, Moved, Printed, SelfTest, Unsettled

Row = dict[str, str]  # column -> cell
UNITS = {"us": "µs"}
UNWAITING = "without-synchronisation"


def insight_lines(words: Words, found: Insights) -> tuple[str, ...]:
    """One sentence a finding, those that explain a ratio first; none where there is nothing to say."""
    return tuple(_lines(words, found))


def self_test_table(words: Words, found: Insights) -> tuple[Row, ...]:
    """What was checked, on which side, what it should read, what it read, and how that is to be taken."""
    return tuple(_self_test(words, test) for test in found.self_tests)


def against_itself_table(words: Words, found: Insights) -> tuple[Row, ...]:
    """One row a figure: each framework's ratio of launches to other launches, and what that says."""
    rows: dict[str, Row] = {}
    for one in found.against_itself:
        figure = words(
            "report.against-itself.what",
            title=_title(words, found, one.probe),
            figure=figure_label(words, one),
        )
        silent = {framework_name(side): words("report.figure.none") for side in FRAMEWORKS}
        row = rows.setdefault(figure, {words("report.against-itself.figure"): figure} | silent)
        row[framework_name(one.framework)] = words(
            "report.against-itself.cell",
            ratio=ratio_range(words, one),
            outcome=words(f"report.against-itself.{_self_verdict(one)}"),
        )
    return tuple(rows.values())


def _self_test(words: Words, test: SelfTest) -> Row:
    if test.test == UNWAITING and test.measured is not None and test.expected > 0:
        outcome = words("report.selftest.seen", percent=words.percent(test.measured / test.expected))
    else:
        outcome = words("report.selftest.passed" if test.passed else "report.selftest.failed")
    return {
        words("report.selftest.column.test"): named(words, "report.selftest.test", test.test),
        words("report.selftest.column.framework"): framework_name(test.framework),
        words("report.selftest.column.expected"): _amount(words, test.expected, test.unit),
        words("report.selftest.column.measured"): _amount(words, test.measured, test.unit),
        words("report.selftest.column.outcome"): outcome,
    }


def _self_verdict(row: AgainstItself) -> str:
    if not row.passed:
        return "different"
    return "same" if row.shown_same else "open"


def _lines(words: Words, found: Insights) -> Iterator[str]:
    for lone in found.lone_devices:
        yield _lone(words, lone)
    for moved in found.moved:
        yield _moved(words, found, moved)
    for change in found.lead_changes:
        yield _lead_change(words, found, change)
    for paid in found.break_even:
        yield _break_even(words, found, paid)
    for snippet in found.printed:
        if snippet.found:
            yield _printed(words, found, snippet)
    yield from _against_itself(words, found)
    if found.unsettled:
        series = [_unsettled(words, found, one) for one in found.unsettled]
        yield words("report.insight.unsettled", series=words("report.insight.join").join(series))
    if found.fetched:
        series = [_fetched(words, found, one) for one in found.fetched]
        yield words("report.insight.fetched", series=words("report.insight.join").join(series))


def _lone(words: Words, lone: LoneDevice) -> str:
    return words(
        "report.insight.lone",
        framework=framework_name(lone.framework),
        device=named(words, "report.device", lone.device),
        used=named(words, "report.device", lone.compared_on),
    )


def _moved(words: Words, found: Insights, moved: Moved) -> str:
    """Above 1 the factor speaks for PyTorch: the ratio is TensorFlow's step over PyTorch's."""
    values = {
        "what": _what(words, found, moved.probe, moved.track),
        "variant": variant_name(words, moved.variant),
        "before": ratio(words, moved.ratio),
        "after": ratio(words, moved.switched),
    }
    if moved.interval is None:
        return words("report.insight.moved.few", **values)
    low, high = moved.interval
    values |= {"factor": ratio(words, moved.factor), "interval": ratio_span(words, 0.95, low, high)}
    if found.busy:
        return words("report.insight.moved.busy", **values)
    if low <= 1 <= high:
        return words("report.insight.moved.unproven", **values)
    return words(
        "report.insight.moved.proven",
        **values,
        framework=framework_name("pytorch" if low > 1 else "tensorflow"),
    )


def _lead_change(words: Words, found: Insights, change: LeadChange) -> str:
    before, after = (framework_name(lead) for lead in change.leads)
    return words(
        "report.insight.lead-change",
        what=_what(words, found, change.probe, change.track),
        setting=said(words, found.settings.get(change.setting, {"en": change.setting})),
        below=words.number(change.below, 0),
        above=words.number(change.above, 0),
        before=before,
        after=after,
    )


def _break_even(words: Words, found: Insights, paid: BreakEven) -> str:
    steps = sorted(step for step in paid.steps if step is not None)
    side = framework_name(paid.framework)
    kind = "never" if not steps else "always" if len(steps) == len(paid.steps) else "sometimes"
    return words(
        f"report.insight.break-even.{kind}",
        what=_what(words, found, paid.probe, paid.track),
        framework=words("report.insight.break-even.cached", framework=side) if paid.cached else side,
        steps=_range(words, [float(step) for step in steps]),
        paid=len(steps),
        of=len(paid.steps),
    )


def _printed(words: Words, found: Insights, snippet: Printed) -> str:
    names = [name for name in snippet.found[0] if all(name in draw for draw in snippet.found)]
    return words(
        "report.insight.printed",
        title=_title(words, found, snippet.probe),
        framework=framework_name(snippet.framework),
        published=_values(words, {name: [value] for name, value in snippet.published.items()}),
        found=_values(words, {name: [draw[name] for draw in snippet.found] for name in names}),
        n=len(snippet.found),
    )


def _against_itself(words: Words, found: Insights) -> Iterator[str]:
    rows = found.against_itself
    failed = [
        words(
            "report.insight.against-itself.figure",
            framework=framework_name(row.framework),
            title=_title(words, found, row.probe),
            metric=metric_name(words, row.metric),
        )
        for row in rows
        if not row.passed
    ]
    if failed:
        joined = words("report.list.join").join(failed)
        yield words("report.insight.against-itself.failed", n=len(rows), figures=joined)
    elif rows:
        yield words("report.insight.against-itself.passed", n=len(rows))


def _unsettled(words: Words, found: Insights, series: Unsettled) -> str:
    return words(
        "report.insight.unsettled-series",
        what=_what(words, found, series.probe, series.track),
        framework=framework_name(series.framework),
        n=series.launches,
        of=series.of,
    )


def _fetched(words: Words, found: Insights, series: Fetched) -> str:
    return words(
        "report.insight.fetched-series",
        what=_what(words, found, series.probe, series.track),
        framework=framework_name(series.framework),
        faults=_range(words, [float(round(series.fewest)), float(round(series.most))]),
        percent=words.percent(series.system_share),
    )


def _what(words: Words, found: Insights, probe: str, track: str) -> str:
    return words("report.finding.what", what=_title(words, found, probe), track=track_name(words, track))


def _title(words: Words, found: Insights, key: str) -> str:
    return said(words, found.titles.get(key, {"en": key}))


def _values(words: Words, values: dict[str, list[float]]) -> str:
    """``weight 2.98, bias 1.02``; several draws as their range."""
    return words("report.list.join").join(
        words(
            "report.insight.value",
            name=named(words, "report.printed-value", name),
            value=_range(words, each),
        )
        for name, each in values.items()
    )


def _range(words: Words, values: list[float]) -> str:
    """The one value, or the least and the most; none is a dash."""
    if not values:
        return words("report.figure.none")
    low, high = (_plain(words, value) for value in (min(values), max(values)))
    return low if low == high else words("report.insight.range", low=low, high=high)


def _plain(words: Words, value: float) -> str:
    """A printed number as it was printed, a found one to two decimals."""
    return words.number(value, next((digits for digits in (0, 1, 2, 3) if round(value, digits) == value), 2))


def _amount(words: Words, value: float | None, unit: str) -> str:
    if value is None:
        return words("report.figure.none")
    return words(
        "report.selftest.amount", value=words.number(value, _digits(value)), unit=UNITS.get(unit, unit)
    )


def _digits(value: float) -> int:
    size = abs(value)
    return 0 if size >= 100 or not size else 1 if size >= 10 else 2
