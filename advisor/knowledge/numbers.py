"""The numbers in a text, to see whether two languages state the same ones."""

import re
import unicodedata

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)*")
_COUNTED = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)\s*(千|万|億)")
_UNITS = {"千": 10**3, "万": 10**4, "億": 10**8}
_MONTHS = {
    "january": 1,
    "february": 2,
    "march": 3,
    "april": 4,
    "may": 5,
    "june": 6,
    "july": 7,
    "august": 8,
    "september": 9,
    "october": 10,
    "november": 11,
    "december": 12,
}
_WORDS = {
    "zero": 0,
    **dict.fromkeys(("a", "an", "one", "single", "once", "first"), 1),
    **dict.fromkeys(("two", "both", "pair", "half", "twice", "second"), 2),
    **dict.fromkeys(("three", "third"), 3),
    **dict.fromkeys(("four", "fourth"), 4),
    **dict.fromkeys(("five", "fifth"), 5),
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    **_MONTHS,
}
_KANJI = {kanji: number for number, kanji in enumerate("〇一二三四五六七八九十")}


def numbers(text: str) -> frozenset[str]:
    """Every number written in digits: "10,000" and "1万" are both ``10000``."""
    plain = unicodedata.normalize("NFKC", text)
    counted = {_times(amount, unit) for amount, unit in _COUNTED.findall(plain)}
    rest = _COUNTED.sub(" ", plain)
    return frozenset(counted | {_digits(found) for found in _NUMBER.findall(rest)})


def spelled(text: str) -> frozenset[str]:
    """Numbers written in words ("two", "August", 二), for texts where the other language uses digits."""
    english = {str(_WORDS[word]) for word in re.findall(r"[a-z]+", text.lower()) if word in _WORDS}
    return frozenset(english | {str(_KANJI[kanji]) for kanji in text if kanji in _KANJI})


def differing(one: str, other: str) -> tuple[str, ...]:
    """Numbers that one text states and the other has neither in digits nor in words."""
    first, second = numbers(one), numbers(other)
    missing = (first - second - spelled(other)) | (second - first - spelled(one))
    return tuple(sorted(missing))


def _times(amount: str, unit: str) -> str:
    value = float(amount.replace(",", "")) * _UNITS[unit]
    return f"{value:g}" if value % 1 else str(int(value))


def _digits(found: str) -> str:
    return found.replace(",", "")
