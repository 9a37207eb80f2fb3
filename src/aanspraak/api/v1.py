"""The API of version 1, an application of its own so that its errors and its contract are."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.responses import Response

from aanspraak.api import cases, law, problems
from aanspraak.api.headers import AddHeaders
from aanspraak.api.openapi import VERSION, document
from aanspraak.api.problems import Json
from aanspraak.engine.checklist import compile_any
from aanspraak.engine.model import RuleBase


def create_api(base: RuleBase) -> FastAPI:
    """The API over these rules, to be mounted at its root. Compiles every decision, so that nobody waits for it."""
    for name in base.besluiten:
        compile_any(base, name)
    api = FastAPI(openapi_url=None, redirect_slashes=False)
    api.state.base = base
    api.add_middleware(AddHeaders, headers={"API-Version": VERSION})
    problems.install(api)
    api.include_router(cases.router)
    api.include_router(law.router)

    @api.get("/openapi.json", include_in_schema=False)
    async def openapi_json() -> Response:
        """The contract, that any page may read."""
        return Json(document(api), headers={"Access-Control-Allow-Origin": "*"})

    return api
