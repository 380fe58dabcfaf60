"""What a measurement is to find out changes the plan, within what the probes and the time allow."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from advisor.ui.focus import asked
from advisor.words import Words
from probes.catalogue import by_project, discover
from probes.plan import BUDGETS, Plan, make_plan

OpenApp = Callable[..., AppTest]
KNOWN = discover()
EN = Words.load("en")


def planned(
    focus: str, name: Any = "standard", threads: int = 2, domain: str = "tabular", **settings: int
) -> Plan:
    plain: dict[str, Any] = {"settings": settings}
    more = asked(focus, by_project(KNOWN, [domain]), settings, threads, name)
    return make_plan(name, KNOWN, threads=threads, **plain | more)


def batches(plan: Plan) -> list[int]:
    return [probe.parameters["batch"] for probe in plan.probes]


def test_plain_comparison_asks_for_nothing_more() -> None:
    assert asked("compare", by_project(KNOWN), {"batch": 32}, 2, "quick") == {}


def test_sweep_takes_batch_sizes_around_the_users() -> None:
    assert batches(planned("sweep", batch=128)) == [32, 128, 512]


def test_sweep_stays_within_the_bounds_of_the_probe() -> None:
    (probe,) = {probe.id for probe in planned("sweep").probes}
    number = KNOWN[probe].spec.parameters["batch"]
    assert max(batches(planned("sweep", batch=number.high))) == number.high
    assert min(batches(planned("sweep", batch=number.low))) == number.low


def switched(threads: int) -> list[str | None]:
    return [probe.variant for probe in planned("attribution", threads=threads).probes]


def test_attribution_switches_one_setting_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    keeping(monkeypatch, True)
    assert switched(threads=2) == [None, "eager", "one-thread", "keep-memory"]


def test_what_the_machine_lacks_is_not_switched(monkeypatch: pytest.MonkeyPatch) -> None:
    keeping(monkeypatch, True)
    assert switched(threads=1) == [None, "eager", "keep-memory"]
    keeping(monkeypatch, False)
    assert switched(threads=1) == [None, "eager"]


@pytest.mark.parametrize(("domain", "layout"), [("vision", ["channels-last"]), ("tabular", [])])
def test_the_thorough_plan_switches_compiler_precision_and_layout_too(
    monkeypatch: pytest.MonkeyPatch, domain: str, layout: list[str]
) -> None:
    keeping(monkeypatch, True)
    found = [probe.variant for probe in planned("attribution", "thorough", domain=domain).probes]
    assert found == [None, "eager", "one-thread", "keep-memory", "compiled", "bfloat16", *layout]


def keeping(monkeypatch: pytest.MonkeyPatch, can: bool) -> None:
    """A C library that can or cannot be told to keep freed memory."""
    monkeypatch.setattr("probes.environment.can_keep_memory", lambda: can)
    monkeypatch.setattr("probes.plan.can_keep_memory", lambda: can)


@pytest.mark.parametrize("focus", ["sweep", "attribution"])
def test_number_that_the_one_probe_lacks_is_left_out(focus: str) -> None:
    assert all("units" not in probe.parameters for probe in planned(focus, units=64).probes)


@pytest.mark.parametrize("name", ["standard", "thorough"])
@pytest.mark.parametrize("focus", ["sweep", "attribution"])
def test_longer_plans_hold_every_focus(name: Any, focus: str) -> None:
    plan = planned(focus, name)
    assert plan.estimated_seconds <= BUDGETS[name].seconds
    assert plan.smallest_effect is not None


def test_page_says_when_the_time_is_too_short(open_app: OpenApp) -> None:
    app = open_app("measure")
    said = {EN("pages.measure.too-short")}
    assert not said & {caption.value for caption in app.caption}
    app.radio(key="focus").set_value("sweep").run()
    assert not app.exception
    assert said <= {caption.value for caption in app.caption}
    assert any("per batch" in text.value for text in app.markdown)
    app.radio(key="plan").set_value("standard").run()
    assert not said & {caption.value for caption in app.caption}
