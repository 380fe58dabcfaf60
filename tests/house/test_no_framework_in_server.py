"""The web server and the command lines never load a framework: only the workers do."""

import subprocess
import sys

import pytest

FRAMEWORKS = ("torch", "tensorflow", "keras", "jax")

SERVER = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=120)
app.run()
assert not app.exception, app.exception
"""
LIBRARY = """
import advisor.inference, advisor.report.build, advisor.report.render, advisor.report.figures, advisor.cli
import probes.runner, probes.machine, probes.store, probes.job
"""


@pytest.mark.parametrize("program", [SERVER, LIBRARY], ids=["server", "library"])
def test_process_loads_no_framework(program: str, pytestconfig: pytest.Config) -> None:
    check = f"import sys; print(sorted(set({FRAMEWORKS!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program + check],
        cwd=pytestconfig.rootpath,
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1] == "[]"
