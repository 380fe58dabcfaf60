"""What one timing is called: its probe, the numbers that set it apart, and the setting that was switched."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol

from advisor.inference.model import TextMap
from advisor.report.insights import Insights, gather
from advisor.report.model import Finding
from advisor.report.naming import named, said
from advisor.report.titles import Titles
from advisor.words import Words, languages
from probes.model import Measurements, Result

if TYPE_CHECKING:
    from probes.contract import Parameter


class _Told(Protocol):
    @property
    def probe(self) -> str: ...


def findings_of(results: Sequence[Result], titles: Titles) -> tuple[Finding, ...]:
    """Each result with the title of its timing; ``titles`` maps probe ids to titles per language."""
    return tuple(
        Finding(title=task_title(key, titles), result=result)
        for key, result in zip(_keys(results), results, strict=True)
    )


def insights_of(found: Measurements, titles: Titles) -> Insights:
    """What a measurement says beyond its verdicts, with the titles of what it speaks about."""
    told = gather(found)
    about: list[_Told] = [*told.moved, *told.lead_changes, *told.break_even]
    about += [*told.printed, *told.unsettled, *told.fetched, *told.against_itself]
    return told.model_copy(
        update={
            "titles": {one.probe: task_title(one.probe, titles) for one in about},
            "settings": {
                one.setting: setting_label(one.probe, one.setting) for one in reversed(told.lead_changes)
            },
        }
    )


def task_title(key: str, titles: Titles) -> TextMap:
    """The title of a timing such as ``mlp@batch=128+eager``, in all languages; unknown ids stay as they are.

    A key that is no timing's, from a file, is its own title.
    """
    key, _, variant = key.partition("+")
    probe, *points = key.split("@")
    title = titles.get(probe, {"en": probe})
    found = {}
    for code in languages():
        words = Words.load(code)
        about = [_number(words, probe, point) for point in points]
        about += [variant_name(words, variant)] if variant else []
        found[code] = said(words, dict(title))
        if about:
            joined = words("report.list.join").join(about)
            found[code] = words("report.task.title", title=found[code], about=joined)
    return found


def probe_of(key: str) -> str:
    """The id of the probe that a timing belongs to."""
    return key.partition("+")[0].partition("@")[0]


def variant_name(words: Words, variant: str) -> str:
    """The one setting that was switched."""
    return named(words, "report.variant", variant)


def setting_label(probe: str, setting: str) -> TextMap:
    """What a probe calls one of its numbers; the id where the probe is not a built-in one."""
    known = _numbers().get(probe, {}).get(setting)
    return dict(known.label) if known else {"en": setting}


def _keys(results: Sequence[Result]) -> list[str]:
    """The key of each result: with the numbers that its neighbours or its probe's defaults differ in."""
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    for result in results:
        for name, value in result.parameters.items():
            seen[result.probe, name].add(value)
    for probe, numbers in _numbers().items():
        for name, parameter in numbers.items():
            seen[probe, name].add(parameter.default)
    return [
        result.probe
        + "".join(f"@{n}={v}" for n, v in result.parameters.items() if len(seen[result.probe, n]) > 1)
        + (f"+{result.variant}" if result.variant else "")
        for result in results
    ]


def _number(words: Words, probe: str, point: str) -> str:
    name, equal, value = point.partition("=")
    if not equal:
        return point
    label = said(words, setting_label(probe, name))
    return words("report.task.number", label=label[:1].lower() + label[1:], value=value)


@cache
def _numbers() -> "Mapping[str, Mapping[str, Parameter]]":
    from probes.catalogue import discover

    return {probe: entry.spec.parameters for probe, entry in discover().items()}
