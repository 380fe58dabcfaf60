"""``python -m probes``: this machine, the probes there are, and fair measurements of both frameworks."""

import json
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from probes.catalogue import CatalogError, Entry, discover
from probes.contract import TRACKS, Track
from probes.display import announce, described, follow, show
from probes.job import Job
from probes.lock import waiting
from probes.machine import detect
from probes.options import fail, interpreters, one_of, settings, swept
from probes.plan import PLANS, PlanName, make_plan
from probes.store import ImportRefusedError, Store, schema, write_json
from probes.worker.modes import VARIANTS

app = typer.Typer(
    help="Measure TensorFlow and PyTorch on this machine: the same model and data, proof before timing.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
history = typer.Typer(help="Measurements kept on this machine.", no_args_is_help=True)
app.add_typer(history, name="history")

Json = Annotated[bool, typer.Option("--json", help="Write JSON for programs to standard output.")]
Catalog = Annotated[list[Path] | None, typer.Option(help="Folder with probes of your own; may be repeated.")]
PythonTensorFlow = Annotated[
    str | None, typer.Option("--python-tensorflow", help="Python interpreter with TensorFlow.")
]
PythonTorch = Annotated[str | None, typer.Option("--python-torch", help="Python interpreter with PyTorch.")]


@app.command()
def machine(
    as_json: Json = False, python_tensorflow: PythonTensorFlow = None, python_torch: PythonTorch = None
) -> None:
    """Show the processor, memory and devices, and what each framework sees of them."""
    found = detect(interpreters(python_tensorflow, python_torch, complete=True))
    if as_json:
        print(found.model_dump_json(indent=2))
        return
    table = Table(show_header=False)
    for name, value in found.model_dump(exclude={"sights"}).items():
        table.add_row(name.replace("_", " "), f"{value / 2**30:.1f} GiB" if "memory" in name else str(value))
    for sight in found.sights:
        seen = ", ".join(f"{device.kind} {device.name}" for device in sight.devices)
        table.add_row(sight.framework, sight.problem or f"{sight.version} ({sight.build}): {seen}")
    Console().print(table)


@app.command("list")
def list_probes(catalog: Catalog = None, as_json: Json = False) -> None:
    """List the probes with the question each one answers and what can be set."""
    entries = _discover(catalog)
    if as_json:
        print(json.dumps([described(entry) for entry in entries.values()], ensure_ascii=False, indent=2))
        return
    table = Table("probe", "question", "settings: default (lowest to highest)")
    for entry in entries.values():
        bounds = [f"{name}: {p.default} ({p.low} to {p.high})" for name, p in entry.spec.parameters.items()]
        table.add_row(entry.spec.id, entry.spec.question["en"], "\n".join(bounds))
    Console().print(table)


@app.command()
def run(
    plan: Annotated[
        str | None,
        typer.Option(
            help="quick (1 min), standard (3 min) or thorough (10 min); default quick, with --null standard.",
            show_default=False,
        ),
    ] = None,
    probe: Annotated[list[str] | None, typer.Option(help="Id of a probe; may be repeated.")] = None,
    domain: Annotated[
        list[str] | None, typer.Option(help="Prefer probes for this domain, such as vision.")
    ] = None,
    target: Annotated[
        list[str] | None, typer.Option(help="Prefer probes for where it will run, such as android.")
    ] = None,
    track: Annotated[
        list[str] | None, typer.Option(help="as-written, matched or tuned; may be repeated.")
    ] = None,
    setting: Annotated[list[str] | None, typer.Option("--set", help="A setting, such as batch=128.")] = None,
    sweep: Annotated[str | None, typer.Option(help="One setting, several values: batch=16,64,256.")] = None,
    vary: Annotated[
        list[str] | None, typer.Option(help=f"Also with one setting switched: {', '.join(VARIANTS)}.")
    ] = None,
    catalog: Catalog = None,
    python_tensorflow: PythonTensorFlow = None,
    python_torch: PythonTorch = None,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
    threads: Annotated[
        int | None, typer.Option(help="Threads per worker; default: all usable cores.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of weights and data.")] = 1,
    null: Annotated[bool, typer.Option("--null", help="Also judge each framework against itself.")] = False,
    output: Annotated[Path | None, typer.Option(help="Write the JSON document to this file.")] = None,
    keep: Annotated[bool, typer.Option(help="Keep the result in the history.")] = True,
    as_json: Json = False,
) -> None:
    """Measure. Results follow with a verdict: faster, the same, or cannot tell."""
    here = detect()
    plan = plan or ("standard" if null else "quick")  # a null comparison needs six launches of each side
    one_of("--plan", plan, PLANS)
    one_of("--device", device, ("auto", "cpu", "cuda", "mps"))
    for one in track or []:
        one_of("--track", one, TRACKS)
    for one in vary or []:
        one_of("--vary", one, VARIANTS)
    if threads is not None and threads < 1:
        fail("--threads must be 1 or more")
    try:
        chosen = make_plan(
            cast(PlanName, plan),
            _discover(catalog),
            threads=here.cores_usable if threads is None else threads,
            ids=probe or (),
            domains=domain or (),
            targets=target or (),
            tracks=cast(list[Track], track or []),
            settings=settings(setting or []),
            sweep=swept(sweep),
            variants=vary or (),
            interpreters=interpreters(python_tensorflow, python_torch),
            catalogs=catalog or (),
            seed=seed,
            device=cast(Any, device),
            null=null,
        )
    except CatalogError as error:
        fail(str(error))
    if output is not None and not output.resolve().parent.is_dir():
        fail(f"{output}: its folder does not exist")
    announce(chosen)
    job = Job.start(chosen, store=Store() if keep else None, grace_seconds=None, machine=here)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: job.cancel())
    end = follow(job)
    if end.measurements is None:
        fail(end.problem or "cancelled while waiting", 130 if end.state == "cancelled" else 1)
    found = end.measurements
    if end.problem:
        print(f"not kept in the history: {end.problem}", file=sys.stderr)
    if output is not None:
        output.write_text(write_json(found) + "\n", encoding="utf-8")
    if as_json:
        print(write_json(found))
    else:
        show(found)
    for failure in found.failures:
        print(
            f"{failure.framework} {failure.probe or ''}: {failure.kind}: {failure.message}", file=sys.stderr
        )
    raise typer.Exit({"finished": 0, "cancelled": 130, "failed": 1}[found.status])


@app.command()
def queue(as_json: Json = False) -> None:
    """Show who measures now and who waits."""
    tickets = [
        {"plan": ticket.what, "process": ticket.process, "since": ticket.since} for ticket in waiting()
    ]
    if as_json:
        print(json.dumps(tickets, indent=2))
        return
    for place, ticket in enumerate(tickets):
        state = "measuring" if place == 0 else f"{place} ahead"
        print(f"{state}: {ticket['plan']}, process {ticket['process']}")


@app.command("schema")
def show_schema() -> None:
    """Print the JSON schema of a measurement."""
    print(json.dumps(schema(), indent=2))


@history.command("list")
def history_list(as_json: Json = False) -> None:
    """List what is kept, newest first."""
    kept = Store().history()
    if as_json:
        print(json.dumps([vars(one) for one in kept], indent=2))
        return
    table = Table("id", "started", "machine", "plan", "status", "versions")
    for one in kept:
        source = f"{one.machine} (imported)" if one.imported else one.machine
        table.add_row(one.id, one.started, source, one.plan, one.status, one.versions)
    Console().print(table)


@history.command("show")
def historyshow(measurement: str, as_json: Json = False) -> None:
    """Show one measurement."""
    found = Store().get(measurement)
    if found is None:
        fail(f"no measurement '{measurement}'; `python -m probes history list` shows what is kept")
    if as_json:
        print(write_json(found))
    else:
        show(found)


@history.command("delete")
def history_delete(measurement: str) -> None:
    """Forget one measurement."""
    if not Store().delete(measurement):
        fail(f"no measurement '{measurement}'; `python -m probes history list` shows what is kept")


@history.command("import")
def history_import(file: Path) -> None:
    """Take in a measurement that `run --output` wrote, here or on another machine."""
    try:
        found = Store().take_in(file.read_bytes())
    except OSError as error:
        fail(f"{file}: {error.strerror}")
    except ImportRefusedError as error:
        fail(f"{file}: {error}")
    print(found.id)


def main() -> None:
    """Runs the command line."""
    try:
        app()
    except (OSError, SQLAlchemyError) as error:  # a full disk, a database that does not answer
        print(str(error).splitlines()[0], file=sys.stderr)
        sys.exit(1)


def _discover(catalog: list[Path] | None) -> Mapping[str, Entry]:
    try:
        return discover(catalog or ())
    except CatalogError as error:
        fail(str(error))
