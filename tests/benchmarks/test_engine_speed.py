"""How long the engine takes: design section 9. Run with ``pytest -s tests/benchmarks/test_engine_speed.py``.

The figures go to ``engine_figures.json``; then ``plot_engine_curves.py`` draws the curve from 100 to 10,000
rules, and ``engine_readme.py`` puts the figures into the README.
"""

from collections.abc import Callable
from datetime import date
from os import cpu_count
from platform import python_version
from statistics import mean, median
from time import process_time

import pytest
from engine_figures import keep
from pytest_benchmark.fixture import BenchmarkFixture
from synthetic_knowledge import synthetic

from advisor.inference import Answers, KnowledgeBase, advise, built_in, explain, load_knowledge, parse_answers
from advisor.knowledge.sample import covering_sample

DAY = date(2026, 11, 24)
SIZES = (100, 200, 500, 1000, 2000, 5000, 10_000)


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return built_in()


def situations(kb: KnowledgeBase) -> dict[str, Answers]:
    """Nothing, the quick path and everything answered, by the middle person of the covering sample."""
    people = covering_sample(kb)
    person = people[len(people) // 2]
    quick = {name: value for name, value in person.items() if kb.traits[name].quick}
    return {
        "nothing": Answers(),
        "quick path": parse_answers(kb, quick),
        "everything": parse_answers(kb, person),
    }


@pytest.mark.parametrize("answered", ["nothing", "quick path", "everything"])
def test_advise(benchmark: BenchmarkFixture, kb: KnowledgeBase, answered: str) -> None:
    answers = situations(kb)[answered]
    advise(kb, answers, DAY)
    benchmark(advise, kb, answers, DAY)


@pytest.mark.parametrize("answered", ["nothing", "quick path", "everything"])
def test_explain(benchmark: BenchmarkFixture, kb: KnowledgeBase, answered: str) -> None:
    answers = situations(kb)[answered]
    explain(kb, answers, DAY)
    benchmark(explain, kb, answers, DAY)


def test_load(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(load_knowledge, rounds=5, warmup_rounds=1)
    if benchmark.stats:  # None with --benchmark-disable
        keep("load_ms", round(1e3 * benchmark.stats["median"], 1))
        keep("machine", {"cores": cpu_count(), "python": python_version()})


def test_answer_sets_of_the_covering_sample(kb: KnowledgeBase) -> None:
    """The slowest of many situations, not only the three above: half of each person's answers are given."""
    seconds: dict[str, list[float]] = {"advise": [], "explain": []}
    for person in covering_sample(kb)[::3]:
        names = [name for n, name in enumerate(person) if n % 2 == 0 or kb.traits[name].ask_when is None]
        half = parse_answers(kb, {name: person[name] for name in names[: len(names) // 2]})
        for name, function in (("advise", advise), ("explain", explain)):
            seconds[name].append(_best(function, kb, half))
    figures: dict[str, object] = {
        name: {"median": round(1e3 * median(times), 2), "slowest": round(1e3 * max(times), 2)}
        for name, times in seconds.items()
    }
    keep("covering_sample_ms", {"answer_sets": len(seconds["advise"]), **figures})
    print("\nmilliseconds, half answered:", figures)


def test_cost_against_the_number_of_rules(kb: KnowledgeBase) -> None:
    """The mean over several people who answered the quick path, each timed at the best of a few calls."""
    quick = [
        parse_answers(kb, {name: value for name, value in person.items() if kb.traits[name].quick})
        for person in covering_sample(kb)[::40]
    ]
    curve = []
    for size in SIZES:
        grown = synthetic(kb, size)
        advise(grown, quick[0], DAY)  # compiles the conditions
        curve.append(
            {
                "rules": size,
                "advise_ms": round(1e3 * mean(_best(advise, grown, answers) for answers in quick), 3),
                "explain_ms": round(1e3 * mean(_best(explain, grown, answers) for answers in quick), 3),
            }
        )
    keep("curve", {"answer_sets": len(quick), "points": curve})
    print("\nmilliseconds by number of rules:", curve)
    first, last = curve[0], curve[-1]
    growth = last["rules"] / first["rules"]
    assert last["advise_ms"] / first["advise_ms"] <= growth
    assert last["explain_ms"] / first["explain_ms"] <= growth


Asked = Callable[[KnowledgeBase, Answers, date], object]


def _best(function: Asked, kb: KnowledgeBase, answers: Answers, rounds: int = 3) -> float:
    """Processor seconds of the fastest of a few calls: what the work costs, whatever else the machine did."""
    times = []
    for _ in range(rounds):
        start = process_time()
        function(kb, answers, DAY)
        times.append(process_time() - start)
    return min(times)
