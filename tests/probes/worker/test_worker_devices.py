"""Accelerators that are not here, played by fakes: what each seam asks of its framework."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest

from probes.worker import with_tensorflow
from probes.worker.seam import DeviceMissingError
from probes.worker.with_tensorflow import TensorFlowSeam
from probes.worker.with_torch import TorchSeam


def fake_torch(*, cuda: bool = False, mps: bool = False) -> Any:
    torch = MagicMock(__version__="2.13.0")
    torch.cuda.is_available.return_value = cuda
    torch.cuda.device_count.return_value = int(cuda)
    torch.cuda.get_device_properties.return_value = SimpleNamespace(name="Fake GPU", total_memory=8 * 2**30)
    torch.cuda.max_memory_allocated.return_value = 300 * 2**20
    torch.backends.mps.is_available.return_value = mps
    torch.mps.recommended_max_memory.return_value = 5 * 2**30
    torch.mps.driver_allocated_memory.return_value = 70 * 2**20
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = True
    torch.OutOfMemoryError = type("OutOfMemoryError", (RuntimeError,), {})
    return torch


def fake_tensorflow(*, graphics: bool = False) -> Any:
    tensorflow = MagicMock(__version__="2.21.0")
    devices = [SimpleNamespace(name="/physical_device:GPU:0")] if graphics else []
    tensorflow.config.list_physical_devices.return_value = devices
    tensorflow.config.experimental.get_device_details.return_value = {"device_name": "Fake GPU"}
    tensorflow.config.experimental.get_memory_info.return_value = {"peak": 300 * 2**20}
    tensorflow.config.experimental.tensor_float_32_execution_enabled.return_value = True
    tensorflow.errors.ResourceExhaustedError = type("ResourceExhaustedError", (Exception,), {})
    return tensorflow


def test_pytorch_waits_for_the_device_in_use_only() -> None:
    torch = fake_torch(cuda=True, mps=True)
    seam = TorchSeam(torch)
    seam.prepare(2, "cuda")
    seam.synchronise()
    torch.cuda.synchronize.assert_called_once_with()
    torch.mps.synchronize.assert_not_called()


def test_pytorch_waits_for_apple_graphics() -> None:
    torch = fake_torch(mps=True)
    seam = TorchSeam(torch)
    seam.prepare(2, "mps")
    seam.synchronise()
    torch.mps.synchronize.assert_called_once_with()


def test_pytorch_waits_for_nothing_on_the_cpu() -> None:
    torch = fake_torch(cuda=True, mps=True)
    seam = TorchSeam(torch)
    seam.prepare(2, "cpu")
    seam.synchronise()
    torch.cuda.synchronize.assert_not_called()
    torch.mps.synchronize.assert_not_called()


def test_pytorch_names_the_devices_it_sees() -> None:
    devices = TorchSeam(fake_torch(cuda=True, mps=True)).sight()["devices"]
    assert [(one["kind"], one["name"]) for one in devices[1:]] == [("cuda", "Fake GPU"), ("mps", "Apple GPU")]
    assert devices[1]["memory_bytes"] == 8 * 2**30


def test_pytorch_tells_the_peak_of_a_gpu_and_none_of_a_cpu() -> None:
    seam = TorchSeam(fake_torch(cuda=True))
    seam.prepare(None, "cuda")
    assert seam.device_peak_mib() == 300
    seam.prepare(None, "cpu")
    assert seam.device_peak_mib() is None


def test_pytorch_tells_what_apple_graphics_holds() -> None:
    seam = TorchSeam(fake_torch(mps=True))
    seam.prepare(None, "mps")
    assert seam.device_peak_mib() == 70


def test_pytorch_switches_tf32_for_both_kinds_of_operation_and_back() -> None:
    torch = fake_torch(cuda=True)
    seam = TorchSeam(torch)
    seam.use_tf32(True)
    assert (torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32) == (True, True)
    seam.use_tf32(False)
    assert (torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32) == (False, False)
    seam.use_tf32(None)
    assert (torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32) == (False, True)


def test_tf32_is_no_row_for_a_cpu() -> None:
    seam = TorchSeam(fake_torch(cuda=True))
    seam.prepare(None, "cpu")
    assert seam.tf32() == "no such device"
    seam.prepare(None, "cuda")
    assert (seam.tf32(), seam.tf32("convolution")) == ("off", "on")


def test_pytorch_without_the_device_says_so() -> None:
    with pytest.raises(DeviceMissingError, match="PyTorch sees no mps device"):
        TorchSeam(fake_torch(cuda=True)).prepare(2, "mps")


def test_pytorch_knows_its_ways_to_be_out_of_memory() -> None:
    torch = fake_torch()
    seam = TorchSeam(torch)
    assert seam.ran_out_of_memory(torch.OutOfMemoryError("CUDA out of memory"))
    assert seam.ran_out_of_memory(RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried"))
    assert not seam.ran_out_of_memory(RuntimeError("shapes differ"))


def test_tensorflow_takes_gpu_memory_as_it_grows() -> None:
    tensorflow = fake_tensorflow(graphics=True)
    TensorFlowSeam(tensorflow).prepare(2, "cuda")
    (card,) = tensorflow.config.list_physical_devices("GPU")
    tensorflow.config.experimental.set_memory_growth.assert_called_once_with(card, True)


def test_tensorflow_hides_the_gpu_from_a_run_on_the_cpu() -> None:
    tensorflow = fake_tensorflow(graphics=True)
    TensorFlowSeam(tensorflow).prepare(2, "cpu")
    tensorflow.config.set_visible_devices.assert_called_once_with([], "GPU")


def test_tensorflow_waits_for_every_device() -> None:
    tensorflow = fake_tensorflow(graphics=True)
    seam = TensorFlowSeam(tensorflow)
    seam.prepare(2, "cuda")
    seam.synchronise()
    tensorflow.test.experimental.sync_devices.assert_called_once_with()


def test_tensorflow_tells_the_peak_of_a_gpu_and_none_of_a_cpu() -> None:
    seam = TensorFlowSeam(fake_tensorflow(graphics=True))
    seam.prepare(2, "cuda")
    assert seam.device_peak_mib() == 300
    seam.prepare(2, "cpu")
    assert seam.device_peak_mib() is None


def test_tensorflow_switches_tf32_and_back() -> None:
    tensorflow = fake_tensorflow(graphics=True)
    seam = TensorFlowSeam(tensorflow)
    switch = tensorflow.config.experimental.enable_tensor_float_32_execution
    seam.use_tf32(False)
    seam.use_tf32(None)
    assert [call.args for call in switch.call_args_list] == [(False,), (True,)]


def test_the_graphics_of_a_mac_are_mps_to_tensorflow_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(with_tensorflow.platform, "system", lambda: "Darwin")
    devices = TensorFlowSeam(fake_tensorflow(graphics=True)).sight()["devices"]
    assert [one["kind"] for one in devices] == ["cpu", "mps"]


def test_tensorflow_without_the_device_says_so() -> None:
    with pytest.raises(DeviceMissingError, match="TensorFlow sees no cuda device"):
        TensorFlowSeam(fake_tensorflow()).prepare(2, "cuda")


def test_the_build_options_hold_no_folder_of_anybody() -> None:
    tensorflow = fake_tensorflow()
    tensorflow.sysconfig.get_compile_flags.return_value = [
        "-I/home/alice/include",
        "-D_GLIBCXX_USE_CXX11_ABI=1",
    ]
    tensorflow.sysconfig.get_build_info.return_value = {"is_cuda_build": False}
    seam = TensorFlowSeam(tensorflow)
    seam.prepare(1, "cpu")
    told = seam.ledger()["build-options"]
    assert "alice" not in told
    assert "CXX11" in told


@pytest.mark.parametrize(("device", "told"), [("cpu", "no such device"), ("cuda", "on")])
def test_autotuning_is_a_matter_of_gpus(device: Any, told: str) -> None:
    seam = TorchSeam(fake_torch(cuda=True))
    seam.prepare(1, device)
    seam.use_autotune(True)
    assert seam.autotune() == told
    seam = TensorFlowSeam(fake_tensorflow(graphics=True))
    seam.prepare(1, device)
    assert seam.autotune() == told


def test_pytorch_can_be_left_with_its_own_default_of_no_autotuning() -> None:
    seam = TorchSeam(fake_torch(cuda=True))
    seam.prepare(1, "cuda")
    seam.use_autotune(False)
    assert seam.autotune() == "off"
