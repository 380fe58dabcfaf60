"""How a model gets from its training framework to each target of the answers, and where it can't."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from advisor.inference.case import Case
from advisor.inference.model import AsOf, Framework, OutOfReach, Route, RouteStep
from advisor.inference.program import kept
from advisor.inference.reasons import source_refs
from advisor.knowledge import plan_schema
from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.condition import Node

KERAS = "keras-3"
CLOUD_ROUTES = {
    "gcp": "cloud-gcp",
    "aws": "cloud-aws",
    "azure": "cloud-azure",
    "on-premises": "on-premises",
}
_STATUS = ("recommended", "works", "experimental", "deprecated", "none")
_USABLE = ("recommended", "works", "experimental")
_FRAMEWORKS: tuple[Framework, ...] = ("pytorch", "tensorflow")


def wanted_targets(case: Case) -> tuple[str, ...]:
    """The targets of the answers, the cloud included, in the order of the questionnaire."""
    targets = case.answers.get("targets") or ()
    cloud = case.answers.get("cloud")
    chosen = [target for target in ((targets,) if isinstance(targets, str) else targets) if target != "none"]
    if isinstance(cloud, str) and cloud in CLOUD_ROUTES:
        chosen.append(CLOUD_ROUTES[cloud])
    return tuple(chosen)


def routes_of(case: Case, frameworks: Sequence[str]) -> Iterable[Route]:
    """Target by target the routes of the frameworks, those that the advice follows first."""
    records = kept(case.kb, "_route_records", _records)
    for target in wanted_targets(case):
        fitting = _fitting(case, target)
        for framework in frameworks:
            own = [route for route in fitting if route.framework == framework]
            bridges = [r for r in fitting if r.framework == KERAS and framework == frameworks[0]]
            best = _best(case, own) or _best(case, bridges)
            for route in sorted(
                own + bridges, key=lambda r: (r.id not in best, r.framework == KERAS, *_rank(case, r))
            ):
                yield records[route.id][route.id in best]


def out_of_reach(case: Case) -> Iterable[OutOfReach]:
    """Targets that a route of status "none" rules out for these answers, or that no usable route reaches."""
    for target in wanted_targets(case):
        fitting = _fitting(case, target)
        for framework in _FRAMEWORKS if fitting else ():
            mine = [route for route in fitting if route.framework in (framework, KERAS)]
            shut = [r for r in mine if r.status == "none" and holds(case, f"route:{r.id}") is True]
            for route in shut:
                yield OutOfReach(target=target, framework=framework, because=route.run)
            if not shut and not _best(case, mine):
                yield OutOfReach(target=target, framework=framework, because=None)


def _fitting(case: Case, target: str) -> list[plan_schema.Route]:
    """The routes to a target that were known on the day and that no answer rules out."""
    return [
        route
        for route in case.kb.routes
        if route.target == target
        and known(route.as_of, case.as_of)
        and holds(case, f"route:{route.id}") is not False
    ]


def _best(case: Case, routes: Iterable[plan_schema.Route]) -> set[str]:
    """The best usable route; where it is made for one answer of several, also the best for each other one."""
    best: dict[Node | None, str] = {}
    for route in sorted(routes, key=lambda route: _rank(case, route)):
        made = None if holds(case, f"route:{route.id}") is None else route.when
        if route.status in _USABLE and (not best or (made and None not in best)):
            best.setdefault(made, route.id)
    return set(best.values())


def _rank(case: Case, route: plan_schema.Route) -> tuple[int, bool, bool, str]:
    """Lower is better: status; made for these answers; no bridge."""
    undecided = holds(case, f"route:{route.id}") is None
    narrowed = route.when is not None and not undecided
    return _STATUS.index(route.status) + 2 * undecided, not narrowed, route.bridge, route.id


def holds(case: Case, key: str) -> bool | None:
    """Whether an entry of the plan fits the answers; None where an unanswered question decides."""
    tree = case.base.plan.get(key)
    if tree is None:
        return True
    true, false = case.judge(tree)
    return True if true is True else False if false is True else None


def known(since: date, as_of: AsOf) -> bool:
    """Whether a dated fact was known on the day; the guide's own plan has none of them."""
    return as_of != "guide" and since <= as_of


def _records(kb: KnowledgeBase) -> Mapping[str, tuple[Route, Route]]:
    """The routes as handed out, made once: not recommended, recommended."""
    return {route.id: (_record(route, False), _record(route, True)) for route in kb.routes}


def _record(route: plan_schema.Route, recommended: bool) -> Route:
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
