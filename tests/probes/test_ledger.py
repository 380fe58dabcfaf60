"""Both sides of every setting, next to each other."""

from probes.ledger import side_by_side


def rows(left, right):
    return {row.item: row for row in side_by_side({"tensorflow": left, "pytorch": right})}


def test_a_setting_that_differs_is_marked():
    assert rows({"threads": "2"}, {"threads": "1"})["threads"].equal is False


def test_a_setting_that_agrees_is_marked():
    assert rows({"threads": "2"}, {"threads": "2"})["threads"].equal is True


def test_a_setting_that_one_side_does_not_tell_is_not_compared():
    row = rows({"onednn": "on"}, {})["onednn"]
    assert (row.tensorflow, row.pytorch, row.equal) == ("on", None, None)


def test_versions_are_shown_and_not_compared():
    assert rows({"version": "2.21"}, {"version": "2.13"})["version"].equal is None
