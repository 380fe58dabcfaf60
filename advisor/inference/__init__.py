"""The inference engine: from dated rules and answers to advice that can be questioned."""

from advisor.inference.advise import advise, apply_evidence
from advisor.inference.answers import (
    AnswerError,
    AnswerProblem,
    Answers,
    is_applicable,
    parse_answers,
    read_answers,
)
from advisor.inference.asking import next_questions
from advisor.inference.contrast import other_side, why_not
from advisor.inference.explain import explain
from advisor.inference.flips import flips
from advisor.inference.link import decode, encode
from advisor.inference.model import Advice, AsOf, Evidence, Explanation, MarginRange, Reason, Verdict
from advisor.inference.range import margin_range
from advisor.inference.replay import replay
from advisor.inference.stability import stability, weight_flips
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
    "apply_evidence",
    "built_in",
    "decode",
    "encode",
    "explain",
    "flips",
    "is_applicable",
    "load_knowledge",
    "margin_range",
    "next_questions",
    "other_side",
    "parse_answers",
    "read_answers",
    "replay",
    "stability",
    "weight_flips",
    "why_not",
]
