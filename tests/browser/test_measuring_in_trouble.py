"""A tab closed in the middle, a framework that is missing, a worker that crashes: each on its own server.

What such a server needs is named by the person who runs it, never on a page.
"""

import re
import sys
import venv
from collections.abc import Callable, Iterator
from pathlib import Path

import looking
import numpy
import pytest
from app_server import HOUSE, Server, serving
from measuring import MEASURE, await_workers, start
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
TRAINING = 150_000  # milliseconds
CRASHING = """
import os, runpy, signal, sys
from probes.worker.channel import Channel
emit = Channel.emit
def fall(self, event, **more):
    emit(self, event, **more)
    if event == "phase":
        os.kill(os.getpid(), signal.SIGSEGV)
Channel.emit = fall
sys.argv = sys.argv[2:]  # after -m
runpy.run_module("probes.worker", run_name="__main__", alter_sys=True)
"""

pytestmark = [pytest.mark.frameworks, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, which takes a page for closed when nothing was heard of it for three seconds."""
    folder = tmp_path_factory.mktemp("impatient")
    script = folder / "app.py"
    script.write_text(
        "import runpy\n"
        "from probes.job import Job\n"
        'Job.start.__func__.__kwdefaults__["grace_seconds"] = 3.0\n'
        f"runpy.run_path({str(HOUSE / 'app.py')!r})\n",
        encoding="utf-8",
    )
    with serving(folder, str(script)) as server:
        yield server


def test_closed_tab_ends_its_measurement_after_a_grace(open_page: OpenPage, impatient: Server) -> None:
    page = open_page(MEASURE, at=impatient.address)
    start(page)
    await_workers(page, impatient, some=True)
    page.wait_for_timeout(4000)
    assert page.locator(".st-key-cancel").is_visible()  # an open page keeps it alive
    job, other = page.url.split("job=")[1].split("&")[0], open_page("rules?lang=en")
    page.close()
    await_workers(other, impatient, some=False, seconds=30)
    again = open_page(f"{MEASURE}&job={job}", at=impatient.address)
    expect(again.get_by_test_id("stAlert").first).to_contain_text("cancelled")


@pytest.fixture(scope="module")
def lacking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, whose interpreter for PyTorch has NumPy but no PyTorch."""
    folder = tmp_path_factory.mktemp("lacking")
    venv.create(folder / "bare", with_pip=False)
    packages = next((folder / "bare").glob("[Ll]ib/**/site-packages"))
    for part in Path(numpy.__file__).parents[1].glob("numpy*"):
        (packages / part.name).symlink_to(part)
    interpreter = folder / "bare" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    with serving(folder, TENSOR_OR_TORCH_PYTHON_TORCH=str(interpreter)) as server:
        yield server


@pytest.mark.parametrize("language", ["en", "ja"])
def test_missing_framework_is_named_beside_the_other(
    open_page: OpenPage, lacking: Server, language: str
) -> None:
    page = open_page(f"measure?lang={language}", at=lacking.address)
    expect(page.locator(".st-key-sight-tensorflow")).to_contain_text("TensorFlow 2", timeout=90_000)
    expect(page.locator(".st-key-sight-pytorch")).to_contain_text(
        {
            "en": "PyTorch cannot be used here. Its side of a comparison will be empty.",
            "ja": "PyTorchはここでは使えません。比較ではこちら側が空欄になります。",
        }[language]
    )
    looking.whole(page, language)


def test_measurement_without_one_framework_says_so_and_goes_on(open_page: OpenPage, lacking: Server) -> None:
    page = open_page(MEASURE, at=lacking.address)
    start(page)
    failure = page.get_by_test_id("stAlert").filter(has_text="PyTorch is not installed in the interpreter")
    expect(failure.first).to_be_visible(timeout=TRAINING)
    looking.whole(page, "en")
    page.locator(".st-key-to-recommendation button").click()
    expect(page).to_have_url(re.compile("/recommendation"))
    expect(page.get_by_test_id("stMain")).to_contain_text("PyTorch is not installed in the interpreter")
    looking.whole(page, "en")


@pytest.fixture(scope="module")
def crashing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, whose interpreter for PyTorch dies of a signal in the middle of its first task."""
    folder = tmp_path_factory.mktemp("crashing")
    worker, interpreter = folder / "worker.py", folder / "python"
    worker.write_text(CRASHING, encoding="utf-8")
    interpreter.write_text(f'#!/bin/sh\nexec {sys.executable!r} {str(worker)!r} "$@"\n', encoding="utf-8")
    interpreter.chmod(0o755)
    with serving(folder, TENSOR_OR_TORCH_PYTHON_TORCH=str(interpreter)) as server:
        yield server


@pytest.mark.skipif(sys.platform == "win32", reason="needs hardware: a system with signals")
def test_worker_that_crashes_is_a_result_with_its_reason(open_page: OpenPage, crashing: Server) -> None:
    page = open_page(MEASURE, at=crashing.address)
    start(page)
    failure = page.get_by_test_id("stAlert").filter(has_text="PyTorch crashed")
    expect(failure.first).to_be_visible(timeout=TRAINING)
    looking.whole(page, "en")
    page.reload()
    expect(page.locator(".st-key-measure button")).to_be_visible()
    looking.whole(page, "en")
