"""Conditions written out: as YAML data again, and in a form that shows which ones say the same."""

from collections.abc import Iterator

from advisor.knowledge.condition import (
    All,
    Any,
    In,
    Includes,
    IncludesAll,
    IncludesAny,
    Is,
    Node,
    Not,
    options_of,
)


def as_data(condition: Node) -> dict[str, object]:
    """The condition as it may stand in a YAML file."""
    match condition:
        case All(parts):
            return {"all": [as_data(part) for part in parts]}
        case Any(parts):
            return {"any": [as_data(part) for part in parts]}
        case Not(part):
            return {"not": as_data(part)}
        case Is(trait, option):
            return {trait: option}
        case In(trait, options):
            return {trait: list(options)}
        case Includes(trait, option):
            return {trait: {"includes": option}}
        case IncludesAny(trait, options):
            return {trait: {"includes_any": list(options)}}
        case IncludesAll(trait, options):
            return {trait: {"includes_all": list(options)}}
        case _:
            return {condition.trait: {"only": list(condition.options)}}


def canonical(condition: Node) -> object:
    """A form equal for conditions that differ only in order or nesting; made of tuples and strings."""
    match condition:
        case All(parts) | Any(parts):
            kind = type(condition)
            forms = {canonical(part) for part in _flat(kind, parts)}
            return forms.pop() if len(forms) == 1 else (kind.__name__, *sorted(forms, key=repr))
        case Not(Not(part)):
            return canonical(part)
        case Not(part):
            return ("Not", canonical(part))
        case _:
            single = len(options_of(condition)) == 1
            name = type(condition).__name__
            if single and name != "Only":  # Is and In of one option say the same; so do the three Includes
                name = "Is" if isinstance(condition, Is | In) else "Includes"
            return (name, condition.trait, *sorted(options_of(condition)))


def _flat(kind: type[All] | type[Any], parts: tuple[Node, ...]) -> Iterator[Node]:
    for part in parts:
        if isinstance(part, kind):
            yield from _flat(kind, part.parts)
        else:
            yield part
