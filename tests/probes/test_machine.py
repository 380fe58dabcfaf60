"""The machine, read from fake system folders: cgroups of both versions, power, containers, three systems."""

from types import SimpleNamespace

import pytest

from probes import machine
from probes.machine import containerised, cpu_quota, detect, memory_limit, share_device, usable_cores
from probes.model import Device, FrameworkSight


def with_files(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_a_quota_of_version_2(tmp_path):
    assert cpu_quota(with_files(tmp_path, {"sys/fs/cgroup/cpu.max": "150000 100000\n"})) == 1.5


def test_no_quota_of_version_2(tmp_path):
    assert cpu_quota(with_files(tmp_path, {"sys/fs/cgroup/cpu.max": "max 100000\n"})) is None


def test_a_quota_of_version_1(tmp_path):
    files = {"sys/fs/cgroup/cpu/cpu.cfs_quota_us": "400000", "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000"}
    assert cpu_quota(with_files(tmp_path, files)) == 4


def test_version_1_writes_minus_one_for_no_quota(tmp_path):
    files = {"sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1", "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000"}
    assert cpu_quota(with_files(tmp_path, files)) is None


def test_the_tightest_group_above_counts(tmp_path):
    files = {
        "proc/self/cgroup": "0::/user.slice/session.scope\n",
        "sys/fs/cgroup/user.slice/cpu.max": "200000 100000",
        "sys/fs/cgroup/user.slice/session.scope/cpu.max": "800000 100000",
    }
    assert cpu_quota(with_files(tmp_path, files)) == 2


def test_usable_cores_obey_affinity_and_quota(tmp_path, monkeypatch):
    monkeypatch.setattr(machine.os, "sched_getaffinity", lambda pid: {0, 1, 2, 3}, raising=False)
    assert usable_cores(tmp_path) == 4
    assert usable_cores(with_files(tmp_path, {"sys/fs/cgroup/cpu.max": "250000 100000"})) == 2


def test_less_than_a_core_is_one(tmp_path):
    assert usable_cores(with_files(tmp_path, {"sys/fs/cgroup/cpu.max": "50000 100000"})) == 1


def test_without_affinity_all_cores_count(tmp_path, monkeypatch):
    monkeypatch.delattr(machine.os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(machine.psutil, "cpu_count", lambda: 8)
    assert usable_cores(tmp_path) == 8


def test_a_memory_limit_of_version_2(tmp_path):
    assert memory_limit(with_files(tmp_path, {"sys/fs/cgroup/memory.max": "2147483648"})) == 2**31


def test_no_memory_limit(tmp_path):
    files = {
        "sys/fs/cgroup/memory.max": "max",
        "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712",
    }
    assert memory_limit(with_files(tmp_path, files)) is None


@pytest.mark.parametrize("mark", [".dockerenv", "run/.containerenv"])
def test_a_container_is_seen(tmp_path, monkeypatch, mark):
    monkeypatch.delenv("container", raising=False)
    assert not containerised(tmp_path)
    assert containerised(with_files(tmp_path, {mark: ""}))


def test_linux_tells_the_processor(tmp_path, monkeypatch):
    monkeypatch.setattr(machine.platform, "system", lambda: "Linux")
    assert (
        detect(root=with_files(tmp_path, {"proc/cpuinfo": "flags : a\nmodel name\t: Fast 9000\n"})).cpu
        == "Fast 9000"
    )


def test_macos_tells_the_processor(tmp_path, monkeypatch):
    monkeypatch.setattr(machine.platform, "system", lambda: "Darwin")
    monkeypatch.setattr(
        machine.subprocess, "run", lambda *args, **options: SimpleNamespace(stdout="Apple M9\n")
    )
    assert detect(root=tmp_path).cpu == "Apple M9"


def test_windows_tells_the_processor(tmp_path, monkeypatch):
    monkeypatch.setattr(machine.platform, "system", lambda: "Windows")
    monkeypatch.setattr(machine.platform, "processor", lambda: "Intel64 Family 6")
    assert detect(root=tmp_path).cpu == "Intel64 Family 6"


def test_the_governor_is_read(tmp_path):
    files = {"sys/devices/system/cpu/cpu0/cpufreq/scaling_governor": "powersave\n"}
    assert detect(root=with_files(tmp_path, files)).governor == "powersave"
    assert detect(root=tmp_path / "empty").governor is None


@pytest.mark.parametrize(("battery", "told"), [(None, None), (True, False), (False, True)])
def test_running_on_battery_is_told(tmp_path, monkeypatch, battery, told):
    state = None if battery is None else SimpleNamespace(power_plugged=battery)
    monkeypatch.setattr(machine.psutil, "sensors_battery", lambda: state, raising=False)
    assert detect(root=tmp_path).on_battery is told


def test_the_id_is_stable_and_names_nobody(tmp_path):
    import getpass
    import platform

    first, second = detect(), detect()
    assert first.id == second.id
    assert getpass.getuser() not in first.id
    assert platform.node() not in first.model_dump_json(exclude={"sights"}) or not platform.node()


def seen_by(*kinds_of_sides):
    sights = tuple(
        FrameworkSight(
            framework=framework,
            interpreter="python",
            devices=tuple(Device(kind=kind, name=kind) for kind in kinds),
        )
        for framework, kinds in zip(("tensorflow", "pytorch"), kinds_of_sides, strict=True)
    )
    return detect().model_copy(update={"sights": sights})


@pytest.mark.parametrize(
    ("tensorflow", "pytorch", "device"),
    [
        (["cpu"], ["cpu"], "cpu"),
        (["cpu", "cuda"], ["cpu", "cuda"], "cuda"),
        (["cpu"], ["cpu", "cuda"], "cpu"),
        (["cpu", "mps"], ["cpu", "mps"], "mps"),
    ],
)
def test_both_run_where_both_can(tensorflow, pytorch, device):
    assert share_device(seen_by(tensorflow, pytorch), lambda: pytest.fail("it was seen already")) == device


def test_an_interpreter_without_the_framework_is_told(tmp_path):
    sight = machine.look("tensorflow", str(tmp_path / "nowhere"))
    assert sight.version is None
    assert "No such file" in sight.problem
