"""The API of version 1, an application of its own so that its errors and its contract are."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from fastapi import FastAPI
from starlette.responses import Response

from aanspraak.api import cases, job_routes, law, monitors, problems
from aanspraak.api.job_store import Store
from aanspraak.api.openapi import document
from aanspraak.api.problems import Json
from aanspraak.engine.model import RuleBase
from aanspraak.monitor.results import Result


def create_api(base: RuleBase, store: Store, woken: asyncio.Event, results: Mapping[str, Result]) -> FastAPI:
    """The API over these rules and results of monitors, to be mounted at its root; `woken` is set when a job is put in
    the store."""
    api = FastAPI(openapi_url=None, redirect_slashes=False)
    api.state.base, api.state.store, api.state.woken = base, store, woken
    api.state.results = results
    problems.install(api)
    for routes in (cases, law, job_routes, monitors):
        api.include_router(routes.router)

    @api.get("/openapi.json", include_in_schema=False)
    async def openapi_json() -> Response:
        """The contract, that any page may read."""
        return Json(document(api), headers={"Access-Control-Allow-Origin": "*"})

    return api
