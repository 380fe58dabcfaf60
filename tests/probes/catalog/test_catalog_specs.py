"""The built-in probes as they lie on disk: described in two languages, bounded, mirrored, short."""

import ast
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
import yaml

from probes.contract import SIDES, Batches, Weights
from probes.worker import folder as folders
from probes.worker.folder import load_spec

ROOT = Path(__file__).parents[3]
CATALOG = ROOT / "probes" / "catalog"
PROBES = ("linear_regression", "mlp", "cnn", "lstm", "transformer", "gnn", "digits")
FOLDERS = [CATALOG / probe for probe in PROBES]
LONGEST_SIDE = 120

each_probe = pytest.mark.parametrize("folder", FOLDERS, ids=PROBES)


def data(folder: Path, monkeypatch: pytest.MonkeyPatch, **given: int) -> tuple[Batches, Weights]:
    """What a probe draws, without its framework side."""
    load = folders._load

    def without_side(where: Path, name: str, required: tuple[str, ...]) -> ModuleType | SimpleNamespace:
        return load(where, name, required) if name == "spec" else SimpleNamespace()

    monkeypatch.setattr(folders, "_load", without_side)
    probe = folders.load_probe(folder, "with_torch", given, seed=1)
    return probe.batches, probe.weights


def names(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


def test_these_are_all_the_probes_there_are() -> None:
    assert {path.parent.name for path in CATALOG.glob("*/spec.py")} == set(PROBES)


@each_probe
def test_the_description_is_in_both_languages(folder: Path) -> None:
    spec = load_spec(folder)
    texts = [spec.title, spec.question, *(parameter.label for parameter in spec.parameters.values())]
    texts += [spec.notes] if spec.notes else []
    assert all(set(text) == {"en", "ja"} and all(text.values()) for text in texts)


@each_probe
def test_every_parameter_is_bounded_around_its_default(folder: Path) -> None:
    for parameter in load_spec(folder).parameters.values():
        assert 0 < parameter.low < parameter.high
        assert parameter.low <= parameter.default <= parameter.high


@each_probe
def test_the_batch_size_can_be_set(folder: Path) -> None:
    assert "batch" in load_spec(folder).parameters


@each_probe
def test_the_domains_are_options_of_the_question(folder: Path) -> None:
    questions = yaml.safe_load((ROOT / "rules" / "questions.yaml").read_text(encoding="utf-8"))
    (domain,) = [trait for trait in questions["traits"] if trait["id"] == "domain"]
    assert set(load_spec(folder).domains) <= {option["id"] for option in domain["options"]}


@each_probe
def test_the_targets_are_options_of_the_question(folder: Path) -> None:
    questions = yaml.safe_load((ROOT / "rules" / "questions.yaml").read_text(encoding="utf-8"))
    (targets,) = [trait for trait in questions["traits"] if trait["id"] == "targets"]
    assert set(load_spec(folder).targets) <= {option["id"] for option in targets["options"]}


def test_every_domain_has_a_probe_that_speaks_to_it() -> None:
    questions = yaml.safe_load((ROOT / "rules" / "questions.yaml").read_text(encoding="utf-8"))
    (domain,) = [trait for trait in questions["traits"] if trait["id"] == "domain"]
    spoken_to = {name for folder in FOLDERS for name in load_spec(folder).domains}
    assert spoken_to == {option["id"] for option in domain["options"]}


@each_probe
def test_the_two_sides_have_the_same_names_in_the_same_order(folder: Path) -> None:
    left, right = (names(folder / f"{side}.py") for side in SIDES.values())
    assert left == right


@each_probe
def test_each_side_is_read_in_a_few_minutes(folder: Path) -> None:
    for path in folder.glob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_SIDE, path.name


@each_probe
def test_shapes_stand_in_the_comments_of_each_side(folder: Path) -> None:
    for side in SIDES.values():
        assert "# B, " in (folder / f"{side}.py").read_text(encoding="utf-8")


@each_probe
@pytest.mark.parametrize("bound", ["low", "high"])
def test_data_and_weights_follow_the_bounds(
    folder: Path, bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = load_spec(folder)
    edge = {name: getattr(parameter, bound) for name, parameter in spec.parameters.items()}
    batch = edge["batch"]
    batches, weights = data(folder, monkeypatch, **({"batch": batch} if bound == "high" else edge))
    first = batches.x[0] if isinstance(batches.x, tuple) else batches.x
    assert first.shape[1] == batch
    assert len(first) == len(batches.y)
    assert len(batches.y) >= 1
    assert all(array.dtype == np.float32 for array in weights.values())


@each_probe
def test_numbers_are_float32_and_classes_int64(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batches, _ = data(folder, monkeypatch)
    for array in batches.x if isinstance(batches.x, tuple) else (batches.x,):
        assert array.dtype in (np.float32, np.int64)
    expected = np.int64 if load_spec(folder).loss == "cross-entropy" else np.float32
    assert batches.y.dtype == expected


@pytest.mark.parametrize("probe", [probe for probe in PROBES if probe != "linear_regression"])
def test_there_are_classes_enough_to_learn(probe: str, monkeypatch: pytest.MonkeyPatch) -> None:
    batches, _ = data(CATALOG / probe, monkeypatch)
    assert set(np.unique(batches.y)) == set(range(10))


def test_the_test_set_of_the_digits_is_not_trained_on(monkeypatch: pytest.MonkeyPatch) -> None:
    batches, _ = data(CATALOG / "digits", monkeypatch)
    assert len(batches.evaluation_x) == len(batches.evaluation_y) == 360
    assert batches.x.shape[0] * batches.x.shape[1] <= 1797 - 360
    assert 0 <= batches.x.min() < batches.x.max() == 1


def test_the_digits_are_those_of_scikit_learn(monkeypatch: pytest.MonkeyPatch) -> None:
    from sklearn.datasets import load_digits

    table = folders._load(CATALOG / "digits", "spec", ())._table()
    images, digits = load_digits(return_X_y=True)
    assert np.array_equal(table, np.column_stack([images, digits]))
