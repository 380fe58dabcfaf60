"""An import sees a framework as if the packages of this app were not installed beside it."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from probes.worker.isolation import OPTIONAL_TO_KERAS, without

LOOK = """
import sys
from probes.worker.isolation import OPTIONAL_TO_KERAS, without
from probes.worker.launch import open_seam

with without(*OPTIONAL_TO_KERAS) as hidden:
    open_seam(sys.argv[1])
assert "pandas" in hidden, hidden
print("loaded:", *sorted(set(OPTIONAL_TO_KERAS) & sys.modules.keys()))
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "package_beside.py").write_text("answer = 42\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    return "package_beside"


def test_a_hidden_package_is_not_found_and_can_be_imported_afterwards(package: str) -> None:
    with without(package, "no_such_package") as hidden:
        assert hidden == (package,)
        with pytest.raises(ModuleNotFoundError):
            importlib.import_module(package)
    assert importlib.import_module(package).answer == 42


def test_what_is_imported_already_stays(package: str) -> None:
    importlib.import_module(package)
    with without(package) as hidden:
        assert hidden == ()
        assert importlib.import_module(package).answer == 42


def test_packages_are_back_after_an_import_that_fails(package: str) -> None:
    with pytest.raises(ZeroDivisionError), without(package):
        raise ZeroDivisionError
    assert importlib.import_module(package).answer == 42


@pytest.mark.frameworks
@pytest.mark.parametrize("framework", ["tensorflow", "pytorch"])
def test_a_framework_loads_none_of_this_apps_packages(framework: str) -> None:
    done = subprocess.run([sys.executable, "-c", LOOK, framework], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["loaded:"], OPTIONAL_TO_KERAS
