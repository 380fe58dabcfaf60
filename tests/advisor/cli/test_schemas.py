"""The JSON Schemas of the knowledge files accept what the loader accepts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import Result

from advisor.cli.schemas import FILES, schemas
from advisor.knowledge.yaml_file import read_yaml
from advisor.paths import RULES

Command = Callable[..., Result]


def test_every_kind_of_file_has_a_valid_schema() -> None:
    found = schemas()
    assert set(found) == {f"{name}.schema.json" for name in FILES}
    for schema in found.values():
        Draft202012Validator.check_schema(schema)


def test_every_built_in_rule_fits_the_schema() -> None:
    validator = Draft202012Validator(schemas()["rule.schema.json"])
    rules = [path for path in RULES.glob("*/*.yaml") if path.parent.name != "evidence"]
    assert rules
    faults = {
        path.name: [e.message for e in validator.iter_errors(plain(read_yaml(path).data))] for path in rules
    }
    assert {name: found for name, found in faults.items() if found} == {}


def test_a_rule_with_an_unknown_key_does_not_fit() -> None:
    data = plain(read_yaml(next(RULES.glob("deployment/*.yaml"))).data)
    assert isinstance(data, dict)
    assert not Draft202012Validator(schemas()["rule.schema.json"]).is_valid(data | {"colour": "red"})


@pytest.mark.parametrize("name", sorted(FILES))
def test_check_writes_the_schemas(command: Command, tmp_path: Path, name: str) -> None:
    result = command("check", "--schema", tmp_path / "schemas")
    assert result.exit_code == 0
    written = tmp_path / "schemas" / f"{name}.schema.json"
    assert json.loads(written.read_text(encoding="utf-8")) == schemas()[written.name]


def plain(data: object) -> object:
    """The data with truth values as JSON knows them; the reader leaves them as text."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return {"true": True, "false": False}.get(data, data) if isinstance(data, str) else data
