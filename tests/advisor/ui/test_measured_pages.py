"""Both pages that show a measurement say what else was found, and name variants in words."""

from collections.abc import Callable

import pytest
from hostile import IMAGE, as_file, measurements
from streamlit.testing.v1 import AppTest

from advisor.ui import lab
from advisor.words import Words

OpenApp = Callable[..., AppTest]
ShowPage = Callable[[AppTest, str], AppTest]
CHECK = {"expected": 20.0, "measured": 20.1, "unit": "ms", "passed": True}


def open_with(open_app: OpenApp, language: str, key: str = "cnn") -> AppTest:
    """The Measure page with a measurement that has a variant, a note and a self-test."""
    document = measurements()
    plain = document["results"][0]
    switched = plain | {"variant": "eager", "ratio": 4.0, "interval": [3.0, 5.0], "verdict": "pytorch"}
    document["results"] = [plain, switched]
    document["notes"] = [
        {"probe": key, "track": "matched", "framework": "pytorch", "launch": 0, "key": name, "value": value}
        for name, value in (("settled", False), ("break-even-steps", None))
    ]
    document["self_tests"] = {"pytorch": {"sleep": CHECK}}
    app = open_app("measure", lang=language, a="purpose.research~domain.vision")
    app.session_state["visit"].measurements = lab.store().take_in(as_file(document)).id
    return app.run()


def told(app: AppTest) -> str:
    return "\n".join(str(element.value) for element in (*app.markdown, *app.subheader, *app.table))


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("page", ["measure", "recommendation"])
def test_what_else_was_found_is_listed(
    open_app: OpenApp, show_page: ShowPage, language: str, page: str
) -> None:
    words = Words.load(language)
    app = show_page(open_with(open_app, language), page)
    found = told(app)
    for key in ("insight.title", "selftest.test.sleep", "variant.eager"):
        assert words(f"report.{key}") in found
    assert str(words.entries["report.insight.break-even.never"])[-12:] in found


def test_names_from_a_file_stay_text(open_app: OpenApp, show_page: ShowPage) -> None:
    app = open_with(open_app, "en", key=IMAGE)
    assert "![" not in told(app).replace("\\!\\[", "")
    assert "![" not in told(show_page(app, "recommendation")).replace("\\!\\[", "")
