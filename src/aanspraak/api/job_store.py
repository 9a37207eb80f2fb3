"""Jobs in a database, so that they survive a restart; their files in a folder of each job."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Float,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Engine, Row

Status = Literal["wacht", "bezig", "klaar", "mislukt"]
Job = Row[Any]

KEPT = timedelta(hours=24)
"""How long a job and its files are kept."""

_METADATA = MetaData()
_JOBS = Table(
    "taken",
    _METADATA,
    Column("taak", String, primary_key=True),
    Column("gemaakt", DateTime(timezone=True), nullable=False),
    Column("status", String, nullable=False),
    Column("voortgang", Float, nullable=False),
    Column("opdracht", JSON, nullable=False),
    Column("uitslag", JSON),
    Column("melding", String),
)


@dataclass(frozen=True, slots=True)
class Store:
    """The database of jobs, and the folder with theirs."""

    database: Engine
    folder: Path

    def folder_of(self, job: str) -> Path:
        """Where the files of a job are; only of an id that is in the database."""
        return self.folder / job


def open_store(folder: Path) -> Store:
    """The store in a folder, made where it is not. What was at work when the last process stopped waits again."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = create_engine(f"sqlite:///{folder / 'taken.sqlite'}")
    _METADATA.create_all(database)
    with database.begin() as con:
        con.execute(update(_JOBS).where(_JOBS.c.status == "bezig").values(status="wacht", voortgang=0.0))
    store = Store(database, folder / "taken")
    clean(store)
    return store


def new_id(store: Store) -> str:
    """An id that nobody can guess, with a folder for its files."""
    job = uuid.uuid4().hex
    store.folder_of(job).mkdir(parents=True, mode=0o700)
    return job


def add(store: Store, job: str, task: Mapping[str, Any]) -> None:
    """Put a job in the queue."""
    with store.database.begin() as con:
        now = datetime.now(UTC)
        con.execute(insert(_JOBS).values(taak=job, gemaakt=now, status="wacht", voortgang=0.0, opdracht=dict(task)))


def get(store: Store, job: str) -> Job | None:
    """The job of that id."""
    with store.database.connect() as con:
        return con.execute(select(_JOBS).where(_JOBS.c.taak == job)).one_or_none()


def waiting(store: Store) -> list[Job]:
    """The jobs in the queue, the oldest first."""
    with store.database.connect() as con:
        return list(con.execute(select(_JOBS).where(_JOBS.c.status == "wacht").order_by(_JOBS.c.gemaakt)))


def change(store: Store, job: str, **values: Any) -> None:
    """Write down how a job is."""
    with store.database.begin() as con:
        con.execute(update(_JOBS).where(_JOBS.c.taak == job).values(**values))


def remove(store: Store, job: str) -> None:
    """Forget a job and its files."""
    with store.database.begin() as con:
        con.execute(delete(_JOBS).where(_JOBS.c.taak == job))
    shutil.rmtree(store.folder_of(job), ignore_errors=True)


def clean(store: Store) -> None:
    """Forget the jobs that were kept long enough."""
    with store.database.connect() as con:
        old = con.execute(select(_JOBS.c.taak).where(_JOBS.c.gemaakt < datetime.now(UTC) - KEPT)).scalars().all()
    for job in old:
        remove(store, job)
