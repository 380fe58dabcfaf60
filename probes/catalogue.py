"""Finds probes: the built-in ones, and anybody's own in a folder given by ``--catalog``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from probes.contract import ContractError, ProbeSpec
from probes.places import BUILT_IN_CATALOG
from probes.worker.folder import load_spec

SIDES = ("with_tensorflow.py", "with_torch.py")
DEFAULT_PROBES = ("cnn", "mlp")
"""Without a wish: the guide's own network, and the plainest of all."""


class CatalogError(ValueError):
    """A probe that cannot be used or does not exist: says which file, what is wrong, and what to write."""


@dataclass(frozen=True)
class Entry:
    """One probe on disk with its description; its two sides are read by the workers only."""

    folder: Path
    spec: ProbeSpec
    own: bool  # from --catalog


def discover(catalogs: Sequence[Path] = ()) -> dict[str, Entry]:
    """Every probe by id, built-in ones first; an own probe replaces a built-in one of the same id.

    Runs only the ``spec.py`` of each folder. `CatalogError` for a folder without probes and for a bad probe.
    """
    found = {entry.spec.id: entry for entry in _entries(BUILT_IN_CATALOG, own=False)}
    for catalog in catalogs:
        if not catalog.is_dir():
            raise CatalogError(
                f"{catalog}: no such folder; --catalog takes a folder that holds probe folders"
            )
        entries = list(_entries(catalog, own=True))
        if not entries:
            raise CatalogError(
                f"{catalog}: no probe in it; a probe is a folder with spec.py, {' and '.join(SIDES)}"
            )
        found |= {entry.spec.id: entry for entry in entries}
    return found


def choose(entries: Mapping[str, Entry], ids: Iterable[str]) -> list[Entry]:
    """The probes of these ids, in this order; `CatalogError` names the nearest ids for an unknown one."""
    chosen = []
    for name in dict.fromkeys(ids):
        if name not in entries:
            near = get_close_matches(name, entries, n=3) or sorted(entries)
            raise CatalogError(f"no probe '{name}'; did you mean {', '.join(near)}?")
        chosen.append(entries[name])
    return chosen


def by_project(
    entries: Mapping[str, Entry], domains: Sequence[str] = (), targets: Sequence[str] = ()
) -> list[Entry]:
    """Every probe, nearest to the project first: by what it works on, then by where it will run."""

    def rank(entry: Entry) -> tuple[int, int, int, str]:
        spec = entry.spec
        default = DEFAULT_PROBES.index(spec.id) if spec.id in DEFAULT_PROBES else len(DEFAULT_PROBES)
        speaks, runs = len({*domains} & {*spec.domains}), len({*targets} & {*spec.targets})
        return (-speaks, -runs, default, spec.id)

    return sorted(entries.values(), key=rank)


def _entries(catalog: Path, *, own: bool) -> Iterable[Entry]:
    for folder in sorted(catalog.iterdir()):
        if not folder.is_dir() or folder.name.startswith((".", "_")):
            continue
        try:
            spec = load_spec(folder)
        except ContractError as error:
            raise CatalogError(str(error)) from None
        except Exception as error:  # spec.py is somebody's own code and may raise anything
            raise CatalogError(f"{folder / 'spec.py'}: {type(error).__name__}: {error}") from error
        absent = [name for name in SIDES if not (folder / name).is_file()]
        if absent:
            raise CatalogError(
                f"{folder}: {' and '.join(absent)} missing; both sides are needed to compare them"
            )
        yield Entry(folder=folder.resolve(), spec=spec, own=own)
