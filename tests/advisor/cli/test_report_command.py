"""``report``: one file in three formats."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Command = Callable[..., Result]


@pytest.mark.parametrize(("form", "start"), [("html", "<!doctype html>"), ("markdown", "---"), ("json", "{")])
def test_each_format_is_written_to_a_file(
    command: Command, answers: Path, tmp_path: Path, form: str, start: str
) -> None:
    output = tmp_path / "report"
    result = command("report", "--answers", answers, "--format", form, "--output", output)
    assert result.exit_code == 0, result.stderr
    assert output.read_text(encoding="utf-8").lower().startswith(start)


def test_the_json_report_goes_to_standard_output(command: Command, answers: Path) -> None:
    assert json.loads(command("report", "--answers", answers, "--format", "json").stdout)["advice"]


def test_the_report_speaks_the_chosen_language(command: Command, answers: Path) -> None:
    text = command("report", "--answers", answers, "--format", "markdown", "--language", "ja").stdout
    assert "。" in text


@pytest.mark.parametrize("text", ["", "[]", '{"machine": 1}', "not json"])
def test_a_file_without_measurements_is_refused(
    command: Command, answers: Path, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "measurements.json"
    path.write_text(text, encoding="utf-8")
    result = command("report", "--answers", answers, "--measurements", path)
    assert result.exit_code == 2
    assert "measurements.json" in result.stderr


def test_a_report_needs_a_date(command: Command, answers: Path) -> None:
    assert command("report", "--answers", answers, "--as-of", "guide").exit_code == 2


def test_a_place_that_cannot_be_written_is_an_input_error(
    command: Command, answers: Path, tmp_path: Path
) -> None:
    result = command("report", "--answers", answers, "--output", tmp_path / "none" / "report.html")
    assert result.exit_code == 2
