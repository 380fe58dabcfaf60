"""A rule's condition in words, from the wording of the questions and their options."""

from advisor.inference import rulebook
from advisor.ui import engine
from advisor.ui.visit import Visit


def in_words(visit: Visit, node: rulebook.Node) -> str:
    """The condition as nested Markdown lists; a single test is one line."""
    return "\n".join(_lines(visit, node, 0))


def _lines(visit: Visit, node: rulebook.Node, depth: int) -> list[str]:
    words, indent = visit.words, "    " * depth + "- "
    match node:
        case rulebook.All(parts) if depth == 0:
            return [line for part in parts for line in _lines(visit, part, 0)]
        case rulebook.All(parts):
            return _group(visit, "all", parts, depth)
        case rulebook.Any(parts):
            return _group(visit, "any-part", parts, depth)
        case rulebook.Not(part):
            return _group(visit, "not", (part,), depth)
        case rulebook.Is(trait, option) | rulebook.Includes(trait, option):
            return [indent + _test(visit, "is", trait, (option,))]
        case rulebook.In(trait, options) | rulebook.IncludesAny(trait, options):
            return [indent + _test(visit, "any-of", trait, options)]
        case rulebook.IncludesAll(trait, options):
            return [indent + _test(visit, "all-of", trait, options)]
        case rulebook.Only(trait, options):
            return [indent + _test(visit, "only", trait, options)]
    return [indent + words("pages.rules.always")]


def _group(visit: Visit, kind: str, parts: tuple[rulebook.Node, ...], depth: int) -> list[str]:
    head = "    " * depth + "- " + visit.words(f"pages.rules.{kind}")
    return [head, *(line for part in parts for line in _lines(visit, part, depth + 1))]


def _test(visit: Visit, kind: str, trait: str, wanted: tuple[str, ...]) -> str:
    words, asked = visit.words, engine.knowledge().traits[trait]
    labels = [visit.text(option.label) for option in asked.options if option.id in wanted]
    if kind != "is" and len(labels) == 1:
        kind = "is" if kind != "only" else "only"
    return words(
        f"pages.rules.test.{kind}",
        question=visit.text(asked.question),
        answers=words(f"pages.rules.test.join-{'and' if kind == 'all-of' else 'or'}").join(labels),
    )
