"""Links: what they restore, and what they do when they are broken or hostile."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

OpenApp = Callable[..., AppTest]
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


def test_older_link_says_what_changed_since(open_app: OpenApp) -> None:
    app = open_app(
        "recommendation", a="purpose.product~targets.android~coding_style.least-code", d="2025-01-01"
    )
    assert any("2025" in text.value for text in app.markdown)
