"""The balance as a gauge: where the advice stands, and what the open questions could still make of it."""

from html import escape

import streamlit as st

from advisor.inference import Explanation, Verdict
from advisor.report.naming import framework_name
from advisor.words import Words


def gauge(
    words: Words, explanation: Explanation, measured: Verdict | None = None, title: bool = True
) -> None:
    """The leaning in one line: a marker at the probability of PyTorch, a band over what is still open.

    ``measured`` is the verdict after measurements, where there are any; the marker stands there. Without
    ``title`` the leaning is left to the page, which has said it already.
    """
    verdict, margins = measured or explanation.advice.verdict, explanation.range
    said, still = leaning(words, verdict), _open(words, explanation)
    st.html(
        f'<figure class="balance {verdict.leaning}"><div class="balance-ends">{ends()}</div>'
        f'<div class="balance-beam" role="img" aria-label="{escape(said)} {escape(still)}">'
        f'<span class="balance-open" style="left:{margins.probability_low:.2%};'
        f'right:{1 - margins.probability_high:.2%}"></span><span class="balance-middle"></span>'
        f'<span class="balance-mark" style="left:{verdict.probability_pytorch:.2%}"></span></div>'
        f"<figcaption>{escape(said) if title else ''} <span>{escape(still)}</span></figcaption></figure>"
    )


def ends() -> str:
    """The names at the two ends of a balance, as HTML."""
    sides = ("tensorflow", "pytorch")
    return "".join(f'<span class="{side}">{framework_name(side)}</span>' for side in sides)


def leaning(words: Words, verdict: Verdict) -> str:
    """Which side is ahead, and how far, in a few words."""
    if verdict.framework == "neither":
        return words("pages.balance.neither")
    if verdict.leaning == "none":
        return words("pages.balance.none")
    lead = max(verdict.probability_pytorch, 1 - verdict.probability_pytorch)
    return words(
        "pages.balance.leaning", framework=framework_name(verdict.leaning), percent=words.percent(lead)
    )


def _open(words: Words, explanation: Explanation) -> str:
    margins = explanation.range
    if explanation.advice.verdict.framework == "neither":
        return ""
    if explanation.advice.verdict.unanswered == 0:
        return words("pages.balance.nothing-open")
    return words(
        "pages.balance.open",
        low=words.percent(margins.probability_low),
        high=words.percent(margins.probability_high),
    )
