"""The web server and the command lines never load a framework: only the workers do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FRAMEWORKS = ("torch", "tensorflow", "keras", "jax")

SERVER = """
import importlib, pkgutil
from streamlit.testing.v1 import AppTest
import advisor.ui.pages, probes.machine
from probes.model import FrameworkSight
def look(framework, interpreter):
    return FrameworkSight(framework=framework, interpreter=interpreter)
probes.machine.look = look  # it asks in a process of its own, which takes long
app = AppTest.from_file("app.py", default_timeout=120)
app.query_params["a"] = "domain.vision~purpose.research"
app.run()
assert not app.exception, app.exception
names = [found.name for found in pkgutil.iter_modules(advisor.ui.pages.__path__)]
assert set(names) == set(app.session_state["visit"].pages)
for name in names:  # each is loaded when it is opened, and loads more as it is shown
    importlib.import_module(f"advisor.ui.pages.{name}")
    app._page_hash = app.session_state["visit"].pages[name]._script_hash
    app.run()
    assert not app.exception, (name, app.exception)
    assert app.title, name
"""
LIBRARY = """
import advisor.inference, advisor.report.build, advisor.report.render, advisor.report.figures, advisor.cli
import probes.runner, probes.machine, probes.store, probes.job
"""


@pytest.mark.parametrize("program", [SERVER, LIBRARY], ids=["server", "library"])
def test_process_loads_no_framework(program: str, pytestconfig: pytest.Config, tmp_path: Path) -> None:
    check = f"import sys; print(sorted(set({FRAMEWORKS!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program + check],
        cwd=pytestconfig.rootpath,
        env=os.environ | {"TENSOR_OR_TORCH_DATA": str(tmp_path), "TENSOR_OR_TORCH_DATABASE": ""},
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1] == "[]"
