"""The address bar: language-neutral answers, language and step, so that reload, Back and shared links work.

A new step of the questionnaire is pushed as a new entry of the browser's history; everything else replaces
the present entry, because going back should leave a step and not undo a tick.
"""

import json
from collections.abc import Mapping
from urllib.parse import urlencode, urljoin

import streamlit as st

from advisor.ui import engine, lab
from advisor.ui.visit import Answer, Visit
from advisor.words import Words, languages

STEP, PATH, RULE, LANGUAGE, MEASURED, JOB = "step", "path", "rule", "lang", "m", "job"
LONGEST = 4000  # characters of one field that are looked at; a link of ours stays far below


def open_visit(params: Mapping[str, str], language: str) -> Visit:
    """A visit started from a link. What can't be read is named in its notices; the rest is kept."""
    visit = Visit(language=language)
    read = engine.read_link({key: value[:LONGEST] for key, value in params.items()})
    visit.answers, visit.importance, visit.linked_on = read.answers, read.importance, read.made_on
    visit.notices = list(read.problems)
    visit.path = "full" if params.get(PATH) == "full" else "quick"
    visit.job = params.get(JOB)
    measured = params.get(MEASURED)
    if measured is not None:
        visit.measurements = measured if lab.stored(measured[:80]) else None
        if visit.measurements is None:
            visit.notices.append(in_every_language("nav.no-measurement"))
    follow(visit, params)
    return visit


def in_every_language(name: str) -> dict[str, str]:
    return {code: Words.load(code)(name) for code in languages()}


def follow(visit: Visit, params: Mapping[str, str]) -> None:
    """Take over where the browser went (Back, Forward, a link to a rule). The answers of the visit stay."""
    visit.step = params.get(STEP, visit.step)
    visit.rule = params.get(RULE)
    visit.known_queries = [dict(params)]


def query(visit: Visit, more: Mapping[str, Answer] | None = None) -> dict[str, str]:
    """The fields of a link to this visit, ``more`` answers added; the pages add step and opened rule."""
    fields = engine.write_link(engine.answers_of(visit, more))
    if visit.path != "quick":
        fields[PATH] = visit.path
    if visit.measurements:
        fields[MEASURED] = visit.measurements
    return {**fields, LANGUAGE: visit.language}


def link(visit: Visit) -> str:
    """A link that opens this recommendation, tried answers included, on the address that was reached."""
    return f"{_place('recommendation')}?{urlencode(query(visit, visit.trial))}"


def rule_link(visit: Visit, rule: str) -> str:
    """The permanent link of a rule: its id and the language, no answers."""
    return f"{_place('rules')}?{urlencode({RULE: rule, LANGUAGE: visit.language})}"


def write(visit: Visit, page: str) -> None:
    """Bring the address bar up to date. ``page`` is the url path of the page shown."""
    shown = st.query_params.to_dict()
    wanted = query(visit)
    if page == "project" and visit.step:
        wanted[STEP] = visit.step
    if page == "rules" and visit.rule:
        wanted[RULE] = visit.rule
    if page == "measure" and visit.job and lab.job(visit.job):
        wanted[JOB] = visit.job
    if STEP in shown and STEP in wanted and shown[STEP] != wanted[STEP]:
        st.query_params.from_dict(wanted)
        visit.known_queries = [wanted]
    else:
        visit.known_queries = [shown, wanted]
    _replace(wanted, visit.language)


def _replace(wanted: Mapping[str, str], language: str) -> None:
    """Replace the present history entry and name the document's language, which Streamlit can't.

    The script is made of JSON strings of URL-encoded text only, so nothing of a link can become code.
    """
    fields = json.dumps("?" + urlencode(wanted))
    with st.container(key="address"):
        st.html(
            f"<script>document.documentElement.lang = {json.dumps(language)};"
            f"if (location.search !== {fields})"
            f" history.replaceState(history.state, '', location.pathname + {fields});"
            "</script>",
            unsafe_allow_javascript=True,
        )


def _place(page: str) -> str:
    """The address of a page beside the one that is open."""
    return urljoin(st.context.url or "", page)
