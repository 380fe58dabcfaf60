"""One project with and without measurements, on the whole knowledge base."""

from datetime import date

import pytest

from advisor.inference import built_in, parse_answers
from advisor.report.build import build_report
from advisor.report.model import Report
from probes.model import Certificate, Machine, Measurements, Result, Sample, Summary

DAY = date(2026, 11, 24)
ANSWERS = {
    "purpose": "product",
    "domain": ["vision"],
    "targets": ["android", "server"],
    "team_experience": "pytorch",
    "speed_needs": ["training-speed"],
    "mlops": "unknown",
}


def result(verdict: str, ratio: float, low: float, high: float, granted: bool = True) -> Result:
    side = Summary(median=4.5, low=4.3, high=4.9, launches=6)
    return Result(
        probe="cnn",
        track="matched",
        metric="steady-step",
        unit="ms",
        tensorflow=side,
        pytorch=side,
        ratio=ratio,
        interval=(low, high),
        verdict=verdict,
        reason="",
        certificate=Certificate(granted=granted, steps=20, tolerance=1e-4, worst={"sgd": 5e-7}),
    )


@pytest.fixture(scope="session")
def measurements() -> Measurements:
    machine = Machine(
        id="0123",
        system="Linux",
        system_version="6",
        architecture="x86_64",
        cpu="Example CPU",
        cores_total=2,
        cores_usable=2,
        memory_total=2**33,
        memory_usable=2**33,
        python="3.11",
    )
    return Measurements(
        id="m1",
        started="2026-11-24T10:00:00+00:00",
        seconds=40,
        plan="quick",
        command="python -m probes run --plan quick",
        status="finished",
        machine=machine,
        versions={"tensorflow": "2.21.0", "pytorch": "2.13.0"},
        ledger=(),
        results=(result("tensorflow", 0.36, 0.34, 0.4),),
        samples=tuple(
            Sample(
                probe="cnn",
                track="matched",
                metric="steady-step",
                framework=framework,
                launch=launch,
                block=0,
                value=4.5,
                unit="ms",
            )
            for framework in ("tensorflow", "pytorch")
            for launch in range(3)
        ),
    )


@pytest.fixture(scope="session")
def report() -> Report:
    knowledge = built_in()
    return build_report(knowledge, parse_answers(knowledge, ANSWERS), DAY)


@pytest.fixture(scope="session")
def measured_report(measurements: Measurements) -> Report:
    knowledge = built_in()
    titles = {"cnn": {"en": "Small CNN", "ja": "小さなCNN"}}
    return build_report(knowledge, parse_answers(knowledge, ANSWERS), DAY, measurements, titles)
