"""YAML as plain data, with positions when they are needed.

Every scalar stays text (the schema gives it its type), so ``yes``, ``no`` and ``1.10`` mean what they say;
only an empty value, ``~`` and ``null`` mean "nothing". Tags, anchors and aliases are refused.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from advisor.knowledge.problems import KnowledgeError, Place, Problem, excerpt
from advisor.knowledge.syntax import NARROW, syntax_code, wide_in_key, wide_sign

MAX_BYTES = 1_000_000
MAX_DEPTH = 40

Data = dict[str, "Data"] | list["Data"] | str | None
Location = tuple[str | int, ...]

Mark = Any  # the two parsers of PyYAML have marks of their own, alike in ``line`` and ``column``

_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_BRACKETS = re.compile(r"[\[\]{}]")
_FAR_IN = re.compile(rf"^[ ?-]{{{MAX_DEPTH + 1}}}", re.MULTILINE)  # nesting costs a column a level at least
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}


@dataclass(frozen=True)
class Document:
    """One YAML file: ``name`` as shown to people, its text and its data."""

    name: str
    text: str
    data: Data

    @cached_property
    def _root(self) -> yaml.Node | None:
        return _compose(self.text)

    def place(self, location: Location = (), on_key: bool = False) -> Place:
        """Where the value at ``location`` stands, or the closest one around it; with ``on_key`` its key."""
        node = _walk(self._root, location, on_key)
        if node is None:
            return Place(self.name)
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        one_line = node.end_mark.line == node.start_mark.line
        length = (
            node.end_mark.column - node.start_mark.column
            if one_line and isinstance(node, yaml.ScalarNode)
            else 1
        )
        return Place(self.name, line, column, excerpt(self.text, line, column, length))


def read_yaml(path: Path, name: str | None = None) -> Document:
    """Read one file. Raises :class:`KnowledgeError`."""
    shown = name or _near(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise KnowledgeError([Problem("file-large", Place(shown), {"limit": MAX_BYTES})])
        raw = path.read_bytes()
    except FileNotFoundError:
        raise KnowledgeError([Problem("file-missing", Place(shown))]) from None
    except OSError as error:
        raise KnowledgeError([Problem("file-unreadable", Place(shown), {"why": error.strerror})]) from error
    return parse_yaml(raw, shown)


def parse_yaml(raw: bytes, name: str) -> Document:
    """Parse UTF-8 text. Raises :class:`KnowledgeError` with the place of the fault."""
    if len(raw) > MAX_BYTES:
        raise KnowledgeError([Problem("file-large", Place(name), {"limit": MAX_BYTES})])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise KnowledgeError([Problem("not-utf8", Place(name, line, 1))]) from None
    try:
        _guard_depth(text)
        node = _compose(text)
        return Document(name, text, None if node is None else _data(node, set()))
    except _FaultError as fault:
        raise KnowledgeError([_problem(fault.code, name, text, fault.mark, **fault.values)]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        wide = wide_sign(text, mark.line) if mark is not None else None
        if wide is not None:
            values = {"found": wide.sign, "wanted": wide.wanted}
            raise KnowledgeError([_problem("yaml-full-width", name, text, wide, **values)]) from None
        code = syntax_code(error, text)
        raise KnowledgeError(
            [_problem(code, name, text, mark, detail=error.problem, limit=MAX_DEPTH)]
        ) from None
    except yaml.YAMLError as error:  # a character that YAML forbids; it comes without a mark
        raise KnowledgeError(
            [Problem("yaml-character", Place(name), {"detail": _character(error)})]
        ) from None


def _near(path: Path) -> str:
    """The path as seen from the working directory, where that is shorter."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


class _FaultError(Exception):
    def __init__(self, code: str, mark: Mark | None, **values: object) -> None:
        super().__init__(code)
        self.code, self.mark, self.values = code, mark, values


class _Untagged:
    """Resolves nothing: a node has a tag only where the file spells one out."""

    def resolve(self, kind: type, value: object, implicit: object) -> None:
        return None

    def descend_resolver(self, parent: object, index: object) -> None: ...

    def ascend_resolver(self) -> None: ...


if yaml.__with_libyaml__:
    from yaml._yaml import CParser

    class _Composer(_Untagged, CParser):
        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)

else:  # pragma: no cover - PyYAML without its C extension; several times slower, the same result

    class _Composer(  # type: ignore[no-redef]
        _Untagged, yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser, yaml.composer.Composer
    ):
        def __init__(self, text: str) -> None:
            yaml.reader.Reader.__init__(self, text)
            yaml.scanner.Scanner.__init__(self)
            yaml.parser.Parser.__init__(self)
            yaml.composer.Composer.__init__(self)


def _compose(text: str) -> yaml.Node | None:
    node: yaml.Node | None = _Composer(text).get_single_node()
    return node


def _data(node: yaml.Node, seen: set[int]) -> Data:
    if node.tag is not None:
        raise _FaultError("yaml-tag", node.start_mark, tag=node.tag)
    if id(node) in seen:  # an alias is the very node that it stands for
        raise _FaultError("yaml-alias", node.start_mark)
    seen.add(id(node))
    if type(node) is yaml.ScalarNode:
        return None if not node.style and node.value in _NOTHING else str(node.value)
    if type(node) is yaml.SequenceNode:
        return [_data(item, seen) for item in node.value]
    mapping: dict[str, Data] = {}
    for key, value in node.value:
        if type(key) is not yaml.ScalarNode:
            raise _FaultError("yaml-key", key.start_mark)
        sign = wide_in_key(key.value)
        if sign is not None:
            raise _FaultError("yaml-full-width", key.start_mark, found=sign, wanted=NARROW[sign])
        if key.value in mapping:
            raise _FaultError("duplicate-key", key.start_mark, found=key.value)
        mapping[key.value] = _data(value, seen)
    return mapping


def _guard_depth(text: str) -> None:
    """Refuse deep nesting before the recursive composer meets it."""
    if _brackets_depth(text) <= MAX_DEPTH and not _FAR_IN.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Events):  # exact, and flat whatever the file does
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _FaultError("yaml-deep", event.start_mark, limit=MAX_DEPTH)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


_Events = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


def _brackets_depth(text: str) -> int:
    depth = deepest = 0
    for bracket in _BRACKETS.findall(text):
        depth = max(0, depth + _STEP[bracket])
        deepest = max(deepest, depth)
    return deepest


def _walk(node: yaml.Node | None, location: Location, on_key: bool) -> yaml.Node | None:
    for depth, part in enumerate(location):
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    node = key if on_key and depth == len(location) - 1 else value
                    break
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
    return node


def _problem(code: str, name: str, text: str, mark: Mark | None, **values: object) -> Problem:
    if mark is None:
        return Problem(code, Place(name), values)
    line, column = mark.line + 1, mark.column + 1
    return Problem(code, Place(name, line, column, excerpt(text, line, column)), values)


def _character(error: yaml.YAMLError) -> str:
    number = getattr(error, "character", None)
    return f"U+{number:04X}" if isinstance(number, int) else str(error).splitlines()[0]
