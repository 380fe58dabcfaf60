"""Reading the job line."""

import json
from pathlib import Path

import pytest

from probes.contract import ContractError
from probes.worker.job import parse_job

TASK = {
    "kind": "time",
    "probe": "cnn",
    "folder": "/x/cnn",
    "track": "tuned",
    "seconds": 0.5,
    "parameters": {"a": 1},
}


def line(**fields: object) -> str:
    return json.dumps({"framework": "pytorch", **fields})


def test_a_whole_job_is_read() -> None:
    job = parse_job(line(launch=2, seed=7, threads=4, device="cuda", tasks=[TASK]), "pytorch")
    assert (job.launch, job.seed, job.threads, job.device, job.look) == (2, 7, 4, "cuda", False)
    (task,) = job.tasks
    assert (task.kind, task.track, task.seconds, task.parameters) == ("time", "tuned", 0.5, {"a": 1})
    assert task.folder == Path("/x/cnn")


def test_the_probe_is_named_by_its_folder() -> None:
    job = parse_job(line(tasks=[{"kind": "parity", "folder": "/x/mlp"}]), "pytorch")
    assert job.tasks[0].probe == "mlp"


def test_a_look_needs_no_tasks() -> None:
    assert parse_job(line(look=True), "pytorch").look


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "not JSON"),
        ("[]", "JSON object"),
        (line(framework="tensorflow"), "started for pytorch"),
        (line(device="fpga"), "write one of: cpu, cuda, mps"),
        (line(tasks=[{"kind": "guess", "folder": "/x"}]), "task kind is 'guess'"),
        (line(tasks=[{"kind": "time"}]), "needs the folder"),
        (line(tasks=[{**TASK, "track": "fast"}]), "as-written, matched, tuned"),
        (line(tasks=[{**TASK, "difference": "all"}]), "epsilon, weight, order"),
    ],
)
def test_a_bad_job_is_refused_with_what_to_write(text: str, complaint: str) -> None:
    with pytest.raises(ContractError, match=complaint):
        parse_job(text, "pytorch")
