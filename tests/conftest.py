"""Rules for the whole suite."""

import os

import pytest

HARDWARE = "needs hardware:"  # the only reason that may skip a test on CI


def pytest_sessionfinish(session: pytest.Session) -> None:
    """On CI a test that was skipped for a missing part is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("CI") or reporter is None:
        return
    skipped = [r for r in reporter.stats.get("skipped", []) if HARDWARE not in str(r.longrepr)]
    if skipped and session.exitstatus == pytest.ExitCode.OK:
        names = "\n".join(report.nodeid for report in skipped)
        reporter.write_line(f"skipped on CI, which counts as failed:\n{names}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
