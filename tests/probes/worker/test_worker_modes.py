"""Which loop and which settings each track means."""

import pytest

from probes.contract import FRAMEWORKS, TRACKS, ContractError, Framework
from probes.worker.modes import VARIANTS, mode_for


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_matched_compiles_no_kernels_and_switches_tf32_off(framework: Framework) -> None:
    mode = mode_for(framework, "matched", None)
    assert not mode.compiles
    assert mode.tf32 is False
    assert not mode.own_defaults


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_as_written_keeps_the_defaults_of_the_framework(framework: Framework) -> None:
    mode = mode_for(framework, "as-written", None)
    assert mode.own_defaults
    assert mode.tf32 is None


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_tuned_compiles_on_both_sides(framework: Framework) -> None:
    assert mode_for(framework, "tuned", None).compiles


@pytest.mark.parametrize("variant", ["eager", "compiled"])
def test_the_narrow_pairings_are_alike_on_both_sides(variant: str) -> None:
    left, right = (mode_for(framework, "matched", variant) for framework in FRAMEWORKS)
    assert left == right


@pytest.mark.parametrize("variant", ["eager", "compiled", "channels-last", "tf32", "bfloat16"])
def test_a_variant_changes_at_most_one_setting(variant: str) -> None:
    for framework in FRAMEWORKS:
        plain, changed = mode_for(framework, "matched", None), mode_for(framework, "matched", variant)
        assert sum(a != b for a, b in zip(vars(plain).values(), vars(changed).values(), strict=True)) <= 1


def test_the_bridge_stands_beside_the_same_fit_on_tensorflow() -> None:
    left, right = (mode_for(framework, "matched", "keras-on-torch") for framework in FRAMEWORKS)
    assert left == right
    assert left.execution == "fit"


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_of_the_matched_track_can_be_run_on_both_sides(variant: str) -> None:
    assert all(mode_for(framework, "matched", variant) for framework in FRAMEWORKS)


def test_an_unknown_variant_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ContractError, match=", ".join(VARIANTS)):
        mode_for("pytorch", "matched", "quantum")


def test_every_track_has_a_mode_in_every_framework() -> None:
    assert all(mode_for(framework, track, None) for framework in FRAMEWORKS for track in TRACKS)
