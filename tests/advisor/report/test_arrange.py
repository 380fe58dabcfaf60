"""The order in which a report is read."""

import pytest

from advisor.report import arrange
from advisor.report.model import Report


@pytest.mark.parametrize(
    ("leaning", "first"), [("pytorch", "pytorch"), ("tensorflow", "tensorflow"), ("none", "tensorflow")]
)
def test_the_case_of_the_leading_side_comes_first(report: Report, leaning: str, first: str) -> None:
    led = report.model_copy(update={"verdict": report.verdict.model_copy(update={"leaning": leaning})})
    assert next(side for side, _ in arrange.cases(led)) == first


def test_every_reason_of_a_side_is_in_its_case(report: Report) -> None:
    told = {reason.rule for _, reasons in arrange.cases(report) for reason in reasons}
    assert told >= {bar.rule for bar in report.bars}
