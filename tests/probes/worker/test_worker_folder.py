"""Loading a probe folder: good ones run, bad ones are refused in words that help."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from probes.contract import ContractError
from probes.worker.folder import load_probe, load_spec

EXAMPLE = Path(__file__).parents[1] / "catalog" / "example_catalog" / "autoencoder"

# A side that needs no framework.
SIDE = """
def inputs(x):
    return x + 1

def build(weights, parameters): ...
def loss(model, x, y): ...
def predict(model, x): ...
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "autoencoder"
    copy.mkdir()
    shutil.copy(EXAMPLE / "spec.py", copy)
    (copy / "with_torch.py").write_text(SIDE)
    return copy


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "spec.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_example_is_a_good_probe() -> None:
    assert load_spec(EXAMPLE).id == "autoencoder"


def test_the_framework_gets_its_layout_and_the_hash_is_of_the_canonical_one(folder: Path) -> None:
    arranged = load_probe(folder, "with_torch", {}, seed=1)
    (folder / "with_torch.py").write_text(SIDE.replace("x + 1", "x"))
    plain = load_probe(folder, "with_torch", {}, seed=1)
    assert np.array_equal(arranged.batches.x, plain.batches.x + 1)
    assert arranged.batches_hash == plain.batches_hash


def test_the_seed_decides_weights_and_batches(folder: Path) -> None:
    first, again, other = (load_probe(folder, "with_torch", {}, seed) for seed in (1, 1, 2))
    assert (first.weights_hash, first.batches_hash) == (again.weights_hash, again.batches_hash)
    assert first.weights_hash != other.weights_hash
    assert first.batches_hash != other.batches_hash


def test_parameters_change_the_shapes(folder: Path) -> None:
    assert load_probe(folder, "with_torch", {"batch": 8}, seed=1).batches.x.shape == (8, 8, 64)


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"rows": 8}, "no parameter 'rows'; there is: batch, columns"),
        ({"batch": 3}, "batch is 3; write a number from 4 to 512"),
    ],
)
def test_a_bad_parameter_is_refused(folder: Path, given: dict[str, int], complaint: str) -> None:
    with pytest.raises(ContractError, match=complaint):
        load_probe(folder, "with_torch", given, seed=1)


def test_a_missing_side_is_named(folder: Path) -> None:
    with pytest.raises(ContractError, match=r"with_tensorflow\.py is missing"):
        load_probe(folder, "with_tensorflow", {}, seed=1)


def test_a_missing_function_is_named(folder: Path) -> None:
    (folder / "with_torch.py").write_text("def build(weights, parameters): ...")
    with pytest.raises(ContractError, match="loss, predict missing"):
        load_probe(folder, "with_torch", {}, seed=1)


def test_a_syntax_error_is_told_with_its_line(folder: Path) -> None:
    (folder / "spec.py").write_text("x = 1\ny = (\n")
    with pytest.raises(ContractError, match=r"spec\.py: line 2"):
        load_spec(folder)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('id="autoencoder"', 'id="other"', "the id is 'other' but the folder is 'autoencoder'"),
        ("SPEC = ProbeSpec(", "SPEC = dict(", "SPEC must be a probes.contract.ProbeSpec"),
        ('"ja": "オートエンコーダー"', '"de": "Autoencoder"', "need the language 'ja'"),
    ],
)
def test_a_bad_description_is_refused(folder: Path, old: str, new: str, complaint: str) -> None:
    change(folder, old, new)
    with pytest.raises(ContractError, match=complaint):
        load_spec(folder)


def test_batches_of_another_type_are_refused(folder: Path) -> None:
    change(folder, "return Batches(x=x, y=x, evaluation_x=x[0])", "return (x, x)")
    with pytest.raises(ContractError, match=r"batches\(\) must return"):
        load_probe(folder, "with_torch", {}, seed=1)
