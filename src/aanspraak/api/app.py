"""The whole application: the API, the pages with their static files, and what keeps both safe."""

from __future__ import annotations

from importlib.resources import files

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from aanspraak.api.door import LOOPBACK, Door
from aanspraak.api.headers import NOT_KEPT, SECURITY, AddHeaders
from aanspraak.api.openapi import ROOT
from aanspraak.api.v1 import create_api
from aanspraak.engine.model import RuleBase
from aanspraak.engine.reader import read_rules
from aanspraak.web import routes

STATIC = "/static"
"""Where the style sheets and pictures of the pages are: the only thing that a browser may keep."""


def create_app(base: RuleBase | None = None) -> FastAPI:
    """The application over `base`, or over the law that comes with the program; found in `app.state.base`."""
    app = FastAPI(openapi_url=None)
    app.state.base = base or read_rules()
    app.add_middleware(Door, hosts=LOOPBACK)
    app.add_middleware(AddHeaders, headers=SECURITY)
    app.add_middleware(AddHeaders, headers=NOT_KEPT, but=STATIC)
    app.mount(ROOT, create_api(app.state.base))
    app.mount(STATIC, StaticFiles(directory=str(files("aanspraak.web") / "static")), name="static")
    app.include_router(routes.router)
    return app
