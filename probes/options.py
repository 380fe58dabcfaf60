"""Options of the command line, read and refused in clear words."""

import sys
from difflib import get_close_matches
from typing import NoReturn

import typer

from probes.contract import Framework


def settings(given: list[str]) -> dict[str, int]:
    """``batch=128`` and the like."""
    read: dict[str, int] = {}
    for one in given:
        name, _, value = one.partition("=")
        if not name or not value.lstrip("-").isdigit():
            fail(f"--set {one}: write name=number, such as batch=128")
        read[name] = int(value)
    return read


def swept(given: str | None) -> tuple[str, list[int]] | None:
    """``batch=16,64,256``: one setting and its values in rising order."""
    if given is None:
        return None
    name, _, values = given.partition("=")
    numbers = [value for value in values.split(",") if value.isdigit()]
    if not name or not numbers or len(numbers) != len(values.split(",")):
        fail(f"--sweep {given}: write name=number,number, such as batch=16,64,256")
    return name, sorted({int(number) for number in numbers})


def interpreters(
    tensorflow: str | None, torch: str | None, *, complete: bool = False
) -> dict[Framework, str]:
    """The named interpreters; with ``complete`` this one where none is named."""
    given: dict[Framework, str | None] = {"tensorflow": tensorflow, "pytorch": torch}
    if complete:
        return {framework: path or sys.executable for framework, path in given.items()}
    return {framework: path for framework, path in given.items() if path}


def one_of(option: str, value: str, allowed: tuple[str, ...]) -> None:
    """Refuses a value that is not allowed and names the nearest."""
    if value not in allowed:
        near = get_close_matches(value, allowed, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        fail(f"{option} {value}: write one of {', '.join(allowed)}{hint}")


def fail(message: str, status: int = 2) -> NoReturn:
    """Says what is wrong on standard error and leaves."""
    print(message, file=sys.stderr)
    raise typer.Exit(status)
