"""Every word on a page comes from the texts of its language; the code of the pages holds none."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PAGES = Path(__file__).parents[2] / "advisor" / "ui"
SHOWN_FIRST = {
    *("title", "header", "subheader", "markdown", "caption", "text", "write", "code", "metric", "badge"),
    *("warning", "error", "info", "success", "toast", "expander", "popover", "progress", "spinner", "status"),
    *("button", "download_button", "link_button", "radio", "checkbox", "toggle", "selectbox", "multiselect"),
    *("text_input", "number_input", "segmented_control", "pills", "slider", "file_uploader", "tabs"),
}
SHOWN_BY_NAME = {"label", "help", "placeholder", "caption", "captions", "alt", "text", "page_title"}


def written(node: ast.AST) -> Iterator[str]:
    """The strings of an expression that stand in it as they are shown: not those that another call gets."""
    if isinstance(node, ast.Call):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for inner in ast.iter_child_nodes(node):
        yield from written(inner)


def literals(source: str) -> list[tuple[int, str]]:
    """Line and text of every string with a word in it that a widget shows."""
    return [
        (node.lineno, text)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in SHOWN_FIRST | {"plotly_chart", "set_page_config", "Page"}
        for shown in [
            *(node.args[:1] if node.func.attr in SHOWN_FIRST else []),
            *(word.value for word in node.keywords if word.arg in SHOWN_BY_NAME),
        ]
        for text in written(shown)
        if re.search(r"[^\W\d_]{2}", text)
    ]


def test_pages_hold_no_words_of_their_own() -> None:
    sources = sorted(PAGES.rglob("*.py"))
    assert len(sources) > 20
    found = {path.name: literals(path.read_text(encoding="utf-8")) for path in sources}
    assert not {name: lines for name, lines in found.items() if lines}


def test_a_word_in_the_code_would_be_found() -> None:
    assert literals('st.button("Start", help=words("x.y"))') == [(1, "Start")]
    assert literals('st.markdown(f"**{n}** rules")') == [(1, "** rules")]
    assert not literals('st.button(words("x.y"), key="start")')
