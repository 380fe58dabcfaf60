"""The quick path asks what is most telling today."""

from datetime import date

from advisor.inference import built_in, next_questions, parse_answers

TODAY = date(2026, 11, 24)


def test_the_quick_path_has_eight_to_ten_questions() -> None:
    assert 8 <= len(built_in().quick_path) <= 10


def test_the_quick_path_asks_what_is_worth_most_to_the_decision() -> None:
    kb = built_in()
    quick = {trait.id for trait in kb.quick_path if trait.ask_when is None}
    ranked = [question.trait for question in next_questions(kb, parse_answers(kb, {}), TODAY)]
    assert set(ranked[: len(quick)]) == quick


def test_a_follow_up_on_the_quick_path_is_worth_more_than_any_question_left_out() -> None:
    kb = built_in()
    known = {trait.id: "unknown" for trait in kb.quick_path if trait.ask_when is None}
    answers = parse_answers(kb, {**known, "existing_code": "tensorflow"})
    assert next_questions(kb, answers, TODAY)[0].trait == "existing_code_size"
