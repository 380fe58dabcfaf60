"""One browser tab: what the user has said, in which language, and where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from streamlit.navigation.page import StreamlitPage

from advisor.words import FALLBACK, Words

Answer = str | list[str]


@dataclass
class Visit:
    """Kept in the session state; every widget is a view of it. Answers are ids, in no language."""

    language: str
    answers: dict[str, Answer] = field(default_factory=dict)
    importance: dict[str, str] = field(default_factory=dict)
    path: str = "quick"  # or "full"
    step: str | None = None
    rule: str | None = None  # the rule opened in the rule book
    linked_on: date | None = None  # the day of the link that these answers came from
    returning: bool = False  # "Change" was pressed on the check page
    job: str | None = None  # the measurement that this visit started
    measurements: str | None = None  # the stored measurement shown with the recommendation
    notices: list[Mapping[str, str]] = field(default_factory=list)  # what could not be read, per language
    trial: dict[str, Answer] = field(default_factory=dict)  # answers tried on the recommendation, not kept
    known_queries: list[dict[str, str]] = field(default_factory=list)  # queries that Back did not bring
    pages: dict[str, StreamlitPage] = field(default_factory=dict)  # url path -> page, in this language

    @property
    def words(self) -> Words:
        return Words.load(self.language)

    def answer(self, trait: str, given: Answer | None) -> None:
        """Take an answer, or with None take it back. The answers are then no longer those of a link."""
        self.linked_on = None
        if given is None:
            self.answers.pop(trait, None)
        else:
            self.answers[trait] = given

    def start_afresh(self, answers: Mapping[str, Answer]) -> None:
        """Another project: what was set, tried or linked for the last one goes; the measurement stays."""
        self.answers = {trait: a if isinstance(a, str) else list(a) for trait, a in answers.items()}
        self.importance, self.trial = {}, {}
        self.linked_on, self.returning = None, False

    def text(self, entry: Mapping[str, str]) -> str:
        """A text of the knowledge base in this language, else in English."""
        return entry.get(self.language, entry[FALLBACK])
