"""JSON Schemas of the knowledge files, for editors and other tools."""

import json
from pathlib import Path

from pydantic import BaseModel

from advisor.knowledge.layout import schema_of

FILES = {
    "rule": "theme/rule.yaml",
    "scale": "scale.yaml",
    "questions": "questions.yaml",
    "routes": "routes.yaml",
    "stack": "stack.yaml",
    "setup": "setup.yaml",
    "roadmap": "roadmap.yaml",
    "evidence": "evidence/link.yaml",
    "coverage": "coverage.yaml",
}


def schemas() -> dict[str, dict[str, object]]:
    """Name of the file -> its schema (draft 2020-12)."""
    return {f"{name}.schema.json": _schema(schema_of(path, is_extra=False)) for name, path in FILES.items()}


def write(folder: Path) -> list[Path]:
    """Write every schema into a folder. Raises :class:`OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, schema in schemas().items():
        paths.append(folder / name)
        text = json.dumps(schema, ensure_ascii=False, indent=2)
        paths[-1].write_text(text + "\n", encoding="utf-8")
    return paths


def _schema(model: type[BaseModel]) -> dict[str, object]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(mode="validation"),
    }
