"""A lock that the operating system gives to one process of the machine, and takes back when that one dies."""

import contextlib
import os
from pathlib import Path

from filelock import FileLock, Timeout

if os.name == "posix":
    import fcntl


class Exclusive:
    """The lock on one file, held or not. On POSIX it is open to every user who may read the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None
        self._other = None if os.name == "posix" else FileLock(path, thread_local=False)

    def try_acquire(self) -> bool:
        """Whether the lock is held now; never waits."""
        if self._other is not None:
            with contextlib.suppress(Timeout):
                self._other.acquire(timeout=0)
                return True
            return False
        descriptor = _opened(self._path)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Lets go; does nothing when not held."""
        if self._other is not None:
            self._other.release()
        elif self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _opened(path: Path) -> int:
    # For reading only: the file may be another user's. Never through a link, and never O_CREAT on one that is
    # there, which Linux refuses in a folder like /tmp.
    look = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    while True:
        with contextlib.suppress(FileNotFoundError):
            return os.open(path, look)
        with contextlib.suppress(FileExistsError):
            made = os.open(path, look | os.O_CREAT | os.O_EXCL, 0o644)
            os.fchmod(made, 0o644)  # whatever this user's umask says
            return made
