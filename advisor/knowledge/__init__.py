"""The knowledge base: schema, loading with positions, checking, versions."""

from advisor.knowledge.base import KnowledgeBase, Origin
from advisor.knowledge.condition import Answered, Node, evaluate, parse_condition, traits
from advisor.knowledge.loading import built_in, load_knowledge
from advisor.knowledge.plan_schema import (
    Area,
    CoverageSection,
    EvidenceLink,
    RoadmapStep,
    Route,
    SetupStep,
    Statement,
    Tool,
)
from advisor.knowledge.problems import KnowledgeError, Place, Problem, nearest
from advisor.knowledge.questions import NONE, UNKNOWN, Group, Option, Trait, applied
from advisor.knowledge.scale import Scale, Theme
from advisor.knowledge.schema import AsOf, Entry, Rule, Source

__all__ = [
    "NONE",
    "UNKNOWN",
    "Answered",
    "Area",
    "AsOf",
    "CoverageSection",
    "Entry",
    "EvidenceLink",
    "Group",
    "KnowledgeBase",
    "KnowledgeError",
    "Node",
    "Option",
    "Origin",
    "Place",
    "Problem",
    "RoadmapStep",
    "Route",
    "Rule",
    "Scale",
    "SetupStep",
    "Source",
    "Statement",
    "Theme",
    "Tool",
    "Trait",
    "applied",
    "built_in",
    "evaluate",
    "load_knowledge",
    "nearest",
    "parse_condition",
    "traits",
]
