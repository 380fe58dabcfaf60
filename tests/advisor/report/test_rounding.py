"""What the reader adds up is what the reader is shown."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from advisor.report.rounding import round_to_sum

decibans = st.floats(-40, 40).map(lambda value: round(value * 1024) / 1024)


@given(st.lists(decibans, max_size=40))
def test_rounded_values_sum_to_the_rounded_total(values: list[float]) -> None:
    shown, total = round_to_sum(values)
    assert sum(Decimal(str(value)) for value in shown) == Decimal(str(total))


@given(st.lists(decibans, max_size=40))
def test_no_value_moves_by_more_than_one_unit_of_the_last_digit(values: list[float]) -> None:
    shown, _ = round_to_sum(values)
    assert all(abs(a - b) <= 0.1 + 1e-9 for a, b in zip(values, shown, strict=True))


def test_halves_are_shared_out() -> None:
    assert round_to_sum([0.25, 0.25, 0.25, 0.25])[1] == 1.0
    assert sorted(round_to_sum([0.25, 0.25, 0.25, 0.25])[0]) == [0.2, 0.2, 0.3, 0.3]


def test_nothing_sums_to_nothing() -> None:
    assert round_to_sum([]) == ([], 0.0)
