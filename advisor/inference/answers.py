"""What someone answered: checked against the knowledge base, frozen, in one order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from advisor.inference.model import TextMap
from advisor.inference.program import programme
from advisor.inference.truth import Judge
from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.questions import NONE, UNKNOWN, Trait
from advisor.words import Words, languages

IMPORTANCE = "importance"
LEVELS = ("less", "normal", "more")
LONGEST_NAME = 80
MOST_ENTRIES = 200
_KINDS = {"dict": "mapping"}  # as YAML calls it


@dataclass(frozen=True)
class Answers:
    """``chosen`` holds the answers, ``unknown`` the questions answered with "not sure"."""

    chosen: tuple[tuple[str, str | tuple[str, ...]], ...] = ()  # by trait; several options as a tuple
    unknown: frozenset[str] = frozenset()
    importance: tuple[tuple[str, str], ...] = ()  # theme -> less | more; normal is left out

    def get(self, trait: str) -> str | tuple[str, ...] | None:
        """The answer, or None where there is none or it is "not sure"."""
        return dict(self.chosen).get(trait)

    def is_answered(self, trait: str) -> bool:
        """Whether the question was answered, be it with "not sure"."""
        return trait in self.unknown or self.get(trait) is not None

    def sets(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for trait, value in self.chosen:
            yield trait, (value,) if isinstance(value, str) else value

    def as_dict(self) -> dict[str, str | list[str]]:
        """Plain data, with "unknown" for "not sure"; :func:`parse_answers` takes it back."""
        plain: dict[str, str | list[str]] = {
            trait: value if isinstance(value, str) else list(value) for trait, value in self.chosen
        }
        return dict(sorted((plain | dict.fromkeys(self.unknown, UNKNOWN)).items()))

    def raw(self) -> dict[str, object]:
        """Like :meth:`as_dict`, with the importance of themes under its key."""
        plain: dict[str, object] = dict(self.as_dict())
        return plain | ({IMPORTANCE: dict(self.importance)} if self.importance else {})


@dataclass(frozen=True)
class AnswerProblem:
    """One fault: its place ("targets", "importance.learning"), what is wrong, and the nearest valid value."""

    place: str
    code: str
    message: TextMap
    nearest: str | None = None


class AnswerError(ValueError):
    """Answers that can't be taken. ``problems`` names every fault, in every language."""

    def __init__(self, problems: Iterable[AnswerProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message["en"] for problem in self.problems))


def parse_answers(kb: KnowledgeBase, raw: Mapping[str, object]) -> Answers:
    """Check answers: trait -> option, list of options, "unknown" or None (not answered).

    The key ``importance`` maps a theme to less, normal or more. Raises :class:`AnswerError` with all faults.
    """
    answers, problems = read_answers(kb, raw)
    if problems:
        raise AnswerError(problems)
    return answers


def read_answers(kb: KnowledgeBase, raw: Mapping[str, object]) -> tuple[Answers, tuple[AnswerProblem, ...]]:
    """The answers that can be taken, and the faults of those that were dropped."""
    if not isinstance(raw, Mapping):
        return Answers(), (answer_problem("answers", "not_a_mapping", found=printable(raw)),)
    if len(raw) > MOST_ENTRIES:
        return Answers(), (answer_problem("answers", "too_many", found=str(len(raw)), limit=MOST_ENTRIES),)
    problems: list[AnswerProblem] = []
    chosen: dict[str, str | tuple[str, ...]] = {}
    unknown: set[str] = set()
    importance: dict[str, str] = {}
    for key, value in raw.items():
        if key == IMPORTANCE and key not in kb.traits:
            importance = _importance(kb, value, problems)
        elif not isinstance(key, str) or key not in kb.traits:
            names = (*kb.traits, IMPORTANCE)
            problems.append(_unlike(printable(key), "unknown_trait", names, found=printable(key)))
        elif value == UNKNOWN or (isinstance(value, list | tuple) and list(value) == [UNKNOWN]):
            unknown.add(key)
        elif value is not None and (found := _value(kb.traits[key], value, problems)):
            chosen[key] = found
    for trait, reason in _contradicted(kb, chosen):
        del chosen[trait]
        problems.append(answer_problem(trait, "does_not_apply", trait=trait, because=reason))
    answers = Answers(tuple(sorted(chosen.items())), frozenset(unknown), tuple(sorted(importance.items())))
    return answers, tuple(problems)


def is_applicable(kb: KnowledgeBase, answers: Answers, trait: str) -> bool:
    """Whether the question is to be asked, given the other answers; :class:`KeyError` for no such trait."""
    program = programme(kb).program
    return Judge(program, program.masks(dict(answers.sets()))).applies(program.index[trait])[0] is True


def _value(trait: Trait, value: object, problems: list[AnswerProblem]) -> str | tuple[str, ...] | None:
    if isinstance(value, bool):  # an unquoted yes or no in YAML
        value = "yes" if value else "no"
    if isinstance(value, str):
        options = [value]
    elif isinstance(value, list | tuple | set | frozenset):
        if trait.kind == "one":
            first = next((str(v) for v in value if v in trait.option_ids), trait.option_ids[0])
            problems.append(answer_problem(trait.id, "list_for_one", first, trait=trait.id))
            return None
        if len(value) > MOST_ENTRIES:
            problems.append(answer_problem(trait.id, "too_many", found=str(len(value)), limit=MOST_ENTRIES))
            return None
        options = list(
            dict.fromkeys(option if isinstance(option, str) else printable(option) for option in value)
        )
    else:
        problems.append(
            answer_problem(
                trait.id, "wrong_type", trait.option_ids[0], found=printable(value), trait=trait.id
            )
        )
        return None
    known = [option for option in trait.option_ids if option in options]
    for option in options:
        if option not in trait.option_ids:
            names = (*trait.option_ids, UNKNOWN)
            problems.append(
                _unlike(trait.id, "unknown_option", names, found=printable(option), trait=trait.id)
            )
    if NONE in known and len(known) > 1:
        problems.append(answer_problem(trait.id, "none_with_others", NONE, trait=trait.id))
        return None
    if not known:
        return None
    return known[0] if trait.kind == "one" else tuple(known)


def _importance(kb: KnowledgeBase, value: object, problems: list[AnswerProblem]) -> dict[str, str]:
    if not isinstance(value, Mapping):
        problems.append(answer_problem(IMPORTANCE, "importance_shape", found=printable(value)))
        return {}
    found: dict[str, str] = {}
    for theme, level in list(value.items())[:MOST_ENTRIES]:
        place = f"{IMPORTANCE}.{printable(theme)}"
        if theme not in kb.themes:
            problems.append(_unlike(place, "unknown_theme", tuple(kb.themes), found=printable(theme)))
        elif level not in LEVELS:
            problems.append(_unlike(place, "unknown_level", LEVELS, found=printable(level)))
        elif level != "normal":
            found[theme] = str(level)
    return found


def _contradicted(kb: KnowledgeBase, chosen: Mapping[str, str | tuple[str, ...]]) -> list[tuple[str, str]]:
    """Answers to questions that the other answers rule out, with the traits that do so."""
    program = programme(kb).program
    masks = program.masks({trait: (v,) if isinstance(v, str) else v for trait, v in chosen.items()})
    judge = Judge(program, masks)
    found = []
    for number, tree in program.asks.items():
        if masks[number] and judge.applies(number)[1] is True:
            parents = sorted(program.traits[n].id for n in program.reads(tree))
            found.append((program.traits[number].id, ", ".join(parents)))
    return found


def _unlike(place: str, code: str, valid: tuple[str, ...], **values: object) -> AnswerProblem:
    found = str(values["found"]).lower()
    proper = [name for name in valid if name not in (UNKNOWN, IMPORTANCE)]  # a guess must name a real one
    close = get_close_matches(found, valid, n=1) or get_close_matches(found, proper, n=1, cutoff=0.0)
    return answer_problem(place, code, close[0], **values)


def answer_problem(place: str, code: str, nearest: str | None = None, **values: object) -> AnswerProblem:
    values = {"place": place, "nearest": nearest, **values}
    message = {
        language: Words.load(language)(f"answer_problems.{code}", **values) for language in languages()
    }
    return AnswerProblem(place, code, message, nearest)


def printable(value: object) -> str:
    text = (
        value
        if isinstance(value, str)
        else str(value)
        if isinstance(value, int | float)
        else _KINDS.get(type(value).__name__, type(value).__name__)
    )
    text = "".join(c if c.isprintable() else "?" for c in text[: LONGEST_NAME + 1])
    return text if len(text) <= LONGEST_NAME else text[:LONGEST_NAME] + "…"
