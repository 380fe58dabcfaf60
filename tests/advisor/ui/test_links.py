"""Links: what they restore, and what they do when they are broken or hostile."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from advisor.inference import built_in, read_answers, replay
from advisor.words import Words

OpenApp = Callable[..., AppTest]
ShowPage = Callable[[AppTest, str], AppTest]
SCRIPT = "</script><script>alert(1)</script>"


def test_link_restores_answers_importance_and_language(open_app: OpenApp) -> None:
    app = open_app("recommendation", a="purpose.research~domain.vision", i="learning.more", lang="ja")
    visit = app.session_state["visit"]
    assert visit.answers == {"purpose": "research", "domain": ["vision"]}
    assert visit.importance == {"learning": "more"}
    assert visit.language == "ja"


def test_link_of_a_visit_reproduces_its_recommendation(open_app: OpenApp) -> None:
    first = open_app("recommendation", a="purpose.research~targets.microcontroller")
    again = open_app("recommendation", **first.session_state["visit"].known_queries[-1])
    assert [e.label for e in again.expander] == [e.label for e in first.expander]
    assert again.title[0].value == first.title[0].value


@pytest.mark.parametrize(
    "fields",
    [
        {"a": "purpose.nonsense"},
        {"a": "nonsense.research"},
        {"a": "~~~...", "v": "1"},
        {"v": "99", "a": "purpose.research"},
        {"a": "x" * 9000},
        {"d": "2026-99-99"},
        {"a": SCRIPT, "i": SCRIPT, "d": SCRIPT},
        {"m": "no-such-measurement"},
    ],
)
def test_broken_link_is_named_and_the_page_goes_on(open_app: OpenApp, fields: dict[str, str]) -> None:
    app = open_app(**fields)
    assert len(app.warning) == 1
    assert app.radio(key="one-purpose")


def test_readable_part_of_a_broken_link_is_kept(open_app: OpenApp) -> None:
    app = open_app(a="purpose.research~nonsense.x")
    assert app.session_state["visit"].answers == {"purpose": "research"}


def test_warning_can_be_dismissed(open_app: OpenApp) -> None:
    app = open_app(a="purpose.nonsense")
    app.button(key="dismiss").click().run()
    assert not app.warning


@pytest.mark.parametrize("field", ["step", "path", "lang", "job"])
def test_hostile_field_without_meaning_is_ignored(open_app: OpenApp, field: str) -> None:
    app = open_app(**{field: SCRIPT})
    assert app.radio(key="one-purpose").value is None


def test_hostile_text_never_becomes_script(open_app: OpenApp) -> None:
    app = open_app("rules", rule=SCRIPT, a=SCRIPT)
    scripts = [html.value for html in app.get("html") if "<script" in str(html.value)]
    assert all(text.count("<script") == 1 and "alert(1)<" not in text for text in map(str, scripts))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_older_link_says_what_changed_since(open_app: OpenApp, language: str) -> None:
    answers = {"purpose": "product", "targets": ["android"], "coding_style": "least-code"}
    seen = replay(built_in(), read_answers(built_in(), answers)[0], date(2025, 1, 1), date.today())
    then, now = seen.then.verdict.framework, seen.now.verdict.framework
    app = open_app(
        "recommendation",
        a="purpose.product~targets.android~coding_style.least-code",
        d="2025-01-01",
        lang=language,
    )
    words = Words.load(language)
    sentence = words(
        "pages.since.same" if then == now else "pages.since.differs",
        day="2025-01-01",
        then=words(f"report.verdict-name.{then}"),
        now=words(f"report.verdict-name.{now}"),
    )
    assert sentence in [text.value for text in app.markdown]
    moved = [
        words(
            "pages.since.rule",
            title=(after or before).title[language],
            then=words.signed(before.decibans if before else 0.0),
            now=words.signed(after.decibans if after else 0.0),
        )
        for before, after in seen.differences
    ]
    assert moved
    assert [line for line in moved if line not in [text.value for text in app.caption]] == []


@pytest.mark.parametrize("page", ["project", "recommendation"])
def test_answers_that_changed_are_no_longer_those_of_the_link(
    open_app: OpenApp, show_page: ShowPage, page: str
) -> None:
    app = open_app(page, a="purpose.research", d="2025-01-01", lang="en")
    if page == "project":
        app.radio(key="one-purpose").set_value("product").run()
        show_page(app, "recommendation")
    else:
        app.segmented_control(key="importance-research").set_value("more").run()
    assert not [text.value for text in app.markdown if text.value.startswith("This link was made on")]


def test_link_of_today_says_nothing_of_changes(open_app: OpenApp) -> None:
    app = open_app("recommendation", a="purpose.product", d=date.today().isoformat(), lang="en")
    assert not [text.value for text in app.markdown if text.value.startswith("This link was made on")]
