"""What the rooms above may use."""

import inspect

import advisor.inference as inference


def test_every_exported_name_exists_and_is_documented() -> None:
    names = inference.__all__
    assert names == sorted(names)
    for name in names:
        thing = getattr(inference, name)
        if inspect.isfunction(thing):
            assert thing.__doc__, name
            assert "return" in thing.__annotations__, name
