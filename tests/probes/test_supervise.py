"""What ends a worker also when the parent cannot."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from probes import supervise
from probes.environment import can_keep_memory, worker_environment

PARENT = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from probes.supervise import Limits, launch
launch([sys.executable, {worker!r}, "--framework", "tensorflow"],
       {{"framework": "tensorflow", "launch": 0, "threads": 1,
         "tasks": [{{"kind": "time", "probe": "plain", "track": "matched", "folder": {folder!r}}}]}},
       framework="tensorflow", environment={{}}, folder=Path("."), limits=Limits(60, 2**33),
       on_event=lambda event: print(event.get("pid") or "", flush=True))
"""
WORKER = Path(__file__).parent / "fakes" / "fake_worker.py"


@pytest.mark.skipif(os.name != "posix", reason="sends signals")
def test_a_worker_leaves_when_its_parent_is_killed(catalog):
    home = catalog({"plain": {"tensorflow": {"do": "hang", "during": "time"}}})
    root = str(Path(__file__).resolve().parents[2])
    code = PARENT.format(root=root, worker=str(WORKER), folder=str(home / "plain"))
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    worker = int(parent.stdout.readline())
    assert psutil.pid_exists(worker)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 5
    while psutil.pid_exists(worker) and psutil.Process(worker).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "the worker outlived its parent"
        time.sleep(0.02)


def test_a_worker_inherits_a_short_list_only(tmp_path):
    given = {"PATH": "/bin", "AWS_SECRET_ACCESS_KEY": "x", "PYTHONPATH": "/elsewhere", "TF_XLA_FLAGS": "fast"}
    made = worker_environment("tensorflow", code=tmp_path, scratch=tmp_path, threads=3, inherited=given)
    assert made["PATH"] == "/bin"
    assert made["PYTHONPATH"] == str(tmp_path)
    assert not {"AWS_SECRET_ACCESS_KEY", "TF_XLA_FLAGS"} & made.keys()


def test_both_sides_get_the_same_threads(tmp_path):
    sides = [
        worker_environment(one, code=tmp_path, scratch=tmp_path, threads=3, inherited={})
        for one in ("tensorflow", "pytorch")
    ]
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"):
        assert [side[name] for side in sides] == ["3", "3"]


FETCHES = """
import resource
import numpy as np
np.ones(5 * 2**20)  # 40 MiB: more than glibc ever keeps by its own rules
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(10):
    np.ones(5 * 2**20)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(not can_keep_memory(), reason="needs glibc")
@pytest.mark.parametrize("keep", [False, True])
def test_kept_memory_is_not_fetched_again(tmp_path, keep):
    made = worker_environment("pytorch", code=tmp_path, scratch=tmp_path, threads=1, keep_memory=keep)
    told = subprocess.run(
        [sys.executable, "-c", FETCHES], env=made, capture_output=True, text=True, check=True
    )
    assert (int(told.stdout) < 100) == keep


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells how much memory forks share")
def test_memory_that_forks_share_counts_once():
    code = (
        "import os, time; held = b'x' * 2**28; parent = os.getpid()\n"
        "for _ in range(4): os.getpid() == parent and os.fork()\n"
        "print('ready', flush=True); time.sleep(600)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert [child.stdout.readline().strip() for _ in range(5)] == ["ready"] * 5
        mebibytes = supervise._resident_of_children(os.getpid()) / 2**20
    finally:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    assert 256 < mebibytes < 2 * 256


def test_the_parent_imports_no_framework():
    code = (
        "import sys, probes.job, probes.cli, probes.store; "
        "print({'torch', 'tensorflow', 'keras'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"
