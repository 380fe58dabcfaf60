"""Measurements as evidence."""

import math
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_worlds import (
    THEMES,
    TODAY,
    WORDS,
    answered,
    answers_to,
    completions,
    random_condition,
    rule,
    trait,
    with_answers,
    world,
    worlds,
)

from advisor.inference import Answers, Evidence, KnowledgeBase, advise, apply_evidence, parse_answers
from advisor.knowledge.condition import evaluate
from advisor.knowledge.plan_schema import EvidenceLink
from advisor.knowledge.questions import applied


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


@pytest.mark.parametrize(("level", "factor"), [("less", 0.5), ("normal", 1), ("more", 2)])
def test_importance_of_the_theme_scales_the_measurement(level: str, factor: float) -> None:
    shown = moved(knowledge(), CARES, [measured(interval=(1.2, 1.3))])
    raw = {**CARES, "importance": {"alpha": level}}
    assert moved(knowledge(), raw, [measured(interval=(1.2, 1.3))]) == pytest.approx(
        shown * factor, abs=1 / 256
    )


@pytest.mark.parametrize(("level", "decibans"), [("less", 2), ("more", 4)])
def test_importance_never_lifts_a_measurement_above_its_cap(level: str, decibans: float) -> None:
    raw = {**CARES, "importance": {"alpha": level}}
    assert moved(knowledge(), raw, [measured(interval=(9.0, 9.0))]) == decibans


def test_the_sum_before_overlap_counts_each_measurement_whole() -> None:
    kb = knowledge(link(), link("second", probe="mlp"))
    both = [measured(interval=(9.0, 9.0)), measured(interval=(9.0, 9.0), probe="mlp")]
    after = apply_evidence(kb, parse_answers(kb, CARES), TODAY, both).after
    assert after.verdict.margin_before_overlap == sum(r.before_overlap for r in after.reasons) == 8


METRICS = [("cnn", "steady-step"), ("mlp", "steady-step"), ("cnn", "first-step")]


@st.composite
def found_evidence(draw: st.DrawFn) -> list[Evidence]:
    """Up to six measurements, with any verdict and any interval around its side of 1."""
    found = []
    for _ in range(draw(st.integers(0, 6))):
        probe, metric = draw(st.sampled_from(METRICS))
        verdict = draw(st.sampled_from(["tensorflow", "pytorch", "same", "cannot-tell", "withheld"]))
        near, far = sorted(draw(st.floats(1.01, 1e6)) for _ in range(2))
        interval = (1 / far, 1 / near) if verdict == "tensorflow" else (near, far)
        track = draw(st.sampled_from(["as-written", "tuned", "matched"]))
        found.append(measured(verdict, interval, track, probe=probe, metric=metric))
    return found


@st.composite
def measured_worlds(draw: st.DrawFn) -> tuple[KnowledgeBase, Answers, list[Evidence]]:
    """A random knowledge base whose links read its own questions, answers to it, and measurements."""
    kb = draw(worlds(most_traits=4, most_rules=8))
    random = Random(draw(st.integers(0, 2**32)))
    links = tuple(
        link(
            f"link-{n}",
            probe=probe,
            metric=metric,
            theme=random.choice(THEMES),
            cap_decibans=random.choice([1, 3, 5, 9]),
            cares_when=random_condition(random, list(kb.traits.values()), 1),
            confirms=[],
        )
        for n, (probe, metric) in enumerate(METRICS)
    )
    kb = replace(kb, evidence=links)
    return kb, draw(answers_to(kb, most_completions=40)), draw(found_evidence())


@settings(max_examples=100, deadline=None)
@given(measured_worlds())
def test_no_evidence_moves_more_than_the_caps_of_what_the_user_cares_about(
    situation: tuple[KnowledgeBase, Answers, list[Evidence]],
) -> None:
    kb, answers, evidence = situation
    found = apply_evidence(kb, answers, TODAY, evidence)
    settled = applied(kb.traits, answered(answers))
    caps = {e.id: min(e.cap_decibans, 5) for e in kb.evidence if evaluate(e.cares_when, settled) is True}
    moving = {r.rule: abs(r.decibans) for r in found.after.reasons if r.theme == "measurement"}
    assert all(name in caps and size <= caps[name] for name, size in moving.items())
    shift = found.after.verdict.margin_decibans - found.before.verdict.margin_decibans
    assert abs(shift) <= sum(caps.values())
    assert sum(r.decibans for r in found.after.reasons) == found.after.verdict.margin_decibans


@settings(max_examples=60, deadline=None)
@given(measured_worlds())
def test_a_verdict_decided_after_measuring_survives_every_completion(
    situation: tuple[KnowledgeBase, Answers, list[Evidence]],
) -> None:
    kb, answers, evidence = situation
    verdict = advise(kb, answers, TODAY, evidence).verdict
    if verdict.decided:
        given_before = answered(answers)
        for completion in completions(kb, answers):
            new = {name: options for name, options in completion.items() if name not in given_before}
            later = advise(kb, with_answers(kb, answers, new), TODAY, evidence).verdict
            assert later.framework == verdict.framework


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
