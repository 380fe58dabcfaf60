"""Probes that train nothing, for tests of everything around the workers."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from probes import supervise
from probes.catalogue import discover
from probes.plan import Plan, make_plan

FAKE_WORKER = Path(__file__).parent / "fakes" / "fake_worker.py"

SPEC = """
from probes.contract import Parameter, ProbeSpec

SPEC = ProbeSpec(
    id={id!r},
    title={{"en": "A fake", "ja": "にせもの"}},
    question={{"en": "Does it work?", "ja": "動くか"}},
    family="training",
    parameters={{"batch": Parameter(64, 8, 256, {{"en": "Batch", "ja": "バッチ"}})}},
    loss="cross-entropy",
)


def batches(parameters, seed): ...


def weights(parameters, seed): ...
"""

Behaviours = Mapping[str, Mapping[str, Mapping[str, Any]]]  # probe -> framework -> behaviour


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the measurements of the person who runs it."""
    monkeypatch.setenv("TENSOR_OR_TORCH_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TENSOR_OR_TORCH_QUEUE", str(tmp_path / "data"))
    monkeypatch.delenv("TENSOR_OR_TORCH_DATABASE", raising=False)


@pytest.fixture(autouse=True)
def quiet_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What else runs on the machine of the tests decides nothing in them."""
    monkeypatch.setattr(supervise, "_busy", lambda: 0.0)


@pytest.fixture
def catalog(tmp_path: Path) -> Callable[[Behaviours], Path]:
    """Writes a catalog of fake probes with the given behaviours."""

    def write(behaviours: Behaviours) -> Path:
        home = tmp_path / "catalog"
        for probe, behave in behaviours.items():
            folder = home / probe
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "spec.py").write_text(SPEC.format(id=probe), encoding="utf-8")
            for side in ("with_tensorflow", "with_torch"):
                (folder / f"{side}.py").write_text("", encoding="utf-8")
            (folder / "behave.json").write_text(json.dumps(behave), encoding="utf-8")
        return home

    return write


@pytest.fixture
def fake_plan(catalog: Callable[[Behaviours], Path]) -> Callable[..., Plan]:
    """A plan over fake probes, run by the fake worker."""

    def make(behaviours: Behaviours, *, pairs: int = 3, seconds: float = 60, **options: Any) -> Plan:
        home = catalog(behaviours)
        plan = make_plan(
            "quick",
            discover([home]),
            ids=list(behaviours),
            threads=1,
            worker=(str(FAKE_WORKER),),
            catalogs=[home],
            **options,
        )
        return replace(plan, pairs=pairs, budget_seconds=seconds)

    return make
