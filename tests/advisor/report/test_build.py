"""The report document holds everything that is shown, and its numbers agree with each other."""

import json
from decimal import Decimal

from advisor.inference import built_in, decode
from advisor.paths import ASSETS
from advisor.report.model import Report


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
    published = json.loads((ASSETS / "report" / "report-v1.schema.json").read_text(encoding="utf-8"))
    assert published == Report.model_json_schema()
