"""Findings on a page: what they share is said once."""

from advisor.report.model import Finding
from advisor.ui.parts.findings import by_reason, told
from advisor.ui.visit import Visit
from probes.model import Result


def untold(metric: str, pairs: int, variant: str | None = None) -> Finding:
    result = Result(
        probe="cnn",
        track="matched",
        variant=variant,
        metric=metric,
        unit="ms",
        tensorflow=None,
        pytorch=None,
        ratio=None,
        interval=None,
        verdict="cannot-tell",
        reason="",
        reason_code="few",
        reason_values={"pairs": pairs, "fewest": 3},
    )
    return Finding(title={"en": "Small CNN"}, result=result)


def test_a_reason_that_figures_share_is_said_once() -> None:
    one, two, three = untold("steady-step", 1), untold("build", 1), untold("compile", 2)
    shared = by_reason(Visit(language="en"), [one, two, three])
    assert list(shared.values()) == [[one, two], [three]]
    assert all("launches" in reason for reason in shared)


def test_of_a_switched_setting_the_steady_step_is_told() -> None:
    plain = [untold("steady-step", 1), untold("build", 1)]
    switched = [untold("steady-step", 1, "eager"), untold("build", 1, "eager")]
    assert told([*plain, *switched]) == [*plain, switched[0]]
