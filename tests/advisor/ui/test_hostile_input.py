"""What comes from outside is shown as text, or refused; it is never run, and it never loads anything."""

import re
from collections.abc import Callable, Iterator

import pytest
from hostile import IMAGE, SCRIPT, as_file, measurements
from streamlit.testing.v1 import AppTest

from advisor.ui import lab
from advisor.ui.outside import harmless, plain
from probes.model import Measurements

OpenApp = Callable[..., AppTest]
ShowPage = Callable[[AppTest, str], AppTest]
LIVE_IMAGE = re.compile(r"(?<!\\)!(?<!\\)\[|!\[")
LIVE_TAG = re.compile(r"(?<!\\)<script")


def texts(app: AppTest) -> Iterator[str]:
    """Everything on the page that Streamlit reads as Markdown."""
    for kind in (
        "markdown",
        "caption",
        "warning",
        "error",
        "info",
        "success",
        "title",
        "header",
        "subheader",
    ):
        for element in app.get(kind):
            yield str(element.value)
    for table in app.get("table"):
        yield table.value.to_csv()
    for kind in ("button", "expander", "radio", "checkbox"):
        for element in app.get(kind):
            yield str(element.label)


def alive(app: AppTest) -> list[str]:
    return [text for text in texts(app) if LIVE_IMAGE.search(text) or LIVE_TAG.search(text)]


def imported(app: AppTest, content: bytes, name: str = "x.json") -> AppTest:
    app.file_uploader(key="import-file").set_value((name, content, "application/json"))
    app.run()
    assert not app.exception
    return app


def kept() -> list[str]:
    return [one.id for one in lab.history()]


@pytest.mark.parametrize("attack", [IMAGE, SCRIPT])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_link_is_quoted_as_text(open_app: OpenApp, attack: str, language: str) -> None:
    app = open_app(a=f"purpose.{attack}", lang=language)
    assert app.warning
    assert not alive(app)


@pytest.mark.parametrize("attack", [IMAGE, SCRIPT])
def test_rule_that_is_not_there_is_quoted_as_text(open_app: OpenApp, attack: str) -> None:
    app = open_app("rules", rule=attack)
    assert "seen" in app.warning[0].value or "alert" in app.warning[0].value
    assert not alive(app)


@pytest.mark.parametrize("field", ["a", "i", "d", "v", "m", "step", "rule", "job", "path", "lang"])
@pytest.mark.parametrize(
    "value", ["\x00\x1b[31m", "🦆" * 500, "x" * 1_000_000, "~" * 5000, "../../etc", "%00"]
)
def test_garbage_in_a_field_leaves_a_working_page(open_app: OpenApp, field: str, value: str) -> None:
    app = open_app(**{field: value})
    app.radio(key="one-purpose").set_value("research").run()
    assert not app.exception
    assert app.session_state["visit"].answers == {"purpose": "research"}


def test_link_with_very_many_fields_is_opened(open_app: OpenApp) -> None:
    app = open_app(a="purpose.research", **{f"field-{n}": "x" * 100 for n in range(500)})
    assert app.radio(key="one-purpose").value == "research"
    assert set(app.session_state["visit"].known_queries[-1]) <= {"v", "a", "d", "lang", "step"}


def test_link_with_very_many_parts_is_cut(open_app: OpenApp) -> None:
    app = open_app(a="~".join(f"t{n}.x" for n in range(600)))
    assert len(app.warning) == 1
    assert app.session_state["visit"].answers == {}


@pytest.mark.parametrize("attack", [IMAGE, SCRIPT])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_imported_text_is_shown_as_text(
    open_app: OpenApp, show_page: ShowPage, attack: str, language: str
) -> None:
    app = imported(open_app("measure", lang=language), as_file(measurements(attack)))
    assert app.success
    assert not alive(app)
    app.button(key="use-import").click().run()
    assert not app.exception
    assert any(plain(attack) in text for text in texts(app)), "the processor's name is shown"
    assert not alive(app)
    show_page(app, "history")
    assert not alive(app)


@pytest.mark.parametrize("attack", [IMAGE, SCRIPT])
def test_imported_text_stays_text_in_the_recommendation(
    open_app: OpenApp, show_page: ShowPage, attack: str
) -> None:
    app = imported(open_app("measure", a="purpose.research~domain.vision"), as_file(measurements(attack)))
    app.button(key="use-import").click().run()
    show_page(app, "recommendation")
    assert any(plain(attack) in text for text in texts(app))
    assert not alive(app)


def test_text_of_an_honest_import_is_shown_as_it_stands() -> None:
    found = Measurements.model_validate(measurements("Intel(R) Core(TM) i7-1185G7 @ 3.00GHz, 8_cores"))
    assert harmless(found) == found


@pytest.mark.parametrize("text", [IMAGE, SCRIPT, "`a` [b](c) **d** ~e~ $f$ |g|", "two\nlines"])
def test_plain_text_holds_no_active_sign(text: str) -> None:
    assert not re.search(r"(?<!\\)[`\[\]<!$*~|]|\n", plain(text))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage",
        b"\xff\xfe\x00",
        b"[]",
        b"{}",
        b"null",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        as_file(measurements(schema_version=2)),
        as_file(measurements(schema_version=True) | {"more": 1}),
        as_file(measurements(status="unknown")),
        as_file(measurements(results=[{"probe": "cnn"}])),
        as_file(measurements(machine=None)),
        as_file(measurements(id=["x"])),
        b"x" * (9 * 2**20),
    ],
    ids=lambda content: f"{content[:24]!r}-{len(content)}",
)
def test_file_that_is_no_measurement_is_refused(open_app: OpenApp, content: bytes) -> None:
    app = imported(open_app("measure"), content)
    assert app.error
    assert kept() == []


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf"), -1.0, 0.0, 1e308])
@pytest.mark.parametrize("where", ["ratio", "low", "median", "seconds", "memory"])
def test_impossible_number_never_breaks_a_page(
    open_app: OpenApp, show_page: ShowPage, number: float, where: str
) -> None:
    document = measurements()
    result = document["results"][0]
    if where == "ratio":
        result["ratio"] = number
    elif where == "low":
        result["interval"] = [number, 0.4]
    elif where == "median":
        result["tensorflow"] = {**result["tensorflow"], "median": number}
    elif where == "seconds":
        document["seconds"] = number
    else:
        document["machine"]["memory_usable"] = int(number) if abs(number) < 1e300 else number
    app = imported(open_app("measure", a="purpose.research~domain.vision"), as_file(document))
    if app.error:
        assert kept() == []
        return
    app.button(key="use-import").click().run()
    assert not app.exception
    show_page(app, "recommendation")
    assert not app.exception


def test_interpreter_of_an_imported_file_is_never_started(open_app: OpenApp, tmp_path: object) -> None:
    """The import names a program; a measurement started afterwards uses the server's own."""
    evil = {"framework": "pytorch", "interpreter": f"{tmp_path}/evil", "version": "9"}
    document = measurements()
    document["machine"]["sights"] = [evil]
    app = imported(open_app("measure"), as_file(document))
    app.button(key="use-import").click().run()
    plan = lab.plan("quick", [], {})
    assert "evil" not in repr(plan)


@pytest.mark.parametrize(
    "field", ["interpreter", "python", "TENSOR_OR_TORCH_PYTHON_TORCH", "catalog", "worker"]
)
def test_interpreter_cannot_be_named_in_a_link(open_app: OpenApp, field: str) -> None:
    open_app("measure", **{field: "/tmp/evil"})
    assert "evil" not in repr(lab.plan("quick", [], {}))


def test_settings_beyond_their_bounds_are_not_taken(open_app: OpenApp) -> None:
    with pytest.raises(ValueError, match="batch"):
        lab.plan("quick", [], {"batch": 10**9})
