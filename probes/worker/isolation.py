"""An import without the packages of other programs that happen to be installed beside a framework.

Where they are, Keras loads scikit-learn, pandas, Pillow and SciPy as it is imported, though it requires none
of them: seconds and memory that this app's own environment would add to TensorFlow's figures. PyTorch loads
nothing of the kind.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

OPTIONAL_TO_KERAS = ("PIL", "pandas", "pyarrow", "scipy", "sklearn")


@contextmanager
def without(*packages: str) -> Iterator[tuple[str, ...]]:
    """Hides these packages from imports meanwhile; yields those that are installed and not yet imported."""
    hidden = tuple(name for name in packages if name not in sys.modules and find_spec(name))
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: the import system's "not found"
    try:
        yield hidden
    finally:
        for name in hidden:
            del sys.modules[name]
