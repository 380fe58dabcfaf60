"""Text from outside, made safe for HTML and for Markdown."""

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

_CODE = re.compile(r"`([^`]+)`")


def coded(text: str) -> Markup:
    """Escaped text whose backtick spans are code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))


def web_address(url: str) -> str:
    """The address of a web page; ``#`` for any other kind of address, which a link must not open."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "#"
    return url if parts.scheme in ("http", "https") and parts.netloc else "#"


def markdown(text: str) -> str:
    """Text as Markdown that renders as that text, on one line; code spans stay."""
    flat = " ".join(str(text).split())
    pieces = re.split(r"(`[^`]+`)", flat)
    return "".join(piece if index % 2 else _escaped(piece) for index, piece in enumerate(pieces))


def code_span(text: str) -> str:
    """Text as a Markdown code span, its fence longer than any run of backticks inside."""
    flat = " ".join(str(text).split())
    fence = "`" * (max(map(len, re.findall(r"`+", flat)), default=0) + 1)
    room = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{room}{flat}{room}{fence}"


def markdown_address(url: str) -> str:
    """A web address that cannot end its own angle brackets."""
    return re.sub(r"[\s<>]", lambda found: f"%{ord(found[0]):02X}", web_address(url))


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|~&!])", r"\\\1", text)
