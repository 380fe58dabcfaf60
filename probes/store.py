"""Keeps measurements: SQLite in the user's data folder, or any database by URL; and JSON files in and out."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError
from sqlalchemy import String, Text, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from probes.model import SCHEMA_VERSION, Measurements
from probes.places import data_folder

DATABASE_VARIABLE = "TENSOR_OR_TORCH_DATABASE"
SIZE_LIMIT = 8 * 2**20
"""Largest accepted file in bytes: ten times a thorough run with all its raw samples."""

Refusal = Literal["too-large", "too-deep", "no-json", "no-measurement"]

SCHEMA_FILE = Path(__file__).resolve().parent / "schema" / "measurements-v1.json"


class ImportRefusedError(ValueError):
    """A file that is no measurement of this format; the message names the first fault, ``code`` its kind."""

    def __init__(self, code: Refusal, message: str) -> None:
        super().__init__(message)
        self.code = code


class _Base(DeclarativeBase):
    pass


class _Row(_Base):
    __tablename__ = "measurements"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    started: Mapped[str] = mapped_column(String(40), index=True)
    machine: Mapped[str] = mapped_column(String(64), index=True)
    versions: Mapped[str] = mapped_column(String(200), index=True)
    plan: Mapped[str] = mapped_column(String(40), index=True)
    status: Mapped[str] = mapped_column(String(20))
    imported: Mapped[bool] = mapped_column(default=False)
    document: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True)
class Kept:
    """One line of the history."""

    id: str
    started: str
    machine: str
    versions: str
    plan: str
    status: str
    imported: bool


class Store:
    """The history of measurements, with their raw samples. Safe to use from several threads and processes."""

    def __init__(self, url: str | None = None) -> None:
        """``url`` as SQLAlchemy takes it; by default TENSOR_OR_TORCH_DATABASE, else the user's own file."""
        given = url or os.environ.get(DATABASE_VARIABLE)
        self._engine = create_engine(given or f"sqlite:///{data_folder() / 'measurements.sqlite3'}")
        _Base.metadata.create_all(self._engine)

    def save(self, measurements: Measurements, *, imported: bool = False) -> None:
        """Keeps the measurement, in place of one of the same id."""
        with self._session() as session:
            session.merge(
                _Row(
                    id=measurements.id,
                    started=measurements.started,
                    machine=measurements.machine.id,
                    versions=versions_key(measurements),
                    plan=measurements.plan,
                    status=measurements.status,
                    imported=imported,
                    document=measurements.model_dump_json(),
                )
            )

    def history(
        self, *, machine: str | None = None, plan: str | None = None, versions: str | None = None
    ) -> tuple[Kept, ...]:
        """What is kept, newest first; ``versions`` as `versions_key` writes them."""
        columns = (_Row.id, _Row.started, _Row.machine, _Row.versions, _Row.plan, _Row.status, _Row.imported)
        query = select(*columns).order_by(_Row.started.desc(), _Row.id)
        if machine is not None:
            query = query.where(_Row.machine == machine)
        if plan is not None:
            query = query.where(_Row.plan == plan)
        if versions is not None:
            query = query.where(_Row.versions == versions)
        with self._session() as session:
            return tuple(Kept(*row) for row in session.execute(query))

    def get(self, measurement: str) -> Measurements | None:
        """The whole measurement of this id."""
        with self._session() as session:
            row = session.get(_Row, measurement)
            return Measurements.model_validate_json(row.document) if row else None

    def delete(self, measurement: str) -> bool:
        """Forgets a measurement; False when there was none of this id."""
        with self._session() as session:
            row = session.get(_Row, measurement)
            if row is not None:
                session.delete(row)
            return row is not None

    def take_in(self, text: str | bytes) -> Measurements:
        """Imports a measurement, of this machine or another; one that is known already stays as it is."""
        measurements = read_json(text)
        if self.get(measurements.id) is None:
            self.save(measurements, imported=True)
        return measurements

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with Session(self._engine) as session, session.begin():
            yield session


def read_json(text: str | bytes) -> Measurements:
    """A measurement from its JSON document. `ImportRefusedError` for anything else, and beyond SIZE_LIMIT."""
    size = len(text)
    if size > SIZE_LIMIT:
        raise ImportRefusedError("too-large", f"the file has {size} bytes; at most {SIZE_LIMIT} are read")
    try:
        return Measurements.model_validate_json(text)
    except (ValidationError, RecursionError) as error:
        raise _refusal(error) from None


def write_json(measurements: Measurements) -> str:
    """The document to hand to others. Interpreters by file name only: paths hold people's names."""
    sights = tuple(
        sight.model_copy(update={"interpreter": Path(sight.interpreter).name})
        for sight in measurements.machine.sights
    )
    machine = measurements.machine.model_copy(update={"sights": sights})
    return measurements.model_copy(update={"machine": machine}).model_dump_json(indent=2)


def schema() -> dict[str, object]:
    """The JSON schema of the current format, as published in SCHEMA_FILE."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"Measurements of Tensor or Torch, format {SCHEMA_VERSION}",
        **Measurements.model_json_schema(),
    }


def versions_key(measurements: Measurements) -> str:
    """The frameworks' versions as one short text, the same for the same versions."""
    return json.dumps(dict(sorted(measurements.versions.items())))[:200]


def _refusal(error: ValidationError | RecursionError) -> ImportRefusedError:
    """By the first fault."""
    if isinstance(error, RecursionError):
        return ImportRefusedError("too-deep", "the file is nested too deeply")
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the document"
    code: Refusal = "no-json" if first["type"] == "json_invalid" else "no-measurement"
    return ImportRefusedError(code, f"{where}: {first['msg']}")
