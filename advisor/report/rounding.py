"""Rounding that keeps a sum: what the reader adds up is what the reader is shown."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal


def round_to_sum(values: Sequence[float], digits: int = 1) -> tuple[list[float], float]:
    """Round each value to ``digits`` decimals so that they sum to the rounded total.

    Largest remainder method: a value moves by less than one unit of the last digit, or by one where
    the total asks for it. Returns the rounded values and their total.
    """
    unit = Decimal(1).scaleb(-digits)
    exact = [Decimal(value) for value in values]
    rounded = [value.quantize(unit, ROUND_HALF_EVEN) for value in exact]
    total = sum(exact, Decimal(0)).quantize(unit, ROUND_HALF_EVEN)
    missing = int((total - sum(rounded, Decimal(0))) / unit)
    step = 1 if missing > 0 else -1
    by_remainder = sorted(range(len(exact)), key=lambda i: step * (rounded[i] - exact[i]))
    for i in by_remainder[: abs(missing)]:
        rounded[i] += step * unit
    return [float(value) for value in rounded], float(total)
