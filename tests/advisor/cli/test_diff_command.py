"""``diff``: what changed between two folders, whose verdict moves, and the version step."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from folders import Folder
from typer.testing import Result

Command = Callable[..., Result]


@pytest.fixture
def newer(base: Folder, tmp_path: Path) -> Folder:
    """A copy of the small base, to be changed."""
    shutil.copytree(base.path, tmp_path / "newer")
    return Folder(tmp_path / "newer")


def compared(command: Command, base: Folder, newer: Folder) -> dict[str, object]:
    result = command("diff", base.path, newer.path, "--json", "--as-of", "2026-11-24")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def edit(folder: Folder, name: str, old: str, new: str) -> None:
    path = folder.path / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_equal_folders_need_no_new_version(command: Command, base: Folder, newer: Folder) -> None:
    found = compared(command, base, newer)
    assert (found["level"], found["moved"]) == ("none", [])
    assert found["old"] == found["new"]


@pytest.mark.parametrize(
    ("old", "new", "level"),
    [
        ("en: Because.", "en: As said.", "patch"),
        ("review_by: 2099-12", "review_by: 2098-12", "patch"),
        ("strength: strong", "strength: slight", "minor"),
        ("favours: tensorflow", "favours: pytorch", "minor"),
        ("when: {purpose: product}", "when: {purpose: [product]}", "major"),
    ],
)
def test_the_version_step_follows_from_what_changed(
    command: Command, base: Folder, newer: Folder, old: str, new: str, level: str
) -> None:
    edit(newer, "deployment/product-first.yaml", old, new)
    assert compared(command, base, newer)["level"] == level


def test_an_added_rule_is_a_minor_step(command: Command, base: Folder, newer: Folder) -> None:
    newer.rule("one-more", "{targets: {includes: server}}", fires="{targets: [server]}")
    found = compared(command, base, newer)
    assert (found["added"], found["level"]) == (["rule:one-more"], "minor")


def test_a_removed_rule_is_a_major_step(command: Command, base: Folder, newer: Folder) -> None:
    (newer.path / "learning/learning-first.yaml").unlink()
    found = compared(command, base, newer)
    assert (found["removed"], found["level"]) == (["rule:learning-first"], "major")


def test_a_removed_option_is_a_major_step(command: Command, base: Folder, newer: Folder) -> None:
    edit(newer, "questions.yaml", "      - {id: server, label: {en: Server, ja: サーバー}}\n", "")
    assert compared(command, base, newer)["level"] == "major"


def test_verdicts_that_change_are_listed_with_both_margins(
    command: Command, base: Folder, newer: Folder
) -> None:
    edit(newer, "deployment/product-first.yaml", "favours: tensorflow", "favours: pytorch")
    moved = {case["case"]: case for case in compared(command, base, newer)["moved"]}  # type: ignore[attr-defined]
    case = moved["rule:product-first"]
    assert (case["was"], case["becomes"]) == ("tensorflow", "pytorch")
    assert (case["margin_was"], case["margin_becomes"]) == (-10, 10)


def test_a_folder_of_own_rules_is_laid_on_the_built_in_ones(
    command: Command, new_folder: Callable[[str], Folder]
) -> None:
    one, other = new_folder("one"), new_folder("other")
    one.rule("house-rule", theme="people")
    other.rule("house-rule", theme="people", strength="decisive")
    found = compared(command, one, other)
    assert found["changed"] == {"rule:house-rule": ["history"]}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_readable_text_lists_the_changes(
    command: Command, base: Folder, newer: Folder, language: str
) -> None:
    newer.rule("one-more", "{targets: {includes: server}}", fires="{targets: [server]}")
    result = command("diff", base.path, newer.path, "--language", language)
    assert "+ rule:one-more" in result.stdout
    assert "cli." not in result.stdout


def test_a_folder_that_is_none_is_an_input_error(command: Command, base: Folder, tmp_path: Path) -> None:
    assert command("diff", base.path, tmp_path / "nowhere").exit_code == 2
