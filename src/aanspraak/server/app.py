"""The whole application: the API, the pages with their static files, and what keeps both safe."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from aanspraak.api import job_routes
from aanspraak.api.job_runner import work_off
from aanspraak.api.job_store import open_store
from aanspraak.api.openapi import ROOT, VERSION
from aanspraak.api.v1 import create_api
from aanspraak.database import connect
from aanspraak.engine.model import RuleBase
from aanspraak.engine.reader import read_rules
from aanspraak.server.door import LOOPBACK, Door
from aanspraak.server.headers import NOT_KEPT, SECURITY, AddHeaders
from aanspraak.server.limit import Limit
from aanspraak.web import routes

STATIC = "/static"
"""Where the style sheets and pictures of the pages are: the only thing that a browser may keep."""

HEADERS: dict[str, dict[str, str]] = {STATIC: {}, ROOT: {**NOT_KEPT, "API-Version": VERSION}, "": NOT_KEPT}
"""The headers of a path, besides those of every answer."""

BYTES = 1_000_000
"""How large a request may be; a case, or what a form sends."""


def create_app(base: RuleBase | None = None, folder: Path | None = None) -> FastAPI:
    """The application over `base`, or over the law that comes with the program; found in `app.state.base`. Jobs are
    kept in `folder`, or without one as long as the application is there; they use the law of the program."""
    temporary = None if folder else TemporaryDirectory(prefix="aanspraak-", ignore_cleanup_errors=True)
    kept = folder or Path(temporary.name if temporary else "")
    store, woken = open_store(connect(kept), kept), asyncio.Event()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        queue = asyncio.create_task(work_off(store, woken))
        yield
        queue.cancel()
        with suppress(asyncio.CancelledError):
            await queue
        store.database.dispose()
        if temporary:
            temporary.cleanup()

    app = FastAPI(openapi_url=None, lifespan=lifespan)
    app.state.base = base or read_rules()
    app.add_middleware(Limit, most=BYTES, more={f"{ROOT}/taken": job_routes.BYTES})
    app.add_middleware(Door, hosts=LOOPBACK)
    app.add_middleware(AddHeaders, headers=SECURITY, under=HEADERS)
    app.mount(ROOT, create_api(app.state.base, store, woken))
    app.mount(STATIC, StaticFiles(directory=str(files("aanspraak.web") / "static")), name="static")
    app.include_router(routes.router)
    return app
