"""Numbers in two languages."""

import pytest

from advisor.knowledge.numbers import differing


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("About 10,000 rows", "約1万行"),
        ("10,000 rows", "10000行"),
        ("Python 3.11 and 3.13", "Python 3.11と3.13"),
        ("In August 2026", "2026年8月"),
        ("two devices", "2台"),
        ("2 devices", "二台"),
        ("5 devices", "５台"),
        ("1.5 million is left out", "1.5"),
        ("no number", "数なし"),
    ],
)
def test_numbers_that_agree(english: str, japanese: str) -> None:
    assert differing(english, japanese) == ()


@pytest.mark.parametrize(
    ("english", "japanese", "off"),
    [
        ("Python 3.11", "Python 3.12", ("3.11", "3.12")),
        ("3 devices", "台", ("3",)),
        ("devices", "3台", ("3",)),
        ("10,000 rows", "10万行", ("10000", "100000")),
        ("version 2.21", "バージョン2.2", ("2.2", "2.21")),
    ],
)
def test_numbers_that_differ_are_named(english: str, japanese: str, off: tuple[str, ...]) -> None:
    assert differing(english, japanese) == off
