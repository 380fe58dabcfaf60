"""Which file of a knowledge folder holds what."""

from pydantic import BaseModel, Field

from advisor.knowledge.plan_schema import (
    CoverageFile,
    EvidenceLink,
    RoadmapFile,
    RoutesFile,
    SetupFile,
    StackFile,
)
from advisor.knowledge.questions import QuestionsFile
from advisor.knowledge.scale import Scale, Theme
from advisor.knowledge.schema import Record, Rule


class ThemesFile(Record):
    """``scale.yaml`` of an extra folder: it may add themes, the constants stay the built-in ones."""

    themes: tuple[Theme, ...] = Field(default=())


Lists = dict[str, str]  # key in the file -> kind of the entries below it

LISTS: dict[str, tuple[type[BaseModel], Lists]] = {
    "questions.yaml": (QuestionsFile, {"groups": "group", "traits": "trait"}),
    "routes.yaml": (RoutesFile, {"routes": "route"}),
    "stack.yaml": (StackFile, {"areas": "area", "tools": "tool"}),
    "setup.yaml": (SetupFile, {"steps": "setup"}),
    "roadmap.yaml": (RoadmapFile, {"steps": "roadmap"}),
}
SHELVES = {
    "theme": "themes",
    "group": "groups",
    "trait": "traits",
    "rule": "rules",
    "route": "routes",
    "area": "areas",
    "tool": "tools",
    "setup": "setup",
    "roadmap": "roadmap",
    "evidence": "evidence",
}


def schema_of(name: str, is_extra: bool) -> type[BaseModel]:
    """The schema of a file, by its path inside the folder; what has no name of its own is a rule."""
    if name == "scale.yaml":
        return ThemesFile if is_extra else Scale
    if name == "coverage.yaml":
        return CoverageFile
    if name.startswith("evidence/"):
        return EvidenceLink
    return LISTS[name][0] if name in LISTS else Rule


def kinds_in(name: str) -> set[str]:
    """The kinds of entries that a file defines."""
    if name == "questions.yaml":
        return {"group", "trait", "option", "target"}
    if name == "scale.yaml":
        return {"theme"}
    if name in LISTS:
        return set(LISTS[name][1].values())
    return set() if name == "coverage.yaml" or name.startswith("evidence/") else {"rule"}
