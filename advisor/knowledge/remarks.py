"""What the knowledge audit has to say about one entry."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.problems import Place, shown
from advisor.knowledge.schema import LANGUAGES
from advisor.knowledge.yaml_file import Document, Location, read_yaml

Level = Literal["error", "warning", "note"]
Entry = BaseModel


@dataclass(frozen=True)
class Remark:
    """``entry`` is ``kind:id``; only an error makes the check fail. Words: ``cli.checks.<code>``."""

    level: Level
    code: str
    entry: str
    values: Mapping[str, object] = field(default_factory=dict)
    location: Location = ()

    def says(self, language: str) -> str:
        """The remark in one language."""
        from advisor.words import Words  # as in problems: locale data only when something is said

        filled = {"entry": self.entry, **{name: shown(value) for name, value in self.values.items()}}
        return Words.load(language)(f"cli.checks.{self.code}", **filled)

    def place(self, kb: KnowledgeBase, read: Callable[[Path], Document] = read_yaml) -> Place | None:
        """Where it stands; None for a remark about the knowledge base as a whole.

        ``read`` may remember what it has read, for many remarks about few files.
        """
        origin = kb.origins.get(self.entry)
        if origin is None:
            return None
        return read(origin.path).place((*origin.location, *self.location))


def entries(kb: KnowledgeBase) -> Iterator[tuple[str, Any]]:
    """Every entry with its name ``kind:id``."""
    yield from ((f"group:{entry.id}", entry) for entry in kb.groups)
    yield from ((f"trait:{entry.id}", entry) for entry in kb.traits.values())
    yield from ((f"rule:{entry.id}", entry) for entry in kb.rules)
    yield from ((f"route:{entry.id}", entry) for entry in kb.routes)
    yield from ((f"area:{entry.id}", entry) for entry in kb.areas)
    yield from ((f"tool:{entry.id}", entry) for entry in kb.tools)
    yield from ((f"setup:{entry.id}", entry) for entry in kb.setup)
    yield from ((f"roadmap:{entry.id}", entry) for entry in kb.roadmap)
    yield from ((f"evidence:{entry.id}", entry) for entry in kb.evidence)


def texts(value: object, at: Location = ()) -> Iterator[tuple[Location, Mapping[str, str]]]:
    """Every text (language -> words) inside an entry, with its place."""
    if isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from texts(getattr(value, name), (*at, info.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts(item, (*at, index))
    elif isinstance(value, dict) and set(LANGUAGES) <= set(value):
        yield at, value
