"""What probes are called, so that no reader has to know their ids."""

from collections.abc import Mapping

from advisor.inference.model import Advice
from advisor.report.naming import metric_name
from advisor.words import Words, languages

Titles = Mapping[str, Mapping[str, str]]  # probe id -> language -> title


def probe_titles() -> dict[str, dict[str, str]]:
    """The titles of the built-in probes, and of the start-up figures that every run reports."""
    from probes.catalogue import discover
    from probes.gather import START_UP

    found = {probe: dict(entry.spec.title) for probe, entry in discover().items()}
    return found | {START_UP: {code: Words.load(code)("report.start-up") for code in languages()}}


def speaking(advice: Advice, figures: Mapping[str, tuple[str, str]], titles: Titles) -> Advice:
    """The advice whose reasons from measurements name probe and figure in words.

    ``figures`` maps the id of such a reason to its probe and its metric.
    """
    return advice.model_copy(
        update={
            "reasons": tuple(
                reason.model_copy(update={"title": _title(*figures[reason.rule], titles)})
                if reason.theme == "measurement" and reason.rule in figures
                else reason
                for reason in advice.reasons
            )
        }
    )


def _title(probe: str, metric: str, titles: Titles) -> dict[str, str]:
    found = {}
    for code in languages():
        words = Words.load(code)
        title = titles.get(probe, {}).get(code, probe)
        found[code] = words("report.measured.reason", title=title, metric=metric_name(words, metric))
    return found
