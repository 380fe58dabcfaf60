"""Checks of single entries: names, examples, sources, dates, states, and the two languages."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from urllib.parse import urlsplit

from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.condition import evaluate
from advisor.knowledge.numbers import differing
from advisor.knowledge.remarks import Remark, entries, texts
from advisor.knowledge.schema import Answer, Rule, Source

SOON = timedelta(days=60)
_JAPANESE = re.compile(r"[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff60]")
_SENTENCE = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")


def check_names(kb: KnowledgeBase) -> Iterator[Remark]:
    """A file is named after its rule; a built-in rule lies in the folder of its theme."""
    for kind, items in (("rule", kb.rules), ("evidence", kb.evidence)):
        for item in items:
            origin = kb.origins.get(f"{kind}:{item.id}")
            if origin is None:
                continue
            if origin.path.stem != item.id:
                values = {"file": origin.path.name, "wanted": f"{item.id}.yaml"}
                yield Remark("error", "file-name", f"{kind}:{item.id}", values, ("id",))
            if kind == "rule" and not origin.extra and origin.path.parent.name != item.theme:
                values = {"folder": origin.path.parent.name, "wanted": item.theme}
                yield Remark("error", "folder-name", f"rule:{item.id}", values, ("theme",))


def check_examples(kb: KnowledgeBase) -> Iterator[Remark]:
    """With ``fires`` the condition holds; with ``silent`` it does not."""
    for rule in kb.rules:
        entry = f"rule:{rule.id}"
        fires, silent = (_judged(rule, answers) for answers in (rule.examples.fires, rule.examples.silent))
        if fires is False:
            yield Remark("error", "example-silent", entry, {}, ("examples", "fires"))
        elif fires is None:
            yield Remark("error", "example-undecided", entry, {}, ("examples", "fires"))
        if silent is True:
            yield Remark("error", "example-fires", entry, {}, ("examples", "silent"))
        elif silent is None:
            yield Remark("warning", "example-unanswered", entry, {}, ("examples", "silent"))


def check_sources(kb: KnowledgeBase, today: date) -> Iterator[Remark]:
    """What is newer than the guide has a source; no date lies in the future; every address has a host."""
    for rule in kb.rules:
        for index, entry in enumerate(rule.history):
            at = ("history", index)
            if entry.as_of != "guide":
                if not entry.sources:
                    yield Remark("error", "source-missing", f"rule:{rule.id}", {"as_of": entry.as_of}, at)
                if entry.as_of > today:
                    values = {"as_of": entry.as_of}
                    yield Remark("error", "future", f"rule:{rule.id}", values, (*at, "as_of"))
            elif entry.section is None:
                yield Remark("warning", "section-missing", f"rule:{rule.id}", {}, at)
            yield from _sources(f"rule:{rule.id}", entry.sources, (*at, "sources"), today)
    for name, item in entries(kb):
        if name.startswith(("route:", "tool:", "setup:")):
            if not item.sources:
                yield Remark("error", "source-missing", name, {"as_of": item.as_of})
            if item.as_of > today:
                yield Remark("error", "future", name, {"as_of": item.as_of}, ("as_of",))
            yield from _sources(name, item.sources, ("sources",), today)


def check_reviews(kb: KnowledgeBase, today: date) -> Iterator[Remark]:
    """Stale facts are errors; those due within two months are listed."""
    dated = chain(
        ((f"rule:{rule.id}", rule.good_until) for rule in kb.rules),
        ((f"route:{route.id}", route.good_until) for route in kb.routes),
        ((f"setup:{step.id}", step.good_until) for step in kb.setup),
    )
    for name, good_until in dated:
        values = {"good_until": good_until}
        if good_until < today:
            yield Remark("error", "stale", name, values, ("review_by",))
        elif good_until - today <= SOON:
            yield Remark("note", "stale-soon", name, values, ("review_by",))


def check_states(kb: KnowledgeBase) -> Iterator[Remark]:
    """No archived tool takes the place of another, and no recommended route leads through one."""
    archived = {tool.id: tool.name for tool in kb.tools if tool.state == "archived"}
    for tool in kb.tools:
        for index, other in enumerate(tool.replaced_by):
            if other in archived:
                at = ("replaced_by", index)
                yield Remark(
                    "error", "replacement-archived", f"tool:{tool.id}", {"tool": archived[other]}, at
                )
        if tool.id in archived and tool.replaced_by == ():
            yield Remark("note", "no-replacement", f"tool:{tool.id}")
    for route in kb.routes:
        if route.status not in ("recommended", "works"):
            continue
        steps = " ".join((route.train["en"], route.convert["en"], route.run["en"]))
        for name in archived.values():
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", steps):
                yield Remark("error", "route-archived", f"route:{route.id}", {"tool": name}, ("status",))


def check_texts(kb: KnowledgeBase) -> Iterator[Remark]:
    """Both languages state the same numbers, and the Japanese is Japanese."""
    for name, entry in entries(kb):
        for at, words in texts(entry):
            english, japanese = words["en"], words["ja"]
            off = differing(english, japanese)
            if off:
                yield Remark("error", "numbers-differ", name, {"numbers": off}, at)
            if not _JAPANESE.search(japanese) and _SENTENCE.search(english):
                yield Remark("error", "not-translated", name, {"language": "ja"}, at)
            if _JAPANESE.search(english):
                yield Remark("error", "not-translated", name, {"language": "en"}, at)


def _judged(rule: Rule, answers: dict[str, Answer]) -> bool | None:
    sets = {
        trait: frozenset((answer,) if isinstance(answer, str) else answer)
        for trait, answer in answers.items()
        if answer != "unknown"
    }
    return evaluate(rule.condition, sets)


def _sources(
    name: str, sources: Sequence[Source], at: tuple[str | int, ...], today: date
) -> Iterator[Remark]:
    for index, source in enumerate(sources):
        if "." not in (urlsplit(source.url).hostname or ""):
            yield Remark("error", "url-host", name, {"url": source.url}, (*at, index, "url"))
        if source.dated > today.isoformat()[: len(source.dated)]:
            yield Remark("error", "future", name, {"as_of": source.dated}, (*at, index, "dated"))
