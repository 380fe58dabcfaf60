"""What a device really does, beside what its seam says: ``python on_device.py tensorflow cuda`` prints JSON.

TF32 by the error of a product and of a convolution, the memory peak by a known allocation, and running out of
memory by asking for more than any card has.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[3]))

from probes.contract import Framework
from probes.worker.environment import set_up
from probes.worker.job import DeviceKind
from probes.worker.launch import open_seam

HELD_MIB = 256
TOO_MANY = 2**44  # float32 values: 64 TiB


class Work(NamedTuple):
    """A few operations on the device, arrays of NumPy in and out."""

    product: Callable[[Any, Any], Any]  # M, K and K, N -> M, N
    convolution: Callable[[Any, Any], Any]  # B, H, W, C and h, w, C, D -> B, H - h + 1, W - w + 1, D
    zeros: Callable[[int], Any]  # so many float32 values, held while the result lives


def work_of(framework: Framework, device: DeviceKind) -> Work:
    if framework == "tensorflow":
        import tensorflow as tf

        return Work(
            product=lambda a, b: tf.matmul(tf.identity(a), tf.identity(b)).numpy(),
            convolution=lambda x, kernel: tf.nn.conv2d(
                tf.identity(x), tf.identity(kernel), 1, "VALID"
            ).numpy(),
            zeros=lambda count: tf.fill([count], 1.0),
        )
    import torch

    def placed(array: Any) -> Any:
        return torch.from_numpy(np.ascontiguousarray(array)).to(device)

    def convolution(x: Any, kernel: Any) -> Any:
        outputs = torch.conv2d(placed(x.transpose(0, 3, 1, 2)), placed(kernel.transpose(3, 2, 0, 1)))
        return outputs.cpu().numpy().transpose(0, 2, 3, 1)

    return Work(
        product=lambda a, b: (placed(a) @ placed(b)).cpu().numpy(),
        convolution=convolution,
        zeros=lambda count: torch.ones(count, device=device),
    )


def errors(work: Work) -> dict[str, float]:
    """Relative error of both operations against float64 on the CPU."""
    random = np.random.default_rng(1)
    a, b = (random.standard_normal((512, 512), dtype=np.float32) for _ in range(2))
    x = random.standard_normal((16, 32, 32, 64), dtype=np.float32)
    kernel = random.standard_normal((3, 3, 64, 64), dtype=np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(x.astype(np.float64), (3, 3), (1, 2))
    right = {
        "matrix-product": a.astype(np.float64) @ b.astype(np.float64),
        "convolution": np.tensordot(windows, kernel.astype(np.float64), ([4, 5, 3], [0, 1, 2])),
    }
    found = {"matrix-product": work.product(a, b), "convolution": work.convolution(x, kernel)}
    return {
        name: float(np.linalg.norm(found[name] - right[name]) / np.linalg.norm(right[name])) for name in right
    }


def look(framework: Framework, device: DeviceKind) -> dict[str, Any]:
    set_up(framework, None, device)
    seam = open_seam(framework)
    seam.prepare(None, device)
    work = work_of(framework, device)
    found: dict[str, Any] = {"sight": seam.sight()}
    for name, on in (("off", False), ("on", True)):
        seam.use_tf32(on)
        rows = seam.ledger()
        told = {of: rows[f"tf32-{of}"] for of in ("matrix-product", "convolution")}
        found[f"tf32-{name}"] = {"told": told, "errors": errors(work)}
    seam.synchronise()
    seam.clear()
    seam.reset_device_peak()
    before = seam.device_peak_mib()
    held = work.zeros(HELD_MIB * 2**18)
    seam.synchronise()
    after = seam.device_peak_mib()
    del held
    found["peak"] = {"held": HELD_MIB, "before": before, "after": after}
    try:
        work.zeros(TOO_MANY)
        found["out-of-memory"] = None
    except Exception as error:
        found["out-of-memory"] = seam.ran_out_of_memory(error)
        found["in-its-words"] = f"{type(error).__name__}: {str(error)[:200]}"
    found["works-afterwards"] = errors(work)["matrix-product"] < 1e-2
    return found


if __name__ == "__main__":
    print(json.dumps(look(sys.argv[1], sys.argv[2])))  # type: ignore[arg-type]
