"""Your project: nothing preselected, answers kept, language switched without loss."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

OpenApp = Callable[..., AppTest]


def answers(app: AppTest) -> dict[str, object]:
    found: dict[str, object] = app.session_state["visit"].answers
    return found


def test_nothing_is_preselected(open_app: OpenApp) -> None:
    app = open_app()
    assert app.radio(key="one-purpose").value is None
    assert not any(box.value for box in app.checkbox)


def test_answer_is_kept_and_stands_in_the_link(open_app: OpenApp) -> None:
    app = open_app()
    app.radio(key="one-purpose").set_value("research").run()
    assert answers(app) == {"purpose": "research"}
    assert app.session_state["visit"].known_queries[-1]["a"] == "purpose.research"


def test_not_sure_is_an_answer(open_app: OpenApp) -> None:
    app = open_app()
    app.radio(key="one-purpose").set_value("unknown").run()
    assert answers(app) == {"purpose": "unknown"}


def test_several_options_are_kept_in_order(open_app: OpenApp) -> None:
    app = open_app()
    app.checkbox(key="many-domain-audio").check().run()
    app.checkbox(key="many-domain-vision").check().run()
    assert answers(app)["domain"] == ["vision", "audio"]


def test_not_sure_takes_the_place_of_other_options(open_app: OpenApp) -> None:
    app = open_app(a="domain.vision+audio")
    app.checkbox(key="many-domain-unknown").check().run()
    assert answers(app)["domain"] == "unknown"
    assert not app.checkbox(key="many-domain-vision").value


def test_last_option_unticked_leaves_no_answer(open_app: OpenApp) -> None:
    app = open_app(a="domain.vision")
    app.checkbox(key="many-domain-vision").uncheck().run()
    assert "domain" not in answers(app)


def test_switching_the_language_loses_nothing(open_app: OpenApp) -> None:
    app = open_app(a="purpose.research~domain.vision", lang="en")
    english = app.title[0].value
    app.segmented_control(key="language").set_value("ja").run()
    assert app.title[0].value != english
    assert answers(app) == {"purpose": "research", "domain": ["vision"]}
    assert app.radio(key="one-purpose").value == "research"
    assert app.session_state["visit"].known_queries[-1]["lang"] == "ja"


def test_continue_opens_the_next_step_and_back_returns(open_app: OpenApp) -> None:
    app = open_app()
    first = app.session_state["visit"].step
    app.button(key="continue").click().run()
    assert app.session_state["visit"].step != first
    assert app.session_state["visit"].known_queries[-1]["step"] == app.session_state["visit"].step
    app.button(key="back").click().run()
    assert app.session_state["visit"].step == first


def test_browser_back_returns_to_the_step_and_keeps_answers(open_app: OpenApp) -> None:
    app = open_app()
    first = app.session_state["visit"].step
    app.radio(key="one-purpose").set_value("research").run()
    app.button(key="continue").click().run()
    app.query_params["step"] = first
    app.run()
    assert app.radio(key="one-purpose").value == "research"


def test_follow_up_appears_once_it_applies(open_app: OpenApp) -> None:
    app = open_app(path="full")
    assert "one-data_size" not in [radio.key for radio in app.radio]
    app.checkbox(key="many-domain-tabular").check().run()
    while "one-data_size" not in [radio.key for radio in app.radio]:
        app.button(key="continue").click().run()
    assert app.radio(key="one-data_size").value is None


def test_detected_system_is_offered_and_not_assumed(open_app: OpenApp) -> None:
    app = open_app(path="full", step="machine")
    assert "os" not in answers(app)
    app.button(key="detected-os").click().run()
    assert app.radio(key="one-os").value == answers(app)["os"]
    assert "detected-os" not in [button.key for button in app.button]


def test_example_fills_its_answers_and_shows_them(open_app: OpenApp) -> None:
    app = open_app(lang="en")
    app.button(key="example-vibration-sensor").click().run()
    assert app.title[0].value == "Check your answers"
    assert answers(app)["targets"] == ["microcontroller"]


def test_example_is_another_project(open_app: OpenApp) -> None:
    app = open_app(a="purpose.research", i="learning.more", d="2025-01-01")
    visit = app.session_state["visit"]
    visit.trial["purpose"] = "product"
    app.button(key="example-vibration-sensor").click().run()
    assert (visit.importance, visit.trial, visit.linked_on) == ({}, {}, None)


def test_you_can_stop_when_it_is_decided(open_app: OpenApp) -> None:
    app = open_app(a="deep_learning_needed.no", lang="en")
    app.button(key="enough").click().run()
    assert app.title[0].value == "Neither"
    assert app.button(key="knocked-out-by")  # of the recommendation


def test_most_telling_question_leads_to_its_step(open_app: OpenApp) -> None:
    app = open_app(a="purpose.research")
    label = app.button(key="telling").label
    app.button(key="telling").click().run()
    assert label in [heading.value for heading in (*app.header, *app.subheader)]


def test_a_question_is_one_level_below_the_heading_it_stands_under(open_app: OpenApp) -> None:
    first, later = open_app(lang="en"), open_app(lang="en", step="model")
    assert "What is the project for?" in [heading.value for heading in first.subheader]
    assert later.header
    assert not later.subheader
