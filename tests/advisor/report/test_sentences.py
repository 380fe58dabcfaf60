"""One wording for page, file and command line, in both languages."""

from datetime import date

import pytest

from advisor.inference import built_in, parse_answers
from advisor.inference.model import Change, Flip, OutOfReach
from advisor.report import naming, sentences
from advisor.report.build import build_report
from advisor.report.model import Report
from advisor.report.render import to_html
from advisor.words import Words

EN, JA = Words.load("en"), Words.load("ja")


def flip(was: list[str] | None, becomes: list[str] | str) -> Flip:
    change = Change(trait="targets", was=was, becomes=becomes, changeable=True)
    return Flip(changes=(change,), verdict="tensorflow", margin_decibans=-6)


def test_added_option_is_told_as_added(report: Report) -> None:
    (line,) = sentences.changes(EN, report, flip(["server"], ["server", "microcontroller"]))
    assert "also had “Microcontroller" in line
    assert "server" not in line.lower()


def test_dropped_option_is_told_as_dropped(report: Report) -> None:
    (line,) = sentences.changes(EN, report, flip(["server", "android"], ["server"]))
    assert "did not have “Android" in line


def test_other_answer_is_told_whole(report: Report) -> None:
    (line,) = sentences.changes(EN, report, flip(None, ["browser"]))
    assert "were answered “" in line


@pytest.mark.parametrize("words", [EN, JA], ids=["en", "ja"])
def test_flip_is_one_sentence(report: Report, words: Words) -> None:
    one = flip(["server"], ["server", "microcontroller"])
    line = sentences.flip_line(words, sentences.changes(words, report, one), one)
    assert line.endswith("." if words is EN else "。")
    assert "TensorFlow" in line


def test_verdict_that_the_measurements_change_is_told_before_and_after(measured_report: Report) -> None:
    line = sentences.before_and_after(EN, measured_report)
    assert "change the verdict" in line
    assert "PyTorch, leaning" in line
    assert "towards TensorFlow" in line


def test_measurements_that_move_nothing_are_told_so(measured_report: Report) -> None:
    assert measured_report.measured is not None
    still = measured_report.measured.model_copy(update={"moved": 0.0})
    line = sentences.before_and_after(EN, measured_report.model_copy(update={"measured": still}))
    assert "do not move the verdict" in line


def test_report_without_measurements_has_no_before_and_after(report: Report) -> None:
    assert sentences.before_and_after(EN, report) == ""


def test_guide_is_set_against_the_rules_and_not_against_the_measurements(measured_report: Report) -> None:
    assert measured_report.verdict.framework != measured_report.guide.now.verdict.framework
    assert "before the measurements" in sentences.guide_against_today(EN, measured_report)


@pytest.mark.parametrize("words", [EN, JA], ids=["en", "ja"])
def test_every_target_state_and_tool_of_the_knowledge_base_is_worded(words: Words) -> None:
    knowledge = built_in()
    targets = {option.id for option in knowledge.traits["targets"].options} - {"none"}
    targets |= {route.target for route in knowledge.routes}
    assert {f"report.target.{target}" for target in targets} <= set(words.entries)
    assert all(f"report.status.{route.status}" in words.entries for route in knowledge.routes)
    assert all(f"report.tool-state.{tool.state}" in words.entries for tool in knowledge.tools)


def test_target_without_words_is_shown_by_its_id() -> None:
    assert naming.target_name(JA, "own-target") == "own-target"


@pytest.mark.parametrize(("words", "stop"), [(EN, "."), (JA, "。")], ids=["en", "ja"])
def test_certainty_and_what_is_unknown_are_two_sentences(report: Report, words: Words, stop: str) -> None:
    line = sentences.sure_and_unknown(words, report.verdict)
    assert line.endswith(stop)
    assert line[0] == line[0].upper()
    assert "%" in line
    assert str(report.verdict.unanswered) in line


def close_call(raw: dict[str, object]) -> Report:
    knowledge = built_in()
    return build_report(knowledge, parse_answers(knowledge, raw), date(2026, 11, 24))


@pytest.mark.parametrize("words", [EN, JA], ids=["en", "ja"])
def test_close_call_names_the_question_that_can_settle_it(words: Words) -> None:
    report = close_call({})
    assert report.verdict.settled_by is not None
    asked = naming.said(words, built_in().traits[report.verdict.settled_by].question)
    assert asked in sentences.settling(words, report)


@pytest.mark.parametrize("words", [EN, JA], ids=["en", "ja"])
def test_close_call_says_that_no_single_question_settles_it(words: Words) -> None:
    unknown = dict.fromkeys(
        [trait for trait in built_in().traits if trait != "deep_learning_needed"], "unknown"
    )
    report = close_call(dict(unknown))
    assert sentences.settling(words, report) == words("report.facts.unsettled")
    assert sentences.settling(words, report) in to_html(report, words.language)


@pytest.mark.parametrize("words", [EN, JA], ids=["en", "ja"])
def test_target_out_of_reach_is_told_with_its_reason(words: Words) -> None:
    report = close_call({"targets": ["high-throughput"], "domain": ["language"]})
    (shut,) = report.advice.out_of_reach
    line = sentences.out_of_reach(words, shut)
    assert "TensorFlow" in line
    assert "Transformers 5" in line
    assert line.split("：")[0].split(":")[0] in to_html(report, words.language)


def test_target_without_any_route_is_told() -> None:
    shut = OutOfReach(target="android", framework="pytorch", because=None)
    assert "no route from PyTorch" in sentences.out_of_reach(EN, shut)
