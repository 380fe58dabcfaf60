"""The machine in words, what each framework sees of it, and numbers near the user's own."""

from dataclasses import replace

import streamlit as st

from advisor.report import findings as say
from advisor.report.naming import framework_name
from advisor.ui import lab
from advisor.ui.visit import Visit
from probes.contract import Parameter
from probes.model import FrameworkSight
from probes.plan import Plan

_PREFIX = "own-"


def show(visit: Visit) -> None:
    words = visit.words
    st.markdown(say.machine_line(words, lab.looked() or lab.machine()))
    _sights(visit)


def settings(plan: Plan) -> dict[str, int]:
    """The numbers that the user set, as far as the plan's probes take them: others may be chosen by now."""
    bounds = _bounds(plan)
    return {
        name: min(max(value, bounds[name].low), bounds[name].high)
        for name, value in _given().items()
        if name in bounds
    }


def own_numbers(visit: Visit, plan: Plan) -> None:
    """Batch and model size of the chosen probes, within their bounds; one number serves all that have it."""
    words = visit.words
    taken = settings(plan)
    with st.expander(words("pages.measure.own-numbers"), key="own-numbers-box"):
        st.caption(words("pages.measure.own-numbers-about"))
        for name, parameter in _bounds(plan).items():
            key = f"{_PREFIX}{name}-{parameter.low}-{parameter.high}"  # other bounds make another field
            st.number_input(
                visit.text(parameter.label),
                min_value=parameter.low,
                max_value=parameter.high,
                value=taken.get(name, parameter.default),
                key=key,
                on_change=_set,
                args=(name, parameter.default, key),
            )


def _bounds(plan: Plan) -> dict[str, Parameter]:
    """Each number with the bounds that all the plan's probes allow."""
    found: dict[str, Parameter] = {}
    for probe in plan.probes:
        for name, one in probe.entry.spec.parameters.items():
            known = found.get(name, one)
            found[name] = replace(known, low=max(known.low, one.low), high=min(known.high, one.high))
    return found


def _given() -> dict[str, int]:
    return dict(st.session_state.get("own-numbers", {}))


def _set(name: str, default: int, key: str) -> None:
    chosen = _given()
    chosen.pop(name, None)
    value = st.session_state.get(key)
    if value is not None and value != default:
        chosen[name] = int(value)
    st.session_state["own-numbers"] = chosen


def _sights(visit: Visit) -> None:
    """Both frameworks side by side; asked in the background, because importing them takes seconds."""
    st.fragment(_sides, run_every=None if lab.looked() else 1.0)(visit)


def _sides(visit: Visit) -> None:
    found = lab.looked()
    if found is None:
        st.caption(visit.words("pages.measure.looking"))
        return
    for column, sight in zip(st.columns(2), found.sights, strict=True):
        with column.container(border=True, key=f"sight-{sight.framework}", gap="xsmall"):
            _side(visit, sight)


def _side(visit: Visit, sight: FrameworkSight) -> None:
    words = visit.words
    if sight.version is None:
        st.markdown(words("pages.measure.missing", framework=framework_name(sight.framework)))
        return
    st.markdown(
        words("pages.measure.version", framework=framework_name(sight.framework), version=sight.version)
    )
    names = dict.fromkeys(device.name for device in sight.devices if device.kind != "cpu")
    devices = words("report.list.join").join(names) or words("pages.measure.cpu-only")
    st.caption(words("pages.measure.sees", devices=devices))
    if sight.build:
        st.caption(words("pages.measure.build", python=sight.python or "", build=sight.build))
