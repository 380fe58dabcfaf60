"""Reads what a command is given, and turns what is wrong with it into a message and exit code 2."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from advisor.knowledge.problems import KnowledgeError, Place, Problem
from advisor.knowledge.yaml_file import MAX_BYTES, Data, Document, Location, parse_yaml, read_yaml

if TYPE_CHECKING:  # the engine brings numerics along; commands import it when they run
    from advisor.inference import AnswerProblem, Answers
    from advisor.knowledge import AsOf, KnowledgeBase

BAD_INPUT = 2


@contextmanager
def reporting(language: str) -> Iterator[None]:
    """What the caller got wrong goes to stderr, with its place, and ends the command with exit code 2."""
    try:
        yield
    except KnowledgeError as error:
        typer.echo(error.render(language), err=True)
        raise typer.Exit(BAD_INPUT) from None


def knowledge(rules: Sequence[Path] | None) -> "KnowledgeBase":
    """The built-in knowledge base with the given folders added."""
    from advisor.knowledge import built_in, load_knowledge

    return load_knowledge(extra=tuple(rules)) if rules else built_in()


def day(text: str, today: date) -> "AsOf":
    """``guide``, a date, or today for an empty text. Raises :class:`KnowledgeError` for anything else."""
    if text == "guide":
        return "guide"
    if not text or text == "today":
        return today
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise KnowledgeError([Problem("as-of-shape", Place("--as-of"), {"found": text})])


def answers(kb: "KnowledgeBase", path: Path, importance: Sequence[str] = ()) -> "Answers":
    """The answers in a file, with "theme=level" for each theme whose importance the command line states.

    Raises :class:`KnowledgeError` that names the line of every fault.
    """
    from advisor.inference import AnswerError, parse_answers

    stated = _importance(kb, importance)
    document = _document(path)
    raw = document.data if document.data is not None else {}
    if not isinstance(raw, Mapping):
        raise KnowledgeError([Problem("answers-shape", document.place())])
    try:
        given = parse_answers(kb, {name: _switch(kb, name, value) for name, value in raw.items()})
    except AnswerError as error:
        raise KnowledgeError(_located(kb, document, fault) for fault in error.problems) from None
    return parse_answers(kb, {**given.as_dict(), "importance": {**dict(given.importance), **stated}})


def _importance(kb: "KnowledgeBase", stated: Sequence[str]) -> dict[str, str]:
    """Theme -> level, as the option states them. Raises :class:`KnowledgeError` for what is neither."""
    from advisor.inference import AnswerError, parse_answers

    parts = [item.partition("=") for item in stated]
    levels = {theme: level for theme, _, level in parts}
    try:
        parse_answers(kb, {"importance": levels})
    except AnswerError as error:
        place = Place("--importance")
        raise KnowledgeError(_Told(f.code, place, message=f.message) for f in error.problems) from None
    return levels


@dataclass(frozen=True)
class _Told(Problem):
    """A problem of the engine's, which brings its own words."""

    message: Mapping[str, str] = field(default_factory=dict)

    def says(self, language: str = "en") -> str:
        return self.message.get(language, self.message["en"])


def _document(path: Path) -> Document:
    if str(path) == "-":
        return parse_yaml(sys.stdin.buffer.read(MAX_BYTES + 1), "<stdin>")
    return read_yaml(path)


def _switch(kb: "KnowledgeBase", name: str, value: Data) -> object:
    """``true`` and ``false``, as programs write them, for traits answered with yes or no."""
    trait = kb.traits.get(name)
    if trait is None or not {"yes", "no"} <= set(trait.option_ids) or not isinstance(value, str):
        return value
    return {"true": "yes", "false": "no"}.get(value.lower(), value)


def _located(kb: "KnowledgeBase", document: Document, fault: "AnswerProblem") -> Problem:
    location: Location = tuple(fault.place.split(".", 1))
    data = document.data if isinstance(document.data, dict) else {}
    if fault.place not in data and location[0] not in data:
        return _Told(fault.code, document.place(), message=fault.message)
    unknown_key = fault.place not in kb.traits and location[-1] not in kb.themes
    value = data.get(fault.place)
    if isinstance(value, list) and not unknown_key:
        strange = [n for n, option in enumerate(value) if option not in kb.traits[fault.place].option_ids]
        named = [n for n in strange if f"{value[n]}" in fault.message["en"]]
        location = (*location, *named[:1])
    return _Told(fault.code, document.place(location, on_key=unknown_key), message=fault.message)
