"""The words of the product: one YAML file per language in ``assets/text``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from babel import Locale
from babel.numbers import format_decimal, format_percent

from advisor.paths import TEXTS

FALLBACK = "en"


def languages(folder: Path = TEXTS) -> dict[str, str]:
    """Language code -> its own name, in file order of the codes. A language is one file ``<code>.yaml``."""
    return {
        path.stem: Words.load(path.stem, folder)("language.name") for path in sorted(folder.glob("*.yaml"))
    }


@dataclass(frozen=True)
class Words:
    """Call it with a dotted key: ``words("check.title")``, ``words("probes.launches", n=3)``.

    An entry is a string with ``{named}`` fields, or a mapping of CLDR plural categories (``one``, ``other``)
    chosen by ``n``. A missing key raises :class:`KeyError`: a page never shows a bare key.
    """

    language: str
    entries: Mapping[str, object]

    @staticmethod
    def load(language: str, folder: Path = TEXTS) -> "Words":
        """Read one language. Raises :class:`FileNotFoundError` if ``<language>.yaml`` is absent."""
        return _load(language, folder)

    def __call__(self, key: str, **values: object) -> str:
        entry = self.entries[key]
        if isinstance(entry, Mapping):
            entry = entry.get(self.plural(values["n"]), entry["other"])
        return str(entry).format(**values) if values else str(entry)

    def plural(self, n: object) -> str:
        return str(self.locale.plural_form(n))

    @property
    def locale(self) -> Locale:
        return Locale.parse(self.language)

    def number(self, value: float, digits: int = 1) -> str:
        """A decimal number with exactly ``digits`` decimals, in this language's form."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return str(format_decimal(value, format=pattern, locale=self.locale)).replace("-", "−")

    def signed(self, value: float, digits: int = 1) -> str:
        """Like :meth:`number`, with its sign: ``+4.0``, ``−5.0``. What rounds to zero has none."""
        text = self.number(abs(value), digits)
        if not round(value, digits):
            return text
        return f"−{text}" if value < 0 else f"+{text}"

    def percent(self, share: float) -> str:
        """A share between 0 and 1 as whole percent; only certainty itself is written as 0 or 100 percent."""
        if 0 < share < 0.005:
            return self("number.below", number=self.percent(0.01))
        if 0.995 <= share < 1:
            return self("number.above", number=self.percent(0.99))
        return str(format_percent(share, format="#,##0%", locale=self.locale))

    def day(self, day: date) -> str:
        """A day as ISO 8601, as it stands in sources, tables and files."""
        return day.isoformat()


_SafeLoader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader  # the first is much faster


@cache
def _load(language: str, folder: Path) -> Words:
    text = (folder / f"{language}.yaml").read_text(encoding="utf-8")
    tree = yaml.load(text, Loader=_SafeLoader)
    return Words(language, dict(_flatten(tree)))


_PLURALS = {"zero", "one", "two", "few", "many", "other"}


def _flatten(tree: Mapping[str, object], prefix: str = "") -> list[tuple[str, object]]:
    rows: list[tuple[str, object]] = []
    for key, value in tree.items():
        if isinstance(value, Mapping) and not set(value) <= _PLURALS:
            rows += _flatten(value, f"{prefix}{key}.")
        else:
            rows.append((f"{prefix}{key}", value))
    return rows
