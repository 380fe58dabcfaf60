"""What to do with the verdict: routes to each target, tools, set-up and roadmap, fitted to the answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from advisor.inference.case import Case
from advisor.inference.model import AsOf, RoadmapStep, Route, RouteStep, SetupStep, Tool
from advisor.inference.program import kept
from advisor.inference.reasons import source_refs
from advisor.knowledge import plan_schema
from advisor.knowledge.base import KnowledgeBase

KERAS = "keras-3"
CLOUD_ROUTES = {
    "gcp": "cloud-gcp",
    "aws": "cloud-aws",
    "azure": "cloud-azure",
    "on-premises": "on-premises",
}
_STATUS = ("recommended", "works", "experimental", "deprecated", "none")
_USABLE = ("recommended", "works", "experimental")
_TRACKS = ("python", "tensorflow", "pytorch", "target")


@dataclass(frozen=True)
class Plan:
    routes: tuple[Route, ...] = ()
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

    routes: Mapping[str, tuple[Route, Route]]
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
        routes=tuple(_routes(case, frameworks)),
        stack=tuple(_stack(case, frameworks)),
        setup=tuple(_setup(case, frameworks)),
        roadmap=tuple(_roadmap(case, frameworks)),
    )


def wanted_targets(case: Case) -> tuple[str, ...]:
    """The targets of the answers, the cloud included, in the order of the questionnaire."""
    targets = case.answers.get("targets") or ()
    cloud = case.answers.get("cloud")
    chosen = [target for target in ((targets,) if isinstance(targets, str) else targets) if target != "none"]
    if isinstance(cloud, str) and cloud in CLOUD_ROUTES:
        chosen.append(CLOUD_ROUTES[cloud])
    return tuple(chosen)


def _routes(case: Case, frameworks: Sequence[str]) -> Iterable[Route]:
    records = kept(case.kb, "_plan_records", _records).routes
    for target in wanted_targets(case):
        fitting = [
            route
            for route in case.kb.routes
            if route.target == target
            and _known(route.as_of, case.as_of)
            and _holds(case, f"route:{route.id}") is not False
        ]
        for framework in frameworks:
            own = [route for route in fitting if route.framework == framework]
            bridges = [r for r in fitting if r.framework == KERAS and framework == frameworks[0]]
            best = _best(case, own) or _best(case, bridges)
            for route in sorted(
                own + bridges, key=lambda r: (r is not best, r.framework == KERAS, *_rank(case, r))
            ):
                yield records[route.id][route is best]


def _best(case: Case, routes: Iterable[plan_schema.Route]) -> plan_schema.Route | None:
    usable = [route for route in routes if route.status in _USABLE]
    return min(usable, key=lambda route: _rank(case, route), default=None)


def _rank(case: Case, route: plan_schema.Route) -> tuple[int, bool, bool, str]:
    """Lower is better: status; made for these answers; no bridge."""
    undecided = _holds(case, f"route:{route.id}") is None
    narrowed = route.when is not None and not undecided
    return _STATUS.index(route.status) + 2 * undecided, not narrowed, route.bridge, route.id


def _stack(case: Case, frameworks: Sequence[str]) -> Iterable[Tool]:
    """Tools of the frameworks, area by area; recommended are those alive and known to fit."""
    wanted = (*frameworks, "both")
    guide = case.as_of == "guide"
    for row in kept(case.kb, "_plan_records", _records).tools:
        if row.framework in wanted and (row.in_guide if guide else _known(row.as_of, case.as_of)):
            fits = _holds(case, row.key)
            if fits is not False:
                yield row.recommended if row.active and fits is True else row.listed


def _setup(case: Case, frameworks: Sequence[str]) -> Iterable[SetupStep]:
    """Steps for this machine. Where the machine is not known well enough, all that may fit are given."""
    records = kept(case.kb, "_plan_records", _records).setup
    steps = [
        (step, _holds(case, f"setup:{step.id}"))
        for step in case.kb.setup
        if _known(step.as_of, case.as_of) and step.framework in (*frameworks, "both", "any")
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
        and _holds(case, f"roadmap:{step.id}") is True
        and (step.known_when is None or _holds(case, f"known:{step.id}") is not True)
    ]
    for step in sorted(chosen, key=lambda s: (tracks.index(s.track), s.order, s.id)):
        yield records[step.id]


def _holds(case: Case, key: str) -> bool | None:
    tree = case.base.plan.get(key)
    if tree is None:
        return True
    true, false = case.judge(tree)
    return True if true is True else False if false is True else None


def _known(since: date, as_of: AsOf) -> bool:
    """Whether a dated fact was known on the day; the guide's own plan has none of them."""
    return as_of != "guide" and since <= as_of


def _records(kb: KnowledgeBase) -> _Records:
    return _Records(
        routes={r.id: (_route(r, False), _route(r, True)) for r in kb.routes},
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


def _route(route: plan_schema.Route, recommended: bool) -> Route:
    return Route(
        id=route.id,
        target=route.target,
        framework=route.framework,
        steps=RouteStep(train=route.train, convert=route.convert, run=route.run),
        status=route.status,
        bridge=route.bridge,
        recommended=recommended,
        limits=route.limits,
        sources=source_refs(route.sources),
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
