"""The audit: every fault that a knowledge base can have although it loads."""

from datetime import date

import pytest
from folders import Folder

from advisor.knowledge import built_in, load_knowledge
from advisor.knowledge.check import check
from advisor.knowledge.check_logic import satisfiable
from advisor.knowledge.condition import parse_condition
from advisor.knowledge.remarks import Remark

TODAY = date(2026, 11, 24)
COVERED = """\
sections:
  - section: 節
    statements: [{says: both, place: [rule:product-first, rule:learning-first, rule:extra]}]
"""


def audit(base: Folder, today: date = TODAY, **known: list[str]) -> dict[str, Remark]:
    remarks = check(load_knowledge(base.path), today, known)
    return {f"{remark.code} {remark.entry}": remark for remark in remarks}


@pytest.fixture
def covered(base: Folder) -> Folder:
    """The small base with an extra rule and a place for everything."""
    base.rule("extra", "{one_framework: yes}", fires="{one_framework: yes}", silent="{one_framework: no}")
    base.write("coverage.yaml", COVERED)
    return base


def edit(base: Folder, name: str, old: str, new: str) -> None:
    path = base.path / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_sound_knowledge_base_has_no_errors(covered: Folder) -> None:
    assert not [remark for remark in audit(covered).values() if remark.level == "error"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("silent: {one_framework: no}", "silent: {one_framework: yes}", "example-fires"),
        ("fires: {one_framework: yes}", "fires: {one_framework: no}", "example-silent"),
        ("fires: {one_framework: yes}", "fires: {purpose: product}", "example-undecided"),
        ("silent: {one_framework: no}", "silent: {purpose: product}", "example-unanswered"),
        ("as_of: guide\n    section: 節", "as_of: 2026-01-01", "source-missing"),
        ("    section: 節\n", "", "section-missing"),
        ("section: 節", "section: 章", "section-unknown"),
        ("review_by: 2099-12", "review_by: 2026-10", "stale"),
        ("review_by: 2099-12", "review_by: 2026-12", "stale-soon"),
        ("en: Because.", "en: Because of 3 things.", "numbers-differ"),
        ("{en: Because., ja: 理由です。}", "{en: it is so here, ja: it is so here}", "not-translated"),
        (
            "when: {one_framework: yes}",
            "when: {one_framework: yes, targets: {only: [server]}}",
            "never-holds",
        ),
        ("when: {one_framework: yes}", "when: {purpose: product, not: {purpose: product}}", "never-holds"),
    ],
)
def test_a_fault_in_a_rule_is_found(covered: Folder, old: str, new: str, code: str) -> None:
    edit(covered, "deployment/extra.yaml", old, new)
    assert f"{code} rule:extra" in audit(covered)


def test_a_source_needs_a_host_and_a_past_date(covered: Folder) -> None:
    sources = "sources: [{url: 'https://localhost/x', dated: 2027, supports: x}]\n    favours"
    edit(covered, "deployment/extra.yaml", "favours", sources)
    assert {"url-host rule:extra", "future rule:extra"} <= set(audit(covered))


def test_a_review_is_due_until_the_end_of_its_month(covered: Folder) -> None:
    edit(covered, "deployment/extra.yaml", "review_by: 2099-12", "review_by: 2026-11")
    assert "stale rule:extra" not in audit(covered, date(2026, 11, 30))
    assert "stale rule:extra" in audit(covered, date(2026, 12, 1))


def test_a_file_is_named_after_its_rule(covered: Folder) -> None:
    (covered.path / "deployment/extra.yaml").rename(covered.path / "deployment/other.yaml")
    assert "file-name rule:extra" in audit(covered)


def test_a_built_in_rule_lies_in_the_folder_of_its_theme(covered: Folder) -> None:
    (covered.path / "deployment/extra.yaml").rename(covered.path / "learning/extra.yaml")
    assert "folder-name rule:extra" in audit(covered)


def test_an_own_rule_may_lie_anywhere(covered: Folder, new_folder: object) -> None:
    own = new_folder("own")  # type: ignore[operator]
    own.rule("house", "{purpose: product}", folder="anywhere", favours="pytorch")
    remarks = check(load_knowledge(covered.path, [own.path]), TODAY)
    assert not [remark for remark in remarks if remark.entry == "rule:house" and remark.level == "error"]


def test_rules_with_one_condition_and_two_sides_contradict_each_other(covered: Folder) -> None:
    covered.rule("opposite", "{all: [{one_framework: [yes]}]}", favours="pytorch")
    assert "contradiction rule:extra" in audit(covered)


def test_rules_with_one_condition_and_one_side_may_count_twice(covered: Folder) -> None:
    covered.rule("twin", "{one_framework: yes}")
    assert "same-condition rule:extra" in audit(covered)


def test_a_question_that_never_appears_is_found(covered: Folder) -> None:
    edit(
        covered,
        "questions.yaml",
        "{targets: {includes: android}}",
        "{targets: {includes_all: [android, none]}}",
    )
    assert "question-unreachable trait:one_framework" in audit(covered)


def test_a_question_that_nothing_reads_is_found(covered: Folder) -> None:
    (covered.path / "deployment/extra.yaml").unlink()
    assert "question-unread trait:one_framework" in audit(covered)


def test_places_must_exist(covered: Folder) -> None:
    edit(covered, "coverage.yaml", "rule:extra", "rule:extr")
    found = audit(covered)
    assert "extra" in str(found["place-unknown coverage"].values["near"])
    assert "not-covered rule:extra" in found


def test_a_place_outside_the_knowledge_base_is_checked_when_its_ids_are_known(covered: Folder) -> None:
    edit(covered, "coverage.yaml", "rule:extra", "rule:extra, probe:mpl")
    assert "place-unknown coverage" not in audit(covered)
    assert "place-unknown coverage" in audit(covered, probe=["mlp"])


def test_probes_that_rules_name_must_exist(covered: Folder) -> None:
    edit(covered, "deployment/extra.yaml", "examples:", "measured_by: [mpl]\nexamples:")
    assert "probe-unknown rule:extra" in audit(covered, probe=["mlp"])


def test_archived_tools_replace_nothing_and_lie_on_no_route(covered: Folder) -> None:
    covered.write(
        "stack.yaml",
        """\
        areas: [{id: serve, title: {en: Serving, ja: 配信}}]
        tools:
          - {id: old, name: OldServe, area: serve, framework: both, state: archived, as_of: 2026-01-01,
             note: {en: x, ja: あ}, sources: [{url: 'https://a.example/x', dated: 2026, supports: x}]}
          - {id: older, name: Older, area: serve, framework: both, state: deprecated, as_of: 2026-01-01,
             replaced_by: [old], note: {en: x, ja: あ}}
        """,
    )
    covered.write(
        "routes.yaml",
        """\
        routes:
          - {id: way, target: server, framework: pytorch, train: {en: x, ja: あ}, convert: {en: x, ja: あ},
             run: {en: on OldServe, ja: OldServeで}, status: works, as_of: 2026-01-01, review_by: 2099-01}
        """,
    )
    found = audit(covered)
    assert {"replacement-archived tool:older", "route-archived route:way", "no-replacement tool:old"} <= set(
        found
    )
    assert {"source-missing tool:older", "source-missing route:way"} <= set(found)
    assert "source-missing tool:old" not in found


def test_every_remark_has_words_in_every_language(covered: Folder) -> None:
    covered.rule("twin", "{one_framework: yes}", fires="{purpose: product}", silent="{one_framework: yes}")
    for remark in audit(covered).values():
        assert remark.says("en") != remark.says("ja")


def test_a_remark_knows_its_place(covered: Folder) -> None:
    edit(covered, "deployment/extra.yaml", "review_by: 2099-12", "review_by: 2026-10")
    kb = load_knowledge(covered.path)
    stale = next(remark for remark in check(kb, TODAY) if remark.code == "stale")
    place = stale.place(kb)
    assert place is not None
    assert place.excerpt.splitlines()[2].endswith("review_by: 2026-10")


@pytest.mark.parametrize(
    ("raw", "possible"),
    [
        ({"targets": {"includes_all": ["server", "android"]}}, True),
        ({"targets": {"includes_all": ["server", "none"]}}, False),
        ({"targets": {"only": ["server"]}, "one_framework": "yes"}, False),
        ({"not": {"purpose": ["learning", "product"]}}, False),
        ({"not": {"targets": {"includes_any": ["server", "android"]}}}, True),
    ],
)
def test_satisfiable_means_that_some_answers_fulfil_it(base: Folder, raw: object, possible: bool) -> None:
    assert satisfiable(parse_condition(raw), load_knowledge(base.path).traits) is possible


def test_the_built_in_rules_have_no_contradiction_and_no_dead_condition() -> None:
    remarks = check(built_in(), TODAY)
    faults = {"contradiction", "never-holds", "question-unreachable", "example-fires", "example-silent"}
    assert not [remark for remark in remarks if remark.code in faults]
