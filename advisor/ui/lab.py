"""The laboratory as the pages use it: one store, the running jobs of this server, and the machine."""

import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from advisor.ui.focus import asked
from probes.model import Machine, Measurements

if TYPE_CHECKING:  # the laboratory is loaded by the pages that need it, not by the first question
    from advisor.report.insights import Insights
    from probes.contract import Framework
    from probes.job import Job
    from probes.plan import Plan
    from probes.store import Kept, Store

INTERPRETERS = {
    "tensorflow": "TENSOR_OR_TORCH_PYTHON_TENSORFLOW",
    "pytorch": "TENSOR_OR_TORCH_PYTHON_TORCH",
}
"""Environment variables with which the person who runs the server names other interpreters."""


KEPT = 32  # measurements whose insights are kept in memory


@dataclass(frozen=True)
class Jobs:
    """The measurements that this server started, by id. Shared by all its visitors."""

    by_id: dict[str, "Job"]


@st.cache_resource(show_spinner=False)
def store() -> "Store":
    from probes.store import Store

    return Store()


@st.cache_resource(show_spinner=False)
def machine() -> Machine:
    """This machine as its operating system tells it."""
    from probes.machine import detect

    return detect()


def looked() -> Machine | None:
    """The machine with what each framework sees of it; None while the frameworks are still being asked."""
    asking = _looking()
    return asking.result() if asking.done() else None


def plan(
    name: str,
    domains: Sequence[str],
    settings: Mapping[str, int],
    targets: Sequence[str] = (),
    focus: str = "compare",
) -> "Plan":
    """The plan of this name and focus for this machine; probes near to the project come first."""
    from probes.catalogue import by_project, discover
    from probes.plan import PLANS, make_plan

    named = next((each for each in PLANS if each == name), PLANS[0])
    known, threads = discover(), machine().cores_usable
    plain: dict[str, Any] = {"domains": domains, "targets": targets, "settings": settings}
    return make_plan(
        named,
        known,
        threads=threads,
        interpreters=_interpreters(),
        **plain | asked(focus, by_project(known, domains, targets), settings, threads, named),
    )


def start(chosen: "Plan") -> str:
    """Queue a measurement; returns its id."""
    from probes.job import Job

    job = Job.start(chosen, store=store())
    _jobs().by_id[job.id] = job
    for old in [key for key, each in _jobs().by_id.items() if each.snapshot().over and key != job.id]:
        del _jobs().by_id[old]
    return job.id


def job(identity: str | None) -> "Job | None":
    return _jobs().by_id.get(identity or "")


def stored(identity: str | None) -> Measurements | None:
    """A measurement of the history, or one that this server made and could not store."""
    if not identity:
        return None
    made = (job.snapshot().measurements for job in _jobs().by_id.values() if job.over)
    return store().get(identity) or next((found for found in made if found and found.id == identity), None)


def insights(found: Measurements) -> "Insights":
    """What a measurement says beyond its verdicts; reckoned once for each."""
    return _insights(found.id, found)


def exported(identity: str) -> str:
    """A stored measurement as the document to hand to others."""
    from probes.store import write_json

    found = stored(identity)
    return write_json(found) if found else ""


def history() -> "tuple[Kept, ...]":
    """Everything kept, newest first: this machine's measurements and imported ones."""
    return store().history()


def newest() -> "Kept | None":
    """The newest finished measurement of this machine."""
    return next((kept for kept in store().history(machine=machine().id) if kept.status == "finished"), None)


@st.cache_resource(show_spinner=False)
def _jobs() -> Jobs:
    return Jobs({})


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _insights(identity: str, _found: Measurements) -> "Insights":
    from advisor.report.tasks import insights_of
    from advisor.report.titles import probe_titles

    return insights_of(_found, probe_titles())


@st.cache_resource(show_spinner=False)
def _looking() -> "Future[Machine]":
    """Asked once per server, in the queue like a measurement so that it disturbs none."""
    from probes.lock import turn
    from probes.machine import detect

    def look() -> Machine:
        with turn("look"):
            return detect(_interpreters())

    return ThreadPoolExecutor(1, thread_name_prefix="look").submit(look)


def _interpreters() -> "dict[Framework, str]":
    return {
        cast("Framework", framework): os.environ.get(name) or sys.executable
        for framework, name in INTERPRETERS.items()
    }
