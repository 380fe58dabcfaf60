"""Recommendation: verdict, reasons that sum, plan, what would change it."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from advisor.inference import built_in
from advisor.ui import engine, history

OpenApp = Callable[..., AppTest]
ShowPage = Callable[[AppTest, str], AppTest]
RESEARCH = "purpose.research~domain.vision~latest_papers.often"


def test_empty_page_says_what_will_be_here(open_app: OpenApp) -> None:
    app = open_app("recommendation", lang="en")
    app.button(key="start").click().run()
    assert app.radio(key="one-purpose")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_verdict_is_the_title(open_app: OpenApp, language: str) -> None:
    app = open_app("recommendation", a=RESEARCH, lang=language)
    assert app.title[0].value == "PyTorch"


def test_neither_is_shown_with_what_to_use_instead(open_app: OpenApp) -> None:
    app = open_app("recommendation", a="deep_learning_needed.no", lang="en")
    assert app.title[0].value == "Neither"
    assert not [header for header in app.header if header.value == "Plan"]
    app.button(key="knocked-out-by").click().run()
    assert app.session_state["visit"].rule in built_in().rules_by_id


def test_importance_moves_the_answer_at_once(open_app: OpenApp) -> None:
    app = open_app("recommendation", a=RESEARCH)
    before = app.session_state["visit"].known_queries[-1]
    app.segmented_control(key="importance-research").set_value("more").run()
    after = app.session_state["visit"].known_queries[-1]
    assert "i" not in before
    assert after["i"] == "research.more"


def test_tried_change_is_not_kept_until_asked(open_app: OpenApp) -> None:
    app = open_app("recommendation", a="purpose.learning~coding_style.least-code")
    given = dict(app.session_state["visit"].answers)
    app.button(key="try-0").click().run()
    assert app.session_state["visit"].answers == given
    tried = dict(app.session_state["visit"].trial)
    app.button(key="keep-trial").click().run()
    assert app.session_state["visit"].answers == given | tried


def test_tried_change_can_be_undone(open_app: OpenApp) -> None:
    app = open_app("recommendation", a="purpose.learning~coding_style.least-code")
    title = app.title[0].value
    app.button(key="try-0").click().run()
    assert app.title[0].value != title
    app.button(key="undo-trial").click().run()
    assert app.title[0].value == title


def test_reason_leads_to_its_rule(open_app: OpenApp) -> None:
    app = open_app("recommendation", a=RESEARCH)
    button = next(b for b in app.button if str(b.key).startswith("to-rule-"))
    rule = str(button.key).removeprefix("to-rule-")
    button.click().run()
    assert app.session_state["visit"].rule == rule
    assert app.button(key="all-rules")


def test_kept_recommendation_stands_in_the_history(open_app: OpenApp, show_page: ShowPage) -> None:
    app = open_app("recommendation", a=RESEARCH)
    app.button(key="keep").click().run()
    show_page(app, "history")
    assert any(str(b.key).startswith("reopen-") for b in app.button)


def test_what_is_tried_is_kept_whole(open_app: OpenApp, show_page: ShowPage) -> None:
    """The verdict, the link and the number of answers in the history belong to the tried answers."""
    app = open_app("recommendation", a="purpose.learning~coding_style.least-code", lang="en")
    before = app.title[0].value
    app.button(key="try-0").click().run()
    visit, tried = app.session_state["visit"], app.title[0].value
    answers = {**visit.answers, **visit.trial}
    app.button(key="keep").click().run()
    (kept,) = history.recommendations().all()
    assert engine.read_link(kept.query).answers == answers
    assert kept.answered == len(answers)
    assert any(urlencode({"a": kept.query["a"]}) in code.value for code in app.code)
    app.button(key="undo-trial").click().run()
    assert app.title[0].value == before
    show_page(app, "history").button(key=f"reopen-{kept.id}").click().run()
    assert app.title[0].value == tried


def test_downloads_are_offered(open_app: OpenApp) -> None:
    app = open_app("recommendation", a=RESEARCH)
    keys = {download.key for download in app.get("download_button")}
    assert {"download-html", "download-markdown", "download-json"} <= keys


def test_what_is_tried_is_told_with_the_verdict_that_it_makes(open_app: OpenApp) -> None:
    app = open_app("recommendation", a="purpose.learning~coding_style.least-code", lang="en")
    app.button(key="try-0").click().run()
    (told,) = [text.value for text in app.markdown if "You are trying" in text.value]
    assert "The verdict is then: " in told
    assert app.title[0].value.lower() in told.lower()


def test_switches_tell_the_verdict_beside_them(open_app: OpenApp) -> None:
    app = open_app("recommendation", a=RESEARCH, lang="en")
    assert any("The verdict with these switches: PyTorch" in text.value for text in app.markdown)
