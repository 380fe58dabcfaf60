"""Reads ``rules/`` and any extra folders into one :class:`KnowledgeBase`, reporting every problem at once."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from advisor.knowledge.base import KnowledgeBase, Origin
from advisor.knowledge.layout import LISTS, SHELVES, ThemesFile, kinds_in, schema_of
from advisor.knowledge.plan_schema import (
    CoverageFile,
    EvidenceLink,
)
from advisor.knowledge.pointing import refine
from advisor.knowledge.problems import KnowledgeError, Place, Problem, nearest
from advisor.knowledge.questions import MoreOptions, QuestionsFile
from advisor.knowledge.references import Finding, Parts, findings, rule_findings
from advisor.knowledge.scale import Scale
from advisor.knowledge.schema import Rule
from advisor.knowledge.validation import problems_of, validated
from advisor.knowledge.yaml_file import Data, Document, Location, read_yaml
from advisor.paths import RULES

MAX_FILES = 5_000


def load_knowledge(folder: Path = RULES, extra: Sequence[Path] = ()) -> KnowledgeBase:
    """Read ``folder`` and add the ``extra`` folders. Raises :class:`KnowledgeError` with every problem.

    An extra folder adds rules (any other YAML file at any depth), questions, options, themes and plan
    entries. It may not redefine an id that is there already.
    """
    reading = _Reading()
    for root, is_extra in ((folder, False), *((path, True) for path in extra)):
        reading.folder(root, is_extra)
    reading.references()
    if reading.problems or reading.parts.scale is None:
        raise KnowledgeError(reading.problems)
    return reading.knowledge()


@cache
def built_in() -> KnowledgeBase:
    """The knowledge base that comes with the project, read once per process."""
    return load_knowledge()


@dataclass
class _Reading:
    parts: Parts = field(default_factory=Parts)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)  # kinds of which something could not be read
    origins: dict[str, tuple[Origin, Document]] = field(default_factory=dict)
    root: Path = Path()  # the folder being read
    is_extra: bool = False
    more_options: list[tuple[MoreOptions, Document, Location]] = field(default_factory=list)
    content: list[tuple[str, Data]] = field(default_factory=list)
    rejected: list[Document] = field(default_factory=list)  # rules that their schema refused

    def folder(self, root: Path, is_extra: bool) -> None:
        self.root, self.is_extra = root, is_extra
        if not root.is_dir():
            self.problems.append(Problem("folder-missing", Place(str(root))))
            return
        paths = sorted(path for path in root.rglob("*") if _is_knowledge(path, root))
        if len(paths) > MAX_FILES:
            self.problems.append(Problem("folder-large", Place(str(root)), {"limit": MAX_FILES}))
            return
        for path in paths:
            self.file(path)
        if not is_extra:
            for name in ("scale.yaml", "questions.yaml"):
                if not (root / name).is_file():
                    self.problems.append(Problem("file-missing", Place(str(root / name))))
                    self.broken |= kinds_in(name)

    def file(self, path: Path) -> None:
        name = path.relative_to(self.root).as_posix()
        kinds = kinds_in(name)
        try:
            document = read_yaml(path)
        except KnowledgeError as error:
            self.problems += error.problems
            self.broken |= kinds
            return
        model = schema_of(name, self.is_extra)
        try:
            read = validated(model, document)
        except ValidationError as error:
            self.problems += problems_of(error, model, document)
            self.broken |= kinds
            if model is Rule:
                self.rejected.append(document)
            return
        self.content.append((_content_key(name, document.data), document.data))
        self.place(read, document, path)

    def place(self, read: BaseModel, document: Document, path: Path) -> None:
        match read:
            case Scale() | ThemesFile():
                if isinstance(read, Scale):
                    self.parts.scale = read
                for index, theme in enumerate(read.themes):
                    self.add("theme", theme, document, path, ("themes", index))
            case Rule():
                self.add("rule", read, document, path, ())
            case EvidenceLink():
                self.add("evidence", read, document, path, ())
            case CoverageFile():
                self.parts.coverage += read.sections
            case _:
                for key, kind in LISTS[path.name][1].items():
                    for index, entry in enumerate(getattr(read, key)):
                        self.add(kind, entry, document, path, (key, index))
        if isinstance(read, QuestionsFile):
            self.more_options += [
                (more, document, ("more_options", index)) for index, more in enumerate(read.more_options)
            ]

    def add(self, kind: str, entry: Any, document: Document, path: Path, location: Location) -> None:
        shelf = getattr(self.parts, SHELVES[kind])
        if entry.id in shelf:
            first = self.origins[f"{kind}:{entry.id}"][0].path
            values = {"found": entry.id, "kind": kind, "first": first}
            self.problems.append(Problem("duplicate-id", document.place((*location, "id")), values))
            return
        shelf[entry.id] = entry
        self.origins[f"{kind}:{entry.id}"] = (Origin(path, location, self.root, self.is_extra), document)

    def references(self) -> None:
        self._merge_options()
        for finding in findings(self.parts):
            origin, document = self.origins[finding.owner]
            self.found(finding, document, origin.location)
        for document in self.rejected:
            for finding in rule_findings(document.data, self.parts):
                self.found(finding, document, ())

    def found(self, finding: Finding, document: Document, inside: Location) -> None:
        if finding.about not in self.broken:  # else the name may stand in a file that could not be read
            location, on_key = refine(document.data, (*inside, *finding.location), finding)
            self.problems.append(Problem(finding.code, document.place(location, on_key), finding.values))

    def knowledge(self) -> KnowledgeBase:
        parts = self.parts
        assert parts.scale is not None
        order = {theme: number for number, theme in enumerate(parts.themes)}
        return KnowledgeBase(
            scale=parts.scale.model_copy(update={"themes": tuple(parts.themes.values())}),
            groups=tuple(parts.groups.values()),
            traits=dict(parts.traits),
            rules=tuple(sorted(parts.rules.values(), key=lambda rule: (order[rule.theme], rule.id))),
            routes=tuple(parts.routes.values()),
            areas=tuple(parts.areas.values()),
            tools=tuple(parts.tools.values()),
            setup=tuple(parts.setup.values()),
            roadmap=tuple(parts.roadmap.values()),
            evidence=tuple(sorted(parts.evidence.values(), key=lambda link: link.id)),
            coverage=tuple(parts.coverage),
            version=_version(self.content),
            origins={name: origin for name, (origin, _) in self.origins.items()},
        )

    def _merge_options(self) -> None:
        for more, document, location in self.more_options:
            trait = self.parts.traits.get(more.trait)
            if trait is None:
                if "trait" not in self.broken:
                    values = _unknown(more.trait, self.parts.traits)
                    self.problems.append(
                        Problem("unknown-trait", document.place((*location, "trait")), values)
                    )
                continue
            for index, option in enumerate(more.options):
                if option.id in trait.option_ids:
                    values = {"found": option.id, "trait": trait.id}
                    where = document.place((*location, "options", index, "id"))
                    self.problems.append(Problem("duplicate-option", where, values))
                else:
                    trait = trait.model_copy(update={"options": (*trait.options, option)})
            self.parts.traits[trait.id] = trait


def _is_knowledge(path: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return path.suffix in (".yaml", ".yml") and not hidden and path.is_file()


def _unknown(found: str, choices: Iterable[str]) -> dict[str, object]:
    pool = tuple(choices)
    return {"found": found, "near": nearest(found, pool), "choices": pool}


def _content_key(name: str, data: Data) -> str:
    identity = data.get("id") if isinstance(data, dict) else None
    return f"entry:{identity}" if isinstance(identity, str) else f"file:{name}"


def _version(content: Iterable[tuple[str, Data]]) -> str:
    ordered = sorted(content, key=lambda pair: (pair[0], json.dumps(pair[1], sort_keys=True)))
    text = json.dumps(ordered, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
