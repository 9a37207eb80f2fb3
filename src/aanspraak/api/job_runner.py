"""The queue of jobs, worked off one at a time in processes of their own."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from contextlib import suppress
from datetime import UTC, datetime

from sqlalchemy.exc import OperationalError

from aanspraak.api import job_store
from aanspraak.api.job_store import Job, Store

TIMEOUT = 15 * 60
"""Seconds that a job may take."""

_LOOK = 5
"""Seconds between looks at a queue in which nothing was put from here."""

_LINE = 1 << 24
"""Bytes in a line that the process says: it counts the rules."""

_FAILED = "Het ging mis bij ons. Probeer het opnieuw, of meld het."
_TOO_LONG = f"Het duurde langer dan {TIMEOUT // 60} minuten. Deel het bestand op, of neem `aanspraak besluit`."

log = logging.getLogger(__name__)


async def work_off(store: Store, woken: asyncio.Event) -> None:
    """Do the jobs that wait, the oldest first, until cancelled; `woken` says that there is a new one, and now and then
    there is one that another process put there or left."""
    while True:
        woken.clear()
        try:
            while job := job_store.take(store):
                await _work(store, job)
            job_store.clean(store)
        except OperationalError:
            log.warning("de database is niet te bereiken; de taken wachten")
        with suppress(TimeoutError):
            await asyncio.wait_for(woken.wait(), _LOOK)


async def _work(store: Store, job: Job) -> None:
    holding = asyncio.create_task(_hold(store, job.taak))
    try:
        async with asyncio.timeout(TIMEOUT):
            done = await _run(store, job)
    except TimeoutError:
        done = {"status": "mislukt", "melding": _TOO_LONG}
    except asyncio.CancelledError:  # this process stops: another may do it, or this one when it is back
        job_store.change(store, job.taak, status="wacht", voortgang=0.0)
        raise
    finally:
        holding.cancel()
    job_store.change(store, job.taak, **done)


async def _hold(store: Store, job: str) -> None:
    """Say now and then that this process is still at it."""
    while True:
        await asyncio.sleep(job_store.HELD.total_seconds() / 4)
        with suppress(OperationalError):  # it may be back before the job is another's
            job_store.change(store, job, gehouden=datetime.now(UTC))


async def _run(store: Store, job: Job) -> dict[str, object]:
    """How the job ended. Its process is stopped where this is cancelled."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "aanspraak.api.job_worker", cwd=store.folder_of(job.taak),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        limit=_LINE, start_new_session=True,
    )  # fmt: skip
    # No traceback: it could hold a value of a case. A session of its own: Ctrl-C is for us, and not for the job.
    stdin, stdout = process.stdin, process.stdout
    assert stdin is not None  # noqa: S101 - both are pipes
    assert stdout is not None  # noqa: S101
    try:
        stdin.write(json.dumps(job.opdracht).encode())
        stdin.close()
        async for line in stdout:
            said = json.loads(line)
            if "uitslag" in said:
                return {"status": "klaar", "voortgang": 100.0, "uitslag": said["uitslag"]}
            if "melding" in said:
                return {"status": "mislukt", "melding": said["melding"], "uitslag": {"fouten": said["fouten"]}}
            job_store.change(store, job.taak, voortgang=said["voortgang"])
        log.error("een taak stopte met code %s", await process.wait())
        return {"status": "mislukt", "melding": _FAILED}
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
