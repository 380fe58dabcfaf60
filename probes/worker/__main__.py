"""``python -m probes.worker --framework tensorflow|pytorch``: reads one job, writes events, and leaves."""

import argparse
import os
import sys
import traceback

from probes.contract import FRAMEWORKS
from probes.worker.channel import read_line, take_stdout, watch


def main() -> int:
    """0 after ``finished``, 2 for a bad job, 3 for a framework that can't be used."""
    parser = argparse.ArgumentParser(prog="python -m probes.worker", description=__doc__)
    parser.add_argument("--framework", choices=FRAMEWORKS, required=True)
    framework = parser.parse_args().framework
    channel = take_stdout()
    line = read_line()
    watch()

    def failed(error: BaseException, message: str) -> None:
        traceback.print_exc()
        channel.emit("task-failed", probe=None, track=None, kind="broken", message=message)

    from probes.contract import ContractError
    from probes.worker.job import parse_job

    try:
        job = parse_job(line, framework)
    except ContractError as error:
        failed(error, str(error))
        return 2
    try:
        from probes.worker.launch import run_job

        run_job(job, channel)
    except Exception as error:  # the framework, Keras or NumPy can't be imported
        failed(error, f"{framework} can't be used here: {type(error).__name__}: {error}")
        return 3
    return 0


if __name__ == "__main__":
    status = main()
    sys.stderr.flush()
    os._exit(status)  # the watching thread reads for ever; frameworks need not be taken down
