"""Measurements as evidence."""

import math

import pytest
from random_worlds import TODAY, WORDS, rule, trait, world

from advisor.inference import Evidence, advise, apply_evidence, parse_answers
from advisor.knowledge.plan_schema import EvidenceLink


def link(name: str = "steady", **more: object) -> EvidenceLink:
    return EvidenceLink.model_validate(
        {
            "id": name,
            "probe": "cnn",
            "metric": "steady-step",
            "tracks": ["as-written", "tuned"],
            "theme": "alpha",
            "cares_when": {"needs": {"includes": "speed"}},
            "cap_decibans": 4,
            "because": WORDS,
            "confirms": ["fast-rule"],
            **more,
        }
    )


def knowledge(*links: EvidenceLink):
    return world(
        [trait("needs", "many", ["speed", "memory", "none"]), trait("goal", "one", ["a", "b"])],
        [
            rule("fast-rule", {"goal": "a"}, measured_by=["cnn"]),
            rule("other-rule", {"goal": "a"}, measured_by=["export"]),
            rule("plain-rule", {"goal": "a"}),
        ],
        evidence=links or (link(),),
    )


def measured(verdict: str = "pytorch", interval=(1.5, 1.8), track: str = "tuned", **more: object) -> Evidence:
    return Evidence(
        **{
            "probe": "cnn",
            "metric": "steady-step",
            "track": track,
            "verdict": verdict,
            "interval": interval,
            **more,
        }
    )


def moved(kb, raw, evidence) -> float:
    found = apply_evidence(kb, parse_answers(kb, raw), TODAY, evidence)
    assert sum(r.decibans for r in found.after.reasons) == found.after.verdict.margin_decibans
    return found.after.verdict.margin_decibans - found.before.verdict.margin_decibans


CARES = {"needs": ["speed"]}


def test_a_measurement_counts_with_the_cautious_end_of_its_interval() -> None:
    shown = moved(knowledge(), CARES, [measured(interval=(1.5, 9.0))])
    assert shown == math.floor(10 * math.log10(1.5) * 256) / 256


def test_a_measurement_for_tensorflow_counts_the_other_way() -> None:
    there = moved(knowledge(), CARES, [measured(interval=(1.5, 2.0))])
    back = moved(knowledge(), CARES, [measured("tensorflow", interval=(1 / 2.0, 1 / 1.5))])
    assert back == -there


@pytest.mark.parametrize("ratio", [4.0, 1e9, math.inf])
def test_no_measurement_moves_more_than_its_cap(ratio: float) -> None:
    assert moved(knowledge(), CARES, [measured(interval=(ratio, ratio))]) == 4


def test_the_scale_caps_what_a_link_allows() -> None:
    assert moved(knowledge(link(cap_decibans=50)), CARES, [measured(interval=(1e9, 1e9))]) == 5


@pytest.mark.parametrize("verdict", ["same", "cannot-tell", "withheld"])
def test_a_verdict_without_a_winner_moves_nothing(verdict: str) -> None:
    assert moved(knowledge(), CARES, [measured(verdict)]) == 0


@pytest.mark.parametrize("raw", [{}, {"needs": ["memory"]}, {"needs": "unknown"}])
def test_a_measurement_that_the_user_does_not_care_about_moves_nothing(raw: dict[str, object]) -> None:
    assert moved(knowledge(), raw, [measured()]) == 0


@pytest.mark.parametrize(
    "item",
    [
        measured(track="matched"),
        measured(probe="mlp"),
        measured(metric="first-step"),
        measured(interval=None),
    ],
)
def test_what_no_link_names_moves_nothing(item: Evidence) -> None:
    assert moved(knowledge(), CARES, [item]) == 0


def test_of_several_tracks_the_most_cautious_counts() -> None:
    one, two = measured(interval=(1.2, 1.3)), measured(interval=(1.9, 2.0), track="as-written")
    assert moved(knowledge(), CARES, [one, two]) == moved(knowledge(), CARES, [one])


def test_tracks_that_disagree_move_nothing() -> None:
    against = measured("tensorflow", interval=(0.4, 0.5), track="as-written")
    assert moved(knowledge(), CARES, [measured(), against]) == 0


def test_measurements_on_one_side_overlap() -> None:
    kb = knowledge(link(), link("second", probe="mlp"))
    both = [measured(interval=(9.0, 9.0)), measured(interval=(9.0, 9.0), probe="mlp")]
    assert moved(kb, CARES, both) == 4 + 4 / 2


def test_importance_of_the_theme_scales_the_measurement() -> None:
    raw = {**CARES, "importance": {"alpha": "more"}}
    assert moved(knowledge(), raw, [measured(interval=(9.0, 9.0))]) == 8


@pytest.mark.parametrize(
    ("evidence", "state"),
    [
        ([measured()], "confirmed"),
        ([measured("tensorflow", (0.4, 0.5))], "contradicted"),
        ([measured("same", (0.95, 1.05))], "contradicted"),
        ([measured("cannot-tell", (0.8, 1.3))], "inconclusive"),
        ([measured(), measured("tensorflow", (0.4, 0.5), track="as-written")], "inconclusive"),
        ([measured(probe="unrelated")], "not-measured"),
    ],
)
def test_a_rule_is_marked_by_what_was_measured(evidence: list[Evidence], state: str) -> None:
    kb = knowledge()
    after = apply_evidence(kb, parse_answers(kb, {"goal": "a"}), TODAY, evidence).after
    marks = {reason.rule: reason.measured for reason in after.reasons}
    assert marks == {"fast-rule": state, "other-rule": "not-measured", "plain-rule": None}


def test_the_advice_before_stays_as_it_was() -> None:
    kb = knowledge()
    answers = parse_answers(kb, {"goal": "a", **CARES})
    found = apply_evidence(kb, answers, TODAY, [measured()])
    assert found.before == advise(kb, answers, TODAY)
    assert found.after == advise(kb, answers, TODAY, [measured()])
    assert {r.rule for r in found.after.reasons if r.theme == "measurement"} == {"steady"}


def test_a_measurement_that_may_yet_count_keeps_the_verdict_open() -> None:
    kb = world(
        [trait("needs", "many", ["speed", "none"]), trait("goal", "one", ["a", "b"])],
        [rule("only-rule", {"goal": "a"})],
        evidence=(link(cap_decibans=5),),
    )
    answers = parse_answers(kb, {"goal": "a"})
    strong = [measured("tensorflow", (0.1, 0.2))]
    found = apply_evidence(kb, answers, TODAY, strong)
    assert found.before.verdict.decided
    assert not found.after.verdict.decided
