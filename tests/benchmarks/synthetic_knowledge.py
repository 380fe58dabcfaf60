"""Knowledge bases of any size: random rules over the questions and themes of the built-in one."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from advisor.inference import KnowledgeBase, Rule, Trait

WORDS = {"en": "words", "ja": "言葉"}
STRENGTHS = ("slight", "moderate", "moderate", "strong", "decisive")


def synthetic(kb: KnowledgeBase, rules: int, seed: int = 1) -> KnowledgeBase:
    """The built-in questions and scale with this many random rules, each on one to three traits."""
    random = Random(seed)
    themes = [theme.id for theme in kb.scale.themes]
    return replace(
        kb, rules=tuple(_rule(random, kb, f"rule-{n:05}", themes) for n in range(rules)), coverage=()
    )


def _rule(random: Random, kb: KnowledgeBase, name: str, themes: list[str]) -> Rule:
    tests = [_test(random, trait) for trait in random.sample(list(kb.traits.values()), random.randint(1, 3))]
    return Rule.model_validate(
        {
            "id": name,
            "theme": random.choice(themes),
            "title": WORDS,
            "when": {random.choice(["all", "any"]): tests},
            "history": [
                {
                    "as_of": random.choice(["guide", date(2026, 8, 22)]),
                    "favours": random.choice(["tensorflow", "pytorch"]),
                    "strength": random.choice(STRENGTHS),
                    "because": WORDS,
                }
            ],
            "review_by": "2027-05",
            "examples": {"fires": {}, "silent": {}},
        }
    )


def _test(random: Random, trait: Trait) -> dict[str, Any]:
    options = random.sample(trait.option_ids, random.randint(1, 2))
    return {trait.id: {"includes_any": options} if trait.kind == "many" else options}
