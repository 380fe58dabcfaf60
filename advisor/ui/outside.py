"""Text from outside (links, imported measurements) made harmless for a page, which reads text as Markdown.

Without this an imported processor name could show an image and so tell a stranger that it was looked at.
"""

import re
from typing import Any, TypeVar

from pydantic import BaseModel

_ACTIVE = re.compile(r"[\\`\[\]<!$*~|]")  # not "_", which stands in names; it can only set italics
_LEFT_OUT = ("samples", "notes")  # no page shows them, and they are large
_SHOWN_AS_CODE = ("command",)

Record = TypeVar("Record", bound=BaseModel)


def plain(text: str) -> str:
    """Markdown that shows the text as it stands, on one line."""
    return _ACTIVE.sub(r"\\\g<0>", " ".join(text.split()))


def harmless(record: Record) -> Record:
    """A copy of measurements, or of what a report tells of them, that is fit to be shown on a page."""
    found = record.model_dump(exclude={name for name in _LEFT_OUT if name in type(record).model_fields})
    return type(record).model_validate(_harmless(found))


def _harmless(value: Any, name: str = "") -> Any:
    if isinstance(value, str):
        return value if name in _SHOWN_AS_CODE else plain(value)
    if isinstance(value, dict):
        return {plain(str(key)): _harmless(each, str(key)) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_harmless(each, name) for each in value]
    return value
