"""Conditions: structured data parsed into a small typed tree, judged in three-valued logic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

# Trait -> answered options. A trait left out is unanswered; an empty set says that it does not apply.
Answered: TypeAlias = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Is:
    """The one answer of ``trait`` is ``option``."""

    trait: str
    option: str


@dataclass(frozen=True, slots=True)
class In:
    """The one answer of ``trait`` is among ``options``."""

    trait: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Includes:
    """``option`` is among the answers of ``trait``."""

    trait: str
    option: str


@dataclass(frozen=True, slots=True)
class IncludesAny:
    """At least one of ``options`` is among the answers of ``trait``."""

    trait: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IncludesAll:
    """Every one of ``options`` is among the answers of ``trait``."""

    trait: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Only:
    """``trait`` has answers, and none outside ``options``."""

    trait: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node


Test: TypeAlias = Is | In | Includes | IncludesAny | IncludesAll | Only
Node: TypeAlias = Test | All | Any | Not

_SET_TESTS: dict[str, type[IncludesAny | IncludesAll | Only]] = {
    "includes_any": IncludesAny,
    "includes_all": IncludesAll,
    "only": Only,
}
_TEST_WORDS = ("includes", *_SET_TESTS)
_GROUP_WORDS = ("all", "any", "not")
MAX_DEPTH = 20


class ConditionError(ValueError):
    """A condition has the wrong shape: ``code`` names the fault, ``path`` the place inside the condition."""

    def __init__(self, code: str, path: tuple[str | int, ...], **values: object) -> None:
        super().__init__(code)
        self.code, self.path, self.values = code, path, values


def parse_condition(raw: object) -> Node:
    """Build the tree from YAML data. Raises :class:`ConditionError`."""
    return _parse(raw, ())


def evaluate(condition: Node, answered: Answered) -> bool | None:
    """True, False, or None while an unanswered trait leaves it undecided."""
    match condition:
        case All(parts):
            judged = [evaluate(part, answered) for part in parts]
            return False if False in judged else None if None in judged else True
        case Any(parts):
            judged = [evaluate(part, answered) for part in parts]
            return True if True in judged else None if None in judged else False
        case Not(part):
            inner = evaluate(part, answered)
            return None if inner is None else not inner
        case _:
            options = answered.get(condition.trait)
            return None if options is None else holds(condition, options)


def holds(test: Test, options: frozenset[str]) -> bool:
    """Judge one test against the answered options of its trait; an empty set fails every test."""
    match test:
        case Is(_, option) | Includes(_, option):
            return option in options
        case In(_, wanted) | IncludesAny(_, wanted):
            return not options.isdisjoint(wanted)
        case IncludesAll(_, wanted):
            return options.issuperset(wanted)
        case Only(_, wanted):
            return bool(options) and options.issubset(wanted)


def tests(condition: Node) -> Iterator[Test]:
    """Every test on a trait, left to right."""
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from tests(part)
        case Not(part):
            yield from tests(part)
        case _:
            yield condition


def traits(condition: Node) -> tuple[str, ...]:
    """The traits that the condition reads, each once, in order of appearance."""
    return tuple(dict.fromkeys(test.trait for test in tests(condition)))


def options_of(test: Test) -> tuple[str, ...]:
    """The options that a test names."""
    return (test.option,) if isinstance(test, Is | Includes) else test.options


def _parse(raw: object, path: tuple[str | int, ...]) -> Node:
    if len(path) > MAX_DEPTH:
        raise ConditionError("condition-deep", path, limit=MAX_DEPTH)
    if not isinstance(raw, dict):
        raise ConditionError("condition-shape", path)
    if not raw:
        raise ConditionError("condition-empty", path)
    parts = tuple(_entry(str(key), value, (*path, str(key))) for key, value in raw.items())
    return parts[0] if len(parts) == 1 else All(parts)


def _entry(key: str, value: object, path: tuple[str | int, ...]) -> Node:
    if key == "not":
        return Not(_parse(value, path))
    if key in ("all", "any"):
        if not isinstance(value, list) or not value:
            raise ConditionError("condition-list", path, word=key)
        parts = tuple(_parse(part, (*path, index)) for index, part in enumerate(value))
        return All(parts) if key == "all" else Any(parts)
    if isinstance(value, str):
        return Is(key, value)
    if isinstance(value, list):
        return In(key, _options(value, path))
    if isinstance(value, dict) and len(value) == 1:
        [(word, wanted)] = value.items()
        if word == "includes" and isinstance(wanted, str):
            return Includes(key, wanted)
        if word in _SET_TESTS:
            return _SET_TESTS[word](key, _options(wanted, (*path, word)))
        if word == "includes":
            raise ConditionError("condition-includes", (*path, word), trait=key)
        raise ConditionError("condition-word", (*path, str(word)), found=str(word), choices=_TEST_WORDS)
    raise ConditionError("condition-test", path, trait=key)


def _options(value: object, path: tuple[str | int, ...]) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(option, str) for option in value):
        raise ConditionError("condition-options", path)
    return tuple(value)


def _validated(raw: object) -> Node:
    if isinstance(raw, Is | In | Includes | IncludesAny | IncludesAll | Only | All | Any | Not):
        return raw
    try:
        return parse_condition(raw)
    except ConditionError as error:
        context = {"path": list(error.path), **error.values}
        raise PydanticCustomError(error.code, "not a condition", context) from error


Condition = Annotated[
    Node,
    PlainValidator(_validated),
    WithJsonSchema({"type": "object", "minProperties": 1, "description": "A condition over traits."}),
]
