"""Least and greatest sums of tables that share variables."""

from itertools import product
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.inference.elimination import Table, components, extremes


def random_tables(random: Random, sizes: dict[int, int]) -> list[Table]:
    tables = []
    for _ in range(random.randint(1, 6)):
        scope = tuple(sorted(random.sample(list(sizes), random.randint(0, min(3, len(sizes))))))
        shape = [sizes[v] for v in scope]
        low = np.array([random.randint(-20, 20) for _ in range(int(np.prod(shape)))], dtype=float).reshape(
            shape
        )
        tables.append(Table(scope, low, low + random.choice([0, 3])))
    return tables


def brute_force(tables: list[Table], sizes: dict[int, int]) -> tuple[float, float]:
    lows, highs = [], []
    for values in product(*(range(size) for size in sizes.values())):
        chosen = dict(zip(sizes, values, strict=True))
        lows.append(sum(float(t.low[tuple(chosen[v] for v in t.scope)]) for t in tables))
        highs.append(sum(float(t.high[tuple(chosen[v] for v in t.scope)]) for t in tables))
    return min(lows), max(highs)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 5), st.sampled_from([2, 4, 12, 10**6]))
def test_extremes_hold_for_every_choice_and_are_reached_when_exact(
    seed: int, variables: int, limit: int
) -> None:
    random = Random(seed)
    sizes = {variable: random.randint(1, 3) for variable in range(variables)}
    tables = random_tables(random, sizes)
    found = extremes(tables, sizes, limit)
    low, high = brute_force(tables, sizes)
    assert found.low <= low
    assert found.high >= high
    if found.exact:
        assert (found.low, found.high) == (low, high)
    if limit == 10**6:
        assert found.exact


def test_components_gather_what_shares_a_variable() -> None:
    scopes = [frozenset([1, 2]), frozenset([3]), frozenset([4, 5]), frozenset([2, 4]), frozenset[int]()]
    assert sorted(sorted(group) for group in components(scopes)) == [[0, 2, 3], [1], [4]]
