"""Two knowledge bases side by side: what was added, removed or changed, and whose verdict moves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from advisor.knowledge import KnowledgeBase, Rule, load_knowledge
from advisor.knowledge.questions import Trait
from advisor.knowledge.remarks import entries
from advisor.knowledge.sample import covering_sample
from advisor.knowledge.yaml_file import read_yaml
from advisor.paths import ASSETS

if TYPE_CHECKING:
    from advisor.inference import AsOf

PROJECTS = ASSETS / "example_projects.yaml"
Level = Literal["none", "patch", "minor", "major"]
_SCOPE = {"when", "unless", "knock_out", "theme", "kind", "ask_when"}  # whom an entry concerns
_WEIGHT = {
    "history",
    "instead",
    "status",
    "state",
    "framework",
    "target",
    "commands",
    "options",
}  # what it says
_ORDER: tuple[Level, ...] = ("none", "patch", "minor", "major")


@dataclass(frozen=True)
class Moved:
    """Answers whose verdict differs; ``case`` is ``project:<id>``, ``rule:<id>`` or ``sample:<n>``."""

    case: str
    answers: Mapping[str, object]
    was: str
    becomes: str
    margin_was: float
    margin_becomes: float


@dataclass(frozen=True)
class Comparison:
    """``changed`` maps an entry to the keys that differ; ``level`` is the suggested SemVer step."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]
    moved: tuple[Moved, ...]
    cases: int
    level: Level


def open_folder(folder: Path) -> KnowledgeBase:
    """A whole knowledge base, or an organisation's folder on top of the built-in one."""
    if (folder / "scale.yaml").is_file() and (folder / "questions.yaml").is_file():
        return load_knowledge(folder)
    return load_knowledge(extra=(folder,))


def compare(old: KnowledgeBase, new: KnowledgeBase, as_of: "AsOf") -> Comparison:
    """Compare the entries, and the verdicts on example projects, rule examples and a covering sample."""
    before, after = dict(entries(old)), dict(entries(new))
    added = tuple(name for name in after if name not in before)
    removed = tuple(name for name in before if name not in after)
    changed = {
        name: differing
        for name, entry in after.items()
        if name in before and (differing := _differing(before[name], entry))
    }
    cases = dict(_cases(old, new))
    moved = tuple(_moved(old, new, cases, as_of))
    return Comparison(
        added, removed, changed, moved, len(cases), _level(before, after, added, removed, changed)
    )


def _differing(one: BaseModel, other: BaseModel) -> tuple[str, ...]:
    return tuple(
        name for name in type(other).model_fields if getattr(one, name, None) != getattr(other, name)
    )


def _level(
    before: Mapping[str, BaseModel],
    after: Mapping[str, BaseModel],
    added: tuple[str, ...],
    removed: tuple[str, ...],
    changed: Mapping[str, tuple[str, ...]],
) -> Level:
    """Major: an id is gone or concerns others. Minor: something new or judged anew. Patch: words."""
    levels: list[Level] = ["major" if removed else "minor" if added else "none"]
    for name, keys in changed.items():
        one, other = before[name], after[name]
        if (
            isinstance(one, Trait)
            and isinstance(other, Trait)
            and set(one.option_ids) - set(other.option_ids)
        ):
            levels.append("major")
        if (
            isinstance(one, Rule)
            and isinstance(other, Rule)
            and keys == ("history",)
            and _same_stand(one, other)
        ):
            levels.append("patch")
        elif set(keys) & _SCOPE:
            levels.append("major")
        else:
            levels.append("minor" if set(keys) & _WEIGHT else "patch")
    return max(levels, key=_ORDER.index)


def _same_stand(one: Rule, other: Rule) -> bool:
    """Whether two histories differ in words and sources only."""
    first, second = (
        [(entry.as_of, entry.favours, entry.strength) for entry in rule.history] for rule in (one, other)
    )
    return first == second


def _cases(old: KnowledgeBase, new: KnowledgeBase) -> Iterator[tuple[str, dict[str, object]]]:
    if PROJECTS.is_file():
        projects = read_yaml(PROJECTS).data
        for project in projects if isinstance(projects, list) else []:
            if isinstance(project, dict) and isinstance(project.get("answers"), dict):
                yield f"project:{project['id']}", dict(project["answers"])  # type: ignore[arg-type]
    for rule in (*old.rules, *new.rules):
        yield f"rule:{rule.id}", dict(rule.examples.fires)
    for number, answers in enumerate(covering_sample(new), 1):
        yield f"sample:{number}", dict(answers)


def _moved(
    old: KnowledgeBase, new: KnowledgeBase, cases: Mapping[str, dict[str, object]], as_of: "AsOf"
) -> Iterator[Moved]:
    from advisor.inference import advise, read_answers

    for case, raw in cases.items():
        (first, _), (second, _) = (
            read_answers(old, raw),
            read_answers(new, raw),
        )  # what one base lacks is left out
        was, becomes = advise(old, first, as_of).verdict, advise(new, second, as_of).verdict
        if was.framework != becomes.framework:
            margins = was.margin_decibans, becomes.margin_decibans
            yield Moved(case, second.as_dict(), was.framework, becomes.framework, *margins)
