"""The line to the parent process: events out, the job in, and an end when the parent is gone."""

import contextlib
import json
import os
import signal
import sys
import threading
from typing import IO, Any


class Channel:
    """Writes events, one JSON object a line, to a stream that nobody else writes to."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def emit(self, event: str, **fields: Any) -> None:
        """One event. Numbers must be finite: ``ValueError`` otherwise."""
        line = json.dumps({"event": event, **fields}, ensure_ascii=False, allow_nan=False)
        with self._lock:
            self._stream.write(line + "\n")
            self._stream.flush()


def take_stdout() -> Channel:
    """The channel on standard output; whatever a framework prints from now on goes to standard error."""
    sys.stdout.flush()
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return Channel(events)


def read_line(descriptor: int = 0) -> str:
    """The first line from the parent, empty when there is none. Unbuffered, so that `watch` can go on."""
    taken = bytearray()
    while not taken.endswith(b"\n"):
        byte = os.read(descriptor, 1)
        if not byte:
            break
        taken += byte
    return taken.decode("utf-8").strip()


def watch(descriptor: int = 0) -> None:
    """Ends this process at once when the parent closes the line: it cancelled, or it died."""
    threading.Thread(target=_leave_at_end, args=(descriptor,), name="parent-watch", daemon=True).start()


def _leave_at_end(descriptor: int) -> None:
    with contextlib.suppress(OSError):
        while os.read(descriptor, 4096):
            pass
    # A compiler may be running as a child: end the whole group where this process leads one.
    if hasattr(os, "killpg") and os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
