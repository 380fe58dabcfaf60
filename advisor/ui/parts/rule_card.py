"""One rule: as a row of the list, and opened."""

from html import escape

import streamlit as st

from advisor.inference import Rule
from advisor.inference.rulebook import Entry
from advisor.report.naming import framework_name
from advisor.report.tasks import task_title
from advisor.report.titles import probe_titles
from advisor.ui import address, engine, moves
from advisor.ui.parts import condition
from advisor.ui.parts.reasons import sources
from advisor.ui.rule_states import state
from advisor.ui.visit import Visit


def row(visit: Visit, rule: Rule) -> None:
    """Title as a button, the balance then and now, what became of it, the date of what holds."""
    words, day = visit.words, engine.today()
    with st.container(key=f"rule-{rule.id}", gap="xsmall"):
        title, bars, about = st.columns([4, 2, 4], vertical_alignment="center")
        title.button(
            visit.text(rule.title),
            key=f"open-{rule.id}",
            type="tertiary",
            on_click=moves.open_rule,
            args=(visit, rule.id),
        )
        with bars:
            _then_and_now(visit, rule, told=False)
        theme = visit.text(engine.knowledge().themes[rule.theme].title)
        about.caption(
            words("pages.dot").join([theme, *_states(visit, rule), _day(visit, rule.entry_at(day))])
        )


def show(visit: Visit, rule: Rule) -> None:
    """The whole rule: when it applies, its dated history with sources, when it does not apply, its link."""
    words, knowledge = visit.words, engine.knowledge()
    st.title(visit.text(rule.title), anchor=False)
    theme = visit.text(knowledge.themes[rule.theme].title)
    st.caption(
        words("pages.dot").join(
            [theme, *_states(visit, rule), words("pages.rules.review", month=rule.review_by)]
        )
    )
    _then_and_now(visit, rule, told=True)
    st.header(words("pages.rules.when"), anchor=False)
    st.markdown(condition.in_words(visit, rule.when))
    if rule.unless is not None:
        st.markdown(words("pages.rules.unless", condition=condition.in_words(visit, rule.unless)))
    if rule.does_not_apply is not None:
        st.markdown(words("pages.rules.wrong-when", text=visit.text(rule.does_not_apply)))
    if rule.instead is not None:
        st.markdown(words("pages.rules.instead", text=visit.text(rule.instead)))
    for entry in reversed(rule.history):
        _entry(visit, entry, newest=entry is rule.history[-1])
    if rule.measured_by:
        st.header(words("pages.rules.measured-by"), anchor=False)
        titles = probe_titles()
        st.markdown(
            words("pages.and").join(visit.text(task_title(probe, titles)) for probe in rule.measured_by)
        )
        st.button(
            words("pages.recommendation.to-measure"),
            key="to-measure",
            on_click=moves.show,
            args=(visit, "measure"),
        )
    st.caption(words("pages.rules.link"))
    st.code(address.rule_link(visit, rule.id), language=None, wrap_lines=True)


def _entry(visit: Visit, entry: Entry, newest: bool) -> None:
    words = visit.words
    name = "guide" if entry.from_guide else "today" if newest else "between"
    st.header(words(f"pages.rules.entry-{name}", day=_day(visit, entry)), anchor=False)
    st.markdown(words("pages.rules.speaks", side=_side(visit, entry)))
    st.markdown(visit.text(entry.because))
    if entry.section:
        st.caption(words("pages.rules.section", section=entry.section))
    sources(visit, entry.sources)


def _side(visit: Visit, entry: Entry) -> str:
    words = visit.words
    if entry.favours == "neither" or entry.strength is None:
        return words("pages.rules.for.neither")
    return words(
        "pages.rules.for-with-strength",
        framework=framework_name(entry.favours),
        strength=words(f"pages.rules.strength.{entry.strength}"),
    )


def _states(visit: Visit, rule: Rule) -> list[str]:
    return [visit.words(f"pages.rules.is.{name}") for name in sorted(state(rule, engine.today()))]


def _day(visit: Visit, entry: Entry | None) -> str:
    if entry is None or entry.as_of == "guide":
        return visit.words("report.as-of-guide")
    return visit.words.day(entry.as_of)


def _then_and_now(visit: Visit, rule: Rule, told: bool) -> None:
    """Two bars from the middle: the guide's above, today's below; ``told`` with words beside them."""
    words = visit.words
    rows = []
    for name, entry in (("then", rule.entry_at("guide")), ("now", rule.entry_at(engine.today()))):
        said = _side(visit, entry) if entry else words("pages.rules.silent")
        label = words(f"pages.rules.{name}", said=said)
        kind = f"{entry.favours} {entry.strength}" if entry and entry.strength else "neither"
        bar = (
            f'<div class="then-now {name} {kind}" role="img" aria-label="{escape(label)}"'
            f' title="{escape(label)}"><i></i></div>'
        )
        beside = f'<span aria-hidden="true">{escape(words(f"pages.rules.{name}-name"))}</span>'
        rows.append(f'{beside}{bar}<div aria-hidden="true">{escape(said)}</div>' if told else bar)
    st.html(f'<div class="then-now-pair{" told" if told else ""}">{"".join(rows)}</div>')
