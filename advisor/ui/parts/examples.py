"""Example projects to start from: their answers are filled in, and each can be changed."""

from functools import cache

import streamlit as st
import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from advisor.paths import ASSETS
from advisor.ui import moves
from advisor.ui.visit import Answer, Visit


class Example(BaseModel):
    """A project with its answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: dict[str, str]
    answers: dict[str, Answer]


@cache
def examples() -> tuple[Example, ...]:
    """The examples of ``assets/example_projects.yaml``, in file order."""
    raw = yaml.safe_load((ASSETS / "example_projects.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(tuple[Example, ...]).validate_python(raw)


def offer(visit: Visit) -> None:
    """One button an example; it leads to the check page, where the answers can be read and changed."""
    words = visit.words
    st.header(words("pages.project.examples"), anchor=False)
    st.caption(words("pages.project.examples-about"))
    with st.container(horizontal=True):
        for example in examples():
            st.button(
                visit.text(example.title),
                key=f"example-{example.id}",
                on_click=_take,
                args=(visit, example),
            )


def _take(visit: Visit, example: Example) -> None:
    visit.start_afresh(example.answers)
    moves.show(visit, "check")
