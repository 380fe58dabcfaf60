"""What became of a rule since the guide, and searching."""

from datetime import date

import pytest

from advisor.inference import Rule, built_in
from advisor.ui.rule_states import matches, overdue, screens, side_today, state

RULE = built_in().rules_by_id["microcontroller-runtime"]
TODAY = date(2026, 11, 24)


def changed(favours: str, strength: str | None) -> Rule:
    guide = RULE.history[0].model_copy(update={"favours": "tensorflow", "strength": "moderate"})
    later = guide.model_copy(update={"as_of": date(2026, 1, 1), "favours": favours, "strength": strength})
    return RULE.model_copy(update={"history": (guide, later)})


@pytest.mark.parametrize(
    ("favours", "strength", "expected"),
    [
        ("tensorflow", "moderate", "holds"),
        ("tensorflow", "strong", "stronger"),
        ("tensorflow", "slight", "weaker"),
        ("pytorch", "slight", "reversed"),
        ("neither", None, "gone"),
    ],
)
def test_state_names_the_change(favours: str, strength: str | None, expected: str) -> None:
    assert expected in state(changed(favours, strength), TODAY)


def test_rule_past_its_review_is_stale() -> None:
    assert "stale" in state(RULE, date(2099, 1, 1))
    assert "stale" not in state(RULE, RULE.good_until)


def test_rule_newer_than_the_day_speaks_for_neither() -> None:
    later = RULE.history[-1].model_copy(update={"as_of": date(2026, 1, 1)})
    assert side_today(RULE.model_copy(update={"history": (later,)}), date(2025, 1, 1)) == "neither"


def test_search_wants_every_word() -> None:
    assert matches(RULE, "microcontroller runtime", "en")
    assert not matches(RULE, "microcontroller zebra", "en")


def test_search_reads_the_language_of_the_page() -> None:
    word = RULE.title["ja"][:3]
    assert matches(RULE, word, "ja")
    assert not matches(RULE, word, "en")


def test_overdue_counts_stale_rules() -> None:
    assert overdue([RULE], date(2099, 1, 1)) == 1


def test_screens_keep_every_item_once() -> None:
    cut = screens(list(range(7)), 3)
    assert [len(screen) for screen in cut] == [3, 3, 1]
    assert [item for screen in cut for item in screen] == list(range(7))
