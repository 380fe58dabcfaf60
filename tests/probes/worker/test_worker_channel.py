"""The line to the parent: clean events, and an end when nobody listens."""

import io
import json
import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from probes.worker.channel import Channel


def child(code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_an_event_is_one_line_of_json() -> None:
    stream = io.StringIO()
    Channel(stream).emit("note", key="速い", value="a\nb")
    assert stream.getvalue().count("\n") == 1
    assert json.loads(stream.getvalue()) == {"event": "note", "key": "速い", "value": "a\nb"}


def test_a_number_that_json_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        Channel(io.StringIO()).emit("sample", value=float("nan"))


def test_what_a_framework_prints_does_not_reach_the_parent() -> None:
    process = child("""
        import os
        from probes.worker.channel import take_stdout
        channel = take_stdout()
        print("a banner", flush=True)
        os.write(1, b"from C\\n")
        channel.emit("finished")
    """)
    said, complained = process.communicate(timeout=30)
    assert json.loads(said) == {"event": "finished"}
    assert "a banner" in complained
    assert "from C" in complained


def test_the_job_is_read_and_the_rest_of_the_line_left() -> None:
    process = child("""
        import os
        from probes.worker.channel import read_line, take_stdout
        take_stdout().emit("note", job=read_line(), rest=os.read(0, 100).decode())
    """)
    said, _ = process.communicate("the job\nmore", timeout=30)
    assert json.loads(said) == {"event": "note", "job": "the job", "rest": "more"}


def test_a_closed_line_ends_the_worker_and_what_it_started() -> None:
    process = child("""
        import subprocess, sys, time
        from probes.worker.channel import take_stdout, watch
        channel = take_stdout()
        watch()
        helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        channel.emit("note", helper=helper.pid)
        time.sleep(600)
    """)
    assert process.stdin is not None
    assert process.stdout is not None
    helper = json.loads(process.stdout.readline())["helper"]
    process.stdin.close()
    assert process.wait(timeout=30) == -signal.SIGKILL
    process.stdout.close()
    end = (
        time.monotonic() + 10
    )  # killed at the same moment, but the system takes them down one after the other
    while not gone(helper) and time.monotonic() < end:
        time.sleep(0.02)
    assert gone(helper)


def gone(pid: int) -> bool:
    """Whether the process has ended; an ended one nobody has waited for still has a number."""
    try:
        with open(f"/proc/{pid}/stat") as about:
            return about.read().rsplit(")", 1)[1].split()[0] in ("Z", "X")
    except FileNotFoundError:
        return True
    except OSError:
        return not os.path.exists(f"/proc/{pid}")
