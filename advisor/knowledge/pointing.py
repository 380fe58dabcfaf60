"""Finds the exact value that a fault speaks of inside the data of its file."""

from collections.abc import Iterator

from advisor.knowledge.references import Finding
from advisor.knowledge.yaml_file import Data, Location


def refine(data: Data, location: Location, finding: Finding) -> tuple[Location, bool]:
    """The place of the trait or option that a finding speaks of; True when it is a key."""
    if finding.seek is None:
        return location, finding.code == "unknown-trait"
    for part in location:
        if isinstance(data, dict):
            data = data.get(str(part))
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
    trait, option = finding.seek
    paths = [path for path in _paths(data, ()) if _matches(path, trait, option)]
    # A list of example answers stands under its trait already.
    if not paths and option is not None:
        paths = [path for path in _paths(data, ()) if path and path[-1] == f"={option}"]
    if not paths:
        return location, False
    trail = tuple(part for part in paths[0] if not str(part).startswith("="))
    if option is None:
        return (*location, *trail[: trail.index(trait) + 1]), True
    return (*location, *trail), False


def _matches(path: Location, trait: str, option: str | None) -> bool:
    return trait in path and (option is None or path[-1] == f"={option}")


def _paths(data: Data, path: Location) -> Iterator[Location]:
    """Every path to a scalar, ending in ``=<scalar>``."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _paths(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _paths(value, (*path, index))
    else:
        yield (*path, f"={data}")
