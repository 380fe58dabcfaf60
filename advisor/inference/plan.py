"""What to do with the verdict: routes to each target, tools, set-up and roadmap, fitted to the answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from advisor.inference.case import Case
from advisor.inference.model import (
    OutOfReach,
    RoadmapStep,
    Route,
    SetupStep,
    Tool,
)
from advisor.inference.program import kept
from advisor.inference.reasons import source_refs
from advisor.inference.routes import holds, known, out_of_reach, routes_of
from advisor.knowledge import plan_schema
from advisor.knowledge.base import KnowledgeBase


@dataclass(frozen=True)
class Plan:
    routes: tuple[Route, ...] = ()
    out_of_reach: tuple[OutOfReach, ...] = ()
    stack: tuple[Tool, ...] = ()
    setup: tuple[SetupStep, ...] = ()
    roadmap: tuple[RoadmapStep, ...] = ()


@dataclass(frozen=True, slots=True)
class _ToolRow:
    key: str
    framework: str
    as_of: date
    in_guide: bool
    active: bool
    listed: Tool
    recommended: Tool


@dataclass(frozen=True)
class _Records:
    """The plan's records, made once; those that can be recommended come as (not recommended, recommended)."""

    tools: tuple["_ToolRow", ...]
    setup: Mapping[str, SetupStep]
    roadmap: Mapping[str, RoadmapStep]


def plan_of(case: Case) -> Plan:
    """The plan for the framework of the verdict, or for both, the leading one first, if too close to call."""
    if case.verdict == "neither":
        return Plan()
    leading, other = ("tensorflow", "pytorch") if case.margin < 0 else ("pytorch", "tensorflow")
    frameworks = (leading, other) if case.verdict == "too-close" else (leading,)
    return Plan(
        routes=tuple(routes_of(case, frameworks)),
        out_of_reach=tuple(out_of_reach(case)),
        stack=tuple(_stack(case, frameworks)),
        setup=tuple(_setup(case, frameworks)),
        roadmap=tuple(_roadmap(case, frameworks)),
    )


def _stack(case: Case, frameworks: Sequence[str]) -> Iterable[Tool]:
    """Tools of the frameworks, area by area; recommended are those alive and known to fit."""
    wanted = (*frameworks, "both")
    guide = case.as_of == "guide"
    for row in kept(case.kb, "_plan_records", _records).tools:
        if row.framework in wanted and (row.in_guide if guide else known(row.as_of, case.as_of)):
            fits = holds(case, row.key)
            if fits is not False:
                yield row.recommended if row.active and fits is True else row.listed


def _setup(case: Case, frameworks: Sequence[str]) -> Iterable[SetupStep]:
    """Steps for this machine. Where the machine is not known well enough, all that may fit are given."""
    records = kept(case.kb, "_plan_records", _records).setup
    steps = [
        (step, holds(case, f"setup:{step.id}"))
        for step in case.kb.setup
        if known(step.as_of, case.as_of) and step.framework in (*frameworks, "both", "any")
    ]
    settled = {step.framework for step, fits in steps if fits is True and step.commands and not step.warning}
    for step, fits in steps:
        perhaps = fits is None and step.framework in frameworks and step.framework not in settled
        if fits is True or (perhaps and not step.warning):
            yield records[step.id]


def _roadmap(case: Case, frameworks: Sequence[str]) -> Iterable[RoadmapStep]:
    """Python where needed, then the framework, then what the targets ask for; known steps are skipped."""
    records = kept(case.kb, "_plan_records", _records).roadmap
    tracks = ("python", *frameworks, "target")
    chosen = [
        step
        for step in case.kb.roadmap
        if step.track in tracks
        and holds(case, f"roadmap:{step.id}") is True
        and (step.known_when is None or holds(case, f"known:{step.id}") is not True)
    ]
    for step in sorted(chosen, key=lambda s: (tracks.index(s.track), s.order, s.id)):
        yield records[step.id]


def _records(kb: KnowledgeBase) -> _Records:
    return _Records(
        tools=tuple(
            _ToolRow(
                key=f"tool:{t.id}",
                framework=t.framework,
                as_of=t.as_of,
                in_guide=t.in_guide,
                active=t.state == "active",
                listed=_tool(t, False),
                recommended=_tool(t, True),
            )
            for t in kb.tools
        ),
        setup={
            s.id: SetupStep(
                id=s.id,
                title=s.title,
                commands=s.commands,
                note=s.note,
                warning=s.warning,
                sources=source_refs(s.sources),
            )
            for s in kb.setup
        },
        roadmap={
            s.id: RoadmapStep(
                id=s.id, title=s.title, learn=s.learn, why=s.why, exercise=s.exercise, link=s.link
            )
            for s in kb.roadmap
        },
    )


def _tool(tool: plan_schema.Tool, recommended: bool) -> Tool:
    return Tool(
        id=tool.id,
        name=tool.name,
        area=tool.area,
        framework=tool.framework,
        state=tool.state,
        as_of=tool.as_of.isoformat(),
        note=tool.note,
        recommended=recommended,
        sources=source_refs(tool.sources),
    )
