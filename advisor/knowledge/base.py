"""The knowledge base as the engine reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from advisor.knowledge.plan_schema import (
    Area,
    CoverageSection,
    EvidenceLink,
    RoadmapStep,
    Route,
    SetupStep,
    Tool,
)
from advisor.knowledge.questions import Group, Trait
from advisor.knowledge.scale import Scale, Theme
from advisor.knowledge.schema import Rule
from advisor.knowledge.yaml_file import Location


@dataclass(frozen=True)
class Origin:
    """The file that holds an entry, and where inside it."""

    path: Path
    location: Location = ()
    root: Path = Path()  # the knowledge folder
    extra: bool = False  # from an organisation's own folder


@dataclass(frozen=True, eq=False)  # one object is one key: it may be cached by identity
class KnowledgeBase:
    """Everything under ``rules/``. Rules are ordered by theme and id, the rest as in their files.

    ``version`` is a short hash of the content: the same on every machine, whatever the layout of the files.
    """

    scale: Scale
    groups: tuple[Group, ...]
    traits: Mapping[str, Trait]
    rules: tuple[Rule, ...]
    routes: tuple[Route, ...] = ()
    areas: tuple[Area, ...] = ()
    tools: tuple[Tool, ...] = ()
    setup: tuple[SetupStep, ...] = ()
    roadmap: tuple[RoadmapStep, ...] = ()
    evidence: tuple[EvidenceLink, ...] = ()
    coverage: tuple[CoverageSection, ...] = ()
    version: str = "unversioned"
    origins: Mapping[str, Origin] = field(
        default_factory=dict, repr=False, compare=False
    )  # "rule:<id>" -> file

    @cached_property
    def rules_by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def themes(self) -> Mapping[str, Theme]:
        return {theme.id: theme for theme in self.scale.themes}

    @cached_property
    def quick_path(self) -> tuple[Trait, ...]:
        """The few most telling questions, in order."""
        return tuple(trait for trait in self.traits.values() if trait.quick)
