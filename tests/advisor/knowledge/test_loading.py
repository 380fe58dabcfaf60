"""Loading a knowledge base: what it holds, how extra folders join it, and how every problem is reported."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from folders import Folder

from advisor.knowledge import KnowledgeError, Problem, built_in, load_knowledge
from advisor.knowledge.schema import Source
from advisor.words import languages

NewFolder = Callable[[str], Folder]


def problems(folder: Folder, extra: Sequence[Folder] = ()) -> tuple[Problem, ...]:
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(folder.path, [other.path for other in extra])
    return caught.value.problems


def only(folder: Folder, extra: Sequence[Folder] = ()) -> Problem:
    [problem] = problems(folder, extra)
    return problem


def test_a_folder_becomes_a_knowledge_base(base: Folder) -> None:
    kb = load_knowledge(base.path)
    assert list(kb.traits) == ["purpose", "targets", "one_framework"]
    assert [rule.id for rule in kb.rules] == ["product-first", "learning-first"]
    assert list(kb.themes) == ["deployment", "learning"]
    assert [trait.id for trait in kb.quick_path] == ["purpose"]


def test_plain_yes_and_no_are_options(base: Folder) -> None:
    assert load_knowledge(base.path).traits["one_framework"].option_ids == ("yes", "no")


def test_plain_words_of_a_source_stand_for_every_language() -> None:
    source = Source.model_validate(
        {"url": "https://a.example/x", "dated": "2026", "supports": "input formats"}
    )
    assert source.supports == {"en": "input formats", "ja": "input formats"}


def test_what_a_built_in_source_supports_is_said_in_both_languages() -> None:
    kb = built_in()
    sources = [source for rule in kb.rules for entry in rule.history for source in entry.sources]
    sources += [source for part in (kb.routes, kb.tools) for one in part for source in one.sources]
    assert len(sources) > 400
    alike = {one.supports["en"] for one in sources if one.supports["en"] == one.supports["ja"]}
    assert not [words for words in alike if not re.fullmatch(r"[\w -]+ \d+(\.\d+)+", words)]  # name, version


def test_the_built_in_knowledge_base_loads_once() -> None:
    assert built_in() is built_in()
    assert built_in().rules


def test_the_version_depends_on_content_only(base: Folder, new_folder: NewFolder) -> None:
    version = load_knowledge(base.path).version
    other = new_folder("copy")
    for path in base.path.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        other.write(str(path.relative_to(base.path)), "# a comment\n" + text)
    (other.path / "deployment/product-first.yaml").rename(other.path / "learning/product-first.yaml")
    assert load_knowledge(other.path).version == version
    base.rule("one-more", fires="{purpose: product}")
    assert load_knowledge(base.path).version != version


def test_an_entry_is_in_force_from_its_date_on(base: Folder) -> None:
    path = base.rule("changing")
    text = path.read_text(encoding="utf-8")
    newer = "  - {as_of: 2026-08-22, favours: pytorch, strength: slight, because: {en: x, ja: あ}}\nreview_by"
    path.write_text(text.replace("review_by", newer), encoding="utf-8")
    rule = load_knowledge(base.path).rules_by_id["changing"]
    found = [rule.entry_at(day) for day in ("guide", date(2026, 8, 21), date(2026, 8, 22))]
    assert [entry and entry.favours for entry in found] == ["tensorflow", "tensorflow", "pytorch"]


def test_a_rule_newer_than_the_guide_is_not_the_guides(base: Folder) -> None:
    path = base.rule("newer")
    text = path.read_text(encoding="utf-8").replace("as_of: guide\n    section: 節", "as_of: 2026-01-01")
    path.write_text(text, encoding="utf-8")
    rule = load_knowledge(base.path).rules_by_id["newer"]
    assert rule.entry_at("guide") is None
    assert rule.entry_at(date(2025, 12, 31)) is None
    assert rule.entry_at(date(2026, 1, 1)) is not None


def test_an_extra_folder_adds_rules_at_any_depth(base: Folder, new_folder: NewFolder) -> None:
    own = new_folder("own")
    own.rule("house-rule", folder="team/deeper")
    kb = load_knowledge(base.path, [own.path])
    assert "house-rule" in kb.rules_by_id
    assert kb.origins["rule:house-rule"].extra
    assert kb.version != load_knowledge(base.path).version


def test_an_extra_folder_adds_questions_options_and_themes(base: Folder, new_folder: NewFolder) -> None:
    own = new_folder("own")
    own.write("scale.yaml", "themes: [{id: house, title: {en: House, ja: 社内}, about: {en: x, ja: あ}}]")
    own.write(
        "questions.yaml",
        """\
        traits:
          - id: department
            group: project
            kind: one
            question: {en: Which?, ja: どの部署ですか。}
            why: {en: x, ja: あ}
            options: [{id: a, label: {en: A, ja: A}}, {id: b, label: {en: B, ja: B}}]
        more_options:
          - trait: targets
            options: [{id: robot, label: {en: Robot, ja: ロボット}}]
        """,
    )
    when = "{department: a, targets: {includes: robot}}"
    own.rule("robots", when, theme="house", fires="{department: a, targets: [robot]}")
    kb = load_knowledge(base.path, [own.path])
    assert kb.traits["targets"].option_ids[-1] == "robot"
    assert kb.rules_by_id["robots"].theme == "house"


def test_hidden_folders_hold_no_rules(base: Folder) -> None:
    base.write(".github/workflow.yml", "on: push\n")
    assert len(load_knowledge(base.path).rules) == 2


def test_an_extra_folder_may_not_take_a_built_in_id(base: Folder, new_folder: NewFolder) -> None:
    own = new_folder("own")
    own.rule("product-first")
    problem = only(base, [own])
    assert problem.code == "duplicate-id"
    assert str(own.path) in problem.place.file
    assert problem.place.line == 1


def test_an_extra_folder_may_not_change_the_scale(base: Folder, new_folder: NewFolder) -> None:
    own = new_folder("own")
    own.write("scale.yaml", "overlap: {factor: 1}")
    assert only(base, [own]).code == "unknown-key"


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("theme: deployment", "theme: deploymnt", "unknown-theme", "deployment"),
        ("when: {purpose: product}", "when: {purpos: product}", "unknown-trait", "purpose"),
        ("when: {purpose: product}", "when: {purpose: prodct}", "unknown-option", "product"),
        ("when: {purpose: product}", "when: {targets: server}", "test-needs-many", "includes"),
        ("when: {purpose: product}", "when: {purpose: {includes: product}}", "test-needs-one", "purpose"),
        ("when: {purpose: product}", "when: {}", "condition-empty", "trait"),
        ("favours: tensorflow", "favours: tensorflwo", "not-a-choice", "tensorflow"),
        ("    strength: strong\n", "", "strength-missing", "strength"),
        ("    strength: strong", "    strengt: strong", "unknown-key", "strength"),
        ("as_of: guide", "as_of: 2026-13-01", "as-of-shape", "2026-08-22"),
        ("review_by: 2099-12", "review_by: 2099-13", "month-shape", "2027-05"),
        ("ja: 理由です。", "jp: 理由です。", "text-missing", "ja"),
        ("review_by: 2099-12\n", "", "missing-key", "review_by"),
        ("id: faulty", "id: Faulty Rule", "id-shape", "hyphens"),
        ("fires: {purpose: product}", "fires: {purpose: [product]}", "one-answer", "purpose"),
        ("silent: {purpose: learning}", "silent: {purpose: lerning}", "unknown-option", "learning"),
        ("review_by", "knock_out: true\nreview_by", "instead-missing", "instead"),
        ("favours: tensorflow", "favours: neither", "strength-without-side", "Remove"),
    ],
)
def test_a_fault_in_a_rule_says_where_and_what_to_write(
    base: Folder, old: str, new: str, code: str, said: str
) -> None:
    path = base.rule("faulty")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = {problem.code: problem for problem in problems(base)}
    assert code in found
    problem = found[code]
    assert problem.place.file == str(path)
    assert problem.place.line > 0
    assert "^" in problem.place.excerpt
    assert said in problem.says("en")
    assert problem.says("ja") != problem.says("en")


def test_the_caret_points_at_the_wrong_option_in_a_long_condition(base: Folder) -> None:
    when = "{any: [{purpose: product}, {targets: {includes_any: [server, andriod]}}]}"
    path = base.rule("faulty", when)
    problem = only(base)
    line = path.read_text(encoding="utf-8").splitlines()[problem.place.line - 1]
    assert line[problem.place.column - 1 :].startswith("andriod")


def test_every_problem_of_every_file_is_reported_at_once(base: Folder) -> None:
    base.rule("one", "{purpos: product}")
    base.rule("two", "{purpose: prodct}")
    base.write("deployment/three.yaml", "id: three\n  theme: x\n")
    base.rule("four", favours="both")
    files = {Path(problem.place.file).stem for problem in problems(base)}
    assert files == {"one", "two", "three", "four"}


def test_a_rule_that_its_schema_refuses_is_still_checked_for_unknown_names(base: Folder) -> None:
    base.rule("faulty", "{purpos: product}", favours="both")
    assert {problem.code for problem in problems(base)} == {"unknown-trait", "not-a-choice"}


def test_broken_questions_do_not_make_every_trait_unknown(base: Folder) -> None:
    base.write("questions.yaml", "groups: [\n")
    assert {Path(problem.place.file).name for problem in problems(base)} == {"questions.yaml"}


def test_a_circle_of_conditional_questions_is_shown(base: Folder) -> None:
    text = (base.path / "questions.yaml").read_text(encoding="utf-8")
    text = text.replace("  - id: targets\n", "  - id: targets\n    ask_when: {one_framework: yes}\n")
    base.write("questions.yaml", text)
    problem = only(base)
    assert problem.code == "ask-when-circle"
    assert "one_framework → targets → one_framework" in problem.says("en")
    assert problem.place.line > 0


def test_a_question_that_waits_for_itself_is_a_circle(base: Folder) -> None:
    text = (base.path / "questions.yaml").read_text(encoding="utf-8")
    base.write(
        "questions.yaml",
        text.replace("ask_when: {targets: {includes: android}}", "ask_when: {one_framework: yes}"),
    )
    assert "one_framework → one_framework" in only(base).says("ja")


def test_unknown_is_no_option_of_ones_own(base: Folder) -> None:
    text = (base.path / "questions.yaml").read_text(encoding="utf-8")
    base.write("questions.yaml", text.replace("{id: none,", "{id: unknown,"))
    assert only(base).code == "reserved-option"


@pytest.mark.parametrize("name", ["scale.yaml", "questions.yaml"])
def test_a_folder_without_its_main_files_is_refused(base: Folder, name: str) -> None:
    (base.path / name).unlink()
    assert [(problem.code, Path(problem.place.file).name) for problem in problems(base)] == [
        ("file-missing", name)
    ]


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(tmp_path / "nowhere")
    assert caught.value.problems[0].code == "folder-missing"


def test_plan_entries_are_checked_against_each_other(base: Folder) -> None:
    base.write(
        "stack.yaml",
        """\
        areas: [{id: logs, title: {en: Logs, ja: ログ}}]
        tools:
          - {id: board, name: Board, area: lgs, framework: both, state: active, as_of: 2026-01-01,
             note: {en: x, ja: あ}, replaced_by: [bord]}
        """,
    )
    base.write(
        "evidence/speed.yaml",
        """\
        {id: speed, probe: mlp, metric: step, tracks: matched, theme: learning,
         cares_when: {purpose: product}, cap_decibans: 9, because: {en: x, ja: あ}, confirms: [product-frist]}
        """,
    )
    assert {problem.code for problem in problems(base)} == {
        "unknown-area",
        "unknown-tool",
        "cap-high",
        "unknown-rule",
    }


@pytest.mark.parametrize("language", sorted(languages()))
def test_a_report_of_problems_reads_in_every_language(base: Folder, language: str) -> None:
    base.rule("faulty", "{purpos: product}")
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(base.path)
    text = caught.value.render(language)
    assert "faulty.yaml:4:" in text
    assert "purpose" in text
    assert "cli.problems" not in text
