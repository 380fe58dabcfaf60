"""The plan that follows from answers and verdict."""

from datetime import date

import pytest
from random_worlds import TODAY, WORDS, rule, trait, world

from advisor.inference import advise, parse_answers
from advisor.knowledge.plan_schema import RoadmapStep, Route, SetupStep, Tool

LINK = "https://example.org/"
TRAITS = [
    trait("targets", "many", ["server", "android", "edge-accelerator", "none"]),
    trait("edge_chip", "many", ["coral", "jetson"], ask_when={"targets": {"includes": "edge-accelerator"}}),
    trait("cloud", "one", ["gcp", "none"]),
    trait("goal", "one", ["torch", "flow", "out", "close"]),
    trait("os", "one", ["linux", "macos"]),
    trait("skill", "one", ["beginner", "expert"]),
]
RULES = [
    rule("torch-rule", {"goal": "torch"}),
    rule(
        "flow-rule", {"goal": "flow"}, [{"as_of": "guide", "favours": "tensorflow", "strength": "moderate"}]
    ),
    rule(
        "out-rule", {"goal": "out"}, [{"as_of": "guide", "favours": "neither"}], knock_out=True, instead=WORDS
    ),
]


def route(name: str, target: str, framework: str = "pytorch", status: str = "works", **more: object) -> Route:
    text = {"train": WORDS, "convert": WORDS, "run": WORDS}
    base = {"id": name, "target": target, "framework": framework, "status": status}
    return Route.model_validate({**base, **text, "as_of": date(2026, 8, 1), "review_by": "2027-05", **more})


def tool(name: str, framework: str = "both", state: str = "active", **more: object) -> Tool:
    base = {"id": name, "name": name, "area": "area", "framework": framework, "state": state}
    return Tool.model_validate({**base, "as_of": date(2026, 8, 1), "note": WORDS, **more})


def step(name: str, framework: str = "any", **more: object) -> SetupStep:
    base = {"id": name, "title": WORDS, "for": framework, "commands": ["pip list"], "as_of": date(2026, 8, 1)}
    return SetupStep.model_validate({**base, "review_by": "2027-05", **more})


def lesson(name: str, track: str, order: int = 1, **more: object) -> RoadmapStep:
    text = {"title": WORDS, "learn": WORDS, "why": WORDS, "exercise": WORDS, "link": LINK}
    return RoadmapStep.model_validate({"id": name, "track": track, "order": order, **text, **more})


def plan(raw: dict[str, object], as_of: object = TODAY, **parts: object):
    kb = world(TRAITS, RULES, **parts)
    return advise(kb, parse_answers(kb, raw), as_of)


def routes(raw: dict[str, object], *known: Route) -> list[tuple[str, bool]]:
    return [(r.id, r.recommended) for r in plan(raw, routes=known).routes]


def test_each_wanted_target_gets_the_routes_of_the_chosen_framework_the_best_first() -> None:
    known = [
        route("try", "android", status="experimental"),
        route("best", "android", status="recommended"),
        route("other", "android", "tensorflow", "recommended"),
        route("server", "server"),
    ]
    assert routes({"goal": "torch", "targets": ["android"]}, *known) == [("best", True), ("try", False)]
    assert routes({"goal": "flow", "targets": ["android"]}, *known) == [("other", True)]


def test_a_target_out_of_reach_is_said_and_nothing_is_recommended() -> None:
    known = [route("cannot", "android", status="none"), route("past", "android", status="deprecated")]
    assert routes({"goal": "torch", "targets": ["android"]}, *known) == [("past", False), ("cannot", False)]
    reached = plan({"goal": "torch", "targets": ["android"]}, routes=known).out_of_reach
    assert [(out.target, out.framework, out.because) for out in reached] == [
        ("android", "pytorch", WORDS),
        ("android", "tensorflow", None),
    ]


def test_a_target_that_both_reach_is_out_of_reach_for_none() -> None:
    known = [route("one", "android"), route("two", "android", "tensorflow", "experimental")]
    assert plan({"goal": "torch", "targets": ["android"]}, routes=known).out_of_reach == ()


def test_of_a_day_on_which_no_route_was_known_nothing_is_called_out_of_reach() -> None:
    known = [route("cannot", "android", status="none")]
    raw = {"goal": "torch", "targets": ["android"]}
    assert plan(raw, as_of=date(2026, 7, 1), routes=known).out_of_reach == ()


def test_an_answer_that_a_framework_cannot_serve_is_said_beside_one_that_it_can() -> None:
    known = [
        route("coral", "edge-accelerator", when={"edge_chip": {"includes": "coral"}}),
        route("jetson", "edge-accelerator", status="none", when={"edge_chip": {"includes": "jetson"}}),
    ]
    raw = {"goal": "torch", "targets": ["edge-accelerator"], "edge_chip": ["coral", "jetson"]}
    assert routes(raw, *known) == [("coral", True), ("jetson", False)]
    assert ("edge-accelerator", "pytorch") in [
        (o.target, o.framework) for o in plan(raw, routes=known).out_of_reach
    ]


def test_each_chip_of_the_user_gets_its_own_route() -> None:
    known = [
        route("coral", "edge-accelerator", when={"edge_chip": {"includes": "coral"}}),
        route("jetson", "edge-accelerator", status="recommended", when={"edge_chip": {"includes": "jetson"}}),
        route("second", "edge-accelerator", when={"edge_chip": {"includes": "jetson"}}),
        route("general", "edge-accelerator"),
    ]
    raw = {"goal": "torch", "targets": ["edge-accelerator"], "edge_chip": ["coral", "jetson"]}
    assert routes(raw, *known) == [("jetson", True), ("coral", True), ("second", False), ("general", False)]


def test_a_bridge_is_recommended_where_the_framework_itself_cannot() -> None:
    known = [route("cannot", "android", status="none"), route("keras", "android", "keras-3", bridge=True)]
    assert routes({"goal": "torch", "targets": ["android"]}, *known) == [("keras", True), ("cannot", False)]


def test_the_framework_goes_before_a_bridge_of_the_same_status() -> None:
    known = [route("keras", "android", "keras-3", "recommended", bridge=True), route("own", "android")]
    assert routes({"goal": "torch", "targets": ["android"]}, *known) == [("own", True), ("keras", False)]


def test_a_route_narrowed_to_the_users_chip_is_preferred_and_others_are_left_out() -> None:
    known = [
        route("general", "edge-accelerator"),
        route("coral", "edge-accelerator", when={"edge_chip": {"includes": "coral"}}),
        route("jetson", "edge-accelerator", when={"edge_chip": {"includes": "jetson"}}),
    ]
    raw = {"goal": "torch", "targets": ["edge-accelerator"], "edge_chip": ["coral"]}
    assert routes(raw, *known) == [("coral", True), ("general", False)]


def test_the_cloud_is_a_target_too() -> None:
    assert routes({"goal": "torch", "cloud": "gcp"}, route("gcp", "cloud-gcp")) == [("gcp", True)]


def test_too_close_gives_both_plans_and_neither_gives_none() -> None:
    known = [route("t", "server", "tensorflow"), route("p", "server")]
    assert set(routes({"targets": ["server"], "goal": "close"}, *known)) == {("p", True), ("t", True)}
    out = plan({"targets": ["server"], "goal": "out"}, routes=known, tools=[tool("any")], setup=[step("any")])
    assert (out.routes, out.stack, out.setup, out.roadmap) == ((), (), (), ())
    assert out.verdict.instead == WORDS


def test_what_became_known_later_is_not_in_an_earlier_plan() -> None:
    raw = {"goal": "torch", "targets": ["server"]}
    parts = {"routes": [route("p", "server")], "tools": [tool("old", in_guide=True), tool("new")]}
    assert plan(raw, date(2026, 7, 31), **parts).routes == ()
    guide = plan(raw, "guide", **parts)
    assert (guide.routes, [t.id for t in guide.stack]) == ((), ["old"])


@pytest.mark.parametrize("state", ["archived", "deprecated", "slow"])
def test_a_tool_past_its_life_is_listed_but_not_recommended(state: str) -> None:
    known = [tool("past", state=state), tool("alive"), tool("foreign", "tensorflow")]
    found = plan({"goal": "torch"}, tools=known).stack
    assert [(t.id, t.recommended) for t in found] == [("past", False), ("alive", True)]


def test_set_up_follows_the_machine_and_shows_all_that_may_fit_when_it_is_unknown() -> None:
    known = [
        step("linux", "pytorch", when={"os": "linux"}),
        step("macos", "pytorch", when={"os": "macos"}),
        step("warning", "pytorch", when={"os": "macos"}, warning=True),
        step("foreign", "tensorflow"),
        step("always"),
    ]
    assert [s.id for s in plan({"goal": "torch", "os": "linux"}, setup=known).setup] == ["linux", "always"]
    assert [s.id for s in plan({"goal": "torch"}, setup=known).setup] == ["linux", "macos", "always"]


def test_the_roadmap_skips_what_is_known_and_adds_what_the_target_asks() -> None:
    known = [
        lesson("phones", "target", when={"targets": {"includes": "android"}}),
        lesson("servers", "target", when={"targets": {"includes": "server"}}),
        lesson("second", "pytorch", 2),
        lesson("first", "pytorch", 1),
        lesson("foreign", "tensorflow"),
        lesson("basics", "python", known_when={"skill": "expert"}),
    ]
    raw = {"goal": "torch", "targets": ["android"], "skill": "expert"}
    assert [s.id for s in plan(raw, roadmap=known).roadmap] == ["first", "second", "phones"]
    raw["skill"] = "beginner"
    assert [s.id for s in plan(raw, roadmap=known).roadmap] == ["basics", "first", "second", "phones"]
