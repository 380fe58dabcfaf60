"""The audit of a knowledge base that loads: everything that needs no scoring."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain

from advisor.knowledge.base import KnowledgeBase
from advisor.knowledge.check_coverage import Known, check_coverage, check_probes
from advisor.knowledge.check_facts import (
    check_examples,
    check_names,
    check_reviews,
    check_sources,
    check_states,
    check_texts,
)
from advisor.knowledge.check_logic import check_doubles, check_reach, check_use
from advisor.knowledge.remarks import Level, Remark

_ORDER: Mapping[Level, int] = {"error": 0, "warning": 1, "note": 2}


def check(kb: KnowledgeBase, today: date, known: Known | None = None) -> tuple[Remark, ...]:
    """Every remark, errors first. ``known`` names the ids of examples and probes, which stand elsewhere."""
    known = known or {}
    remarks = chain(
        check_names(kb),
        check_examples(kb),
        check_sources(kb, today),
        check_reviews(kb, today),
        check_states(kb),
        check_texts(kb),
        check_reach(kb),
        check_use(kb),
        check_doubles(kb, today),
        check_coverage(kb, known),
        check_probes(kb, known),
    )
    return ordered(remarks)


def ordered(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Errors first, then by kind and entry."""
    return tuple(sorted(remarks, key=lambda remark: (_ORDER[remark.level], remark.code, remark.entry)))
