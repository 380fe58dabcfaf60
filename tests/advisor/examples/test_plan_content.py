"""The plan's files leave no one without an answer: targets, archived tools, machines, beginners."""

from datetime import date
from typing import Any

import pytest

from advisor.inference import advise, parse_answers
from advisor.knowledge import KnowledgeBase, load_knowledge
from advisor.paths import RULES

TARGETS = ["server", "high-throughput", "batch", "android", "ios", "microcontroller", "edge-accelerator"]
TARGETS += ["browser", "desktop", "cloud-gcp", "cloud-aws", "cloud-azure", "on-premises"]
CHIPS = ["coral", "ethos-u", "qualcomm", "mediatek", "apple-neural-engine", "jetson", "intel-npu", "other"]
SIDES = ["tensorflow", "pytorch"]
MACHINES = [
    ("linux", "none"),
    ("linux", "nvidia"),
    ("linux", "nvidia-blackwell"),
    ("linux", "amd"),
    ("macos", "apple"),
    ("macos", "none"),
    ("windows-wsl2", "none"),
    ("windows-wsl2", "nvidia"),
    ("windows-wsl2", "nvidia-blackwell"),
    ("windows-wsl2", "amd"),
    ("windows-native", "none"),
    ("windows-native", "nvidia"),
    ("windows-native", "nvidia-blackwell"),
    ("windows-native", "amd"),
]
LEANING: dict[str, dict[str, Any]] = {
    "tensorflow": {
        "existing_code": "tensorflow",
        "existing_code_size": "large",
        "team_experience": "tensorflow",
    },
    "pytorch": {"existing_code": "pytorch", "existing_code_size": "large", "team_experience": "pytorch"},
}
DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load_knowledge(RULES)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("target", TARGETS)
def test_each_framework_has_a_route_or_a_plain_no(kb: KnowledgeBase, target: str, side: str) -> None:
    assert any(route.target == target and route.framework == side for route in kb.routes)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("chip", CHIPS)
def test_each_edge_chip_has_a_route_or_a_plain_no(kb: KnowledgeBase, chip: str, side: str) -> None:
    answers = {"targets": ["edge-accelerator"], "edge_chip": [chip], **LEANING[side]}
    advice = advise(kb, parse_answers(kb, answers), DAY)
    chosen = [route for route in advice.routes if route.framework == side]
    assert chosen
    assert all(chip.split("-")[0] in route.id for route in chosen)


@pytest.mark.parametrize("side", SIDES)
def test_dead_tools_are_named_and_never_recommended(kb: KnowledgeBase, side: str) -> None:
    answers = {"purpose": "product", "targets": ["server", "android"], **LEANING[side]}
    stack = advise(kb, parse_answers(kb, answers), DAY).stack
    dead = [tool for tool in stack if tool.state in ("archived", "deprecated")]
    assert dead
    assert not any(tool.recommended for tool in dead)


def test_a_tool_that_is_gone_names_its_successor(kb: KnowledgeBase) -> None:
    gone = [tool for tool in kb.tools if tool.state in ("archived", "deprecated")]
    without = {tool.id for tool in gone if not tool.replaced_by}
    assert without == {"onnx-tensorflow"}  # only community tools have taken its place


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(("os", "accelerator"), MACHINES)
def test_each_machine_gets_commands_for_the_framework(
    kb: KnowledgeBase, os: str, accelerator: str, side: str
) -> None:
    # Enough in favour of the side that no machine turns the verdict.
    firm = {"targets": ["microcontroller"], "mlops": "single-vendor"} if side == "tensorflow" else {}
    answers = {"os": os, "accelerators": [accelerator], **firm, **LEANING[side]}
    advice = advise(kb, parse_answers(kb, answers), DAY)
    package = "tensorflow" if side == "tensorflow" else "torch"
    assert advice.verdict.framework == side
    assert any(package in command for step in advice.setup for command in step.commands)


def test_only_beginners_are_sent_to_python_basics(kb: KnowledgeBase) -> None:
    beginner = advise(kb, parse_answers(kb, {"python_skill": "beginner"}), DAY).roadmap
    expert = advise(kb, parse_answers(kb, {"python_skill": "expert"}), DAY).roadmap
    assert beginner[0].id == "python-basics"
    assert not any(step.id.startswith(("python-", "numpy-", "matplotlib-")) for step in expert)


def test_known_framework_steps_are_skipped(kb: KnowledgeBase) -> None:
    steps = advise(kb, parse_answers(kb, LEANING["pytorch"]), DAY).roadmap
    assert not any(step.id == "pytorch-training-loop" for step in steps)
    assert any(step.id == "pytorch-compile" for step in steps)
