"""The machine in words, what each framework sees of it, and numbers near the user's own."""

import streamlit as st

from advisor.report import findings as say
from advisor.report.naming import framework_name
from advisor.ui import lab
from advisor.ui.visit import Visit
from probes.model import FrameworkSight
from probes.plan import Plan

_PREFIX = "own-"


def show(visit: Visit) -> None:
    words = visit.words
    st.markdown(say.machine_line(words, lab.looked() or lab.machine()))
    _sights(visit)


def settings() -> dict[str, int]:
    """The numbers that the user set for the probes of the plan shown last."""
    return dict(st.session_state.get("own-numbers", {}))


def own_numbers(visit: Visit, plan: Plan) -> None:
    """Batch and model size of the chosen probes, within their bounds; one number serves all that have it."""
    words = visit.words
    known = {name: one for probe in plan.probes for name, one in probe.entry.spec.parameters.items()}
    with st.expander(words("pages.measure.own-numbers"), key="own-numbers-box"):
        st.caption(words("pages.measure.own-numbers-about"))
        for name, parameter in known.items():
            st.number_input(
                visit.text(parameter.label),
                min_value=parameter.low,
                max_value=parameter.high,
                value=settings().get(name, parameter.default),
                key=_PREFIX + name,
                on_change=_set,
                args=(name, parameter.default),
            )


def _set(name: str, default: int) -> None:
    chosen = settings()
    chosen.pop(name, None)
    value = st.session_state.get(_PREFIX + name)
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
