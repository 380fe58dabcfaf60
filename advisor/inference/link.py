"""Answers and their date as the query of a link: language-neutral, readable, in one order.

``v=1&a=purpose.research~targets.server+android&i=performance.more&d=2026-11-24``: questions are joined by
"~", the options of one by "+". ``i`` holds the themes that matter more or less, ``d`` a date or "guide".
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from advisor.inference.answers import (
    IMPORTANCE,
    MOST_ENTRIES,
    AnswerProblem,
    Answers,
    answer_problem,
    printable,
    read_answers,
)
from advisor.inference.model import AsOf
from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.questions import UNKNOWN

VERSION = "1"
LONGEST = 4000  # characters of one parameter
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SPLIT = re.compile(r"[+ ]")  # a raw "+" in a query arrives as a space


def encode(answers: Answers, as_of: AsOf) -> dict[str, str]:
    """Query parameters, unquoted. :func:`decode` takes them back."""
    parts = [
        f"{trait}.{value if isinstance(value, str) else '+'.join(value)}"
        for trait, value in answers.as_dict().items()
    ]
    found = {"v": VERSION}
    if parts:
        found["a"] = "~".join(parts)
    if answers.importance:
        found["i"] = "~".join(f"{theme}.{level}" for theme, level in answers.importance)
    return found | {"d": as_of if isinstance(as_of, str) else as_of.isoformat()}


def decode(
    kb: KnowledgeBase, params: Mapping[str, object], today: date | None = None
) -> tuple[Answers, AsOf, tuple[AnswerProblem, ...]]:
    """Answers, date, and what had to be dropped. Never raises: a link is hostile until read.

    A missing or impossible date becomes ``today`` (by default the current day). Other parameters are ignored.
    """
    problems: list[AnswerProblem] = []
    version = _text(params, "v", problems)
    if version not in ("", VERSION):
        problems.append(answer_problem("v", "link_version", VERSION, found=printable(version)))
        return Answers(), today or date.today(), tuple(problems)
    raw: dict[str, object] = {}
    for trait, value in _parts(_text(params, "a", problems), problems):
        options = [option for option in _SPLIT.split(value) if option][: MOST_ENTRIES + 1]
        kind = kb.traits[trait].kind if trait in kb.traits else "one"
        raw[trait] = (
            UNKNOWN if options == [UNKNOWN] else options if kind == "many" or len(options) > 1 else value
        )
    importance = dict(_parts(_text(params, "i", problems), problems))
    if importance:
        raw[IMPORTANCE] = importance
    answers, dropped = read_answers(kb, raw)
    return answers, _day(_text(params, "d", problems), today, problems), (*problems, *dropped)


def _text(params: Mapping[str, object], name: str, problems: list[AnswerProblem]) -> str:
    value = params.get(name, "")
    if isinstance(value, list | tuple):  # a parameter given several times: the last one counts
        value = value[-1] if value else ""
    if not isinstance(value, str):
        problems.append(answer_problem(name, "link_part", found=printable(value)))
        return ""
    if len(value) > LONGEST:
        problems.append(answer_problem(name, "link_too_long", limit=LONGEST))
        return ""
    return value


def _parts(text: str, problems: list[AnswerProblem]) -> Iterable[tuple[str, str]]:
    for part in text.split("~")[:MOST_ENTRIES] if text else ():
        name, dot, value = part.partition(".")
        if name and dot and value and name != IMPORTANCE:
            yield name, value
        else:
            problems.append(answer_problem("a", "link_part", found=printable(part)))


def _day(text: str, today: date | None, problems: list[AnswerProblem]) -> AsOf:
    current = today or date.today()
    if text == "guide":
        return "guide"
    if not text:
        return current
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    problems.append(answer_problem("d", "link_date", current.isoformat(), found=printable(text)))
    return current
