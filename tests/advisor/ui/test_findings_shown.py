"""Findings on a page: what they share is said once."""

from advisor.report.model import Finding
from advisor.ui.parts.findings import by_reason
from advisor.ui.visit import Visit
from probes.model import Result


def untold(metric: str, pairs: int) -> Finding:
    result = Result(
        probe="cnn",
        track="matched",
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
