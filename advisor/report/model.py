"""The report document: everything a reader can see, in all languages, as one JSON (schema ``report-v1``)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from advisor.inference.model import Advice, Explanation, Reason, Replay, SourceRef, TextMap, Verdict
from advisor.report.insights import Insights
from probes.model import Failure, LedgerRow, Machine, Result

SCHEMA_VERSION = 1


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Answered(_Record):
    """One question of the questionnaire with what the user said. ``answers`` is empty when not answered."""

    trait: str
    group: str
    question: TextMap
    answers: tuple[TextMap, ...]
    unknown: bool  # the user said "not sure"


class Asked(_Record):
    """One question of the knowledge base with all its options, so that a reader can be told of any answer."""

    trait: str
    question: TextMap
    options: dict[str, TextMap]


class Bar(_Record):
    """One bar of the reasons chart. ``shown`` has one decimal, and all ``shown`` sum to the shown margin."""

    rule: str
    title: TextMap
    favours: Literal["tensorflow", "pytorch"]
    decibans: float
    shown: float


class RuleLink(_Record):
    """A rule that a measurement speaks about."""

    rule: str
    title: TextMap
    state: Literal["confirmed", "contradicted", "inconclusive", "not-measured"]


class Finding(_Record):
    """One measured comparison, the probe's title beside it."""

    title: TextMap
    result: Result


class Measured(_Record):
    """What was measured on one machine, and what it moved."""

    id: str
    started: str
    plan: str
    command: str
    status: Literal["finished", "cancelled", "failed"]
    machine: Machine
    versions: dict[str, str]
    launches: int
    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...]
    ledger: tuple[LedgerRow, ...]
    rules: tuple[RuleLink, ...]
    moved: float  # decibans, signed
    probes: dict[str, TextMap] = {}  # probe id -> title
    smallest_effect: float | None = None  # ratio that the plan could see, stated before the run
    steady: bool | None = None  # each framework against itself came out as equal; None with too few launches
    insights: Insights = Insights()


class Knowledge(_Record):
    version: str
    rules: int
    traits: int
    good_until: str | None  # the earliest review date among the rules behind this advice
    stale: tuple[str, ...]  # rules behind this advice whose review date has passed


class Report(_Record):
    """One recommendation. ``verdict`` counts the measurements where there are any."""

    schema_version: Literal[1] = 1
    product_version: str
    created: str  # ISO date
    link: str  # query string that reproduces the recommendation
    answered: tuple[Answered, ...]  # the questions that apply, in order
    asked: tuple[Asked, ...]  # all questions
    verdict: Verdict
    advice: Advice  # after measurements, where there are any
    before_measurements: Advice | None
    bars: tuple[Bar, ...]
    shown_margin: float
    guide: Replay  # the guide alone, and the day of the report
    explanation: Explanation
    measured: Measured | None
    sources: tuple[SourceRef, ...]
    knowledge: Knowledge
    areas: dict[str, TextMap] = {}  # areas of the stack, in order: id -> title

    @property
    def reasons_for(self) -> tuple[Reason, ...]:
        """The reasons on the leading side, largest first."""
        return tuple(reason for reason in self.advice.reasons if reason.favours == self.verdict.leaning)

    @property
    def reasons_against(self) -> tuple[Reason, ...]:
        other = {"tensorflow": "pytorch", "pytorch": "tensorflow"}.get(self.verdict.leaning)
        return tuple(reason for reason in self.advice.reasons if reason.favours == other)
