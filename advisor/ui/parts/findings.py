"""What was measured: one chart, one plain sentence a result, certificate and ledger on demand."""

from collections.abc import Mapping, Sequence

import streamlit as st

from advisor.report import findings as say
from advisor.report.model import Finding, Report
from advisor.report.naming import framework_name
from advisor.report.titles import probe_titles
from advisor.ui import charts
from advisor.ui.parts.side_by_side import ratio
from advisor.ui.visit import Visit
from probes.model import Failure, LedgerRow, Measurements

Titles = Mapping[str, dict[str, str]]


def measurements(visit: Visit, found: Measurements) -> None:
    """A stored measurement, with the machine and the day."""
    words, titles = visit.words, probe_titles()
    st.caption(
        words("pages.measure.of", machine=say.machine_line(words, found.machine), day=found.started[:10], plan=found.plan)
    )
    shown = [
        Finding(title=titles.get(one.probe, {"en": one.probe}), result=one) for one in found.results
    ]
    show(visit, shown, found.failures, titles, key=found.id)
    ledger(visit, found.ledger, titles, key=found.id)


def show(
    visit: Visit, findings: Sequence[Finding], failures: Sequence[Failure], titles: Titles, key: str
) -> None:
    """The findings, then what gave no figure and why. ``key`` keeps two measurements on a page apart."""
    words = visit.words
    charts.ratios(words, findings, key=f"ratios-{key}")
    for index, finding in enumerate(findings):
        st.markdown(words("pages.measure.finding", line=say.finding_line(words, finding)))
        if finding.result.certificate is not None:
            _certificate(visit, finding, f"{key}-{index}")
    for failure in failures:
        st.warning(say.failure_line(words, failure, titles), icon=":material/report:")
    if findings:
        with st.expander(words("pages.chart.table"), key=f"figures-{key}"):
            st.caption(words("report.measured.caption"))
            st.table([_row(visit, finding) for finding in findings], hide_index=True)


def ledger(visit: Visit, rows: Sequence[LedgerRow], titles: Titles, key: str) -> None:
    """The settings of both sides as the workers read them back."""
    words = visit.words
    if not rows:
        return
    with st.expander(words("report.ledger.title"), key=f"ledger-{key}"):
        st.caption(words("report.ledger.about"))
        st.table(
            [
                {
                    words("report.column.setting"): say.ledger_item(words, row, titles),
                    framework_name("tensorflow"): row.tensorflow or words("report.figure.none"),
                    framework_name("pytorch"): row.pytorch or words("report.figure.none"),
                }
                for row in rows
            ],
            hide_index=True,
        )


def meaning(visit: Visit, report: Report) -> None:
    """What the measurement did to the recommendation: how far it moved, and which rules it speaks about."""
    words, measured = visit.words, report.measured
    if measured is None:
        return
    st.markdown(words("report.measured.moved", margin=words.signed(measured.moved)))
    for link in measured.rules:
        st.markdown(
            words(
                "pages.recommendation.measured-rule",
                title=visit.text(link.title),
                state=words(f"report.measured.{link.state}"),
            )
        )


def _row(visit: Visit, finding: Finding) -> dict[str, str]:
    words, result = visit.words, finding.result
    return {
        words("report.column.what"): say.finding_label(words, finding),
        framework_name("tensorflow"): say.figure(words, result.tensorflow, result.unit),
        framework_name("pytorch"): say.figure(words, result.pytorch, result.unit),
        words("report.column.ratio"): ratio(visit, result),
    }


def _certificate(visit: Visit, finding: Finding, key: str) -> None:
    certificate, words = finding.result.certificate, visit.words
    if certificate is None:
        return
    with st.expander(words("pages.measure.certificate"), type="compact", key=f"certificate-{key}"):
        st.markdown(say.certificate_line(words, finding.result))
        for check, worst in certificate.worst.items():
            st.caption(words("pages.measure.worst", check=say.named(words, "report.check", check), worst=f"{worst:.0e}"))
