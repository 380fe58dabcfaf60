"""What a rule file may contain."""

import calendar
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from advisor.knowledge.condition import All, Condition, Node, Not

AsOf = date | Literal["guide"]
Side = Literal["tensorflow", "pytorch", "neither"]
Strength = Literal["slight", "moderate", "strong", "decisive"]
Confidence = Literal["high", "medium", "low"]

LANGUAGES = ("en", "ja")  # required everywhere; a text may have more

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*([-_.][a-z0-9]+)*$", max_length=80)]
Day = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Url = Annotated[str, Field(pattern=r"^https?://[^\s/$.?#][^\s<>\"]*$", max_length=500)]


def _complete(words: dict[str, str]) -> dict[str, str]:
    for language in LANGUAGES:
        if not words.get(language, "").strip():
            raise PydanticCustomError("text-missing", "a text is missing", {"language": language})
    return words


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _in_every_language(value: object) -> object:
    return dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value


def _day_or_guide(value: object) -> AsOf:
    if isinstance(value, date) or value == "guide":
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise PydanticCustomError("as-of-shape", "neither guide nor a day") from None


def _answer(value: object) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and all(isinstance(option, str) for option in value):
        return tuple(value)
    raise PydanticCustomError("answer-shape", "not an answer")


Dated = Annotated[AsOf, PlainValidator(_day_or_guide), WithJsonSchema({"type": "string"})]
Answer = Annotated[
    str | tuple[str, ...], PlainValidator(_answer), WithJsonSchema({"type": ["string", "array"]})
]
Text = Annotated[dict[str, str], AfterValidator(_complete)]  # language -> words
Note = Annotated[  # plain words stand for every language
    Text,
    BeforeValidator(_in_every_language),
    WithJsonSchema({"type": ["string", "object"], "additionalProperties": {"type": "string"}}),
]
Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]  # one word or a list of them


class Record(BaseModel):
    """Frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Source(Record):
    """Where a fact was read: ``dated`` is a year, a month or a day; ``supports`` is what the page shows."""

    url: Url
    dated: Day
    supports: Note
    confidence: Confidence = "high"


class Entry(Record):
    """One dated state of a rule."""

    as_of: Dated
    section: str | None = None  # heading in the guide
    favours: Side
    strength: Strength | None = None
    because: Text
    sources: tuple[Source, ...] = ()

    @property
    def from_guide(self) -> bool:
        return self.as_of == "guide"


class Examples(Record):
    """Two sets of answers: with ``fires`` the condition holds, with ``silent`` it does not."""

    fires: dict[str, Answer]
    silent: dict[str, Answer]


class Rule(Record):
    """One rule with its history, oldest entry first."""

    id: Id
    theme: Id
    title: Text
    when: Condition
    unless: Condition | None = None
    knock_out: bool = False
    instead: Text | None = None  # with knock_out: what to use, and why
    does_not_apply: Text | None = None
    history: tuple[Entry, ...] = Field(min_length=1)
    review_by: Month
    measured_by: tuple[str, ...] = ()
    examples: Examples

    def entry_at(self, as_of: AsOf) -> Entry | None:
        """The entry in force on a day; None if the rule is newer. The guide is older than every date."""
        if as_of == "guide":
            return self.history[0] if self.history[0].from_guide else None
        in_force = [entry for entry in self.history if entry.as_of == "guide" or entry.as_of <= as_of]
        return in_force[-1] if in_force else None

    @property
    def condition(self) -> Node:
        """``when`` and not ``unless``, in one tree."""
        return self.when if self.unless is None else All((self.when, Not(self.unless)))

    @property
    def good_until(self) -> date:
        """The last day of the month in ``review_by``; later the rule is stale."""
        return month_end(self.review_by)

    @model_validator(mode="after")
    def _consistent(self) -> "Rule":
        _knock_out(self)
        previous: AsOf | None = None
        for index, entry in enumerate(self.history):
            if previous is not None and (
                entry.as_of == "guide" or (previous != "guide" and entry.as_of <= previous)
            ):
                raise fault("history-order", "history", index, "as_of")
            previous = entry.as_of
            if entry.favours != "neither" and entry.strength is None:
                raise fault("strength-missing", "history", index)
            if entry.favours == "neither" and entry.strength is not None and not self.knock_out:
                raise fault("strength-without-side", "history", index, "strength")
            if entry.favours != "neither" and self.knock_out:
                raise fault("knock-out-favours", "history", index, "favours")
        return self


def month_end(month: str) -> date:
    """The last day of ``YYYY-MM``."""
    year, number = int(month[:4]), int(month[5:7])
    return date(year, number, calendar.monthrange(year, number)[1])


def _knock_out(rule: Rule) -> None:
    if rule.knock_out and rule.instead is None:
        raise fault("instead-missing", "knock_out")
    if rule.instead is not None and not rule.knock_out:
        raise fault("instead-alone", "instead")


def fault(code: str, *path: str | int) -> PydanticCustomError:
    """A fault that lies between several values, pointing at the one to change."""
    return PydanticCustomError(code, "inconsistent", {"path": list(path)})
