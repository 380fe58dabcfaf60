"""What the files behind the plan may contain: routes, stack, set-up, roadmap; and evidence and coverage."""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from advisor.knowledge.condition import Condition
from advisor.knowledge.schema import Id, Month, Record, Source, Text, Url, Words, month_end

CLOUD_TARGETS = ("cloud-gcp", "cloud-aws", "cloud-azure", "on-premises")  # besides the options of ``targets``
PLACES = ("rule", "route", "tool", "roadmap", "setup", "example", "probe")
LEFT_OUT = "left-out"


class Route(Record):
    """How a model trained in ``framework`` reaches ``target``. Status ``none``: it does not."""

    id: Id
    target: str
    framework: Literal["tensorflow", "pytorch", "keras-3"]
    train: Text
    convert: Text
    run: Text
    status: Literal["recommended", "works", "experimental", "deprecated", "none"]
    bridge: bool = False
    when: Condition | None = None
    limits: Text | None = None
    as_of: date
    review_by: Month
    sources: tuple[Source, ...] = ()

    @property
    def good_until(self) -> date:
        return month_end(self.review_by)


class RoutesFile(Record):
    routes: tuple[Route, ...] = ()


class Area(Record):
    id: Id
    title: Text


class Tool(Record):
    """One tool around the frameworks and its state on a day."""

    id: Id
    name: str = Field(min_length=1)
    area: Id
    framework: Literal["tensorflow", "pytorch", "both"]
    state: Literal["active", "slow", "deprecated", "archived"]
    as_of: date
    in_guide: bool = False
    replaced_by: tuple[str, ...] = ()
    when: Condition | None = None
    note: Text
    sources: tuple[Source, ...] = ()


class StackFile(Record):
    areas: tuple[Area, ...] = ()
    tools: tuple[Tool, ...] = ()


class SetupStep(Record):
    """Commands for one machine; ``framework`` is written ``for`` in YAML."""

    id: Id
    title: Text
    when: Condition | None = None
    framework: Literal["tensorflow", "pytorch", "both", "any"] = Field(alias="for")
    commands: tuple[str, ...] = ()
    note: Text | None = None
    warning: bool = False
    as_of: date
    review_by: Month
    sources: tuple[Source, ...] = ()

    @property
    def good_until(self) -> date:
        return month_end(self.review_by)


class SetupFile(Record):
    steps: tuple[SetupStep, ...] = ()


class RoadmapStep(Record):
    """One step of learning; skipped when ``known_when`` holds."""

    id: Id
    track: Literal["python", "tensorflow", "pytorch", "target"]
    order: int
    title: Text
    learn: Text
    why: Text
    exercise: Text
    link: Url
    when: Condition | None = None
    known_when: Condition | None = None


class RoadmapFile(Record):
    steps: tuple[RoadmapStep, ...] = ()


class EvidenceLink(Record):
    """How far one measured metric may move the margin, and for whom it matters."""

    id: Id
    probe: str
    metric: str
    tracks: Words
    theme: Id
    cares_when: Condition
    cap_decibans: float = Field(gt=0)
    because: Text
    confirms: tuple[str, ...] = ()


class Statement(Record):
    """One statement of the guide and its places, ``kind:id`` each, or ``left-out`` with a reason."""

    says: str = Field(min_length=1)
    place: Words = Field(min_length=1)
    reason: str | None = None

    @model_validator(mode="after")
    def _placed(self) -> "Statement":
        for index, place in enumerate(self.place):
            kind, _, name = place.partition(":")
            if place != LEFT_OUT and (kind not in PLACES or not name):
                raise PydanticCustomError(
                    "place-shape",
                    "not a place",
                    {"path": ["place", index], "found": place, "choices": PLACES},
                )
        if LEFT_OUT in self.place and not self.reason:
            raise PydanticCustomError("reason-missing", "no reason", {"path": ["place"]})
        return self


class CoverageSection(Record):
    section: str = Field(min_length=1)
    statements: tuple[Statement, ...] = ()


class CoverageFile(Record):
    sections: tuple[CoverageSection, ...] = ()
