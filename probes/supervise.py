"""One launch of a worker, watched from outside: started, listened to, and ended as a whole group, whatever
happens.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psutil

from probes.classify import End, classify, failure
from probes.contract import Framework
from probes.model import Failure

Event = Mapping[str, Any]

POLL_SECONDS = 0.05
MEMORY_SECONDS = 0.25  # between looks at the worker's own memory
FAMILY_SECONDS = 2.0  # between looks at its children's: finding them reads every process of the machine
LINE_LIMIT = 32 * 2**20  # bytes; the longest honest line is a probe's evaluation output
TAIL_BYTES = 4000


@dataclass(frozen=True)
class Limits:
    """What one launch may take: seconds of wall-clock time, bytes of resident memory of the whole group."""

    seconds: float
    memory: int


@dataclass(frozen=True)
class Outcome:
    """What one launch said and how it ended; ``failure`` is None when it finished by itself."""

    events: tuple[Event, ...]
    failure: Failure | None
    seconds: float
    others: float | None = None  # cores that other programs kept busy meanwhile


def launch(
    command: Sequence[str],
    job: Mapping[str, Any],
    *,
    framework: Framework,
    environment: Mapping[str, str],
    folder: Path,
    limits: Limits,
    on_event: Callable[[Event], None] = lambda event: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Runs one worker to its end and returns every event it sent. Raises nothing that the worker caused."""
    begun, busy_before = time.monotonic(), _busy()
    with tempfile.TemporaryFile() as complaints:
        try:
            process = _start(command, environment, folder, complaints)
        except OSError as error:
            return Outcome((), failure(framework, "missing", f"{command[0]}: {error.strerror or error}"), 0.0)
        events: list[Event] = []
        own = 0.0
        try:
            end = _listen(process, job, begun, limits, events, on_event, cancelled)
            own = _processor_seconds(process.pid)
        finally:
            _end_group(process)
        ended = classify(
            framework, end, process.returncode, events, _tail(complaints), limits.seconds, limits.memory
        )
    seconds = time.monotonic() - begun
    others = max(0.0, (_busy() - busy_before - own) / max(seconds, 1e-9))
    return Outcome(tuple(events), ended, seconds, others)


def _start(
    command: Sequence[str], environment: Mapping[str, str], folder: Path, complaints: IO[bytes]
) -> subprocess.Popen[bytes]:
    own_group: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        own_group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        cwd=folder,
        env=dict(environment),
        close_fds=True,
        **own_group,
    )


def _listen(
    process: subprocess.Popen[bytes],
    job: Mapping[str, Any],
    begun: float,
    limits: Limits,
    events: list[Event],
    on_event: Callable[[Event], None],
    cancelled: Callable[[], bool],
) -> End:
    assert process.stdin is not None
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(process.stdout, lines), daemon=True).start()
    with contextlib.suppress(OSError):  # it may be gone already; its exit status tells why
        process.stdin.write(json.dumps(job).encode() + b"\n")
        process.stdin.flush()
    next_memory = next_family = begun
    children = 0
    while True:
        if cancelled():
            return "cancelled"
        now = time.monotonic()
        if now - begun > limits.seconds:
            return "time-limit"
        if now >= next_memory:
            if now >= next_family:
                children = _resident_of_children(process.pid)
                next_family = now + FAMILY_SECONDS
            if _resident(process.pid) + children > limits.memory:
                return "memory-limit"
            next_memory = now + MEMORY_SECONDS
        try:
            line = lines.get(timeout=POLL_SECONDS)
        except queue.Empty:
            continue
        if not line:
            _await_exit(process)
            return "exit"
        event = _event(line)
        if event is None:
            return "protocol"
        events.append(event)
        on_event(event)
        if event["event"] == "finished":
            return "finished"


def _read(stream: IO[bytes] | None, lines: "queue.SimpleQueue[bytes]") -> None:
    assert stream is not None
    with contextlib.suppress(OSError, ValueError):
        while line := stream.readline(LINE_LIMIT):
            lines.put(line)
    lines.put(b"")


def _await_exit(process: subprocess.Popen[bytes], seconds: float = 5.0) -> None:
    """Waits for the end but leaves the process unreaped: its number stays taken until its group is ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if sys.platform == "win32":
            if process.poll() is not None:
                return
        elif os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return
        time.sleep(0.01)


def _event(line: bytes) -> Event | None:
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) and isinstance(event.get("event"), str) else None


def _resident(pid: int) -> int:
    """Resident bytes of the process."""
    with contextlib.suppress(psutil.Error):
        return int(psutil.Process(pid).memory_info().rss)
    return 0


def _resident_of_children(pid: int) -> int:
    """Resident bytes of everything the process started; where Linux tells, a page that forks share counts
    once.
    """
    total = 0
    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                about = child.memory_full_info() if sys.platform == "linux" else child.memory_info()
                total += getattr(about, "pss", about.rss)
    return total


def _busy() -> float:
    """Processor seconds that anything on this machine has used."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0))


def _processor_seconds(pid: int) -> float:
    with contextlib.suppress(psutil.Error):
        times = psutil.Process(pid).cpu_times()
        return float(times.user + times.system + times.children_user + times.children_system)
    return 0.0


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Ends the worker and everything it started; returns when the worker is gone."""
    family: list[psutil.Process] = []
    with contextlib.suppress(psutil.Error):
        family = psutil.Process(process.pid).children(recursive=True)
    if hasattr(os, "killpg"):
        # The group outlives its leader, and its number cannot be given to another while a member lives.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    for member in family:
        with contextlib.suppress(psutil.Error):
            member.kill()
    with contextlib.suppress(OSError):
        process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


def _tail(complaints: IO[bytes]) -> str:
    size = complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, size - TAIL_BYTES))
    return complaints.read().decode("utf-8", errors="replace").strip()
