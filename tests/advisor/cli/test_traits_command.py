"""``traits`` and the help texts."""

import json
from collections.abc import Callable

import pytest
from typer.testing import Result

from advisor.inference import built_in
from advisor.knowledge import parse_condition

Command = Callable[..., Result]


def test_every_trait_comes_with_its_kind_options_and_labels(command: Command) -> None:
    found = json.loads(command("traits", "--json").stdout)
    assert [trait["id"] for trait in found["traits"]] == list(built_in().traits)
    for trait in found["traits"]:
        assert trait["kind"] in ("one", "many")
        for option in trait["options"]:
            assert set(option["label"]) >= {"en", "ja"}


def test_conditional_questions_say_when_they_are_asked(command: Command) -> None:
    found = {trait["id"]: trait for trait in json.loads(command("traits", "--json").stdout)["traits"]}
    for trait in built_in().traits.values():
        raw = found[trait.id]["ask_when"]
        assert (None if raw is None else parse_condition(raw)) == trait.ask_when


def test_the_themes_that_may_matter_more_are_listed(command: Command) -> None:
    found = json.loads(command("traits", "--json").stdout)
    assert [theme["id"] for theme in found["themes"]] == list(built_in().themes)
    assert found["importance"] == ["less", "normal", "more"]
    assert "importance: {deployment: more}" in command("traits").stdout


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_readable_list_holds_every_question(command: Command, language: str) -> None:
    text = command("traits", "--language", language).stdout
    assert not [trait.id for trait in built_in().traits.values() if trait.question[language] not in text]


def test_help_names_every_command(command: Command) -> None:
    text = command("--help").stdout
    for name in ("traits", "advise", "explain", "next", "flips", "check", "diff", "report"):
        assert name in text
        assert command(name, "--help").exit_code == 0


def test_a_language_without_words_is_an_input_error(command: Command) -> None:
    result = command("traits", "--language", "fr")
    assert result.exit_code == 2
    assert "en, ja" in result.stderr


def test_an_unknown_command_is_an_input_error(command: Command) -> None:
    result = command("advice")
    assert result.exit_code == 2
    assert result.stdout == ""
