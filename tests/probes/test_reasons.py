"""Every reason has words in every language."""

from string import Formatter

import pytest
import yaml

from probes.places import BUILT_IN_CATALOG
from probes.reasons import ENGLISH, reason

TEXTS = BUILT_IN_CATALOG.parents[1] / "assets" / "text"


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("code", ENGLISH)
def test_a_reason_has_words_with_the_same_values(language, code):
    said = yaml.safe_load((TEXTS / f"{language}.yaml").read_text(encoding="utf-8"))["report"]["reason"][code]
    forms = said.values() if isinstance(said, dict) else [said]
    assert set().union(*map(values, forms)) == values(ENGLISH[code])


def test_values_are_filled_in():
    assert (
        reason("few", pairs=2, fewest=3) == "Only 2 pairs of launches were finished; at least 3 are needed."
    )


def values(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}
