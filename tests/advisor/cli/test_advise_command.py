"""``advise``, ``explain``, ``next``, ``flips``: formats that programs rely on, text that people read."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from folders import Folder
from typer.testing import Result

from advisor.inference import built_in
from advisor.inference.model import Advice, Explanation

Command = Callable[..., Result]


def data(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def test_the_json_of_advise_is_the_advice(command: Command, answers: Path) -> None:
    result = command("advise", answers, "--json")
    advice = Advice.model_validate_json(result.stdout)
    assert advice.knowledge_version == built_in().version
    assert sum(Fraction(reason.decibans) for reason in advice.reasons) == Fraction(
        advice.verdict.margin_decibans
    )


def test_the_keys_that_other_programs_read_are_there(command: Command, answers: Path) -> None:
    found = data(command("advise", answers, "--json"))
    assert {"verdict", "reasons", "routes", "stack", "knowledge_version"} <= set(found)
    assert {"framework", "margin_decibans", "probability_pytorch"} <= set(found["verdict"])  # type: ignore[call-overload]
    for reason in found["reasons"]:  # type: ignore[attr-defined]
        assert {"rule", "theme", "favours", "decibans", "because"} <= set(reason)


def test_unquoted_yes_and_no_are_answers(command: Command, answers: Path) -> None:
    found = data(command("advise", answers, "--json"))["answers"]
    assert found["automl"] == "no"  # type: ignore[index]
    assert found["one_framework_everywhere"] == "yes"  # type: ignore[index]


@pytest.mark.parametrize(("word", "option"), [("true", "yes"), ("false", "no")])
def test_true_and_false_answer_yes_or_no_questions(command: Command, word: str, option: str) -> None:
    found = data(command("advise", "-", "--json", given=f"automl: {word}\n"))
    assert found["answers"] == {"automl": option}


def test_an_empty_file_is_advice_on_nothing(command: Command) -> None:
    found = data(command("advise", "-", "--json", given=""))
    assert found["reasons"] == []
    assert found["verdict"]["margin_decibans"] == 0  # type: ignore[index]


def test_the_guide_may_judge_otherwise(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("targets: [android, ios]\n", encoding="utf-8")
    guide = data(command("advise", path, "--as-of", "guide", "--json"))
    today = data(command("advise", path, "--as-of", "2026-11-24", "--json"))
    assert (guide["as_of"], today["as_of"]) == ("guide", "2026-11-24")
    assert guide["verdict"] != today["verdict"]


@pytest.mark.parametrize("day", ["yesterday", "2026-2-1", "2026-02-30", "20260101"])
def test_a_day_that_is_none_is_refused(command: Command, answers: Path, day: str) -> None:
    result = command("advise", answers, "--as-of", day)
    assert result.exit_code == 2
    assert day in result.stderr
    assert "guide" in result.stderr


@pytest.mark.parametrize(
    ("text", "line", "column", "nearest"),
    [
        ("purpose: produkt\n", 1, 10, "product"),
        ("cloud: gcp\npurpos: product\n", 2, 1, "purpose"),
        ("targets: [android, edge_accelerator]\n", 1, 20, "edge-accelerator"),
        ("purpose: [product]\n", 1, 10, "product"),
        ("importance: {learnin: more}\n", 1, 14, "learning"),
        ("importance: {learning: mor}\n", 1, 24, "more"),
    ],
)
def test_a_wrong_answer_is_placed_and_the_nearest_one_named(
    command: Command, text: str, line: int, column: int, nearest: str
) -> None:
    result = command("advise", "-", given=text)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"<stdin>:{line}:{column}" in result.stderr
    assert "^" in result.stderr
    assert nearest in result.stderr.splitlines()[-1]


def test_every_wrong_answer_is_named_at_once(command: Command) -> None:
    result = command("advise", "-", given="purpos: x\ncloud: gpc\ntargets: [none, server]\n")
    assert [f"<stdin>:{line}" in result.stderr for line in (1, 2, 3)] == [True, True, True]


def test_an_answer_to_a_question_that_does_not_apply_is_a_contradiction(command: Command) -> None:
    result = command("advise", "-", given="targets: [server]\nedge_chip: [coral]\n")
    assert result.exit_code == 2
    assert "targets" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "text",
    ["- purpose\n", "just words\n", "a: [\n", "{" * 5000, "purpose: !!python/name:os.system x\n", "\x00"],
)
def test_a_file_that_holds_no_answers_is_refused(command: Command, text: str) -> None:
    result = command("advise", "-", given=text)
    assert result.exit_code == 2
    assert "<stdin>" in result.stderr
    assert "Traceback" not in result.stderr


def test_errors_speak_the_chosen_language(command: Command) -> None:
    result = command("advise", "-", "--language", "ja", given="purpose: produkt\n")
    assert "「" in result.stderr


def test_a_missing_file_is_an_input_error(command: Command, tmp_path: Path) -> None:
    assert command("advise", tmp_path / "none.yaml").exit_code == 2


def test_own_rules_join_the_verdict(
    command: Command, answers: Path, new_folder: Callable[[str], Folder]
) -> None:
    own = new_folder("own")
    own.rule("house-rule", favours="pytorch", strength="decisive", theme="people")
    found = data(command("advise", answers, "--rules", own.path, "--json"))
    assert "house-rule" in {reason["rule"] for reason in found["reasons"]}  # type: ignore[attr-defined]
    assert found["knowledge_version"] != built_in().version


def test_a_broken_own_rule_is_shown_with_its_place(
    command: Command, answers: Path, new_folder: Callable[[str], Folder]
) -> None:
    own = new_folder("own")
    path = own.rule("house-rule", "{purpos: product}")
    result = command("advise", answers, "--rules", own.path)
    assert result.exit_code == 2
    assert f"{path}:4:8" in result.stderr


@pytest.mark.parametrize("name", ["advise", "explain", "next", "flips"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_readable_text_shows_no_key_and_no_markup(
    command: Command, answers: Path, name: str, language: str
) -> None:
    result = command(name, answers, "--language", language)
    assert result.exit_code == 0
    assert result.stdout.strip()
    assert "cli." not in result.stdout


def test_the_json_of_explain_is_the_explanation(command: Command, answers: Path) -> None:
    explanation = Explanation.model_validate_json(command("explain", answers, "--json").stdout)
    assert explanation.draws == built_in().scale.draws.count


def test_next_names_as_many_questions_as_asked_for(command: Command, answers: Path) -> None:
    found = data(command("next", answers, "--count", 2, "--json"))
    assert len(found["next"]) == 2  # type: ignore[arg-type]
    assert {question["trait"] for question in found["next"]} <= set(built_in().traits)  # type: ignore[attr-defined]


def test_importance_on_the_command_line_goes_before_the_files(command: Command) -> None:
    text = "team_experience: pytorch\nimportance: {people: less, setup: more}\n"
    found = data(command("advise", "-", "--importance", "people=more", "--json", given=text))
    assert found["importance"] == {"people": "more", "setup": "more"}


@pytest.mark.parametrize("level", ["less", "normal", "more"])
def test_importance_scales_the_margin(command: Command, level: str) -> None:
    found = data(command("advise", "-", "--importance", f"people={level}", "--json", given=TEAM))
    plain = data(command("advise", "-", "--json", given=TEAM))
    factor = getattr(built_in().scale.importance, level).factor
    was, becomes = (advice["verdict"]["margin_decibans"] for advice in (plain, found))  # type: ignore[index]
    assert becomes == was * factor


TEAM = "team_experience: pytorch\n"


@pytest.mark.parametrize(
    ("stated", "nearest"), [("peopel=more", "people"), ("people=mor", "more"), ("people", "normal")]
)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_wrong_importance_is_placed_at_its_option(
    command: Command, answers: Path, stated: str, nearest: str, language: str
) -> None:
    result = command("advise", answers, "--importance", stated, "--language", language)
    assert result.exit_code == 2
    assert result.stderr.startswith("--importance")
    assert nearest in result.stderr.splitlines()[-1]


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(
    "text",
    [
        "purpose: " + "[" * 100_000,
        "".join(" " * n + "a:\n" for n in range(900)),
        "a: " + "x" * 2_000_000,
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "a: &a [*a]\n",
        "".join(f"key-{n}: x\n" for n in range(5000)),
        "targets: [" + ", ".join(f"x{n}" for n in range(5000)) + "]\n",
        "purpose: product\npurpose: research\n",
    ],
    ids=["deep", "indented", "large", "bomb", "circle of aliases", "keys", "options", "twice"],
)
def test_absurd_yaml_ends_with_one_short_complaint(command: Command, text: str, language: str) -> None:
    result = command("advise", "-", "--language", language, given=text)
    assert result.exit_code == 2
    assert "<stdin>" in result.stderr
    assert len(result.stderr) < 2000


@pytest.mark.parametrize("language", ["en", "ja"])
def test_questions_that_wait_for_each_other_are_named(
    command: Command, answers: Path, new_folder: Callable[[str], Folder], language: str
) -> None:
    own = new_folder("own")
    question = "question: {en: What is it?, ja: 何ですか。}, why: {en: It matters., ja: 大事だからです。}"
    options = "options: [{id: x, label: {en: X, ja: X}}, {id: y, label: {en: Y, ja: Y}}]"
    rows = [
        f"  - {{id: {one}, group: project, kind: one, {question}, ask_when: {{{other}: x}}, {options}}}\n"
        for one, other in (("egg", "hen"), ("hen", "egg"))
    ]
    (own.path / "questions.yaml").write_text("traits:\n" + "".join(rows), encoding="utf-8")
    result = command("advise", answers, "--rules", own.path, "--language", language)
    assert result.exit_code == 2
    assert "questions.yaml:2:" in result.stderr
    assert "egg → hen → egg" in result.stderr


def test_explain_shows_the_sum_before_overlap_and_as_counted_to_the_last_digit(command: Command) -> None:
    text = "team_experience: pytorch\nlatest_papers: often\npurpose: research\n"
    verdict = data(command("advise", "-", "--json", given=text))["verdict"]
    last = [line for line in command("explain", "-", given=text).stdout.splitlines() if "sum;" in line]
    shown = [float(part.replace("−", "-")) for part in last[0].split()[:2]]
    assert shown == [verdict["margin_before_overlap"], verdict["margin_decibans"]]  # type: ignore[index]


def test_neither_says_what_to_use_instead_and_why(command: Command) -> None:
    text = command("advise", "-", given="deep_learning_needed: no\n").stdout
    rule = built_in().rules_by_id["no-deep-learning"]
    assert rule.instead is not None
    flat = " ".join(text.split())
    assert rule.instead["en"] in flat
    assert rule.history[-1].because["en"] in flat


def test_a_close_call_names_the_question_or_says_that_there_is_none(command: Command) -> None:
    assert "could settle it" in command("advise", "-", given="").stdout
    everything = "".join(
        f"{trait}: unknown\n" for trait in built_in().traits if trait != "deep_learning_needed"
    )
    text = command("advise", "-", given=everything).stdout
    assert "No single question would settle it." in text


def test_a_target_that_a_framework_cannot_reach_is_said(command: Command) -> None:
    text = command("advise", "-", given="targets: [high-throughput]\ndomain: [language]\n").stdout
    assert "not possible with TensorFlow" in text


def test_the_words_of_the_scale_are_explained(command: Command, answers: Path) -> None:
    verdict = data(command("advise", answers, "--json"))["verdict"]
    band = next(band for band in built_in().scale.words if band.id == verdict["word"])  # type: ignore[index]
    assert f"“{band.label['en']}” means a probability of" in command("advise", answers).stdout


def test_the_number_of_flips_left_out_is_the_true_one(command: Command) -> None:
    text = "existing_code: tensorflow\nteam_experience: tensorflow\ntargets: [microcontroller]\n"
    found = data(command("flips", "-", "--json", given=text))["flips"]
    assert len(found) > len(data(command("explain", "-", "--json", given=text))["flips"])  # type: ignore[arg-type]
    shown = command("explain", "-", given=text).stdout
    assert f"and {len(found) - 8} more" in shown  # type: ignore[arg-type]


def test_pairs_are_added_when_asked_for(command: Command, answers: Path) -> None:
    few = data(command("flips", answers, "--json"))["flips"]
    many = data(command("flips", answers, "--pairs", "--json"))["flips"]
    assert len(many) > len(few)  # type: ignore[arg-type]
    assert {len(flip["changes"]) for flip in many} == {1, 2}  # type: ignore[attr-defined]


def test_flips_lists_changes_and_weights(command: Command, answers: Path) -> None:
    found = data(command("flips", answers, "--json"))
    assert found["flips"]
    assert found["weight_flips"]
