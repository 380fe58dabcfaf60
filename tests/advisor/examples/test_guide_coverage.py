"""The guide is placed whole: every heading, well over a hundred statements, and every place exists."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.paths import EXAMPLES, RULES

PROBES = Path(RULES).parent / "probes" / "catalog"
HEADINGS = 34  # of the guide, its introduction included


def entries(name: str, key: str) -> set[str]:
    loaded = yaml.safe_load((Path(RULES) / f"{name}.yaml").read_text("utf-8"))
    return {entry["id"] for entry in loaded[key]}


def statements() -> list[dict[str, Any]]:
    loaded = yaml.safe_load((Path(RULES) / "coverage.yaml").read_text("utf-8"))
    return [statement for section in loaded["sections"] for statement in section["statements"]]


def places(statement: dict[str, Any]) -> list[str]:
    place = statement["place"]
    return [place] if isinstance(place, str) else list(place)


POOLS = {
    "rule": {path.stem for path in Path(RULES).glob("*/*.yaml") if path.parent.name != "evidence"},
    "route": entries("routes", "routes"),
    "tool": entries("stack", "tools"),
    "setup": entries("setup", "steps"),
    "roadmap": entries("roadmap", "steps"),
    "example": {path.name for path in Path(EXAMPLES).iterdir()},
    "probe": {path.name for path in PROBES.iterdir()},
}


def test_every_heading_has_its_statements() -> None:
    sections = yaml.safe_load((Path(RULES) / "coverage.yaml").read_text("utf-8"))["sections"]
    assert len({section["section"] for section in sections}) == len(sections) == HEADINGS
    assert all(section["statements"] for section in sections)


def test_well_over_a_hundred_statements_are_placed() -> None:
    placed = [statement for statement in statements() if places(statement) != ["left-out"]]
    assert len(placed) >= 180


def test_statements_left_out_say_why() -> None:
    assert all(s.get("reason") for s in statements() if "left-out" in places(s))


@pytest.mark.parametrize("kind", sorted(POOLS))
def test_every_place_exists(kind: str) -> None:
    named = {
        place.partition(":")[2] for s in statements() for place in places(s) if place.startswith(f"{kind}:")
    }
    assert named
    assert named <= POOLS[kind]
