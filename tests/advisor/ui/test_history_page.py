"""History: what is kept is told in plain words, in lists and in pickers alike."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

OpenApp = Callable[..., AppTest]
ShowPage = Callable[[AppTest, str], AppTest]


def test_two_kept_recommendations_can_be_compared(open_app: OpenApp, show_page: ShowPage) -> None:
    app = open_app("recommendation", a="purpose.research", lang="en")
    for _ in range(2):
        app.button(key="keep").click().run()
    show_page(app, "history")
    picker = app.multiselect(key="compare-recommendations")
    assert not any("*" in option for option in picker.options)
    picker.set_value(list(picker.options)[:2]).run()
    assert app.table
