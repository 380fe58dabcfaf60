"""The fairness ledger: every setting as the running workers read it back, both sides next to each other."""

from collections.abc import Mapping

from probes.contract import Framework
from probes.model import LedgerRow
from probes.worker.modes import OF_LAUNCH

NOT_COMPARABLE = (
    "version",
    "build",
    "build-options",
    "python",
    "library",
    "environment",
    "instruction-set",
    "hidden-at-import",
)
"""First parts of items that differ between the frameworks by nature."""


def side_by_side(sides: Mapping[Framework, Mapping[str, str]]) -> tuple[LedgerRow, ...]:
    """One row per item, in alphabetical order; ``equal`` is None where a side is silent or the two differ by
    nature.
    """
    left, right = sides.get("tensorflow", {}), sides.get("pytorch", {})
    return tuple(_row(item, left.get(item), right.get(item)) for item in sorted({*left, *right}))


def _row(item: str, left: str | None, right: str | None) -> LedgerRow:
    parts = item.split(".")
    about = parts[1] if parts[0] in OF_LAUNCH else parts[0]
    comparable = left is not None and right is not None and about not in NOT_COMPARABLE
    return LedgerRow(item=item, tensorflow=left, pytorch=right, equal=left == right if comparable else None)
