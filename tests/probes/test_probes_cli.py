"""The command line: JSON on standard output, errors on standard error with a status."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from probes.lock import waiting
from probes.store import read_json

OWN = Path(__file__).parent / "catalog" / "example_catalog"
ROOT = Path(__file__).resolve().parents[2]


def probes(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "probes", *arguments], capture_output=True, text=True, cwd=ROOT
    )


def test_list_tells_every_probe_and_its_bounds():
    listed = {one["id"]: one for one in json.loads(probes("list", "--catalog", str(OWN), "--json").stdout)}
    assert {"cnn", "mlp", "autoencoder"} <= listed.keys()
    assert listed["autoencoder"]["parameters"]["columns"] == {
        "default": 64, "low": 8, "high": 512, "label": {"en": "Columns", "ja": "列数"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["run", "--plan", "quik"],
            "--plan quik: write one of quick, standard, thorough; did you mean quick?",
        ),
        (["run", "--probe", "cn"], "no probe 'cn'; did you mean cnn"),
        (["run", "--track", "fast"], "--track fast"),
        (["run", "--set", "batch"], "--set batch: write name=number"),
        (["run", "--set", "batch=9999"], "batch is 9999"),
        (["run", "--device", "tpu"], "--device tpu"),
        (["run", "--sweep", "batch=a,b"], "--sweep batch=a,b: write name=number,number"),
        (["run", "--vary", "egaer"], "did you mean eager?"),
        (["run", "--threads", "0"], "--threads"),
        (["run", "--catalog", "/nowhere"], "/nowhere: no such folder"),
        (["run", "--output", "/nowhere/m.json"], "its folder does not exist"),
        (["history", "show", "none"], "no measurement 'none'"),
        (["history", "delete", "none"], "no measurement 'none'"),
        (["history", "import", "/nowhere.json"], "No such file"),
    ],
)
def test_a_mistake_is_told_on_standard_error(arguments, told):
    ended = probes(*arguments)
    assert ended.returncode == 2
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_a_file_that_is_no_measurement_is_refused(tmp_path):
    (tmp_path / "m.json").write_text("{}")
    ended = probes("history", "import", str(tmp_path / "m.json"))
    assert ended.returncode == 2
    assert "Field required" in ended.stderr


def test_a_missing_framework_gives_a_document_with_the_reason(tmp_path):
    nowhere = ["--python-tensorflow", "/nowhere/python", "--python-torch", "/nowhere/python"]
    ended = probes("run", "--probe", "mlp", *nowhere, "--json", "--output", str(tmp_path / "m.json"))
    assert ended.returncode == 1
    found = read_json(ended.stdout)
    assert {(one.framework, one.kind) for one in found.failures} == {
        ("tensorflow", "missing"),
        ("pytorch", "missing"),
    }
    assert found.results[0].verdict == "withheld"
    assert read_json((tmp_path / "m.json").read_text()) == found
    kept = json.loads(probes("history", "list", "--json").stdout)
    assert [one["id"] for one in kept] == [found.id]


@pytest.mark.frameworks
@pytest.mark.skipif(os.name != "posix", reason="sends signals")
def test_an_interrupt_ends_the_run_with_a_document():
    running = subprocess.Popen(
        [sys.executable, "-m", "probes", "run", "--probe", "mlp", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    time.sleep(4)
    running.send_signal(signal.SIGINT)
    told, _ = running.communicate(timeout=20)
    assert running.returncode == 130
    assert read_json(told).status == "cancelled"


@pytest.mark.frameworks
@pytest.mark.skipif(os.name != "posix", reason="sends signals")
def test_frameworks_leave_when_the_command_is_killed():
    running = subprocess.Popen(
        [sys.executable, "-m", "probes", "run", "--probe", "mlp", "--no-keep"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
    )  # fmt: skip
    workers = []
    while len(workers) < 2:  # both sides, in the parity check
        assert running.poll() is None
        workers = psutil.Process(running.pid).children(recursive=True)
        time.sleep(0.05)
    time.sleep(2)  # in the midst of their imports
    running.kill()
    running.wait()
    _, alive = psutil.wait_procs(workers, timeout=5)
    assert not [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]
    assert waiting() == ()
