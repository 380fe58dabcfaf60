"""Sentences about measurements say who is ahead, by how much and how sure, in both languages."""

from pathlib import Path

import pytest

from advisor.report import findings
from advisor.report.findings import finding_line, ratio, result_reason, scientific
from advisor.report.model import Finding
from advisor.words import Words
from probes.contract import TRACKS
from probes.model import Certificate, Failure, LedgerRow, Result, Summary
from probes.reasons import ENGLISH, reason

EN, JA = Words.load("en"), Words.load("ja")
METRICS = (
    "steady-step",
    "first-step",
    "compile",
    "compile-cached",
    "build",
    "import",
    "peak-memory",
    "peak-device-memory",
    "time-to-accuracy",
)
VALUES = {"margin": 10, "pairs": 2, "fewest": 3, "why": "it crashed", "side": "PyTorch", "percent": 40}


def finding(metric: str, verdict: str, value: float | None, low: float = 0.0, high: float = 0.0) -> Finding:
    side = Summary(median=4.5, low=4.3, high=4.9, launches=6)
    result = Result(
        probe="cnn",
        track="matched",
        metric=metric,
        unit="ms",
        tensorflow=side,
        pytorch=side,
        ratio=value,
        interval=None if value is None else (low, high),
        verdict=verdict,
        reason="",
        confidence=0.95,
    )
    return Finding(title={"en": "Small CNN", "ja": "小さなCNN"}, result=result)


def coded(code: str, **more: object) -> Result:
    known = finding("steady-step", "cannot-tell", None).result
    update = {"reason": reason(code, **VALUES), "reason_code": code, "reason_values": VALUES}
    return known.model_copy(update=update | more)


def test_ratio_above_one_is_told_for_pytorch() -> None:
    line = finding_line(EN, finding("steady-step", "pytorch", 2.6, 2.4, 2.9))
    assert "PyTorch trains about 2.6 times as fast" in line
    assert "95% interval 2.4 to 2.9" in line


def test_ratio_below_one_is_turned_round_for_tensorflow() -> None:
    line = finding_line(EN, finding("steady-step", "tensorflow", 0.4, 0.25, 0.5))
    assert "TensorFlow trains about 2.5 times as fast" in line
    assert "95% interval 2.0 to 4.0" in line


def test_memory_names_the_side_that_needs_more() -> None:
    assert "TensorFlow needs about 2.0 times as much as PyTorch" in finding_line(
        EN, finding("peak-memory", "pytorch", 2.0, 1.9, 2.1)
    )
    assert "PyTorchはTensorFlowの約2.0倍を使います" in finding_line(
        JA, finding("peak-memory", "tensorflow", 0.5, 0.48, 0.52)
    )


def test_equal_sides_are_called_the_same_with_their_interval() -> None:
    line = finding_line(EN, finding("steady-step", "same", 1.01, 0.97, 1.05))
    assert "the same within 10%" in line
    assert "0.97 to 1.05" in line


@pytest.mark.parametrize("words", [EN, JA], ids=["en", "ja"])
@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_of_the_laboratory_is_worded(words: Words, metric: str) -> None:
    for verdict, value in (("pytorch", 2.0), ("tensorflow", 0.5)):
        line = finding_line(words, finding(metric, verdict, value, value * 0.9, value * 1.1))
        assert metric not in line.replace("import", "") or words is EN
        assert "TensorFlow" in line or "PyTorch" in line
    assert f"report.metric.{metric}.name" in words.entries


def test_metrics_under_test_are_those_that_the_workers_report() -> None:
    root = Path(findings.__file__).parents[2] / "probes"
    source = (root / "worker" / "timing.py").read_text() + (root / "gather.py").read_text()
    assert all(f'"{metric}"' in source for metric in METRICS)
    assert source.count('sample("') + 1 == len(METRICS)


@pytest.mark.parametrize("words", [EN, JA], ids=["en", "ja"])
def test_metric_without_words_is_shown_by_its_id(words: Words) -> None:
    line = finding_line(words, finding("own-figure", "pytorch", 2.0, 1.9, 2.1))
    assert "own-figure" in line
    assert "PyTorch" in line


@pytest.mark.parametrize("words", [EN, JA], ids=["en", "ja"])
@pytest.mark.parametrize("code", list(ENGLISH))
def test_every_reason_of_the_laboratory_is_worded(words: Words, code: str) -> None:
    said = result_reason(words, coded(code))
    assert said
    assert "{" not in said
    assert (said == reason(code, **VALUES)) <= (words is EN)


def test_reason_with_values_that_do_not_fit_falls_back_to_its_text() -> None:
    assert result_reason(JA, coded("few", reason_values={})) == reason("few", **VALUES)


@pytest.mark.parametrize("kind", Failure.model_fields["kind"].annotation.__args__)
def test_failure_is_worded_by_its_kind(kind: str) -> None:
    message = "no end after 60 s; stopped"
    values = {"side": "TensorFlow", "why": message, "kind": kind}
    said = result_reason(JA, coded("failed", reason_values=values))
    assert said == f"TensorFlowは{JA(f'report.failure.{kind}')}。"


def test_failure_of_an_older_file_keeps_its_message() -> None:
    assert "it crashed" in result_reason(JA, coded("failed"))


def test_refused_certificate_names_the_checks_that_differ() -> None:
    refused = Certificate(
        granted=False, steps=20, tolerance=1e-4, worst={"sgd": 1e-7, "adam": 0.3}, reason="x"
    )
    said = result_reason(JA, coded("no-certificate", certificate=refused))
    assert "Adamでの損失" in said
    assert "SGD" not in said
    assert "10⁻⁴" in said


def test_refused_certificate_without_figures_gives_the_laboratorys_words() -> None:
    refused = Certificate(granted=False, reason="no parity run from pytorch")
    assert "no parity run from pytorch" in result_reason(JA, coded("no-certificate", certificate=refused))


@pytest.mark.parametrize("words", [EN, JA], ids=["en", "ja"])
@pytest.mark.parametrize("kind", Failure.model_fields["kind"].annotation.__args__)
def test_every_failure_is_worded(words: Words, kind: str) -> None:
    one = Failure(probe="cnn", framework="pytorch", kind=kind, message="")
    line = findings.failure_line(words, one, {"cnn": {"en": "Small CNN", "ja": "小さなCNN"}})
    assert "CNN" in line
    assert "PyTorch" in line
    assert findings.failure_line(words, one.model_copy(update={"probe": None, "framework": None}))


@pytest.mark.parametrize("track", TRACKS)
def test_every_track_is_worded(track: str) -> None:
    assert {f"report.track.{track}"} <= set(EN.entries) & set(JA.entries)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (6095.9, "6,100"),
        (15.4, "15"),
        (2.64, "2.6"),
        (1.066, "1.07"),
        (0.357, "0.36"),
        (0.00327, "0.0033"),
        (0, "0"),
    ],
)
def test_ratio_has_about_two_figures(value: float, text: str) -> None:
    assert ratio(EN, value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(5e-7, "5 × 10⁻⁷"), (1e-4, "10⁻⁴"), (9.7e-6, "10⁻⁵"), (0.0, "0")]
)
def test_small_difference_is_a_power_of_ten(value: float, text: str) -> None:
    assert scientific(EN, value) == text


@pytest.mark.parametrize(
    ("median", "text"), [(735.1, "735 ms"), (7.357, "7.36 ms"), (0.00862, "0.00862 ms"), (0.0, "0.00 ms")]
)
def test_figure_has_about_three_figures_and_its_unit(median: float, text: str) -> None:
    assert findings.figure(EN, Summary(median=median, low=0, high=median, launches=2), "ms").startswith(text)


def test_ledger_item_is_named_with_its_track_and_probe() -> None:
    row = LedgerRow(item="matched.cnn.learning-rate", tensorflow="0.001", pytorch="0.001", equal=True)
    assert findings.ledger_item(JA, row, {"cnn": {"en": "Small CNN", "ja": "小さなCNN"}}) == (
        "条件を揃えた設定・小さなCNN・学習率"
    )


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("one-thread.threads-asked", "one thread, threads asked for"),
        ("keep-memory.environment", "freed memory kept, environment variables"),
        ("tuned.cnn.compile-threads", "tuned settings, cnn, threads that compile"),
    ],
)
def test_ledger_item_of_a_launch_of_its_own_names_its_setting(item: str, said: str) -> None:
    row = LedgerRow(item=item, tensorflow="1", pytorch="1", equal=True)
    assert findings.ledger_item(EN, row) == said


def test_unknown_ledger_item_is_shown_by_its_id() -> None:
    row = LedgerRow(item="tuned.new-setting", tensorflow=None, pytorch="1", equal=None)
    assert findings.ledger_item(EN, row) == "tuned settings, new-setting"


def test_date_of_another_form_is_shown_as_it_is(measured_report: object) -> None:
    odd = measured_report.measured.model_copy(update={"started": "yesterday"})
    assert "yesterday" in findings.measured_line(EN, odd)


@pytest.mark.parametrize(("value", "said"), [(6e7, ">10,000"), (1.5e-7, "<0.0001"), (6100, "6,100")])
def test_ratio_too_far_to_mean_anything_is_only_bounded(value: float, said: str) -> None:
    assert ratio(EN, value) == said


@pytest.mark.parametrize(("pairs", "said"), [(1, "Only 1 pair of"), (2, "Only 2 pairs of")])
def test_reason_counts_in_the_right_number(pairs: int, said: str) -> None:
    assert result_reason(EN, coded("few", reason_values={"pairs": pairs, "fewest": 3})).startswith(said)
