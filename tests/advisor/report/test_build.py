"""The report document holds everything that is shown, and its numbers agree with each other."""

import json
from datetime import date
from decimal import Decimal

from jsonschema import validate

from advisor.inference import built_in, decode, parse_answers
from advisor.report.build import build_report
from advisor.report.model import Report
from advisor.report.render import to_json
from advisor.report.schema import FILE, schema_text
from advisor.report.titles import probe_titles
from probes.model import Measurements


def test_reasons_sum_to_the_margin(report: Report) -> None:
    assert report.advice.reasons
    assert sum(reason.decibans for reason in report.advice.reasons) == report.verdict.margin_decibans


def test_shown_bars_sum_to_the_shown_margin(measured_report: Report) -> None:
    assert len(measured_report.bars) > 1
    shown = sum(Decimal(str(bar.shown)) for bar in measured_report.bars)
    assert shown == Decimal(str(measured_report.shown_margin))


def test_link_reproduces_the_answers(report: Report) -> None:
    knowledge = built_in()
    parameters = dict(part.split("=", 1) for part in report.link.removeprefix("?").split("&"))
    answers = decode(knowledge, parameters)[0]
    assert answers.as_dict() == report.advice.answers


def test_not_sure_is_kept_apart_from_not_answered(report: Report) -> None:
    by_trait = {answered.trait: answered for answered in report.answered}
    assert by_trait["mlops"].unknown
    assert not by_trait["lifespan"].unknown
    assert not by_trait["lifespan"].answers


def test_questions_that_do_not_apply_are_left_out(report: Report) -> None:
    assert "edge_chip" not in {answered.trait for answered in report.answered}


def test_measurement_moves_the_verdict_and_both_are_kept(measured_report: Report) -> None:
    assert measured_report.before_measurements is not None
    assert measured_report.measured is not None
    before = measured_report.before_measurements.verdict.margin_decibans
    assert measured_report.measured.moved == measured_report.verdict.margin_decibans - before
    assert measured_report.measured.moved < 0  # TensorFlow was faster, and training speed matters here


def test_sources_are_listed_once(report: Report) -> None:
    urls = [source.url for source in report.sources]
    assert urls
    assert len(urls) == len(set(urls))


def test_document_survives_json(measured_report: Report) -> None:
    assert Report.model_validate_json(measured_report.model_dump_json()) == measured_report


def test_published_schema_is_the_models_own() -> None:
    assert FILE.read_text(encoding="utf-8") == schema_text()
    assert FILE.name == f"report-v{Report.model_fields['schema_version'].default}.schema.json"


def test_document_fits_its_published_schema(measured_report: Report) -> None:
    validate(json.loads(to_json(measured_report)), json.loads(FILE.read_text(encoding="utf-8")))


def test_measured_reason_is_named_in_words_of_both_languages(measured_report: Report) -> None:
    (reason,) = [reason for reason in measured_report.advice.reasons if reason.theme == "measurement"]
    assert reason.title == {
        "en": "Measured: Small CNN, steady step",
        "ja": "測定：小さなCNNの定常時の1ステップ",
    }


def test_built_in_probes_have_their_titles_without_being_told() -> None:
    titles = probe_titles()
    assert {"cnn", "lstm", "start_up"} <= set(titles)
    assert all({"en", "ja"} <= set(title) for title in titles.values())


def test_probe_without_a_title_is_shown_by_its_id(measurements: Measurements) -> None:
    renamed = measurements.results[0].model_copy(update={"probe": "own_probe"})
    knowledge = built_in()
    own = measurements.model_copy(update={"results": (renamed,)})
    report = build_report(knowledge, parse_answers(knowledge, {}), date(2026, 11, 24), own)
    assert report.measured is not None
    assert report.measured.findings[0].title["ja"] == "own_probe"
