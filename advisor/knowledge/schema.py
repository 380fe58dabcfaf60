"""What a rule file and ``scale.yaml`` may contain."""

import calendar
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from advisor.knowledge.condition import Condition

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
            raise PydanticCustomError("text_missing", "a text is missing", {"language": language})
    return words


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Text = Annotated[dict[str, str], AfterValidator(_complete)]  # language -> words
Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]  # one word or a list of them


class Record(BaseModel):
    """Frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Source(Record):
    """Where a fact was read: ``dated`` is a year, a month or a day; ``supports`` is what the page shows."""

    url: Url
    dated: Day
    supports: str = Field(min_length=1)
    confidence: Confidence = "high"


class Entry(Record):
    """One dated state of a rule."""

    as_of: AsOf
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

    fires: dict[str, str | tuple[str, ...]]
    silent: dict[str, str | tuple[str, ...]]


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
                raise _at("history_order", "history", index, "as_of")
            previous = entry.as_of
            if entry.favours != "neither" and entry.strength is None:
                raise _at("strength_missing", "history", index)
            if entry.favours == "neither" and entry.strength is not None and not self.knock_out:
                raise _at("strength_without_side", "history", index, "strength")
            if entry.favours != "neither" and self.knock_out:
                raise _at("knock_out_favours", "history", index, "favours")
        return self


class Level(Record):
    decibans: float = Field(gt=0)
    reason: Text


class Strengths(Record):
    """Weight of evidence of each strength, in decibans."""

    slight: Level
    moderate: Level
    strong: Level
    decisive: Level

    def decibans(self, strength: Strength) -> float:
        level: Level = getattr(self, strength)
        return level.decibans


class Overlap(Record):
    """Within one theme and side the k-th largest rule counts by ``factor ** (k - 1)``, as far as ``ranks``."""

    factor: float = Field(ge=0, le=1)
    ranks: int = Field(default=24, ge=1)
    reason: Text


class Importance(Record):
    factor: float = Field(ge=0)
    label: Text
    reason: Text | None = None


class Importances(Record):
    less: Importance
    normal: Importance
    more: Importance


class Threshold(Record):
    decibans: float = Field(ge=0)
    reason: Text


class Band(Record):
    """A word for the probability of the leading side, up to and including ``up_to``."""

    id: Id
    up_to: float = Field(gt=0.5, le=1)
    label: Text
    reason: Text | None = None


class Draws(Record):
    """Seeded draws of the weights: how many, from which seed, how far they spread."""

    count: int = Field(ge=1, le=1_000_000)
    seed: int = Field(ge=0)
    spread: float = Field(gt=0)
    reason: Text


class EvidenceCap(Record):
    cap_decibans: float = Field(ge=0)
    reason: Text


class Theme(Record):
    id: Id
    title: Text
    about: Text


class Scale(Record):
    """Every constant of the scoring, each with its reason."""

    strengths: Strengths
    overlap: Overlap
    importance: Importances
    too_close_below: Threshold
    words: tuple[Band, ...] = Field(min_length=1)
    draws: Draws
    evidence: EvidenceCap
    themes: tuple[Theme, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _rising(self) -> "Scale":
        ends = [band.up_to for band in self.words]
        if ends != sorted(set(ends)) or ends[-1] != 1:
            raise _at("bands_rising", "words")
        sizes = [self.strengths.decibans(name) for name in ("slight", "moderate", "strong", "decisive")]
        if sizes != sorted(set(sizes)):
            raise _at("strengths_rising", "strengths")
        return self


def month_end(month: str) -> date:
    """The last day of ``YYYY-MM``."""
    year, number = int(month[:4]), int(month[5:7])
    return date(year, number, calendar.monthrange(year, number)[1])


def _knock_out(rule: Rule) -> None:
    if rule.knock_out and rule.instead is None:
        raise _at("instead_missing", "knock_out")
    if rule.instead is not None and not rule.knock_out:
        raise _at("instead_alone", "instead")


def _at(code: str, *path: str | int) -> PydanticCustomError:
    return PydanticCustomError(code, "inconsistent", {"path": list(path)})
