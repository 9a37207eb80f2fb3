"""Jobs as the API and the pages make, find and forget them: a file of cases, and the decisions asked of it.

A job is its maker's. Where nobody logs in, who has its address can read it: it cannot be guessed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypedDict

from fastapi import Request

from aanspraak.api import job_store
from aanspraak.api.job_store import Job, Store
from aanspraak.users import current

BYTES = 100_000_000
"""How large a file may be."""

WAITING = 10
"""How many jobs may wait."""

BUSY = "Er wachten al te veel bestanden. Probeer het over een paar minuten nog eens."
GONE = "Deze taak is er niet, of niet meer: zij wordt een dag bewaard."

KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
"""The kinds of file that go in and come out."""


class Order(TypedDict):
    """What is asked of a file; days as in ISO 8601, `formaat` as in KINDS."""

    besluiten: list[str]
    peildatum: str | None
    kennisdatum: str | None
    hervorming: str | None
    formaat: str


def is_full(request: Request) -> bool:
    """Whether too many jobs wait for another."""
    return len(job_store.waiting(_store(request))) >= WAITING


async def make(request: Request, order: Order, content: AsyncIterator[bytes]) -> str:
    """Put a job in the queue; gives its id. Nothing is kept of a file that does not come whole."""
    store = _store(request)
    job = job_store.new_id(store)
    try:
        with (store.folder_of(job) / f"casussen.{order['formaat']}").open("wb") as file:
            async for chunk in content:
                file.write(chunk)
    except BaseException:  # too large, or gone halfway
        job_store.remove(store, job)
        raise
    job_store.add(store, job, current().kenmerk, order)
    request.app.state.woken.set()
    return job


def find(request: Request, job: str) -> Job | None:
    """The job of that id, where it is of who asks."""
    return job_store.get(_store(request), job, current().kenmerk)


def forget(request: Request, job: Job) -> None:
    """Remove a job and its files."""
    job_store.remove(_store(request), job.taak)


def result(request: Request, job: Job, kind: str) -> Path:
    """The file that came out of a job that is done."""
    return _store(request).folder_of(job.taak) / f"uitkomst.{kind}"


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store
