"""A worker that trains nothing: it speaks the protocol and behaves as ``behave.json`` of the probe says.

``{"tensorflow": {"step": 2.0, "spread": 0.02, "do": "crash", "during": "time"}, "pytorch": {}}``. ``do`` is
one of crash, abort, hang, eat, eat-in-child, garbage, leave, orphan, missing, broken, fail, out-of-memory,
nonsense; ``during`` is start, parity, time or a track.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path


def main():
    framework = sys.argv[sys.argv.index("--framework") + 1]
    job = json.loads(sys.stdin.readline())
    threading.Thread(target=leave_with_parent, daemon=True).start()
    first = behaviour(job["tasks"][0], framework) if job["tasks"] else {}
    if first.get("during") == "start":
        misbehave(first)
    emit("started", framework=framework, pid=os.getpid(), import_seconds=0.01, version="9.9", python="3.11.0",
         build="fake", devices=[{"kind": "cpu", "name": "fake", "memory_bytes": None}])  # fmt: skip
    environment = " ".join(f"{name}={value}" for name, value in os.environ.items() if "MALLOC" in name)
    emit("ledger", items={"threads-asked": str(job["threads"]), "version": f"{framework} 9.9",
                          "environment": environment or "none"})  # fmt: skip
    for task in job["tasks"]:
        if task["kind"] == "compiler":
            emit("ledger", items={"compiler-header": "built"})
            continue
        if task["kind"] == "self-test":
            emit("note", probe="self-test", track="matched", key="sleep", value={"passed": True})
            continue
        do_task(task, behaviour(task, framework), job)
        cache = {"kept": job["cache_kept"], "at": os.environ["TORCHINDUCTOR_CACHE_DIR"]}
        emit("note", probe=task["probe"], track=task["track"], key="cache", value=cache)
    emit("finished")


def do_task(task, behave, job):
    about = {"probe": task["probe"], "track": task["track"]}
    kind = task["kind"]
    emit("phase", phase="parity" if kind == "parity" else "measure", **about)
    if behave.get("during") in (kind, task["track"]) and job["launch"] >= behave.get("from", -1):
        misbehave(behave, about)
        if behave["do"] == "fail":
            return
    if kind == "parity":
        losses = [1 / (step + 1) + behave.get("off", 0.0) * step for step in range(20)]
        emit("parity", losses={"sgd": losses, "adam": losses}, evaluation=[0.5, 0.25],
             weights=behave.get("weights", "w"), batches="b", **about)  # fmt: skip
        return
    time.sleep(behave.get("takes", 0.0))
    chance = random.Random(f"{job['framework']}{job['launch']}{task['probe']}")
    for block in range(3):
        value = step_of(task, behave) * (1 + chance.gauss(0, behave.get("spread", 0.01)))
        emit("sample", metric="steady-step", value=value, unit="ms", block=block, **about)
    if "memory" in behave:
        emit("sample", metric="peak-memory", value=behave["memory"], unit="MiB", **about)
    emit("note", key="settled", value=True, **about)


def step_of(task, behave):
    """The step's length; a variant or a point of a sweep may have its own under its name."""
    own = [length for name, length in behave.items() if name[0] in "+@" and task["probe"].endswith(name)]
    return own[0] if own else behave.get("step", 1.0)


def misbehave(behave, about=None):
    match behave["do"]:
        case "crash":
            raise RuntimeError("the worker fell over")
        case "abort":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "hang":
            time.sleep(600)
        case "eat":
            held = []
            while True:
                held.append(bytearray(os.urandom(1)) * 2**24)
                time.sleep(0.01)
        case "eat-in-child":
            code = "import time; held = b'x' * 2**29; time.sleep(600)"
            subprocess.run([sys.executable, "-c", code], check=False)
        case "garbage":
            print("this is no event", flush=True)
            time.sleep(600)
        case "nonsense":
            emit("sample", metric="steady-step", value="fast", unit="ms", block=0, **about)
            time.sleep(600)
        case "leave":
            os._exit(0)
        case "orphan":
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
            Path(behave["tell"]).write_text(str(child.pid))
            time.sleep(600)
        case "missing":
            raise ModuleNotFoundError("No module named 'tensorflow'")
        case "broken":
            raise ImportError("libsomething.so: cannot open shared object file")
        case "out-of-memory":
            bytearray(2**60)
        case "fail":
            emit("task-failed", kind="crash", message="this probe cannot run here", **about)


def behaviour(task, framework):
    folder = task.get("folder")
    file = Path(folder or "") / "behave.json"
    return json.loads(file.read_text()).get(framework, {}) if folder and file.is_file() else {}


def emit(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


def leave_with_parent():
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
