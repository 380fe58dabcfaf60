"""What became of a launch: its end, its exit status and its last words, turned into one kind of failure."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from probes.contract import Framework
from probes.model import Failure

End = Literal["finished", "cancelled", "time-limit", "memory-limit", "protocol", "exit"]


def classify(
    framework: Framework,
    end: End,
    status: int,
    events: Sequence[Mapping[str, Any]],
    tail: str,
    seconds: float,
    memory: int,
) -> Failure | None:
    """None for a worker that finished; otherwise the kind of failure and a message for people.

    ``status`` is the exit status, negative for a signal; ``tail`` the end of standard error; ``seconds`` and
    ``memory`` (bytes) are the limits it ran under.
    """
    last = next((line for line in reversed(tail.splitlines()) if line.strip()), "")
    match end:
        case "finished":
            return None
        case "cancelled":
            return failure(framework, "cancelled", "cancelled")
        case "time-limit":
            return failure(framework, "time-limit", f"no end after {seconds:.0f} s; stopped")
        case "memory-limit":
            return failure(framework, "memory-limit", f"used more than {memory / 2**20:.0f} MiB; stopped")
        case "protocol":
            return failure(framework, "protocol", "the worker wrote something that is not an event")
    missing = f"No module named '{_MODULES[framework]}'"
    told = next((e for e in reversed(events) if e["event"] == "task-failed" and e.get("probe") is None), None)
    if told is not None:  # the worker could not even begin
        message = str(told.get("message", ""))
        return failure(framework, "missing" if missing in message else "broken", message)
    if any(sign in tail for sign in _OUT_OF_MEMORY):
        return failure(framework, "out-of-memory", last)
    if status == -9:
        return failure(framework, "out-of-memory", "ended by the system, most likely for want of memory")
    if not any(event["event"] == "started" for event in events):
        return failure(
            framework, "missing" if missing in tail else "broken", last or f"ended with status {status}"
        )
    if status < 0:
        return failure(framework, "crash", f"ended by signal {-status}" + (f": {last}" if last else ""))
    if status == 0:
        return failure(framework, "protocol", "the worker left before it had finished")
    return failure(framework, "crash", last or f"ended with status {status}")


def failure(framework: Framework, kind: Any, message: str) -> Failure:
    """A failure of the whole side; the runner adds the probe where it knows one."""
    return Failure(probe=None, framework=framework, kind=kind, message=message[:500])


_MODULES: Mapping[Framework, str] = {"tensorflow": "tensorflow", "pytorch": "torch"}
_OUT_OF_MEMORY = (
    "MemoryError",
    "std::bad_alloc",
    "out of memory",
    "OutOfMemoryError",
    "ResourceExhaustedError",
)
