"""What is found beyond the verdicts is told in plain sentences of both languages, and in every form."""

import json
from datetime import date

import pytest

from advisor.inference import built_in, parse_answers
from advisor.report.build import build_report
from advisor.report.insight_lines import against_itself_table, insight_lines, self_test_table
from advisor.report.insights import AgainstItself, Insights
from advisor.report.model import Report
from advisor.report.render import to_html, to_json, to_markdown
from advisor.words import Words
from probes.insights import BreakEven, Fetched, LeadChange, LoneDevice, Moved, Printed, SelfTest, Unsettled
from probes.model import Measurements, Note

DAY = date(2026, 11, 24)
ANSWERS = {"purpose": "product", "domain": ["vision"]}
EN, JA = Words.load("en"), Words.load("ja")
MOVED = Moved("mlp", "matched", "eager", 2.0, 4.0, 2.0, (1.8, 2.2), 8)
TITLES = {"mlp": {"en": "Small network", "ja": "小さなネットワーク"}}
EVERYTHING = Insights(
    titles=TITLES,
    settings={"batch": {"en": "Rows per batch", "ja": "バッチあたりの行数"}},
    lone_devices=(LoneDevice("pytorch", "cuda", "cpu"),),
    moved=(MOVED,),
    lead_changes=(LeadChange("mlp", "matched", "batch", 16, 64, ("tensorflow", "pytorch")),),
    break_even=(BreakEven("mlp", "tuned", "pytorch", (400, 900)),),
    printed=(Printed("mlp", "tensorflow", {"weight": 2.98}, ({"weight": 2.11}, {"weight": 2.27})),),
    unsettled=(Unsettled("mlp", "matched", "tensorflow", 2, 10),),
    fetched=(Fetched("mlp", "matched", "pytorch", 3.2, 3700.0, 0.26),),
    against_itself=(
        AgainstItself(
            probe="mlp", track="matched", metric="steady-step", framework="pytorch", ratio=1.0,
            interval=(0.95, 1.05), passed=True, shown_same=True,
        ),
    ),
    self_tests=(SelfTest("pytorch", "without-synchronisation", 400.0, 100.0, "ms", True),),
)  # fmt: skip


def only(**given: object) -> Insights:
    return Insights(titles=TITLES, **given)  # type: ignore[arg-type]


def line(words: Words, **given: object) -> str:
    (said,) = insight_lines(words, only(**given))
    return said


@pytest.mark.parametrize("words", [EN, JA], ids=["en", "ja"])
def test_every_kind_has_its_sentence(words: Words) -> None:
    lines = insight_lines(words, EVERYTHING)
    assert len(lines) == len(set(lines)) == 8
    assert not any("{" in said or "mlp" in said or "batch:" in said for said in lines)
    assert sum(TITLES["mlp"][words.language] in said for said in lines) == 6


def test_nothing_found_is_nothing_said() -> None:
    assert insight_lines(EN, Insights()) == ()


def test_moved_ratio_is_told_for_the_side_that_gains() -> None:
    assert "from 2.0 to 4.0, 2.0 times what it was (95% interval 1.80 to 2.2)" in line(EN, moved=(MOVED,))
    assert line(EN, moved=(MOVED,)).endswith("That favours PyTorch.")
    other = Moved("mlp", "matched", "eager", 4.0, 2.0, 0.5, (0.4, 0.6), 8)
    assert line(EN, moved=(other,)).endswith("That favours TensorFlow.")


def test_interval_across_one_proves_no_change() -> None:
    wide = Moved("mlp", "matched", "eager", 2.0, 2.2, 1.1, (0.8, 1.5), 8)
    assert "No change is proven" in line(EN, moved=(wide,))


def test_move_on_a_busy_machine_proves_nothing() -> None:
    assert "this proves nothing" in line(EN, moved=(MOVED,), busy=True)


def test_move_without_an_interval_says_why() -> None:
    few = Moved("mlp", "matched", "eager", 2.0, 2.2, 1.1, None, 1)
    assert "too few launches" in line(EN, moved=(few,))


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((400, 900), "after 400–900 steps (2 launches)"),
        ((400, None), "in 1 of 2 launches, after 400 steps"),
        ((None, None), "compiling does not pay"),
    ],
)
def test_break_even_is_told_over_the_launches(steps: tuple[int | None, ...], said: str) -> None:
    assert said in line(EN, break_even=(BreakEven("mlp", "tuned", "pytorch", steps),))


def test_break_even_with_the_cache_kept_says_so() -> None:
    cached = BreakEven("mlp", "tuned", "pytorch", (60,), cached=True)
    assert "PyTorch with the compiler's cache kept: compiling has paid for itself after 60 steps" in line(
        EN, break_even=(cached,)
    )


def test_printed_number_stands_beside_the_found_range() -> None:
    drawn = ({"weight": 2.11413, "steps": 50.0}, {"weight": 2.26621, "steps": 50.0})
    said = line(EN, printed=(Printed("mlp", "pytorch", {"prediction": 2.495}, drawn),))
    assert "is said to give prediction (x = 0.5) 2.495." in said
    assert "gives weight 2.11–2.27, steps 50 (2 runs)" in said


def test_fetched_memory_is_told_with_its_range() -> None:
    assert line(EN, fetched=EVERYTHING.fetched).endswith(
        "Small network (matched settings), PyTorch (3–3,700 page faults a step, up to 26% of the processor "
        "time spent in the system)."
    )


def test_null_comparison_names_the_figure_that_failed() -> None:
    failed = EVERYTHING.against_itself[0].model_copy(update={"passed": False, "metric": "first-step"})
    said = line(EN, against_itself=(*EVERYTHING.against_itself, failed))
    assert "2 comparisons. It came out as different in: PyTorch, Small network, first step." in said
    same, different = against_itself_table(EN, only(against_itself=(*EVERYTHING.against_itself, failed)))
    assert same["PyTorch"] == "1.00 (0.95–1.05), the same within 10%"
    assert different["PyTorch"].endswith("different, so no verdict")
    assert different["TensorFlow"] == "–"


def test_clock_that_does_not_wait_is_told_by_what_it_saw() -> None:
    (row,) = self_test_table(EN, EVERYTHING)
    assert row["Outcome"] == "saw 25% of the time"
    assert row["Should read"] == "400 ms"


def test_failed_self_test_is_named_as_such() -> None:
    failed = SelfTest("tensorflow", "allocation", 128.0, None, "MiB", False)
    (row,) = self_test_table(EN, only(self_tests=(failed,)))
    assert (row["Read"], row["Outcome"]) == ("–", "not as it should be")


@pytest.fixture(scope="module")
def told(measurements: Measurements) -> Report:
    def note(key: str, value: object, launch: int = 0) -> Note:
        return Note(probe="cnn", track="matched", framework="pytorch", launch=launch, key=key, value=value)

    checks = {"expected": 20.0, "measured": 20.1, "unit": "ms", "passed": True}
    found = measurements.model_copy(
        update={
            "notes": (note("settled", False), note("break-even-steps", 400), note("settled", True, 1)),
            "self_tests": {"pytorch": {"sleep": checks}},
        }
    )
    knowledge = built_in()
    return build_report(knowledge, parse_answers(knowledge, ANSWERS), DAY, found)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_page_and_record_say_the_same_sentences(told: Report, language: str) -> None:
    words = Words.load(language)
    assert told.measured is not None
    lines = insight_lines(words, told.measured.insights)
    assert len(lines) == 2
    for form in (to_html(told, language), to_markdown(told, language)):
        assert all(said in form for said in lines)
        assert words("report.insight.title") in form
        assert words("report.selftest.test.sleep") in form


def test_document_holds_them_without_words_of_a_language(told: Report) -> None:
    assert Report.model_validate_json(to_json(told)) == told
    kept = json.loads(to_json(told))["measured"]["insights"]
    assert kept["break_even"] == [
        {"probe": "cnn", "track": "matched", "framework": "pytorch", "steps": [400], "cached": False}
    ]


def test_values_that_no_run_writes_are_left_out(measurements: Measurements) -> None:
    odd = {"expected": 10**400, "measured": float("nan"), "unit": "ms", "passed": True}
    found = measurements.model_copy(
        update={
            "notes": tuple(
                Note(probe="cnn", framework="pytorch", launch=0, key=key, value=value)
                for key, value in (("break-even-steps", 10**400), ("as-printed", [{"weight": 10**400}]))
            ),
            "self_tests": {"pytorch": {"sleep": odd}},
            "null_check": {"passed": True, "rows": [{"metric": "x"}, 7]},
        }
    )
    knowledge = built_in()
    report = build_report(knowledge, parse_answers(knowledge, ANSWERS), DAY, found)
    assert report.measured is not None
    assert report.measured.insights.self_tests == report.measured.insights.against_itself == ()
    assert report.measured.insights.break_even == ()
    assert to_html(report, "ja")
