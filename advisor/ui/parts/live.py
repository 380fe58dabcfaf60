"""A measurement while it runs: launches, intervals that narrow, time left, Cancel."""

from html import escape
from math import ceil, log2
from typing import TYPE_CHECKING

import streamlit as st

from advisor.report.naming import framework_name
from advisor.report.tasks import task_title
from advisor.report.titles import probe_titles
from advisor.ui import lab
from advisor.ui.parts.balance import ends
from advisor.ui.visit import Visit

if TYPE_CHECKING:
    from probes.job import Job, ProbeState, Snapshot

POLL = 0.7  # seconds
REACH = 3  # the balance bar ends at a ratio of 2 to this power
TURNS = (("tensorflow", "pytorch"), ("pytorch", "tensorflow"))  # ABBA


def watch(visit: Visit, job: "Job") -> None:
    """Polls the job on its own, so that the rest of the page stays still."""
    st.fragment(_show, run_every=POLL)(visit, job)


def strip(visit: Visit) -> None:
    """On the other pages: one line that a measurement is running. Being looked at keeps it alive."""
    job = lab.job(visit.job)
    if job is not None and not job.snapshot().over:
        st.fragment(_line, run_every=3.0)(visit, job)


def ended(visit: Visit, job: "Job | None") -> None:
    """Take over what a job found once it is over, and say how it ended where that is not plain."""
    if job is None:
        return
    now = job.snapshot()
    if now.measurements is not None and now.measurements.results:
        visit.measurements = now.measurements.id
    if now.state == "cancelled":
        kept = "cancelled" if now.measurements is not None and now.measurements.results else "cancelled-empty"
        st.info(visit.words(f"pages.measure.{kept}"))
    elif now.state == "failed" and now.measurements is None:
        st.error(visit.words("pages.measure.failed"))
    if now.measurements is not None and now.problem:
        st.warning(visit.words("pages.measure.not-stored"))


def _show(visit: Visit, job: "Job") -> None:
    words, now = visit.words, job.snapshot()
    if now.over:
        st.rerun(scope="app")
    st.progress(now.done, text=_status(visit, now))
    boxes, name = _launches(visit, now), words("pages.measure.launches")
    st.caption(name)
    st.html(f'<div role="list" class="launches" aria-label="{escape(name)}">{boxes}</div>')
    st.html(f'<div class="balance-ends">{ends()}</div>')
    titles = probe_titles()
    for state in now.probes:
        st.html(_bar(visit, visit.text(task_title(state.probe, titles)), state))
    st.button(words("pages.measure.cancel"), key="cancel", icon=":material/stop:", on_click=job.cancel)


def _line(visit: Visit, job: "Job") -> None:
    now = job.snapshot()
    st.caption(visit.words("pages.measure.over") if now.over else _status(visit, now))


def _status(visit: Visit, now: "Snapshot") -> str:
    words = visit.words
    if now.state == "queued":
        return words("pages.measure.queued", n=now.position or 0)
    phase = words("pages.measure.parity" if now.pair is None else "pages.measure.timing")
    who = framework_name(now.framework) if now.framework else ""
    if now.seconds_left is None:
        return words("pages.measure.starting")
    return words("pages.measure.status", phase=phase, framework=who, seconds=ceil(now.seconds_left))


def _launches(visit: Visit, now: "Snapshot") -> str:
    """One box a launch, in the order in which they run."""
    boxes = []
    for pair in range(now.pairs_planned):
        order = TURNS[pair % len(TURNS)]
        at = order.index(now.framework) if now.pair == pair and now.framework in order else -1
        for place, framework in enumerate(order):
            past = now.pair is not None and (pair < now.pair or (pair == now.pair and place < at))
            state = "past" if past else "present" if pair == now.pair and place == at else "to-come"
            label = visit.words(f"pages.measure.launch-{state}", framework=framework_name(framework))
            boxes.append(
                f'<div role="listitem" class="{framework} {state}"><span>{escape(label)}</span></div>'
            )
    return "".join(boxes)


def _bar(visit: Visit, title: str, state: "ProbeState") -> str:
    """A probe's ratio so far on the balance: right of the middle, PyTorch is ahead."""
    words, so_far = visit.words, state.comparison
    if state.certified is None:
        said = words("pages.measure.not-yet-certified")
    elif not state.certified:
        said = words("pages.measure.not-certified")
    elif so_far is None:
        said = words("pages.measure.certified")
    else:
        said = words(
            "pages.measure.so-far",
            ratio=words.number(so_far.ratio, 2),
            low=words.number(so_far.low, 2),
            high=words.number(so_far.high, 2),
            n=state.pairs,
        )
    marks = ""
    if so_far is not None:
        left, point, right = (_place(value) for value in (so_far.low, so_far.ratio, so_far.high))
        side = "pytorch" if so_far.low > 1 else "tensorflow" if so_far.high < 1 else ""
        marks = (
            f'<span class="balance-open {side}" style="left:{left:.1%};right:{1 - right:.1%}"></span>'
            f'<span class="balance-mark {side}" style="left:{point:.1%}"></span>'
        )
    return (
        f'<figure class="balance live"><div class="balance-title">{escape(title)}</div>'
        f'<div class="balance-beam" role="img" aria-label="{escape(said)}">'
        f'<span class="balance-middle"></span>{marks}</div>'
        f"<figcaption><span>{escape(said)}</span></figcaption></figure>"
    )


def _place(ratio: float) -> float:
    """Where a ratio stands on the beam, 0 to 1, on a logarithmic scale."""
    return 0.5 + max(-REACH, min(REACH, log2(ratio))) / (2 * REACH)
