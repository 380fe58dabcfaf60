"""From an answer to the updated leaning: one person, fifty people, and fifty at the same instant.

Run with ``pytest tests/benchmarks/test_pages_answering.py``. The people speak to a real server over its
websocket, from this process, which shares the cores with it.
"""

import asyncio
import random
import time
from pathlib import Path
from statistics import median
from typing import Any

from pages_figures import keep, percentile
from pages_person import Person, Timed
from pages_server import APP, Server, load, serving

ANSWERS = 300
PEOPLE = 50
EACH = 12  # answers of each of them
THINKING = 4.0  # seconds between two answers of one person, on average
ON_A_STEP = 4  # answers before Continue
ONE_PERSON_MS = 100
FIFTY_PEOPLE_S = 1.0


def test_one_person(tmp_path: Path) -> None:
    before = load()
    with serving(APP, tmp_path) as server:
        timed, used = asyncio.run(_alone(server))
    leaning = [1e3 * one.leaning for one in timed]
    figures = _summary(leaning, "ms") | {"processor_ms_an_answer": round(1e3 * used / len(timed), 1)}
    figures["received_bytes_an_answer"] = round(median(one.received for one in timed))
    keep("one_person", figures | {"load_per_core": [before, load()]})
    assert percentile(leaning, 0.95) <= ONE_PERSON_MS


def test_fifty_people(tmp_path: Path) -> None:
    before = load()
    with serving(APP, tmp_path) as server:
        timed, seconds, used = asyncio.run(_together(server))
    leaning = [one.leaning for one in timed]
    figures = _summary(leaning, "s") | {
        "people": PEOPLE,
        "answers_a_second": round(len(timed) / seconds, 1),
        "server_cores": round(used / seconds, 2),
    }
    keep("fifty_people", figures | {"load_per_core": [before, load()]})
    assert percentile(leaning, 0.95) <= FIFTY_PEOPLE_S


def test_fifty_people_at_the_same_instant(tmp_path: Path) -> None:
    """Harder than people are: everyone answers at once, and again when the last has the new leaning."""
    before = load()
    with serving(APP, tmp_path) as server:
        timed = asyncio.run(_in_step(server))
    leaning = [one.leaning for one in timed]
    keep("fifty_people_in_step", _summary(leaning, "s") | {"load_per_core": [before, load()]})
    assert percentile(leaning, 0.95) <= FIFTY_PEOPLE_S


async def _alone(server: Server) -> tuple[list[Timed], float]:
    person, dice = Person(server.port, 1), random.Random(1)
    await person.open()
    await person.answer(dice)
    before = server.processor_seconds()
    timed = [await _go_on(person, dice, number) for number in range(ANSWERS)]
    used = server.processor_seconds() - before
    await _close([person])
    return timed, used


async def _together(server: Server) -> tuple[list[Timed], float, float]:
    people = await _opened(server)
    begun, before = time.monotonic(), server.processor_seconds()
    timed = [one for some in await asyncio.gather(*map(_thinking, people)) for one in some]
    seconds, used = time.monotonic() - begun, server.processor_seconds() - before
    await _close(people)
    return timed, seconds, used


async def _in_step(server: Server) -> list[Timed]:
    people = await _opened(server)
    dice = [random.Random(person.seed) for person in people]
    timed: list[Timed] = []
    for number in range(EACH):
        going = (_go_on(person, own, number) for person, own in zip(people, dice, strict=True))
        timed += await asyncio.gather(*going)
    await _close(people)
    return timed


async def _thinking(person: Person) -> list[Timed]:
    dice, timed = random.Random(person.seed), []
    for number in range(EACH):
        await asyncio.sleep(dice.expovariate(1 / THINKING))
        timed.append(await _go_on(person, dice, number))
    return timed


async def _go_on(person: Person, dice: random.Random, number: int) -> Timed:
    """An answer; now and then Continue first, until the last step, which leads back to the first."""
    if number % ON_A_STEP == ON_A_STEP - 1 and "continue" in person.widgets:
        await person.press("continue")
    if not any(key.startswith(("one-", "many-")) for key in person.widgets):
        await person.start_again()
    return await person.answer(dice)


async def _opened(server: Server) -> list[Person]:
    people = [Person(server.port, seed) for seed in range(PEOPLE)]
    for person in people:
        await person.open()
    return people


async def _close(people: list[Person]) -> None:
    for person in people:
        await person.close()
    assert not [fault for person in people for fault in person.exceptions]


def _summary(values: list[float], unit: str) -> dict[str, Any]:
    digits = 1 if unit == "ms" else 3
    return {
        "unit": unit,
        "answers": len(values),
        "median": round(median(values), digits),
        "p95": round(percentile(values, 0.95), digits),
        "slowest": round(max(values), digits),
    }
