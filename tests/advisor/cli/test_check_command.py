"""``check``: the audit as CI runs it, with the balance and the README block."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from folders import Folder
from typer.testing import Result

from advisor.cli import readme
from advisor.cli.balance import VERDICTS, balance, decisive, dictators, margin_without
from advisor.inference import advise, built_in, load_knowledge, parse_answers
from advisor.knowledge.sample import covering_sample

Command = Callable[..., Result]
TODAY = date(2026, 11, 24)


@pytest.fixture
def few_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short sample, where a test is about something else than the counts."""
    few = covering_sample(built_in())[:10]
    monkeypatch.setattr("advisor.cli.balance.covering_sample", lambda kb: few)


def test_the_built_in_knowledge_base_passes(command: Command) -> None:
    result = command("check", "--today", TODAY)
    assert result.exit_code == 0, result.stdout


@pytest.mark.usefixtures("few_answers")
def test_stale_facts_fail_the_check(command: Command) -> None:
    result = command("check", "--today", "2040-01-01", "--json")
    assert result.exit_code == 1
    assert "stale" in {remark["code"] for remark in json.loads(result.stdout)["remarks"]}


@pytest.mark.usefixtures("few_answers")
def test_the_json_counts_verdicts_for_each_sample_and_both_days(command: Command) -> None:
    found = json.loads(command("check", "--today", TODAY, "--json").stdout)
    rows = found["balance"]["verdicts"]
    assert [(row["sample"], row["as_of"] == "guide") for row in rows] == [
        ("all", True),
        ("all", False),
        ("project", True),
        ("project", False),
        ("quick", True),
        ("quick", False),
    ]
    assert {sum(row[verdict] for verdict in VERDICTS) for row in rows} == {found["balance"]["size"]}


@pytest.mark.usefixtures("few_answers")
def test_an_error_in_an_own_rule_is_shown_with_its_excerpt(
    command: Command, new_folder: Callable[[str], Folder]
) -> None:
    own = new_folder("own")
    path = own.rule("house-rule", silent="{purpose: product}", theme="people")
    result = command("check", "--rules", own.path, "--today", TODAY)
    assert result.exit_code == 1
    assert f"{path}:14:11" in result.stdout
    assert "^" in result.stdout


@pytest.mark.usefixtures("few_answers")
@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_readable_audit_shows_no_key(command: Command, language: str) -> None:
    text = command("check", "--today", "2040-01-01", "--notes", "--language", language).stdout
    assert "cli." not in text


@pytest.mark.usefixtures("few_answers")
def test_the_readme_block_is_written_between_its_markers(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(f"Before.\n{readme.BEGIN}\nOUTDATED\n{readme.END}\nAfter.\n", encoding="utf-8")
    outdated = command("check", "--today", TODAY, "--readme", path, "--json")
    assert "readme-outdated" in {remark["code"] for remark in json.loads(outdated.stdout)["remarks"]}
    assert outdated.exit_code == 1
    command("check", "--today", TODAY, "--readme", path, "--write-readme")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("Before.\n<!--")
    assert text.endswith("-->\nAfter.\n")
    assert "OUTDATED" not in text
    fresh = command("check", "--today", TODAY, "--readme", path, "--json")
    assert "readme-outdated" not in {remark["code"] for remark in json.loads(fresh.stdout)["remarks"]}


@pytest.mark.usefixtures("few_answers")
def test_without_markers_the_block_is_printed(command: Command, tmp_path: Path) -> None:
    result = command("check", "--today", TODAY, "--readme", tmp_path / "README.md", "--write-readme")
    assert readme.BEGIN in result.stdout


def test_the_balance_does_not_depend_on_the_day_between_two_facts() -> None:
    kb = built_in()
    assert readme.block(balance(kb, TODAY)) == readme.block(balance(kb, date(2026, 12, 24)))


def test_a_rule_that_overrules_all_others_is_a_dictator(base: Folder) -> None:
    condition, silent = "{purpose: product}", "{purpose: learning}"
    base.rule("loud", condition, favours="pytorch", strength="decisive", silent=silent)
    kb = load_knowledge(base.path)
    advice = advise(kb, parse_answers(kb, {"purpose": "product"}), TODAY)
    assert dictators(kb, advice) == ["loud"]


def test_a_rule_among_friends_is_no_dictator(base: Folder) -> None:
    base.rule("friend", "{purpose: product}", strength="slight")
    kb = load_knowledge(base.path)
    advice = advise(kb, parse_answers(kb, {"purpose": "product"}), TODAY)
    assert dictators(kb, advice) == []


def test_a_rule_decides_where_the_verdict_would_be_another_without_it(base: Folder) -> None:
    base.rule("friend", "{purpose: product}", strength="slight", favours="pytorch")
    kb = load_knowledge(base.path)
    advice = advise(kb, parse_answers(kb, {"purpose": "product"}), TODAY)
    assert decisive(kb, advice) == ["product-first"]


def test_taking_a_rule_away_gives_the_margin_of_the_base_without_it(base: Folder) -> None:
    for number, strength in enumerate(["decisive", "strong", "moderate", "slight"]):
        base.rule(f"rule-{number}", "{purpose: product}", strength=strength)
    kb = load_knowledge(base.path)
    advice = advise(kb, parse_answers(kb, {"purpose": "product"}), TODAY)
    for reason in advice.reasons:
        path = kb.origins[f"rule:{reason.rule}"].path
        text = path.read_text(encoding="utf-8")
        path.unlink()
        without = load_knowledge(base.path)
        path.write_text(text, encoding="utf-8")
        again = advise(without, parse_answers(without, {"purpose": "product"}), TODAY)
        assert margin_without(kb, advice, reason) == pytest.approx(again.verdict.margin_decibans)
