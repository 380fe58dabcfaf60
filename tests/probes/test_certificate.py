"""No certificate for sides that differ at any step, in any check, in weights or in batches."""

import pytest

from probes.catalogue import discover
from probes.certificate import certify

SPEC = discover()["mlp"].spec


def side(**changes):
    losses = [1 / (step + 1) for step in range(SPEC.parity_steps)]
    event = {
        "losses": {"sgd": losses, "adam": list(losses)},
        "evaluation": [1.0, -2.0, 0.0],
        "weights": "w",
        "batches": "b",
    }
    return event | changes


def granted(right):
    return certify(SPEC, {"tensorflow": side(), "pytorch": right})


def with_loss(check, step, factor):
    changed = side()
    changed["losses"][check][step] *= factor
    return changed


def test_sides_that_agree_earn_it():
    certificate = granted(side())
    assert certificate.granted
    assert certificate.worst == {"sgd": 0, "adam": 0, "evaluation": 0}
    assert certificate.steps == SPEC.parity_steps


@pytest.mark.parametrize("step", range(SPEC.parity_steps))
@pytest.mark.parametrize("check", ["sgd", "adam"])
def test_one_step_that_differs_is_enough_to_refuse(check, step):
    certificate = granted(with_loss(check, step, 1 + 2 * SPEC.parity_tolerance))
    assert not certificate.granted
    assert check in certificate.reason


def test_rounding_is_no_difference():
    assert granted(with_loss("sgd", 7, 1 + 0.1 * SPEC.parity_tolerance)).granted


def test_evaluation_outputs_count():
    assert not granted(side(evaluation=[1.0, -2.1, 0.0])).granted


def test_an_output_near_zero_is_measured_against_the_largest():
    assert granted(side(evaluation=[1.0, -2.0, 1e-6])).granted


@pytest.mark.parametrize("item", ["weights", "batches"])
def test_both_must_start_from_the_same(item):
    certificate = granted(side(**{item: "other"}))
    assert not certificate.granted
    assert item in certificate.reason


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_loss_that_is_no_number_refuses_and_stays_out_of_the_document(value):
    certificate = granted(with_loss("adam", 3, value))
    assert not certificate.granted
    assert "adam" not in certificate.worst


def test_missing_steps_refuse():
    short = side()
    short["losses"]["sgd"].pop()
    assert not granted(short).granted


def test_outputs_of_unequal_number_refuse():
    assert not granted(side(evaluation=[1.0])).granted


def test_a_silent_side_refuses():
    certificate = certify(SPEC, {"tensorflow": side()})
    assert not certificate.granted
    assert "pytorch" in certificate.reason
