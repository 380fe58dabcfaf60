"""The engine and the report as the pages use them: loaded once, computed once per set of answers and day."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from advisor.inference import (
    Answers,
    Explanation,
    Group,
    KnowledgeBase,
    Trait,
    built_in,
    decode,
    encode,
    explain,
    is_applicable,
    read_answers,
    replay,
)
from advisor.inference.model import Replay
from advisor.ui import lab
from advisor.ui.visit import Answer, Visit

if TYPE_CHECKING:  # the report is loaded by the pages that show it, not by the first question
    from advisor.report.model import Report

UNKNOWN = "unknown"
KEPT = 256  # explanations kept in memory, for all visitors together


@dataclass(frozen=True)
class Standing:
    """Where a set of answers stands today."""

    knowledge: KnowledgeBase
    answers: Answers
    explanation: Explanation

    def applies(self, trait: str) -> bool:
        return is_applicable(self.knowledge, self.answers, trait)


@dataclass(frozen=True)
class LinkRead:
    """What could be read of a link, and what could not."""

    answers: dict[str, Answer]
    importance: dict[str, str]
    made_on: date | None
    problems: tuple[Mapping[str, str], ...]  # language -> message


def knowledge() -> KnowledgeBase:
    """The built-in knowledge base, read and checked once per process."""
    return built_in()


def today() -> date:
    return date.today()


def answers_of(visit: Visit, more: Mapping[str, Answer] | None = None) -> Answers:
    """The answers that count. One that no longer applies stays in the visit and is left out here."""
    raw: dict[str, object] = {**visit.answers, **(more or {}), "importance": visit.importance}
    return read_answers(knowledge(), raw)[0]


def explained(visit: Visit) -> Standing:
    """The visit's answers, explained as of today."""
    answers = answers_of(visit)
    return Standing(
        knowledge(), answers, _explained(json.dumps(answers.raw(), sort_keys=True), today(), answers)
    )


def reported(visit: Visit) -> "Report":
    """The report for the answers, with what is being tried and the measurement that was chosen."""
    answers = answers_of(visit, visit.trial)
    key = json.dumps(answers.raw(), sort_keys=True)
    return _reported(key, today(), visit.measurements, answers)


def replayed(visit: Visit, since: date) -> Replay:
    """The same answers on the day of an older link and today."""
    return replay(knowledge(), answers_of(visit), since, today())


def questions(path: str) -> int:
    """How many questions a path asks at least; follow-ups come on top."""
    traits = knowledge().quick_path if path == "quick" else tuple(knowledge().traits.values())
    return sum(trait.ask_when is None for trait in traits)


def progress(visit: Visit, standing: Standing) -> tuple[int, int]:
    """Questions answered, and questions that apply on this path as things stand."""
    traits = knowledge().quick_path if visit.path == "quick" else tuple(knowledge().traits.values())
    applying = [trait.id for trait in traits if standing.applies(trait.id)]
    return sum(standing.answers.is_answered(trait) for trait in applying), len(applying)


def read_link(fields: Mapping[str, str]) -> LinkRead:
    answers, day, problems = decode(knowledge(), fields, today())
    return LinkRead(
        answers=answers.as_dict(),
        importance=dict(answers.importance),
        made_on=day if isinstance(day, date) else None,
        problems=tuple(problem.message for problem in problems),
    )


def write_link(answers: Answers) -> dict[str, str]:
    return encode(answers, today())


def said(visit: Visit, trait: Trait, given: Answer | None) -> str:
    """An answer in words."""
    if given is None:
        return visit.words("pages.check.no-answer")
    if given == UNKNOWN:
        return visit.words("pages.project.not-sure")
    chosen = [given] if isinstance(given, str) else given
    return visit.words("pages.and").join(visit.text(o.label) for o in trait.options if o.id in chosen)


def group(name: str) -> Group:
    return next(group for group in knowledge().groups if group.id == name)


def traits_of(name: str) -> list[Trait]:
    return [trait for trait in knowledge().traits.values() if trait.group == name]


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _explained(key: str, day: date, _answers: Answers) -> Explanation:
    return explain(knowledge(), _answers, day)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _reported(key: str, day: date, measurements: str | None, _answers: Answers) -> "Report":
    from advisor.report.build import build_report

    found = lab.stored(measurements) if measurements else None
    return build_report(knowledge(), _answers, day, found)
