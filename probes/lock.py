"""One measurement at a time on a machine, for every user, browser session, process and command line.

The lock is a file lock that the operating system releases when its holder dies. Around it stands a queue of
ticket files, so that everybody sees who waits: the oldest ticket goes next, the dead are removed.
"""

import contextlib
import json
import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from probes.exclusive import Exclusive
from probes.places import QUEUE, shared_folder

POLL_SECONDS = 0.1


class CancelledWhileWaitingError(Exception):
    """The waiting was given up before the turn came."""


@dataclass(frozen=True)
class Ticket:
    """A place in the queue: the process that holds it, since when (Unix time), and what it will run."""

    path: Path
    process: int
    since: float
    what: str


@contextmanager
def turn(
    what: str,
    *,
    folder: Path | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    on_position: Callable[[int], None] = lambda position: None,
) -> Iterator[None]:
    """Waits for the turn and holds it. ``on_position`` hears how many are ahead; 0 is the turn itself.

    `CancelledWhileWaitingError` when ``cancelled()`` turns true first.
    """
    home = folder or shared_folder()
    lock = Exclusive(home / "measuring.lock")
    mine = _draw(home, what)
    try:
        _wait(home, mine, lock, cancelled, on_position)
        yield
    finally:
        lock.release()
        mine.unlink(missing_ok=True)


def waiting(folder: Path | None = None) -> tuple[Ticket, ...]:
    """Everybody in the queue, the one who measures first; removes what dead processes left behind."""
    tickets = []
    for path in sorted(_queue(folder or shared_folder()).glob("*.json")):
        ticket = _read(path)
        if ticket is None:
            with contextlib.suppress(OSError):
                path.unlink()
        else:
            tickets.append(ticket)
    return tuple(tickets)


def _wait(
    home: Path, mine: Path, lock: Exclusive, cancelled: Callable[[], bool], on_position: Callable[[int], None]
) -> None:
    told: int | None = None
    while True:
        if cancelled():
            raise CancelledWhileWaitingError
        ahead = sum(ticket.path.name < mine.name for ticket in waiting(home))
        if ahead == 0:
            if lock.try_acquire():
                on_position(0)
                return
            ahead = 1  # the holder's ticket cannot be seen, or is gone and it has not let go yet
        if ahead != told:
            on_position(ahead)
            told = ahead
        time.sleep(POLL_SECONDS)


def _draw(home: Path, what: str) -> Path:
    own = psutil.Process()
    name = f"{time.time_ns():020d}-{uuid.uuid4().hex}"
    written = _queue(home) / f"{name}.part"
    # The time of birth tells this process from a later one with the same number.
    told = {"process": own.pid, "born": own.create_time(), "since": time.time(), "what": what}
    written.write_text(json.dumps(told), encoding="utf-8")
    written.chmod(0o644)  # for the other users to see
    return written.replace(written.with_suffix(".json"))


def _read(path: Path) -> Ticket | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        process = psutil.Process(int(told["process"]))
        alive = abs(process.create_time() - float(told["born"])) < 1
        if not alive or (os.name == "posix" and path.stat().st_uid != process.uids().real):
            return None  # nobody stands in the queue for a process of another user
        return Ticket(path, process.pid, float(told["since"]), str(told["what"]))
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return None


def _queue(home: Path) -> Path:
    folder = home / QUEUE
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # where users meet it is there, open to all
    return folder
