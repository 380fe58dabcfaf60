"""What ``scale.yaml`` may contain."""

from pydantic import Field, model_validator

from advisor.knowledge.schema import Id, Record, Strength, Text, fault


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
    """Within one theme and side the k-th largest rule counts by ``factor ** (k - 1)``, up to ``ranks``."""

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
            raise fault("bands-rising", "words")
        sizes = [self.strengths.decibans(name) for name in ("slight", "moderate", "strong", "decisive")]
        if sizes != sorted(set(sizes)):
            raise fault("strengths-rising", "strengths")
        return self
