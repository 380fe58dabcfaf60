"""What became of a rule since the guide, and which rules a search finds."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from advisor.inference import Rule
from advisor.inference.rulebook import Entry

STATES = ("holds", "stronger", "weaker", "reversed", "gone", "new", "stale")
_SIZES = ("slight", "moderate", "strong", "decisive")
Item = TypeVar("Item")


def state(rule: Rule, day: date) -> frozenset[str]:
    """How the entry in force stands against the guide, and "stale" where the review is overdue."""
    then, now = rule.entry_at("guide"), rule.entry_at(day)
    found = {_against(then, now)}
    if rule.good_until < day:
        found.add("stale")
    return frozenset(found)


def side_today(rule: Rule, day: date) -> str:
    entry = rule.entry_at(day)
    return entry.favours if entry else "neither"


def matches(rule: Rule, search: str, language: str) -> bool:
    """Whether every word of the search stands in the rule's id, title or reasons, in this language."""
    texts = [rule.title, *(entry.because for entry in rule.history)]
    hay = " ".join([rule.id, *(text.get(language, text["en"]) for text in texts)]).casefold()
    return all(word in hay for word in search.casefold().split())


def overdue(rules: Sequence[Rule], day: date) -> int:
    return sum(rule.good_until < day for rule in rules)


def screens(found: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """The list cut into screens of ``size``; the last may be shorter."""
    return [found[start : start + size] for start in range(0, len(found), size)]


def _against(then: Entry | None, now: Entry | None) -> str:
    if then is None:
        return "new"
    if now is None or now is then:
        return "holds" if now else "gone"
    if then.favours != now.favours:
        return "gone" if now.favours == "neither" else "new" if then.favours == "neither" else "reversed"
    if then.strength is None or now.strength is None or then.strength == now.strength:
        return "holds"
    return "stronger" if _SIZES.index(now.strength) > _SIZES.index(then.strength) else "weaker"
