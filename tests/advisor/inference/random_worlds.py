"""Random small knowledge bases and answers, and the engine's promises written a second time, plainly."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from hypothesis import strategies as st

from advisor.inference.answers import Answers, parse_answers, read_answers
from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.condition import evaluate
from advisor.knowledge.questions import Group, Trait, applied
from advisor.knowledge.scale import Scale
from advisor.knowledge.schema import Rule

TODAY = date(2026, 11, 24)
SIDES = ("pytorch", "tensorflow")
THEMES = ("alpha", "beta", "gamma")
STRENGTHS = {"slight": 2, "moderate": 5, "strong": 10, "decisive": 20}
WORDS = {"en": "words", "ja": "言葉"}


def scale(threshold: float = 3) -> Scale:
    return Scale.model_validate(
        {
            "strengths": {name: {"decibans": size, "reason": WORDS} for name, size in STRENGTHS.items()},
            "overlap": {"factor": 0.5, "ranks": 4, "reason": WORDS},
            "importance": {
                level: {"factor": factor, "label": WORDS}
                for level, factor in (("less", 0.5), ("normal", 1), ("more", 2))
            },
            "too_close_below": {"decibans": threshold, "reason": WORDS},
            "words": [
                {"id": "even", "up_to": 0.6, "label": WORDS},
                {"id": "sure", "up_to": 1, "label": WORDS},
            ],
            "draws": {"count": 200, "seed": 7, "spread": 0.25, "reason": WORDS},
            "evidence": {"cap_decibans": 5, "reason": WORDS},
            "themes": [{"id": theme, "title": WORDS, "about": WORDS} for theme in THEMES],
        }
    )


def trait(name: str, kind: str, options: list[str], **more: Any) -> Trait:
    return Trait.model_validate(
        {
            "id": name,
            "group": "all",
            "kind": kind,
            "question": WORDS,
            "why": WORDS,
            "options": [{"id": option, "label": WORDS} for option in options],
            **more,
        }
    )


def rule(name: str, when: Any, history: list[dict[str, Any]] | None = None, **more: Any) -> Rule:
    """A rule; without a history it speaks moderately for PyTorch since the guide."""
    entries = history or [{"as_of": "guide", "favours": "pytorch", "strength": "moderate"}]
    return Rule.model_validate(
        {
            "id": name,
            "theme": "alpha",
            "title": WORDS,
            "when": when,
            "history": [{"because": WORDS, **entry} for entry in entries],
            "review_by": "2027-05",
            "examples": {"fires": {}, "silent": {}},
            **more,
        }
    )


def world(traits: list[Trait], rules: list[Rule], threshold: float = 3, **more: Any) -> KnowledgeBase:
    return KnowledgeBase(
        scale=scale(threshold),
        groups=(Group(id="all", title=WORDS, about=WORDS),),
        traits={item.id: item for item in traits},
        rules=tuple(rules),
        **more,
    )


def swapped(kb: KnowledgeBase) -> KnowledgeBase:
    """The same knowledge with the frameworks exchanged in every rule."""
    other = {"pytorch": "tensorflow", "tensorflow": "pytorch", "neither": "neither"}
    rules = [
        item.model_copy(
            update={
                "history": tuple(e.model_copy(update={"favours": other[e.favours]}) for e in item.history)
            }
        )
        for item in kb.rules
    ]
    return KnowledgeBase(scale=kb.scale, groups=kb.groups, traits=kb.traits, rules=tuple(rules))


def random_test(random: Random, traits: list[Trait]) -> dict[str, Any]:
    item = random.choice(traits)
    options = random.sample(item.option_ids, random.randint(1, min(3, len(item.option_ids))))
    if item.kind == "one":
        return {item.id: random.choice([options[0], options])}
    word = random.choice(["includes", "includes_any", "includes_all", "only"])
    return {item.id: {word: options[0] if word == "includes" else options}}


def random_condition(random: Random, traits: list[Trait], depth: int = 2) -> dict[str, Any]:
    kind = random.choice(["test", "test", "all", "any", "not"]) if depth else "test"
    if kind == "test":
        return random_test(random, traits)
    if kind == "not":
        return {"not": random_condition(random, traits, depth - 1)}
    return {kind: [random_condition(random, traits, depth - 1) for _ in range(random.randint(1, 3))]}


def random_rule(random: Random, traits: list[Trait], name: str, knock_outs: bool = True) -> Rule:
    when = random_condition(random, traits)
    unless = random_condition(random, traits) if random.random() < 0.3 else None
    if knock_outs and random.random() < 0.12:
        history: list[dict[str, Any]] = [{"as_of": "guide", "favours": "neither"}]
        return rule(name, when, history, unless=unless, knock_out=True, instead=WORDS)
    history = []
    for day in random.choice([["guide"], ["guide", date(2026, 3, 1)], [date(2026, 3, 1)]]):
        side = random.choice([*SIDES, *SIDES, "neither"])
        strength = random.choice(list(STRENGTHS)) if side != "neither" else None
        history.append({"as_of": day, "favours": side, "strength": strength})
    return rule(name, when, history, unless=unless, theme=random.choice(THEMES))


def random_trait(random: Random, name: str, before: list[Trait]) -> Trait:
    options = ["a", "b", "c", "none"][: random.randint(2, 4)]
    ask_when = random_condition(random, before, 1) if before and random.random() < 0.3 else None
    kind = random.choice(["one", "one", "many"])
    return trait(name, kind, options, ask_when=ask_when, changeable=random.random() < 0.7)


@st.composite
def worlds(draw: st.DrawFn, most_traits: int = 5, most_rules: int = 12) -> KnowledgeBase:
    """Sizes shrink on failure; the content follows from a seed, which keeps many worlds affordable."""
    random = Random(draw(st.integers(0, 2**32)))
    traits: list[Trait] = []
    for number in range(draw(st.integers(1, most_traits))):
        traits.append(random_trait(random, f"t{number}", traits))
    names = [f"r{n}" for n in range(draw(st.integers(0, most_rules)))]
    random.shuffle(names)
    rules = [random_rule(random, traits, name) for name in names]
    return world(traits, rules, threshold=random.choice([0, 3, 6]))


def possible(item: Trait) -> list[frozenset[str]]:
    """Every answer a question accepts."""
    if item.kind == "one":
        return [frozenset([option]) for option in item.option_ids]
    some = [option for option in item.option_ids if option != "none"]
    sets = [
        frozenset(o for o, keep in zip(some, bits, strict=True) if keep)
        for bits in product([0, 1], repeat=len(some))
    ]
    return [s for s in sets if s] + ([frozenset(["none"])] if "none" in item.option_ids else [])


@st.composite
def answers_to(draw: st.DrawFn, kb: KnowledgeBase, most_completions: int | None = None) -> Answers:
    """Valid answers; so many that no more than the given number of completions remain."""
    random = Random(draw(st.integers(0, 2**32)))
    raw: dict[str, object] = {}
    size = 1
    for name in random.sample(list(kb.traits), len(kb.traits)):
        item = kb.traits[name]
        size *= len(possible(item)) + 1
        if (most_completions is not None and size > most_completions) or random.random() < 0.5:
            size //= len(possible(item)) + 1
            chosen = sorted(random.choice([*possible(item), frozenset(["unknown"])]))
            raw[name] = chosen[0] if item.kind == "one" or chosen == ["unknown"] else chosen
    importance = {
        theme: random.choice(["less", "normal", "more"]) for theme in THEMES if random.random() < 0.4
    }
    return read_answers(kb, {**raw, "importance": importance})[0]


def answered(answers: Answers) -> dict[str, frozenset[str]]:
    return {name: frozenset(options) for name, options in answers.sets()}


def with_answers(kb: KnowledgeBase, answers: Answers, given: Mapping[str, frozenset[str]]) -> Answers:
    """The answers with these traits answered so, read again; contradictions are refused."""
    raw = answers.raw()
    for name, options in given.items():
        raw[name] = next(iter(options)) if kb.traits[name].kind == "one" else sorted(options)
    return parse_answers(kb, raw)


def completions(kb: KnowledgeBase, answers: Answers) -> Iterator[dict[str, frozenset[str]]]:
    """Every way to answer, or to leave open, the questions that were not answered."""
    given = answered(answers)
    open_traits = [t for name, t in kb.traits.items() if name not in given and name not in answers.unknown]
    for chosen in product(*([None, *possible(item)] for item in open_traits)):
        more = {item.id: c for item, c in zip(open_traits, chosen, strict=True) if c is not None}
        settled = applied(kb.traits, given | more)
        if all(settled[name] for name in given | more):
            yield given | more


def plain_fired(kb: KnowledgeBase, given: Mapping[str, frozenset[str]]) -> list[Rule]:
    settled = applied(kb.traits, given)
    return [
        item
        for item in kb.rules
        if evaluate(item.when, settled) is True
        and (item.unless is None or evaluate(item.unless, settled) is False)
    ]


def plain_margin(
    kb: KnowledgeBase,
    given: Mapping[str, frozenset[str]],
    importance: Mapping[str, str],
    weights: Mapping[str, Fraction] | None = None,
) -> Fraction:
    """The margin by its definition, in exact fractions; signed ``weights`` replace the rules' own."""
    sums = Fraction(0)
    for theme in THEMES:
        factor = {"less": Fraction(1, 2), "normal": Fraction(1), "more": Fraction(2)}[
            importance.get(theme, "normal")
        ]
        signed = []
        for item in plain_fired(kb, given):
            entry = item.entry_at(TODAY)
            if (
                item.theme == theme
                and not item.knock_out
                and entry is not None
                and entry.favours != "neither"
            ):
                own = Fraction(STRENGTHS[str(entry.strength)]) * (1 if entry.favours == "pytorch" else -1)
                signed.append((weights or {}).get(item.id, own) * factor)
        for sign in (1, -1):
            side = sorted((sign * weight for weight in signed if sign * weight > 0), reverse=True)
            ranks = kb.scale.overlap.ranks
            sums += sign * sum((w * Fraction(1, 2**k) for k, w in enumerate(side[:ranks])), Fraction(0))
    return sums


def plain_verdict(
    kb: KnowledgeBase, given: Mapping[str, frozenset[str]], importance: Mapping[str, str]
) -> str:
    if any(item.knock_out for item in plain_fired(kb, given)):
        return "neither"
    return named(kb, plain_margin(kb, given, importance))


def named(kb: KnowledgeBase, margin: Fraction) -> str:
    if margin and abs(margin) >= Fraction(kb.scale.too_close_below.decibans):
        return "pytorch" if margin > 0 else "tensorflow"
    return "too-close"
