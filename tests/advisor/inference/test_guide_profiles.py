"""As of the guide, its own profiles get the framework that it names, and "either" where it says so."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.inference import advise, built_in, parse_answers

DATA = Path(__file__).parents[1] / "guide_profiles.yaml"
PROFILES: list[dict[str, Any]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))["profiles"]


@pytest.mark.parametrize("profile", PROFILES, ids=[profile["id"] for profile in PROFILES])
def test_guide_names_the_framework_of_its_profile(profile: dict[str, Any]) -> None:
    kb = built_in()
    advice = advise(kb, parse_answers(kb, profile["answers"]), as_of="guide")
    assert advice.verdict.framework == profile["expect"], [
        (reason.rule, reason.decibans) for reason in advice.reasons
    ]


def test_each_profile_has_its_own_id() -> None:
    ids = [profile["id"] for profile in PROFILES]
    assert sorted(set(ids)) == sorted(ids)


def test_profiles_cover_both_frameworks_and_either() -> None:
    assert {profile["expect"] for profile in PROFILES} == {"tensorflow", "pytorch", "too-close"}
