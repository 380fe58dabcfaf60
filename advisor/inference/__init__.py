"""The inference engine: from dated rules and answers to advice that can be questioned."""

from advisor.inference.advise import advise
from advisor.inference.answers import (
    AnswerError,
    AnswerProblem,
    Answers,
    is_applicable,
    parse_answers,
    read_answers,
)
from advisor.inference.model import Advice, AsOf, Evidence, Explanation, MarginRange, Reason, Verdict
from advisor.inference.range import margin_range
from advisor.knowledge import (
    Group,
    KnowledgeBase,
    KnowledgeError,
    Option,
    Rule,
    Theme,
    Trait,
    built_in,
    load_knowledge,
)

__all__ = [
    "Advice",
    "AnswerError",
    "AnswerProblem",
    "Answers",
    "AsOf",
    "Evidence",
    "Explanation",
    "Group",
    "KnowledgeBase",
    "KnowledgeError",
    "MarginRange",
    "Option",
    "Reason",
    "Rule",
    "Theme",
    "Trait",
    "Verdict",
    "advise",
    "built_in",
    "is_applicable",
    "load_knowledge",
    "margin_range",
    "parse_answers",
    "read_answers",
]
