"""Where the knowledge base and the assets lie, in a checkout and in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent
_HOME = _CHECKOUT if (_CHECKOUT / "rules").is_dir() else _PACKAGE / "_data"

RULES = _HOME / "rules"
ASSETS = _HOME / "assets"
TEXTS = ASSETS / "text"
EXAMPLES = ASSETS / "examples"
