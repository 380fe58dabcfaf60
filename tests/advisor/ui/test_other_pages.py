"""Check, rule book, history and measure."""

from collections.abc import Callable
from datetime import date
from typing import Any, get_args

import pytest
from streamlit.testing.v1 import AppTest

from advisor.inference import built_in, parse_answers
from advisor.report.build import build_report
from advisor.report.titles import probe_titles
from advisor.ui import lab
from advisor.ui.history_store import RecommendationStore
from advisor.words import Words
from probes.store import Refusal

OpenApp = Callable[..., AppTest]
ShowPage = Callable[[AppTest, str], AppTest]


def test_check_lists_each_answer_with_change(open_app: OpenApp) -> None:
    app = open_app("check", a="purpose.research~domain.vision")
    keys = [button.key for button in app.button]
    assert {"change-purpose", "change-domain"} <= set(keys)


def test_change_comes_back_to_check(open_app: OpenApp, show_page: ShowPage) -> None:
    app = open_app("check", a="purpose.research", lang="en")
    app.button(key="change-purpose").click().run()
    show_page(app, "project")
    app.radio(key="one-purpose").set_value("product").run()
    app.button(key="continue").click().run()
    assert app.title[0].value == "Check your answers"
    assert app.session_state["visit"].answers == {"purpose": "product"}


def test_change_is_over_once_another_page_was_opened(open_app: OpenApp, show_page: ShowPage) -> None:
    app = open_app("check", a="purpose.research")
    app.button(key="change-purpose").click().run()
    show_page(app, "rules")
    show_page(app, "project")
    app.button(key="continue").click().run()
    assert app.button(key="back")


def test_clearing_the_answers_clears_what_was_set_for_them(open_app: OpenApp) -> None:
    app = open_app("check", a="purpose.research", i="learning.more", d="2025-01-01")
    visit = app.session_state["visit"]
    visit.trial["purpose"], visit.measurements = "product", "of-this-machine"
    app.button(key="clear").click().run()
    assert (visit.answers, visit.importance, visit.trial, visit.linked_on) == ({}, {}, {}, None)
    assert visit.measurements == "of-this-machine"


def test_unasked_question_of_the_full_path_can_be_answered(open_app: OpenApp) -> None:
    app = open_app("check", a="purpose.research")
    app.button(key="change-python_skill").click().run()
    assert app.radio(key="one-python_skill").value is None


def test_rule_book_lists_rules(open_app: OpenApp) -> None:
    app = open_app("rules")
    assert any(str(button.key).startswith("open-") for button in app.button)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_rule_names_its_measurements_in_words(open_app: OpenApp, language: str) -> None:
    app = open_app("rules", rule="xla-patterns", lang=language)
    titles = probe_titles()
    named = Words.load(language)("pages.and").join(
        titles[probe][language] for probe in built_in().rules_by_id["xla-patterns"].measured_by
    )
    assert named in [text.value for text in app.markdown]


def test_search_and_filter_narrow_the_list(open_app: OpenApp) -> None:
    app = open_app("rules")
    app.selectbox(key="rules-theme").set_value("deployment").run()
    app.text_input(key="rules-search").set_value("microcontroller").run()
    found = {str(b.key).removeprefix("open-") for b in app.button if str(b.key).startswith("open-")}
    rules = built_in().rules_by_id
    assert "microcontroller-runtime" in found
    assert {rules[rule].theme for rule in found} == {"deployment"}


def test_search_without_a_match_shows_no_rule(open_app: OpenApp) -> None:
    app = open_app("rules")
    app.text_input(key="rules-search").set_value("zebra crossing").run()
    assert not [b for b in app.button if str(b.key).startswith("open-")]


def test_every_rule_opens_in_both_languages(open_app: OpenApp) -> None:
    app = open_app("rules", lang="ja")
    for rule in built_in().rules:
        app.session_state["visit"].rule = rule.id
        for language in ("ja", "en"):
            app.session_state["visit"].language = language
            app.run()
            assert not app.exception, rule.id
            assert app.title[0].value == rule.title[language]


def test_unknown_rule_is_named(open_app: OpenApp) -> None:
    app = open_app("rules", rule="no-such-rule")
    assert "no-such-rule" in app.warning[0].value


def test_empty_history_says_what_will_be_here(open_app: OpenApp) -> None:
    app = open_app("history")
    assert not app.button
    assert len(app.header) == 2


def test_kept_recommendation_is_reopened_exported_and_deleted(tmp_path: object) -> None:
    knowledge, day = built_in(), date(2026, 11, 24)
    report = build_report(knowledge, parse_answers(knowledge, {"purpose": "research"}), day)
    store = RecommendationStore(f"sqlite:///{tmp_path}/history.sqlite3")
    kept = store.keep(report, {"v": "1", "a": "purpose.research"}, 1)
    assert store.all() == (kept,)
    assert kept.verdict == report.verdict
    assert '"purpose"' in (store.document(kept.id) or "")
    store.delete(kept.id)
    assert store.all() == ()


def test_measure_offers_a_plan_with_its_cost(open_app: OpenApp) -> None:
    app = open_app("measure", lang="en")
    assert "about 1 minute" in app.button(key="measure").label
    app.radio(key="plan").set_value("standard").run()
    assert "3 minutes" in app.button(key="measure").label


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(
    ("content", "code"),
    [(b'{"schema_version": 1, "id": 7}', "no-measurement"), (b"garbage", "no-json")],
)
def test_import_that_is_no_measurement_is_refused(
    open_app: OpenApp, content: bytes, code: str, language: str
) -> None:
    app = open_app("measure", lang=language)
    app.file_uploader(key="import-file").set_value(("x.json", content, "application/json"))
    app.run()
    assert [one.value for one in app.error] == [Words.load(language)(f"pages.measure.import-refused.{code}")]
    assert not app.exception


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("code", get_args(Refusal))
def test_every_refusal_is_worded(code: str, language: str) -> None:
    assert Words.load(language)(f"pages.measure.import-refused.{code}", limit=8)


def number(app: AppTest, name: str) -> Any:
    return next(field for field in app.number_input if str(field.key).startswith(f"own-{name}-"))


def test_number_is_offered_within_what_all_probes_of_the_plan_allow(open_app: OpenApp) -> None:
    app = open_app("measure", a="domain.vision")
    chosen = lab.plan("quick", ["vision"], {})
    bounds = [probe.entry.spec.parameters["batch"] for probe in chosen.probes]
    assert number(app, "batch").max == min(one.high for one in bounds)
    assert number(app, "batch").min == max(one.low for one in bounds)


def test_number_outlives_other_probes_that_do_not_take_it(open_app: OpenApp) -> None:
    app = open_app("measure", a="domain.tabular")
    number(app, "batch").set_value(512).run()
    number(app, "columns").set_value(100).run()
    app.session_state["visit"].answers["domain"] = ["vision"]
    app.run()
    assert not app.exception
    assert number(app, "batch").value == number(app, "batch").max < 512
    app.session_state["visit"].answers["domain"] = ["tabular"]
    app.run()
    assert number(app, "columns").value == 100
