"""Checks one document against its schema and turns every fault into a :class:`Problem` with its place."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from advisor.knowledge.problems import Problem, nearest
from advisor.knowledge.schema import LANGUAGES
from advisor.knowledge.yaml_file import Document, Location

M = TypeVar("M", bound=BaseModel)

_CODES = {
    "string_type": "want-text",
    "int_parsing": "want-whole-number",
    "int_type": "want-whole-number",
    "int_from_float": "want-whole-number",
    "float_parsing": "want-number",
    "float_type": "want-number",
    "bool_parsing": "want-yes-no",
    "bool_type": "want-yes-no",
    "tuple_type": "want-list",
    "list_type": "want-list",
    "dict_type": "want-mapping",
    "model_type": "want-mapping",
    "model_attributes_type": "want-mapping",
    "too_short": "too-few",
    "string_too_short": "empty-text",
    "string_too_long": "text-long",
    "date_from_datetime_parsing": "date-shape",
    "date_parsing": "date-shape",
    "date_type": "date-shape",
    "date_from_datetime_inexact": "date-shape",
    "greater_than": "number-range",
    "greater_than_equal": "number-range",
    "less_than": "number-range",
    "less_than_equal": "number-range",
}
_BOUNDS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤"}
_SHAPES = {
    r"^[a-z][a-z0-9]*(": "id-shape",
    r"^https?": "url-shape",
    r"^\d{4}-(": "month-shape",
    r"^\d{4}(": "day-shape",
}


def validated(model: type[M], document: Document) -> M:
    """The document as ``model``. Raises :class:`ValidationError`; see :func:`problems_of`."""
    return model.model_validate(document.data if document.data is not None else {})


def problems_of(error: ValidationError, model: type[BaseModel], document: Document) -> list[Problem]:
    """One problem for each fault, at its place in the file."""
    details = error.errors(include_url=False)
    found = {}
    for detail in details:
        if detail["type"] == "too_short" and any(_inside(other["loc"], detail["loc"]) for other in details):
            continue  # pydantic counts only the entries that are right
        problem = _problem(detail, model, document)
        found[(problem.code, problem.place)] = problem
    return list(found.values())


def _problem(detail: ErrorDetails, model: type[BaseModel], document: Document) -> Problem:
    kind, context = detail["type"], dict(detail.get("ctx", {}))
    location: Location = (*detail["loc"], *context.pop("path", ()))
    key = str(location[-1]) if location else document.name
    values: dict[str, object] = {"name": key, "found": _found(detail["input"]), **context}
    if kind == "missing":
        owner = _model_at(model, location[:-1])
        values["wanted"] = sorted(_keys(owner, required=True)) if owner else [key]
        return Problem("missing-key", document.place(location[:-1]), values)
    if kind == "extra_forbidden":
        owner = _model_at(model, location[:-1])
        choices = _keys(owner) if owner else set()
        values.update(found=key, near=nearest(key, choices), choices=sorted(choices))
        return Problem("unknown-key", document.place(location, on_key=True), values)
    if kind == "literal_error":
        choices = set(re.findall(r"'([^']*)'", str(context["expected"])))
        values.update(near=nearest(str(detail["input"]), choices), choices=sorted(choices))
        return Problem("not-a-choice", document.place(location), values)
    if kind == "string_pattern_mismatch":
        pattern = str(context["pattern"])
        code = next((name for start, name in _SHAPES.items() if pattern.startswith(start)), "invalid")
        return Problem(code, document.place(location), {**values, "detail": pattern})
    if kind == "text-missing":
        values["languages"] = LANGUAGES
        return Problem(kind, document.place(location), values)
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        values["bound"] = next(f"{sign} {context[name]}" for name, sign in _BOUNDS.items() if name in context)
    values.setdefault("least", context.get("min_length", 1))
    values["detail"] = detail["msg"]
    if kind == "condition-word":
        values["near"] = nearest(str(context["found"]), context["choices"])
    code = _CODES.get(kind) or (kind if kind in _OWN else "invalid")
    return Problem(code, document.place(location), values)


# Codes that the schema raises itself; each has its entry in the language files.
_OWN = frozenset(
    (
        "condition-deep",
        "condition-shape",
        "condition-empty",
        "condition-list",
        "condition-includes",
        "condition-word",
        "condition-test",
        "condition-options",
        "as-of-shape",
        "answer-shape",
        "history-order",
        "strength-missing",
        "strength-without-side",
        "knock-out-favours",
        "instead-missing",
        "instead-alone",
        "bands-rising",
        "strengths-rising",
        "place-shape",
        "reason-missing",
    )
)


def _inside(location: Location, outer: Location) -> bool:
    return len(location) > len(outer) and location[: len(outer)] == outer


def _found(value: object) -> str:
    if isinstance(value, Mapping | list):
        return "{…}" if isinstance(value, Mapping) else "[…]"
    text = str("" if value is None else value)
    return text if len(text) <= 60 else text[:57] + "…"


def _model_at(model: type[BaseModel], location: Location) -> type[BaseModel] | None:
    current: type[BaseModel] | None = model
    for part in location:
        if isinstance(part, int) or current is None:
            continue
        named = {info.alias or name: info for name, info in current.model_fields.items()}
        current = _inner(named[part].annotation) if part in named else None
    return current


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((inner for part in get_args(annotation) if (inner := _inner(part))), None)


def _keys(model: type[BaseModel], required: bool = False) -> set[str]:
    fields = model.model_fields.items()
    return {info.alias or name for name, info in fields if info.is_required() or not required}
