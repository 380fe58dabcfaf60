"""Where the laboratory keeps its data, and the small set of files that a worker's interpreter gets to see."""

import os
import shutil
from pathlib import Path

import platformdirs

DATA_VARIABLE = "TENSOR_OR_TORCH_DATA"
_PACKAGE = Path(__file__).resolve().parent
BUILT_IN_CATALOG = _PACKAGE / "catalog"


def data_folder() -> Path:
    """The folder of this user's measurements, queue and lock; made when absent.

    The environment variable TENSOR_OR_TORCH_DATA names another one.
    """
    given = os.environ.get(DATA_VARIABLE)
    folder = Path(given) if given else Path(platformdirs.user_data_dir("tensor-or-torch", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def copy_worker(target: Path) -> Path:
    """Copies the worker's own files below ``target`` and returns the folder for PYTHONPATH.

    A copy and not the package itself: installed, its parent is this environment's ``site-packages``, and an
    interpreter of another environment would find this one's frameworks there.
    """
    home = target / "probes"
    shutil.copytree(_PACKAGE / "worker", home / "worker", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("__init__.py", "contract.py"):
        shutil.copy2(_PACKAGE / name, home / name)
    return target
