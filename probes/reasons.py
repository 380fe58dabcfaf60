"""Why a result says what it says: one code per reason, with the English words of the JSON document.

Pages word the same codes in the user's language from ``report.reason.<code>`` in the text files.
"""

from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "lead": "They are apart by more than the margin of {margin}%, and equal figures are ruled out at 99%.",
    "same": "The whole interval lies within {margin}% of equal.",
    "wide": "The interval reaches beyond {margin}% of equal and no lead is proven; more launches may tell.",
    "few": "Only {pairs} pairs of launches were finished; at least {fewest} are needed.",
    "one-sided": "Only one side reports this figure.",
    "zero": "A side reads zero here, so there is no ratio.",
    "no-certificate": "Both sides must first compute the same thing, and that is not shown: {why}.",
    "not-compared": "The parity check did not come to an end, so nothing was timed.",
    "failed": "{side}: {why}.",
    "busy": "Other programs took {percent}% of the cores meant for this. Close them and measure again.",
    "null-failed": "{side} against itself came out as different: the machine is too unsteady for a verdict.",
}


def reason(code: str, **values: str | float | int) -> str:
    """The English sentence of a reason."""
    return ENGLISH[code].format(**values)
