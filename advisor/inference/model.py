"""What the engine hands out. Decibans are signed: above 0 speaks for PyTorch, below 0 for TensorFlow."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

Framework = Literal["tensorflow", "pytorch"]
Choice = Literal["pytorch", "tensorflow", "too-close", "neither"]
AsOf = date | Literal["guide"]
TextMap = dict[str, str]  # language -> words


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceRef(_Record):
    url: str
    dated: str
    supports: TextMap
    confidence: str = "high"


class Verdict(_Record):
    """``margin_decibans`` is the exact sum of all reasons; ``word`` names the probability (see
    ``scale.yaml``).

    With ``neither`` the margin and the reasons still say what scoring alone would have given.
    """

    framework: Choice
    leaning: Literal["pytorch", "tensorflow", "none"]
    margin_decibans: float
    probability_pytorch: float
    word: str  # id of a band in scale.yaml: "even", "leaning", "likely", "very-likely", "near-certain"
    decided: bool  # no remaining answer can change the verdict
    unanswered: int  # questions that could still be asked
    margin_before_overlap: float = 0.0  # the exact sum of all reasons' ``before_overlap``
    settled_by: str | None = None  # for too-close: the one question that can settle it, None if none can
    settled_by_share: float | None = None  # share of its answers that name a framework; 1: it will settle it
    knocked_out_by: str | None = None  # for neither: the rule
    instead: TextMap | None = None  # for neither: what to use, and why


class Reason(_Record):
    """One rule that fired. ``decibans`` is what it contributes after overlap and importance."""

    rule: str
    theme: str
    title: TextMap
    favours: Literal["tensorflow", "pytorch", "neither"]
    decibans: float
    weight: float  # signed, before overlap and importance
    before_overlap: float = 0.0  # signed, with importance: what it would contribute alone in its theme
    rank: int  # 1 is the largest of its side in its theme
    strength: str
    because: TextMap
    as_of: str  # "guide" or ISO date of the history entry in force
    section: str | None = None  # heading in the guide
    sources: tuple[SourceRef, ...] = ()
    stale: bool = False
    state: Literal["holds", "stronger", "weaker", "reversed", "gone", "new"] = "holds"  # against the guide
    traits: tuple[str, ...] = ()  # traits its condition reads
    measured_by: tuple[str, ...] = ()
    measured: Literal["confirmed", "contradicted", "inconclusive", "not-measured"] | None = None
    waiting: bool = False  # an unanswered question decides; ``decibans`` is then what it would add


class RouteStep(_Record):
    train: TextMap
    convert: TextMap
    run: TextMap


class Route(_Record):
    """How a model gets to one deployment target from one training framework."""

    id: str
    target: str
    framework: Framework | Literal["keras-3"]
    steps: RouteStep
    status: str  # recommended | works | experimental | deprecated | none
    bridge: bool  # leaves its training framework's own runtime
    recommended: bool  # the one this advice follows
    limits: TextMap | None = None
    sources: tuple[SourceRef, ...] = ()


class OutOfReach(_Record):
    """A target of the answers that a framework can't reach. ``because``: None where all its routes ended."""

    target: str
    framework: Framework
    because: TextMap | None


class Tool(_Record):
    id: str
    name: str
    area: str
    framework: Literal["tensorflow", "pytorch", "both"]
    state: str  # active | slow | deprecated | archived
    as_of: str
    note: TextMap
    recommended: bool
    sources: tuple[SourceRef, ...] = ()


class SetupStep(_Record):
    id: str
    title: TextMap
    commands: tuple[str, ...]
    note: TextMap | None = None
    warning: bool = False
    sources: tuple[SourceRef, ...] = ()


class RoadmapStep(_Record):
    id: str
    title: TextMap
    learn: TextMap
    why: TextMap
    exercise: TextMap
    link: str


class Advice(_Record):
    """The answer to one set of answers on one day."""

    answers: dict[str, str | list[str]]
    importance: dict[str, str]
    as_of: str
    knowledge_version: str
    verdict: Verdict
    reasons: tuple[Reason, ...]  # largest first; their decibans sum to the margin exactly
    routes: tuple[Route, ...] = ()
    out_of_reach: tuple[OutOfReach, ...] = ()  # for both frameworks, whichever leads
    stack: tuple[Tool, ...] = ()
    setup: tuple[SetupStep, ...] = ()
    roadmap: tuple[RoadmapStep, ...] = ()
    good_until: str | None = None  # earliest review_by of the rules that fired


class Evidence(_Record):
    """One measurement as the engine sees it: plain data, nothing of the laboratory's."""

    probe: str
    track: str
    metric: str
    verdict: Literal["tensorflow", "pytorch", "same", "cannot-tell", "withheld"]
    ratio: float | None = None
    interval: tuple[float, float] | None = None


class AdviceAfterEvidence(_Record):
    """Both verdicts are kept. Reasons of theme ``measurement`` carry what the measurements moved."""

    before: Advice
    after: Advice


class NearMiss(_Record):
    rule: str
    title: TextMap
    favours: str
    weight: float
    lacks: tuple[str, ...]  # traits whose answer would have to differ
    wants: dict[str, list[str]]  # trait -> options that would satisfy its condition
    undecided: bool  # True when it only waits for an unanswered question


class Change(_Record):
    trait: str
    was: str | list[str] | None
    becomes: str | list[str]
    changeable: bool  # False for facts the user can't change


class Flip(_Record):
    changes: tuple[Change, ...]
    verdict: Choice
    margin_decibans: float


class WeightFlip(_Record):
    """The strength (decibans, signed, before overlap) at which this rule alone would turn the verdict."""

    rule: str
    weight: float
    flips_at: float | None  # None: no weight of this rule alone turns it


class MarginRange(_Record):
    low: float
    high: float
    probability_low: float
    probability_high: float
    exact: bool  # enumerated, or a proven bound
    verdicts: tuple[Choice, ...]  # verdicts that some completion reaches (or may reach, when a bound)
    decided: bool


class NextQuestion(_Record):
    trait: str
    worth: float  # expected decibans by which its answer moves the margin towards a decision
    can_flip: bool


class Explanation(_Record):
    advice: Advice
    why_not: tuple[NearMiss, ...]
    other_side: tuple[Reason, ...]
    flips: tuple[Flip, ...]  # all single changes, and the first of the pairs
    flips_found: int  # with the pairs left out here; ``flips`` gives them all
    weight_flips: tuple[WeightFlip, ...]
    stability: float  # share of the seeded weight draws that keep the verdict
    draws: int
    range: MarginRange
    next_questions: tuple[NextQuestion, ...]


class Replay(_Record):
    """The same answers on two days, and the rules that made the difference."""

    then: Advice
    now: Advice
    differences: tuple[tuple[Reason | None, Reason | None], ...]  # (then, now) of each rule that moved
