"""What was measured: one chart, one plain sentence a result, certificate and ledger on demand."""

from collections.abc import Mapping, Sequence

import streamlit as st

from advisor.report import findings as say
from advisor.report import sentences
from advisor.report.model import Finding, Report
from advisor.report.naming import framework_name, named
from advisor.report.tasks import findings_of
from advisor.report.titles import probe_titles
from advisor.ui import charts
from advisor.ui.parts.side_by_side import label
from advisor.ui.visit import Visit
from probes.model import HEADLINE, Failure, LedgerRow, Measurements

Titles = Mapping[str, dict[str, str]]
CLEAR = ("tensorflow", "pytorch", "same")


def measurements(visit: Visit, found: Measurements) -> None:
    """A stored measurement, with the machine and the day."""
    words, titles = visit.words, probe_titles()
    st.caption(
        words(
            "pages.measure.of",
            machine=say.machine_line(words, found.machine),
            day=found.started[:10],
            plan=named(words, "pages.history", f"plan-{found.plan}"),
        )
    )
    show(visit, findings_of(found.results, titles), found.failures, titles, key=found.id)
    ledger(visit, found.ledger, titles, key=found.id)


def show(
    visit: Visit, findings: Sequence[Finding], failures: Sequence[Failure], titles: Titles, key: str
) -> None:
    """The findings, then what gave no figure and why. ``key`` keeps two measurements on a page apart."""
    words = visit.words
    clear, unclear = by_clarity(told(findings))
    charts.ratios(words, clear, key=f"ratios-{key}")
    for finding in clear:
        st.markdown(words("pages.measure.finding", line=say.finding_line(words, finding)))
    if findings and not clear and not failures:
        st.markdown(words("pages.measure.nothing-clear"))
    if unclear:
        with st.expander(
            words("pages.measure.unclear", n=len(unclear)), key=f"unclear-{key}", expanded=not clear
        ):
            for reason, alike in by_reason(visit, unclear).items():
                st.markdown(reason)
                st.markdown("\n".join(_unclear(visit, finding) for finding in alike))
    _certificates(visit, findings, key)
    for failure in failures:
        st.warning(say.failure_line(words, failure, titles), icon=":material/report:")
    if findings:
        with st.expander(words("pages.chart.table"), key=f"figures-{key}"):
            st.caption(words("report.measured.caption"))
            st.table([_row(visit, finding) for finding in findings], hide_index=True)


def told(findings: Sequence[Finding]) -> list[Finding]:
    """Those with a bar and a sentence: of a switched setting only the figure that it is switched for."""
    return [one for one in findings if one.result.variant is None or one.result.metric == HEADLINE]


def by_clarity(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Findings that say something, and those that cannot tell."""
    clear = [finding for finding in findings if finding.result.verdict in CLEAR]
    return clear, [finding for finding in findings if finding.result.verdict not in CLEAR]


def by_reason(visit: Visit, findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Findings that cannot tell, under the reason that they share."""
    shared: dict[str, list[Finding]] = {}
    for finding in findings:
        shared.setdefault(say.result_reason(visit.words, finding.result), []).append(finding)
    return shared


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
    st.markdown(sentences.before_and_after(words, report))
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
        words("report.column.what"): label(visit, finding.title, result),
        framework_name("tensorflow"): say.figure(words, result.tensorflow, result.unit),
        framework_name("pytorch"): say.figure(words, result.pytorch, result.unit),
        words("report.column.ratio"): say.ratio_range(words, result),
    }


def _unclear(visit: Visit, finding: Finding) -> str:
    """A figure as an item of a list, with its ratio where there is one."""
    words, figure = visit.words, label(visit, finding.title, finding.result)
    if finding.result.interval is None:
        return words("pages.measure.unclear-figure", figure=figure)
    return words("pages.measure.unclear-ratio", figure=figure, ratio=say.ratio_range(words, finding.result))


def _certificates(visit: Visit, findings: Sequence[Finding], key: str) -> None:
    """One proof a computation; it holds for all of its figures and variants."""
    words = visit.words
    proofs = {
        (f.result.probe, *f.result.parameters.items()): f
        for f in reversed(findings)
        if f.result.certificate is not None
    }
    if not proofs:
        return
    with st.expander(words("pages.measure.certificate"), key=f"certificate-{key}"):
        for finding in reversed(proofs.values()):
            st.markdown(
                words(
                    "pages.measure.proof",
                    title=visit.text(finding.title),
                    line=say.certificate_line(words, finding.result),
                )
            )
            worst = finding.result.certificate.worst if finding.result.certificate else {}
            for check, value in worst.items():
                name = named(words, "report.check", check)
                st.caption(words("pages.measure.worst", check=name, worst=say.scientific(words, value)))
