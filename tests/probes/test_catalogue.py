"""Finding probes, one's own among them, and clear words for bad ones."""

from pathlib import Path

import pytest

from probes.catalogue import CatalogError, choose, discover
from probes.runner import run

OWN = Path(__file__).parent / "catalog" / "example_catalog"


def test_the_built_in_probes_are_found():
    assert {"cnn", "mlp"} <= discover().keys()


def test_an_own_probe_joins_the_built_in_ones():
    entries = discover([OWN])
    assert entries["autoencoder"].own
    assert not entries["mlp"].own


def test_an_own_probe_replaces_a_built_in_one_of_the_same_id(catalog):
    assert discover([catalog({"mlp": {}})])["mlp"].own


@pytest.mark.frameworks
def test_the_own_probe_earns_its_certificate():
    from dataclasses import replace

    from probes.plan import make_plan

    plan = make_plan("quick", discover([OWN]), ids=["autoencoder"], threads=1, catalogs=[OWN])
    found = run(replace(plan, pairs=1, measuring_seconds=0.1, budget_seconds=120))
    result = next(one for one in found.results if one.probe == "autoencoder")
    assert found.failures == ()
    assert result.certificate.granted
    assert result.tensorflow.median > 0
    assert result.pytorch.median > 0


def test_an_unknown_probe_names_the_nearest():
    with pytest.raises(CatalogError, match="no probe 'cn'; did you mean cnn"):
        choose(discover(), ["cn"])


def test_probes_come_in_the_order_asked_and_once():
    assert [one.spec.id for one in choose(discover(), ["mlp", "cnn", "mlp"])] == ["mlp", "cnn"]


def test_a_folder_that_is_missing_is_told(tmp_path):
    with pytest.raises(CatalogError, match="no such folder"):
        discover([tmp_path / "nowhere"])


def test_a_folder_without_probes_is_told(tmp_path):
    with pytest.raises(CatalogError, match="no probe in it"):
        discover([tmp_path])


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda folder: (folder / "with_torch.py").unlink(), "with_torch.py missing"),
        (lambda folder: (folder / "spec.py").unlink(), "spec.py is missing"),
        (lambda folder: (folder / "spec.py").write_text("SPEC = ("), "spec.py: line 1"),
        (lambda folder: (folder / "spec.py").write_text("1 / 0"), "spec.py: ZeroDivisionError"),
        (lambda folder: (folder / "spec.py").write_text("SPEC = 1"), "batches, weights missing"),
        (
            lambda folder: folder.rename(folder.with_name("other")),
            "the id is 'bad' but the folder is 'other'",
        ),
    ],
)
def test_a_bad_probe_says_what_is_wrong(catalog, spoil, told):
    home = catalog({"bad": {}})
    spoil(home / "bad")
    with pytest.raises(CatalogError, match=told):
        discover([home])
