"""The questionnaire cut into small steps: which questions belong together, which apply, what comes next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from advisor.inference import Trait

LARGEST = 3  # questions of a step, follow-up questions not counted


@dataclass(frozen=True)
class Step:
    id: str  # "<group>" or "<group>-2"; part of links
    group: str
    traits: tuple[str, ...]


def steps(traits: Sequence[Trait], path: str) -> tuple[Step, ...]:
    """The steps of the quick or the full path, in the order of the traits.

    A follow-up question (one with ``ask_when``) stays in the step where the question before it is.
    """
    cut: list[list[Trait]] = []
    for trait in traits:
        if path == "quick" and not trait.quick:
            continue
        here = cut[-1] if cut and cut[-1][0].group == trait.group else None
        if here is None or (trait.ask_when is None and _leading(here) == LARGEST):
            cut.append([trait])
        else:
            here.append(trait)
    seen: dict[str, int] = {}
    out = []
    for group in cut:
        name = group[0].group
        seen[name] = seen.get(name, 0) + 1
        label = name if seen[name] == 1 else f"{name}-{seen[name]}"
        out.append(Step(label, name, tuple(trait.id for trait in group)))
    return tuple(out)


def applying(all_steps: Sequence[Step], applies: Callable[[str], bool]) -> tuple[Step, ...]:
    """The steps in which at least one question applies."""
    return tuple(step for step in all_steps if any(applies(trait) for trait in step.traits))


def position(all_steps: Sequence[Step], step: str | None) -> int:
    """Index of a step; 0 for an unknown one, so that a broken link starts at the beginning."""
    return next((index for index, each in enumerate(all_steps) if each.id == step), 0)


def step_of(all_steps: Sequence[Step], trait: str) -> Step | None:
    return next((step for step in all_steps if trait in step.traits), None)


def _leading(traits: Sequence[Trait]) -> int:
    return sum(trait.ask_when is None for trait in traits)
