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
    ColumnElement,
    DateTime,
    Float,
    MetaData,
    String,
    Table,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.engine import Engine, Row

from aanspraak.database import create

Status = Literal["wacht", "bezig", "klaar", "mislukt"]
Job = Row[Any]

KEPT = timedelta(hours=24)
"""How long a job and its files are kept."""

HELD = timedelta(minutes=1)
"""How long a process keeps a job that it says nothing of: after that it stopped, and another may do the job."""

_METADATA = MetaData()
_JOBS = Table(
    "taken",
    _METADATA,
    Column("taak", String, primary_key=True),
    Column("maker", String, nullable=False),
    Column("gemaakt", DateTime(timezone=True), nullable=False),
    Column("status", String, nullable=False),
    Column("gehouden", DateTime(timezone=True)),
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


def open_store(database: Engine, folder: Path) -> Store:
    """The store in a database, with the files in a folder. Processes that share the one share the other."""
    create(database, _METADATA)
    store = Store(database, folder / "taken")
    clean(store)
    return store


def new_id(store: Store) -> str:
    """An id that nobody can guess, with a folder for its files."""
    job = uuid.uuid4().hex
    store.folder_of(job).mkdir(parents=True, mode=0o700)
    return job


def add(store: Store, job: str, maker: str, task: Mapping[str, Any]) -> None:
    """Put a job in the queue; it is its maker's."""
    made = {"taak": job, "maker": maker, "gemaakt": datetime.now(UTC), "opdracht": dict(task)}
    with store.database.begin() as con:
        con.execute(insert(_JOBS).values(status="wacht", voortgang=0.0, **made))


def get(store: Store, job: str, maker: str) -> Job | None:
    """The job of that id, where it is this maker's."""
    with store.database.connect() as con:
        return con.execute(select(_JOBS).where(_JOBS.c.taak == job, _JOBS.c.maker == maker)).one_or_none()


def waiting(store: Store) -> list[Job]:
    """The jobs in the queue, the oldest first."""
    with store.database.connect() as con:
        return list(con.execute(select(_JOBS).where(_JOBS.c.status == "wacht").order_by(_JOBS.c.gemaakt)))


def counts(store: Store) -> dict[str, int]:
    """Status → how many jobs have it."""
    with store.database.connect() as con:
        found = con.execute(select(_JOBS.c.status, func.count()).group_by(_JOBS.c.status)).all()
    return {row.status: row[1] for row in found}


def take(store: Store) -> Job | None:
    """The oldest job that nobody does, from now held by the caller. Of processes that reach for the same job the
    database lets one write; the others look again."""
    free = or_(_JOBS.c.status == "wacht", (_JOBS.c.status == "bezig") & ~_held())
    while True:
        with store.database.begin() as con:
            job = con.execute(select(_JOBS).where(free).order_by(_JOBS.c.gemaakt).limit(1)).one_or_none()
            if job is None:
                return None
            held = {"status": "bezig", "voortgang": 0.0, "gehouden": datetime.now(UTC)}
            if con.execute(update(_JOBS).where(_JOBS.c.taak == job.taak, free).values(held)).rowcount:
                return job


def _held() -> ColumnElement[bool]:
    return func.coalesce(_JOBS.c.gehouden > datetime.now(UTC) - HELD, False)


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
