"""The plan: routes as a simple diagram, the tools around it, set-up commands and the roadmap."""

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from advisor.inference.model import Route, SourceRef, Tool
from advisor.report import sentences
from advisor.report.model import Report
from advisor.report.naming import framework_name, status_name, target_name, tool_state_name
from advisor.ui import engine
from advisor.ui.parts.reasons import sources
from advisor.ui.visit import Visit


def show(visit: Visit, report: Report) -> None:
    words, advice = visit.words, report.advice
    if not (advice.routes or advice.stack or advice.setup or advice.roadmap):
        return
    st.header(words("report.section.plan"), anchor=False)
    if advice.routes or advice.out_of_reach:
        st.subheader(words("report.plan.routes"), anchor=False)
        st.caption(words("report.plan.routes-about"))
        for shut in advice.out_of_reach:
            st.markdown(sentences.out_of_reach(words, shut))
        for route in advice.routes:
            if route.recommended:
                _route(visit, route)
        others = [route for route in advice.routes if not route.recommended]
        if others:
            with st.expander(words("pages.plan.other-routes", n=len(others)), key="other-routes"):
                for route in others:
                    _route(visit, route)
    if advice.stack:
        _stack(visit, report)
    if advice.setup:
        _setup(visit, report)
    if advice.roadmap:
        _roadmap(visit, report)


def _route(visit: Visit, route: Route) -> None:
    """Target, then train, convert, run as three boxes; on a phone one below the other."""
    words = visit.words
    boxes = "".join(
        f"<li><span>{escape(words(f'report.column.{step}'))}</span>{_coded(visit.text(text))}</li>"
        for step, text in route.steps
    )
    state = words(
        "pages.plan.route",
        target=target_name(words, route.target),
        framework=framework_name(route.framework),
        status=status_name(words, route.status),
    )
    st.html(f'<div class="route {route.framework}"><p>{escape(state)}</p><ol>{boxes}</ol></div>')
    if route.limits:
        st.caption(visit.text(route.limits))
    _folded(visit, route.sources, route.id)


def _stack(visit: Visit, report: Report) -> None:
    """The tools that fit, area by area; the others, retired ones among them, apart."""
    words, areas = visit.words, engine.knowledge().areas
    st.subheader(words("report.plan.stack"), anchor=False)
    st.caption(words("report.plan.stack-about"))
    fitting = [tool for tool in report.advice.stack if tool.recommended]
    others = [tool for tool in report.advice.stack if not tool.recommended]
    lines: list[str] = []
    rows: list[dict[str, str]] = []
    for area in areas:
        here = [tool for tool in fitting if tool.area == area.id]
        if here:
            names = words("report.list.join").join(t.name for t in here)
            lines.append(words("pages.plan.area", area=visit.text(area.title), tools=names))
            rows += [_tool(visit, tool) for tool in here]
    if rows:
        st.markdown("\n".join(lines))
        with st.expander(words("pages.plan.each-tool"), key="each-tool"):
            st.table(rows, hide_index=True, border="horizontal")
    if others:
        with st.expander(words("pages.plan.other-tools", n=len(others)), key="other-tools"):
            st.table([_tool(visit, tool) for tool in others], hide_index=True, border="horizontal")


def _tool(visit: Visit, tool: Tool) -> dict[str, str]:
    words = visit.words
    return {
        words("report.column.tool"): f"[{tool.name}]({tool.sources[0].url})" if tool.sources else tool.name,
        words("report.column.state"): words(
            "pages.plan.tool-state", state=tool_state_name(words, tool.state), day=tool.as_of
        ),
        words("report.column.note"): visit.text(tool.note),
    }


def _setup(visit: Visit, report: Report) -> None:
    words = visit.words
    st.subheader(words("report.plan.setup"), anchor=False)
    for step in report.advice.setup:
        with st.container(key=f"setup-{step.id}", gap="xsmall"):
            st.markdown(words("pages.plan.step", title=visit.text(step.title)))
            if step.note:
                (st.warning if step.warning else st.caption)(visit.text(step.note))
            if step.commands:
                st.code("\n".join(step.commands), language="bash", wrap_lines=True)
            _folded(visit, step.sources, step.id)


def _roadmap(visit: Visit, report: Report) -> None:
    words = visit.words
    st.subheader(words("report.plan.roadmap"), anchor=False)
    for index, step in enumerate(report.advice.roadmap, start=1):
        with st.expander(
            words("pages.plan.roadmap-step", n=index, title=visit.text(step.title)), key=f"road-{step.id}"
        ):
            st.markdown(visit.text(step.learn))
            st.caption(visit.text(step.why))
            st.markdown(words("pages.plan.exercise", text=visit.text(step.exercise)))
            st.markdown(words("pages.plan.documentation", url=step.link))


def _folded(visit: Visit, found: Sequence[SourceRef], key: str) -> None:
    """Sources behind one line, so that the plan stays short."""
    if found:
        label = visit.words("pages.method.sources", n=len(found))
        with st.expander(label, type="compact", key=f"of-{key}"):
            sources(visit, found)


def _coded(text: str) -> str:
    """Escaped text whose backtick spans are code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
