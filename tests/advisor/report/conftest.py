"""One project with and without measurements, on the whole knowledge base."""

from datetime import date

import pytest

from advisor.inference import built_in, parse_answers
from advisor.report.build import build_report
from advisor.report.model import Report
from probes.model import Certificate, Failure, LedgerRow, Machine, Measurements, Result, Sample, Summary

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


HOSTILE = "<script>alert(1)</script>[x](javascript:alert(1))`<img src=x onerror=alert(2)>\n\n# Boo\n\n<b>&lt;"


@pytest.fixture(scope="session")
def hostile_report(measurements: Measurements) -> Report:
    """A report on a measurement file whose every free text tries to be markup."""
    found = measurements.results[0]
    told = [found.model_copy(update={"probe": HOSTILE, "metric": HOSTILE, "unit": HOSTILE})]
    told += [
        told[0].model_copy(update={"verdict": "withheld", "reason": HOSTILE, "ratio": None, "interval": None})
    ]
    granted = Certificate(granted=False, tolerance=1e-4, worst={HOSTILE: 1.0}, reason=HOSTILE)
    told += [
        told[1].model_copy(
            update={
                "certificate": granted,
                "reason_code": "failed",
                "reason_values": {"side": HOSTILE, "why": HOSTILE},
            }
        )
    ]
    hostile = measurements.model_copy(
        update={
            "started": HOSTILE,
            "plan": HOSTILE,
            "command": HOSTILE,
            "machine": measurements.machine.model_copy(update={"cpu": HOSTILE, "system": HOSTILE}),
            "versions": {HOSTILE: HOSTILE},
            "ledger": (LedgerRow(item=HOSTILE, tensorflow=HOSTILE, pytorch=HOSTILE, equal=False),),
            "results": tuple(told),
            "failures": (Failure(probe=HOSTILE, framework=None, kind="crash", message=HOSTILE),),
        }
    )
    knowledge = built_in()
    titles = {HOSTILE: {"en": HOSTILE, "ja": HOSTILE}}
    return build_report(knowledge, parse_answers(knowledge, ANSWERS), DAY, hostile, titles)
