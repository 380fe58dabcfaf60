"""What ``questions.yaml`` may contain, and which questions apply."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from advisor.knowledge.condition import Answered, Condition, evaluate
from advisor.knowledge.schema import Id, Record, Text

UNKNOWN = "unknown"  # every trait accepts it; it counts as unanswered
NONE = "none"  # among several options it excludes all others


class Group(Record):
    """A page of the questionnaire."""

    id: Id
    title: Text
    about: Text


class Option(Record):
    id: Id
    label: Text
    hint: Text | None = None


class Trait(Record):
    """One question. ``ask_when`` false means that it does not apply and every test on it fails."""

    id: Id
    group: Id
    kind: Literal["one", "many"]
    quick: bool = False
    changeable: bool = True
    detected_by: Literal["os", "gpu", "python"] | None = None
    ask_when: Condition | None = None
    question: Text
    why: Text
    hint: Text | None = None
    options: tuple[Option, ...] = Field(min_length=2)

    @property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)


class MoreOptions(Record):
    """Options that an organisation's folder adds to a built-in trait."""

    trait: Id
    options: tuple[Option, ...] = Field(min_length=1)


class QuestionsFile(Record):
    groups: tuple[Group, ...] = ()
    traits: tuple[Trait, ...] = ()
    more_options: tuple[MoreOptions, ...] = ()


def applied(traits: Mapping[str, Trait], answered: Answered) -> dict[str, frozenset[str]]:
    """The answers with an empty set for each trait that does not apply.

    A trait whose ``ask_when`` is still undecided keeps its answer, if it has one. Chains of ``ask_when`` are
    followed to the end; the loader refuses circles.
    """
    settled = dict(answered)
    waiting = [trait for trait in traits.values() if trait.ask_when is not None]
    for _ in waiting:  # each round settles one more link of every chain
        off = [t.id for t in waiting if t.ask_when is not None and evaluate(t.ask_when, settled) is False]
        before, settled = settled, {**answered, **dict.fromkeys(off, frozenset())}
        if settled == before:
            break
    return settled
