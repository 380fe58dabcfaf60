"""A timing is named in words: its probe, the numbers that set it apart, the setting that was switched."""

import pytest

from advisor.report.build import evidence_from
from advisor.report.findings import failure_line, ledger_item
from advisor.report.tasks import findings_of, probe_of, task_title
from advisor.report.titles import probe_titles
from advisor.words import Words
from probes.catalogue import discover
from probes.model import Failure, LedgerRow, Measurements, Result
from probes.plan import make_plan
from probes.worker.modes import VARIANTS

EN, JA = Words.load("en"), Words.load("ja")
TITLES = {"mlp": {"en": "Small network", "ja": "小さなネットワーク"}}


def timed(probe: str = "mlp", variant: str | None = None, **parameters: int) -> Result:
    return Result(
        probe=probe, track="matched", metric="steady-step", unit="ms", tensorflow=None, pytorch=None,
        ratio=2.0, interval=(1.8, 2.2), verdict="pytorch", reason="", variant=variant, parameters=parameters,
    )  # fmt: skip


def titles_of(*results: Result) -> list[str]:
    return [finding.title["en"] for finding in findings_of(results, TITLES)]


@pytest.mark.parametrize("words", [EN, JA], ids=["en", "ja"])
@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_of_the_laboratory_is_worded(words: Words, variant: str) -> None:
    assert f"report.variant.{variant}" in words.entries
    assert f"+{variant}" not in task_title(f"mlp+{variant}", TITLES)[words.language]


def test_point_of_a_sweep_is_named_by_the_label_of_its_number() -> None:
    assert task_title("mlp@batch=128+eager", TITLES) == {
        "en": "Small network, rows per batch 128, each operation by itself",
        "ja": "小さなネットワーク（バッチあたりの行数128、演算を1つずつ実行）",
    }


def test_key_is_read_as_the_plan_writes_it() -> None:
    plan = make_plan(
        "quick", discover(), threads=1, ids=["mlp"], sweep=("batch", [16, 64]), variants=["eager"]
    )
    assert {probe_of(probe.key) for probe in plan.probes} == {"mlp"}
    assert task_title(plan.probes[1].key, TITLES)["en"] == (
        "Small network, rows per batch 16, each operation by itself"
    )


def test_unknown_ids_stay_as_they_are() -> None:
    assert task_title("own@rows=3+odd", {})["en"] == "own, rows 3, odd"
    assert task_title("own@nonsense", {})["ja"] == "own（nonsense）"


def test_numbers_are_named_only_where_they_set_apart() -> None:
    usual = {"batch": 64, "columns": 784, "width": 256}
    assert titles_of(timed(**usual)) == ["Small network"]
    assert titles_of(timed(**usual | {"batch": 16}), timed(**usual)) == [
        "Small network, rows per batch 16",
        "Small network, rows per batch 64",
    ]


def test_number_other_than_the_probes_own_is_named() -> None:
    assert titles_of(timed(batch=64, columns=784, width=512)) == ["Small network, hidden width 512"]


def test_failure_and_ledger_name_the_variant() -> None:
    lost = Failure(probe="mlp+eager", framework="pytorch", kind="crash", message="")
    assert failure_line(EN, lost, TITLES).startswith("Small network, each operation by itself: PyTorch")
    row = LedgerRow(item="matched.mlp+eager.layout", tensorflow=None, pytorch=None, equal=None)
    assert ledger_item(EN, row, TITLES) == (
        "matched settings, Small network, each operation by itself, memory layout"
    )


def test_variant_is_no_evidence_about_its_track(measurements: Measurements) -> None:
    found = measurements.model_copy(update={"results": (timed(), timed(variant="eager"))})
    assert len(evidence_from(found)) == 1


def test_built_in_probes_name_all_their_numbers_in_both_languages() -> None:
    for probe, entry in discover().items():
        for name in entry.spec.parameters:
            title = task_title(f"{probe}@{name}=7", probe_titles())
            assert f"{name} 7" not in title["en"] or name in entry.spec.parameters[name].label["en"].lower()
            assert name not in title["ja"]
