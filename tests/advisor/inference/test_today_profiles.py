"""Projects of today get the verdict that a thoughtful senior engineer would give."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.inference import Advice, advise, built_in, parse_answers

DATA = Path(__file__).parents[1] / "today_profiles.yaml"
PROFILES: list[dict[str, Any]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))["profiles"]
TODAY = date(2026, 11, 24)


def _advice(profile: dict[str, Any]) -> Advice:
    kb = built_in()
    return advise(kb, parse_answers(kb, profile["answers"]), as_of=TODAY)


@pytest.mark.parametrize("profile", PROFILES, ids=[profile["id"] for profile in PROFILES])
def test_project_of_today_gets_the_expected_verdict(profile: dict[str, Any]) -> None:
    advice = _advice(profile)
    assert advice.verdict.framework == profile["expect"], [
        (reason.rule, reason.decibans) for reason in advice.reasons
    ]


@pytest.mark.parametrize("profile", [profile for profile in PROFILES if profile["expect"] == "neither"])
def test_project_outside_the_scope_names_the_rule_and_the_way_out(profile: dict[str, Any]) -> None:
    verdict = _advice(profile).verdict
    assert verdict.knocked_out_by == profile["knocked_out_by"]
    assert verdict.instead
    assert set(verdict.instead) >= {"en", "ja"}


def test_each_profile_has_its_own_id() -> None:
    ids = [profile["id"] for profile in PROFILES]
    assert sorted(set(ids)) == sorted(ids)


def test_profiles_reach_every_verdict() -> None:
    assert {profile["expect"] for profile in PROFILES} == {"tensorflow", "pytorch", "too-close", "neither"}
