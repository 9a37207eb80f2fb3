"""The whole application: the API, the pages with their static files, and what keeps both safe."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware

from aanspraak.api import jobs
from aanspraak.api.job_runner import work_off
from aanspraak.api.job_store import open_store
from aanspraak.api.openapi import ROOT, VERSION
from aanspraak.api.v1 import create_api
from aanspraak.database import connect
from aanspraak.engine.changes import changes, compared_days
from aanspraak.engine.checklist import compile_any
from aanspraak.engine.law import named_law, reforms, touched
from aanspraak.engine.model import RuleBase, UserError
from aanspraak.engine.reader import read_rules
from aanspraak.monitor.results import Result
from aanspraak.monitor.results_figures import warm_up
from aanspraak.server import health, login_routes
from aanspraak.server.audit import AuditLog
from aanspraak.server.door import Door
from aanspraak.server.guard import Guard
from aanspraak.server.headers import NOT_KEPT, AddHeaders, security
from aanspraak.server.identity import Identity
from aanspraak.server.limit import Limit
from aanspraak.server.metrics import Metrics
from aanspraak.server.sessions import Sessions
from aanspraak.server.settings import LOOPBACK, Oidc, Settings
from aanspraak.web import monitor_routes, routes

STATIC = "/static"
"""Where the style sheets and pictures of the pages are: the only thing that a browser may keep."""

HEADERS: dict[str, dict[str, str]] = {STATIC: {}, ROOT: {**NOT_KEPT, "API-Version": VERSION}, "": NOT_KEPT}
"""The headers of a path, besides those of every answer."""

BYTES = 1_000_000
"""How large a request may be; a case, or what a form sends."""

OPEN = Settings()
"""For whoever uses this machine."""

_NONE: Mapping[str, Result] = {}


def create_app(
    base: RuleBase | None = None,
    folder: Path | None = None,
    settings: Settings = OPEN,
    results: Mapping[str, Result] = _NONE,
) -> FastAPI:
    """The application over `base`, or over the law that comes with the program; found in `app.state.base`. Files of
    jobs are kept in `folder`, or without one as long as the application is there; they use the law of the program.
    It shows the `results` of monitors. Raises UserError for a database that cannot be used."""
    temporary = None if folder else TemporaryDirectory(prefix="aanspraak-", ignore_cleanup_errors=True)
    kept = folder or Path(temporary.name if temporary else "")
    database = connect(kept, settings.database)
    store, woken = open_store(database, kept), asyncio.Event()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        queue = asyncio.create_task(work_off(store, woken))
        ready = asyncio.create_task(_make_ready(app.state.base))
        warm = asyncio.create_task(run_in_threadpool(warm_up, results.values()))
        yield
        await asyncio.wait([warm])
        for task in (ready, queue):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        gc.unfreeze()
        database.dispose()
        if temporary:
            temporary.cleanup()

    oidc = settings.oidc
    app = FastAPI(openapi_url=None, lifespan=lifespan)
    app.state.base, app.state.store, app.state.woken = base or read_rules(), store, woken
    app.state.metrics, app.state.log = Metrics(store), AuditLog(settings.log) if settings.log else None
    app.state.results = results
    app.state.identity = _identity(oidc, database) if oidc else None
    app.add_middleware(Limit, most=BYTES, more={f"{ROOT}/taken": jobs.BYTES, "/veel": jobs.BYTES})
    app.add_middleware(Guard, metrics=app.state.metrics, log=app.state.log, identity=app.state.identity)
    app.add_middleware(Door, hosts=(*LOOPBACK, *((urlsplit(oidc.public_url).hostname,) if oidc else ())))
    app.add_middleware(AddHeaders, headers=security(https=bool(oidc and oidc.https)), under=HEADERS)
    app.mount(ROOT, create_api(app.state.base, store, woken, results))
    app.mount(STATIC, GZipMiddleware(StaticFiles(directory=str(files("aanspraak.web") / "static"))), name="static")
    for pages in (routes, monitor_routes, login_routes, health):
        app.include_router(pages.router)
    return app


async def _make_ready(base: RuleBase) -> None:
    """Compile every decision and what every reform changes, between requests, so that hardly anybody waits for it. What
    is there then stays, so the garbage collector need not look through it time and again."""
    for name in base.besluiten:
        compile_any(base, name)
        await asyncio.sleep(0)
    for name in reforms(base):
        then = named_law(base, name)
        before, after = compared_days(then.reform, None, None)
        for decision in touched(then):
            with suppress(UserError):  # on that day it may not be asked
                changes((base, before), (then.base, after), decision.id)
            await asyncio.sleep(0)
    gc.freeze()


def _identity(oidc: Oidc, database: Engine) -> Identity:
    from aanspraak.server.provider import Provider  # it takes long to load

    return Identity(Provider(oidc), Sessions(database))
