"""Loads a probe folder and checks it against the contract. NumPy and the standard library only."""

import hashlib
import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from probes.contract import (
    SIDE_NAMES,
    SPEC_NAMES,
    Batches,
    ContractError,
    ProbeSpec,
    Weights,
    complete_parameters,
)


@dataclass(frozen=True)
class Probe:
    """A probe ready to run on one side: data in the framework's layout, weights in the canonical one."""

    spec: ProbeSpec
    side: Any  # the module with_tensorflow or with_torch
    parameters: dict[str, int]
    batches: Batches
    weights: Weights
    batches_hash: str  # SHA-256 of the canonical arrays: the same on both sides or no certificate
    weights_hash: str


def load_spec(folder: Path) -> ProbeSpec:
    """The description of the probe in ``folder``, without a framework; `ContractError` for a bad one."""
    return _spec_module(folder).SPEC  # type: ignore[no-any-return]


def load_probe(folder: Path, side: str, given: Mapping[str, int], seed: int) -> Probe:
    """The probe in ``folder`` with one of its `SIDES`; `ContractError` for a bad one."""
    described = _spec_module(folder)
    module = _load(folder, side, SIDE_NAMES)
    spec: ProbeSpec = described.SPEC
    parameters = complete_parameters(spec, given)
    batches: Batches = described.batches(parameters, seed)
    weights: Weights = described.weights(parameters, seed)
    if not isinstance(batches, Batches):
        raise ContractError(f"{folder / 'spec.py'}: batches() must return probes.contract.Batches")
    arrays = [*_listed(batches.x), *_listed(batches.y), *_listed(batches.evaluation_x)]
    arrange = getattr(module, "inputs", lambda x: x)
    arranged = Batches(
        x=arrange(batches.x),
        y=batches.y,
        evaluation_x=arrange(batches.evaluation_x),
        evaluation_y=batches.evaluation_y,
        printed=batches.printed,
    )
    return Probe(
        spec=spec,
        side=module,
        parameters=parameters,
        batches=arranged,
        weights=weights,
        batches_hash=_hash(arrays),
        weights_hash=_hash([weights[name] for name in sorted(weights)]),
    )


def _spec_module(folder: Path) -> ModuleType:
    module = _load(folder, "spec", SPEC_NAMES)
    spec = module.SPEC
    where = folder / "spec.py"
    if not isinstance(spec, ProbeSpec):
        raise ContractError(f"{where}: SPEC must be a probes.contract.ProbeSpec")
    if spec.id != folder.name:
        raise ContractError(f"{where}: the id is '{spec.id}' but the folder is '{folder.name}'; use one name")
    for language in ("en", "ja"):
        if not spec.title.get(language) or not spec.question.get(language):
            raise ContractError(f"{where}: title and question need the language '{language}'")
    return module


def _load(folder: Path, name: str, required: tuple[str, ...]) -> ModuleType:
    path = folder / f"{name}.py"
    if not path.is_file():
        raise ContractError(
            f"{folder}: the file {name}.py is missing; a probe has spec.py and both with_*.py"
        )
    # The path is part of the name, so that two catalogues may hold a probe of the same id.
    unique = f"probe_{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]}_{name}"
    found = importlib.util.spec_from_file_location(unique, path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[unique] = module  # tf.function and torch.compile look the source up by it
    try:
        found.loader.exec_module(module)
    except SyntaxError as error:
        raise ContractError(f"{path}: line {error.lineno}: {error.msg}") from None
    absent = [wanted for wanted in required if not hasattr(module, wanted)]
    if absent:
        raise ContractError(
            f"{path}: {', '.join(absent)} missing; see probes/contract.py for what it must hold"
        )
    return module


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, tuple) else [value]


def _hash(arrays: list[Any]) -> str:
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(f"{array.dtype}{array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
