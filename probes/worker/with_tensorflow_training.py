"""Training in TensorFlow: the parity trajectory, and the steps of every mode."""

from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from probes.worker.folder import Probe
from probes.worker.modes import Mode
from probes.worker.plan import Plan, Reading, drive
from probes.worker.seam import ADAM_RATE, EPSILON, MOMENTUM, SGD_RATE, Check, Trainer
from probes.worker.with_keras_fit import compile_model, drive_fit, optimizer_rows


def trajectory(seam: Any, probe: Probe, check: Check) -> tuple[list[float], Any]:
    """Loss at every step, then the evaluation outputs."""
    model = probe.side.build(probe.weights, probe.parameters)
    if check.optimizer == "sgd":
        optimizer: Any = keras.optimizers.SGD(learning_rate=SGD_RATE, momentum=MOMENTUM)
    else:
        optimizer = keras.optimizers.Adam(learning_rate=ADAM_RATE, epsilon=check.epsilon)
    step = tf.function(_step(probe, model, optimizer))
    losses = [float(step(x, y)) for x, y in islice(cycle(batches(probe)), check.steps)]
    return losses, predict(probe, model, probe.batches.evaluation_x)


def trainer(seam: Any, probe: Probe, mode: Mode) -> Trainer:
    """The steps of a mode."""
    policy = keras.mixed_precision.dtype_policy()
    if mode.bfloat16:
        keras.mixed_precision.set_dtype_policy("mixed_bfloat16")
    try:
        model = probe.side.build(probe.weights, probe.parameters)
    finally:
        keras.mixed_precision.set_dtype_policy(policy)
    compile_model(keras, model, probe, None if mode.own_defaults else EPSILON)
    model.optimizer.build(model.trainable_variables)
    settings = {
        "execution": _execution(mode, model),
        "input": "sliced at each step" if mode.execution == "fit" else "on the device before the first step",
        "layout": "channels last (NHWC)",
        "precision": "bfloat16 mixed" if mode.bfloat16 else "float32",
        "tf32": seam.tf32(),
        "convolution-autotune": seam.autotune(),
    }
    told = optimizer_rows(model.optimizer) | {"fused-update": "on" if mode.compiles else "off"}
    if mode.execution == "fit":
        x = probe.batches.x
        data = tf.data.Dataset.from_tensor_slices((x, probe.batches.y)).repeat().prefetch(2)

        def fit(plan: Plan) -> Reading:
            return drive_fit(plan, model, data, seam.synchronise)

        return Trainer(fit, lambda inputs: predict(probe, model, inputs), settings, told, dict)

    step: Any = _step(probe, model, model.optimizer)
    if mode.execution != "eager":
        step = tf.function(step, jit_compile=mode.compiles)
    placed = list(batches(probe))
    return Trainer(
        drive=lambda plan: drive(plan, step, cycle(placed), seam.synchronise),
        predict=lambda inputs: predict(probe, model, inputs),
        settings=settings,
        optimizer=told,
        findings=lambda: (
            {} if mode.execution == "eager" else {"retraces": step.experimental_get_tracing_count() - 1}
        ),
    )


def batches(probe: Probe) -> Iterator[tuple[Any, Any]]:
    """The batches of a probe as tensors on the device in use."""
    for index in range(len(probe.batches.y)):
        yield _placed(probe.batches.x, index), tf.identity(probe.batches.y[index])


def predict(probe: Probe, model: Any, x: Any) -> Any:
    """Evaluation outputs, NumPy to NumPy."""
    outputs = probe.side.predict(
        model, tuple(map(tf.identity, x)) if isinstance(x, tuple) else tf.identity(x)
    )
    return np.asarray(tf.cast(outputs, tf.float32))


def _placed(x: Any, index: int) -> Any:
    return tuple(tf.identity(part[index]) for part in x) if isinstance(x, tuple) else tf.identity(x[index])


def _step(probe: Probe, model: Any, optimizer: Any) -> Any:
    variables = model.trainable_variables
    optimizer.build(variables)

    def step(x: Any, y: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = probe.side.loss(model, x, y)
        # An embedding's gradient comes as slices, and Keras' Adam squares the slices of a repeated token one
        # by one in place of their sum. PyTorch's is dense: make it dense here too.
        gradients = [tf.convert_to_tensor(gradient) for gradient in tape.gradient(loss, variables)]
        optimizer.apply(gradients, variables)
        return loss

    return step


def _execution(mode: Mode, model: Any) -> str:
    match mode.execution:
        case "fit":
            return f"Keras fit, jit_compile {model.jit_compile}"
        case "eager":
            return "eager"
        case "graph":
            return "tf.function"
        case "compiled":
            return "tf.function with XLA, optimizer included"
