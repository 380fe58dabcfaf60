"""What runs in the user's interpreters needs the framework and NumPy there, and nothing else."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FRAMEWORKS = {"tensorflow", "keras", "torch"}
WORKER_FILES = [
    ROOT / "probes" / "__init__.py",
    ROOT / "probes" / "contract.py",
    *sorted((ROOT / "probes" / "worker").glob("*.py")),
    *sorted((ROOT / "probes" / "catalog").rglob("*.py")),
]


def imported(path: Path) -> set[str]:
    """The modules that a file imports, at its top and inside its functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", WORKER_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_standard_library_numpy_and_the_framework(path: Path) -> None:
    allowed = set(sys.stdlib_module_names) | {"numpy", "probes"}
    if path.name.startswith("with_") or path.name == "launch.py":  # launch opens the one that was asked for
        allowed |= FRAMEWORKS
    assert {name.split(".")[0] for name in imported(path)} <= allowed


@pytest.mark.parametrize("path", WORKER_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_of_the_parent_is_needed(path: Path) -> None:
    ours = {name for name in imported(path) if name.split(".")[0] == "probes"}
    assert all(
        name == "probes.contract" or name.startswith("probes.worker") or name == "probes" for name in ours
    )


def test_the_probes_can_be_described_without_any_framework() -> None:
    code = (
        "import sys; from pathlib import Path; from probes.worker.folder import load_spec; "
        "[load_spec(path.parent) for path in Path('probes/catalog').glob('*/spec.py')]; "
        "print({'tensorflow', 'keras', 'torch', 'sklearn', 'pydantic'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_every_probe_draws_its_data_without_anything_but_numpy() -> None:
    code = (
        "import sys; from pathlib import Path; from probes.worker import folder\n"
        "for hidden in ('sklearn', 'scipy', 'pandas', 'pydantic', 'psutil'): sys.modules[hidden] = None\n"
        "for path in Path('probes/catalog').glob('*/spec.py'):\n"
        "    module = folder._spec_module(path.parent)\n"
        "    defaults = {name: p.default for name, p in module.SPEC.parameters.items()}\n"
        "    module.batches(defaults, 1), module.weights(defaults, 1)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
