"""The least and greatest value of a sum of tables that share variables, by eliminating one variable after
another.

A table has one axis per variable of its scope. Where a combined table would grow beyond a limit, the tables
of one variable are eliminated in several groups, each free to choose its own value: the result is then a
bound that holds for certain, but need not be reached (Dechter & Rish, mini-buckets, 2003).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Table:
    """``low`` and ``high`` have one axis per variable in ``scope``, in rising order."""

    scope: tuple[int, ...]
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Extremes:
    low: float
    high: float
    exact: bool


def extremes(tables: Iterable[Table], sizes: Mapping[int, int], limit: int) -> Extremes:
    """Bounds on the sum over all choices of the variables; ``sizes`` is the number of values of each."""
    waiting = list(tables)
    exact = True
    while len(waiting) > 1 and (variables := {variable for table in waiting for variable in table.scope}):
        variable = min(variables, key=lambda v: (_joint_size(waiting, v, sizes), v))
        bucket = [table for table in waiting if variable in table.scope]
        waiting = [table for table in waiting if variable not in table.scope]
        groups = _groups(bucket, sizes, limit)
        exact = exact and len(groups) == 1
        waiting += [_eliminate(joined(group, sizes), variable) for group in groups]
    low = float(sum(table.low.min() for table in waiting))
    high = float(sum(table.high.max() for table in waiting))
    return Extremes(low, high, exact)


def joined(tables: Sequence[Table], sizes: Mapping[int, int]) -> Table:
    """The sum of tables over their joint scope."""
    scope = tuple(sorted({variable for table in tables for variable in table.scope}))
    low = np.zeros([sizes[v] for v in scope])
    high = low.copy()
    for table in tables:
        shape = [sizes[v] if v in table.scope else 1 for v in scope]
        low += table.low.reshape(shape)
        high += table.high.reshape(shape)
    return Table(scope, low, high)


def components(scopes: Sequence[frozenset[int]]) -> list[list[int]]:
    """Which of the scopes hang together through shared variables."""
    groups: list[tuple[set[int], list[int]]] = []
    for number, scope in enumerate(scopes):
        touching = [group for group in groups if group[0] & scope]
        merged = (set(scope).union(*(g[0] for g in touching)), [n for g in touching for n in g[1]] + [number])
        groups = [group for group in groups if group not in touching] + [merged]
    return [members for _, members in groups]


def _joint_size(tables: Iterable[Table], variable: int, sizes: Mapping[int, int]) -> int:
    scope = {v for table in tables if variable in table.scope for v in table.scope}
    size = 1
    for v in scope:
        size *= sizes[v]
    return size


def _groups(bucket: list[Table], sizes: Mapping[int, int], limit: int) -> list[list[Table]]:
    groups: list[tuple[set[int], list[Table]]] = []
    for table in sorted(bucket, key=lambda t: -t.high.size):
        for scope, members in groups:
            joint = scope | set(table.scope)
            if np.prod([float(sizes[v]) for v in joint]) <= limit:
                scope |= set(table.scope)
                members.append(table)
                break
        else:
            groups.append((set(table.scope), [table]))
    return [members for _, members in groups]


def _eliminate(table: Table, variable: int) -> Table:
    axis = table.scope.index(variable)
    scope = table.scope[:axis] + table.scope[axis + 1 :]
    return Table(scope, table.low.min(axis=axis), table.high.max(axis=axis))
