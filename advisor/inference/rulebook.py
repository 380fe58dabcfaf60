"""What the rooms above need to show a rule: its entries, its sources and the parts of its condition."""

from advisor.knowledge.condition import All, Any, In, Includes, IncludesAll, IncludesAny, Is, Node, Not, Only
from advisor.knowledge.schema import Entry, Source

__all__ = [
    "All",
    "Any",
    "Entry",
    "In",
    "Includes",
    "IncludesAll",
    "IncludesAny",
    "Is",
    "Node",
    "Not",
    "Only",
    "Source",
]
