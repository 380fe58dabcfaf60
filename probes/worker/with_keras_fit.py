"""Keras ``fit`` driven by a plan: on TensorFlow, and on PyTorch as the bridge."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from probes.worker.plan import Plan, Reading

EPOCH_STEPS = 1000  # long epochs: what `fit` does between two of them is not part of a step


def compile_model(
    keras: Any, model: Any, probe: Any, epsilon: float | None, jit_compile: Any = "auto"
) -> None:
    """``model.compile`` with the loss and optimiser of the probe; no epsilon means Keras' own."""
    if probe.spec.optimizer == "sgd":
        optimizer = keras.optimizers.SGD(learning_rate=probe.spec.learning_rate)
    else:
        own = {} if epsilon is None else {"epsilon": epsilon}
        optimizer = keras.optimizers.Adam(learning_rate=probe.spec.learning_rate, **own)
    if probe.spec.loss == "cross-entropy":
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    else:
        loss = keras.losses.MeanSquaredError()
    model.compile(optimizer=optimizer, loss=loss, jit_compile=jit_compile)


def optimizer_rows(optimizer: Any) -> dict[str, str]:
    """The settings of a Keras optimiser, read back, under the names of the ledger."""
    values = optimizer.get_config()
    names = {"learning_rate": "learning-rate", "beta_1": "beta-1", "beta_2": "beta-2"}
    rows = {
        names.get(name, name): f"{float(values[name]):.6g}"
        for name in ("learning_rate", "beta_1", "beta_2", "epsilon", "momentum")
        if name in values
    }
    return {"optimizer": type(optimizer).__name__} | rows


def drive_fit(
    plan: Plan,
    model: Any,
    data: Any,
    synchronise: Callable[[], None],
    clock: Callable[[], float] = perf_counter,
) -> Reading:
    """Runs a plan inside one long ``fit`` over endless ``data``.

    The counter wraps ``train_function``. A callback would not do: one that reads the logs makes ``fit`` wait
    for the device after every batch, and one that doesn't is called from another thread.
    """
    model.make_train_function()
    train = model.train_function
    state: dict[str, Any] = {"left": next(plan), "since": clock(), "reading": None}

    def counted(iterator: Any) -> Any:
        logs = train(iterator)
        state["left"] -= 1
        if state["left"] == 0:
            synchronise()
            taken = clock() - state["since"]
            try:
                state["left"] = plan.send(taken)
            except StopIteration as finished:
                state["reading"] = finished.value
                model.stop_training = True
            state["since"] = clock()
        return logs

    model.train_function = counted
    model.fit(data, epochs=10**6, steps_per_epoch=EPOCH_STEPS, verbose=0)
    reading: Reading = state["reading"]
    return reading
