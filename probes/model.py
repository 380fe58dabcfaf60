"""What the laboratory hands out: one JSON document per measurement, the same for page, file and program."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from probes.contract import Framework, Track

SCHEMA_VERSION = 1

Ratio = Annotated[float, Field(gt=1e-9, lt=1e9)]
Figure = Annotated[float, Field(ge=0, lt=1e15)]

HEADLINE = "steady-step"
"""The metric that a run measures until its verdict stands."""

Verdict = Literal["tensorflow", "pytorch", "same", "cannot-tell", "withheld"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Device(_Record):
    """One accelerator as a framework sees it."""

    kind: Literal["cpu", "cuda", "mps", "tpu", "other"]
    name: str
    memory_bytes: int | None = None


class FrameworkSight(_Record):
    """What one framework's interpreter reports: version, build, devices; or why it is missing."""

    framework: Framework
    interpreter: str
    version: str | None = None
    python: str | None = None
    build: str | None = None
    devices: tuple[Device, ...] = ()
    problem: str | None = None  # why it can't be used; None when it can


class Machine(_Record):
    """The detected machine. Memory in bytes, load as the 1-minute average."""

    id: str  # stable hash of the parts that matter for a timing; holds no name of a person or host
    system: str
    system_version: str
    architecture: str
    cpu: str
    cores_total: int
    cores_usable: int  # by affinity and cgroup quota
    memory_total: int
    memory_usable: int  # by cgroup limit
    governor: str | None = None
    on_battery: bool | None = None
    containerised: bool = False
    python: str
    sights: tuple[FrameworkSight, ...] = ()


class Summary(_Record):
    """One side of a comparison, in the result's unit: median and range of the launches' figures."""

    median: Figure
    low: Figure
    high: Figure
    launches: int


class Certificate(_Record):
    """Proof that both sides computed the same thing, or what stood in the way."""

    granted: bool
    steps: int = 0
    tolerance: float = 0.0
    worst: dict[str, float] = Field(default_factory=dict)  # check -> largest relative difference
    losses: dict[str, dict[str, list[float]]] = Field(default_factory=dict)  # check -> framework -> losses
    reason: str | None = None


class Result(_Record):
    """One line of the answer. ``ratio`` is TensorFlow's figure over PyTorch's: above 1, PyTorch is better."""

    probe: str
    track: Track
    metric: str  # "steady-step", "first-step", "import", "peak-memory", …
    unit: str  # "ms", "s", "MiB", …
    tensorflow: Summary | None
    pytorch: Summary | None
    ratio: Ratio | None
    interval: tuple[Ratio, Ratio] | None
    verdict: Verdict
    reason: str  # in English; `reason_code` and `reason_values` let a page say it in the user's language
    variant: str | None = None  # the one setting that was switched against the track
    reason_code: str = ""
    reason_values: dict[str, str | float | int] = Field(default_factory=dict)
    pairs: int = 0  # pairs of launches behind the interval
    confidence: float | None = None  # of the interval
    certificate: Certificate | None = None
    parameters: dict[str, int] = Field(default_factory=dict)


class Failure(_Record):
    """A probe side that gave no figure, and why: crash, time limit, memory limit, out of memory, missing
    framework.
    """

    probe: str | None
    framework: Framework | None
    kind: Literal[
        "missing", "broken", "crash", "time-limit", "memory-limit", "out-of-memory", "cancelled", "protocol"
    ]
    message: str


class Sample(_Record):
    """One raw figure from one launch."""

    probe: str  # with "@batch=128" for a point of a sweep and "+eager" for a variant
    track: Track
    metric: str
    framework: Framework
    launch: int
    block: int
    value: float
    unit: str


class Note(_Record):
    """Something a launch found that is no timing: settled or not, retraces, a self-test's finding."""

    probe: str
    track: str | None = None
    framework: Framework
    launch: int
    key: str
    value: Any = None


class LedgerRow(_Record):
    """One setting as read back from the running workers, both sides next to each other."""

    item: str
    tensorflow: str | None
    pytorch: str | None
    equal: bool | None  # None where the two are not comparable


class Measurements(_Record):
    """Everything one run found. This is the file that ``python -m probes run --output`` writes."""

    schema_version: Literal[1] = 1
    id: str
    started: str  # ISO 8601, UTC
    seconds: Figure
    plan: str
    command: str  # repeats this measurement
    status: Literal["finished", "cancelled", "failed"]
    machine: Machine
    versions: dict[str, str]
    ledger: tuple[LedgerRow, ...]
    results: tuple[Result, ...]
    failures: tuple[Failure, ...] = ()
    samples: tuple[Sample, ...] = ()
    notes: tuple[Note, ...] = ()
    smallest_effect: float | None = None  # ratio that this plan could see, stated before the run
    null_check: dict[str, Any] | None = None
    self_tests: dict[str, Any] | None = None
