"""The questionnaire cut into steps."""

from advisor.inference import built_in
from advisor.ui.steps import LARGEST, applying, position, step_of, steps

TRAITS = tuple(built_in().traits.values())


def test_every_question_stands_in_one_step_of_the_full_path() -> None:
    asked = [trait for step in steps(TRAITS, "full") for trait in step.traits]
    assert asked == [trait.id for trait in TRAITS]


def test_quick_path_asks_the_quick_questions_only() -> None:
    asked = [trait for step in steps(TRAITS, "quick") for trait in step.traits]
    assert asked == [trait.id for trait in TRAITS if trait.quick]


def test_step_asks_few_questions_besides_follow_ups() -> None:
    leading = {trait.id for trait in TRAITS if trait.ask_when is None}
    assert all(len(leading & set(step.traits)) <= LARGEST for step in steps(TRAITS, "full"))


def test_ids_of_steps_differ() -> None:
    ids = [step.id for step in steps(TRAITS, "full")]
    assert len(ids) == len(set(ids))


def test_step_without_an_applying_question_is_left_out() -> None:
    every = steps(TRAITS, "full")
    gone = every[0]
    assert applying(every, lambda trait: trait not in gone.traits) == every[1:]


def test_unknown_step_is_the_first() -> None:
    assert position(steps(TRAITS, "quick"), "no-such-step") == 0


def test_step_of_a_question_left_out_is_none() -> None:
    assert step_of(steps(TRAITS, "quick"), "python_version") is None
