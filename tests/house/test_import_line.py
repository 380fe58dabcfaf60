"""Who may import whom (README, "How it is built"), and nothing else."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
ROOMS = ["advisor.knowledge", "advisor.inference", "advisor.report", "advisor.ui", "advisor.cli", "probes"]
SHARED = {"advisor.paths", "advisor.words"}  # every advisor room may use these
ALLOWED = {
    "advisor.knowledge": set(),
    "advisor.inference": {"advisor.knowledge"},
    "advisor.report": {"advisor.inference", "probes"},
    "advisor.ui": {"advisor.report", "advisor.inference", "probes"},
    "advisor.cli": {"advisor.knowledge", "advisor.inference", "advisor.report", "probes"},
    "probes": set(),
}
FRAMEWORKS = {"torch", "tensorflow", "keras"}


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room_of(module: str) -> str | None:
    return next((room for room in ROOMS if module == room or module.startswith(room + ".")), None)


def sources(folder: str) -> list[Path]:
    return sorted((HOUSE / folder.replace(".", "/")).rglob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_room_imports_only_what_stands_below_it(room: str) -> None:
    files = sources(room)
    assert files
    strays = {
        f"{path.relative_to(HOUSE)}: {name}"
        for path in files
        for name in imported(path)
        if name.split(".")[0] in {"advisor", "probes", "app"}
        and room_of(name) != room
        and room_of(name) not in ALLOWED[room]
        and not (room != "probes" and any(name == s or name.startswith(s + ".") for s in SHARED))
        and name != "advisor"
    }
    assert not strays


def test_only_the_pages_import_streamlit() -> None:
    outside = [
        path
        for folder in ("advisor", "probes")
        for path in sources(folder)
        if "advisor/ui/" not in path.as_posix()
        and any(name.split(".")[0] == "streamlit" for name in imported(path))
    ]
    assert not outside


def test_only_workers_and_probe_sides_import_a_framework() -> None:
    outside = [
        path.relative_to(HOUSE).as_posix()
        for folder in ("advisor", "probes")
        for path in [*sources(folder), HOUSE / "app.py"]
        if any(name.split(".")[0] in FRAMEWORKS for name in imported(path))
        and not path.relative_to(HOUSE).as_posix().startswith(("probes/worker/", "probes/catalog/"))
    ]
    assert not outside


def test_app_imports_only_the_pages() -> None:
    inside = {name for name in imported(HOUSE / "app.py") if name.split(".")[0] in {"advisor", "probes"}}
    assert inside
    assert all(room_of(name) == "advisor.ui" or name == "advisor" for name in inside)
