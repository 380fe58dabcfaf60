"""Where the laboratory keeps its data, and the small set of files that a worker's interpreter gets to see."""

import contextlib
import os
import shutil
import stat
from pathlib import Path

import platformdirs

DATA_VARIABLE = "TENSOR_OR_TORCH_DATA"
QUEUE_VARIABLE = "TENSOR_OR_TORCH_QUEUE"
QUEUE = "queue"
SHARED = Path("/tmp/tensor-or-torch")  # not TMPDIR, which is a user's own on some systems
_PACKAGE = Path(__file__).resolve().parent
BUILT_IN_CATALOG = _PACKAGE / "catalog"


def data_folder() -> Path:
    """The folder of this user's measurements; made when absent.

    The environment variable TENSOR_OR_TORCH_DATA names another one.
    """
    given = os.environ.get(DATA_VARIABLE)
    folder = Path(given) if given else Path(platformdirs.user_data_dir("tensor-or-torch", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def shared_folder() -> Path:
    """Where the users of this machine meet: lock and queue of the measurements, readable by all.

    The environment variable TENSOR_OR_TORCH_QUEUE names another one. On Windows, and where the folder is not
    as it must be (somebody's link, or closed to others), it is this user's own: then only this user's runs
    are in turn.
    """
    if given := os.environ.get(QUEUE_VARIABLE):
        folder = Path(given)
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    if os.name != "posix":
        return data_folder()
    met = meeting_place(SHARED) and meeting_place(SHARED / QUEUE)
    return SHARED if met else data_folder()


def meeting_place(folder: Path) -> Path | None:
    """``folder``, made when absent: everybody may add files, nobody may remove another's; None if it is not
    so.
    """
    try:
        with contextlib.suppress(FileExistsError):
            folder.mkdir()
            folder.chmod(0o1777)
        about = folder.lstat()
    except OSError:
        return None
    return folder if stat.S_ISDIR(about.st_mode) and about.st_mode & 0o1777 == 0o1777 else None


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
