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
    "string_type": "want_text",
    "int_parsing": "want_whole_number",
    "int_type": "want_whole_number",
    "int_from_float": "want_whole_number",
    "float_parsing": "want_number",
    "float_type": "want_number",
    "bool_parsing": "want_yes_no",
    "bool_type": "want_yes_no",
    "tuple_type": "want_list",
    "list_type": "want_list",
    "dict_type": "want_mapping",
    "model_type": "want_mapping",
    "model_attributes_type": "want_mapping",
    "too_short": "too_few",
    "string_too_short": "empty_text",
    "string_too_long": "text_long",
    "date_from_datetime_parsing": "date_shape",
    "date_parsing": "date_shape",
    "date_type": "date_shape",
    "date_from_datetime_inexact": "date_shape",
    "greater_than": "number_range",
    "greater_than_equal": "number_range",
    "less_than": "number_range",
    "less_than_equal": "number_range",
}
_BOUNDS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤"}
_SHAPES = {
    r"^[a-z][a-z0-9]*(": "id_shape",
    r"^https?": "url_shape",
    r"^\d{4}-(": "month_shape",
    r"^\d{4}(": "day_shape",
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
    values: dict[str, object] = {"key": key, "found": _found(detail["input"]), **context}
    if kind == "missing":
        owner = _model_at(model, location[:-1])
        values["wanted"] = sorted(_keys(owner, required=True)) if owner else [key]
        return Problem("missing_key", document.place(location[:-1]), values)
    if kind == "extra_forbidden":
        owner = _model_at(model, location[:-1])
        choices = _keys(owner) if owner else set()
        values.update(found=key, near=nearest(key, choices), choices=sorted(choices))
        return Problem("unknown_key", document.place(location, on_key=True), values)
    if kind == "literal_error":
        choices = set(re.findall(r"'([^']*)'", str(context["expected"])))
        values.update(near=nearest(str(detail["input"]), choices), choices=sorted(choices))
        return Problem("not_a_choice", document.place(location), values)
    if kind == "string_pattern_mismatch":
        pattern = str(context["pattern"])
        code = next((name for start, name in _SHAPES.items() if pattern.startswith(start)), "invalid")
        return Problem(code, document.place(location), {**values, "detail": pattern})
    if kind == "text_missing":
        values["languages"] = LANGUAGES
        return Problem(kind, document.place(location), values)
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        values["bound"] = next(f"{sign} {context[name]}" for name, sign in _BOUNDS.items() if name in context)
    values.setdefault("least", context.get("min_length", 1))
    values["detail"] = detail["msg"]
    if kind == "condition_word":
        values["near"] = nearest(str(context["found"]), context["choices"])
    code = _CODES.get(kind) or (kind if kind in _OWN else "invalid")
    return Problem(code, document.place(location), values)


# Codes that the schema raises itself; each has its entry in the language files.
_OWN = frozenset(
    [
        "condition_deep",
        "condition_shape",
        "condition_empty",
        "condition_list",
        "condition_includes",
        "condition_word",
        "condition_test",
        "condition_options",
        "as_of_shape",
        "answer_shape",
        "history_order",
        "strength_missing",
        "strength_without_side",
        "knock_out_favours",
        "instead_missing",
        "instead_alone",
        "bands_rising",
        "strengths_rising",
        "place_shape",
        "reason_missing",
    ]
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
