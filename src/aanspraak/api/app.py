"""The whole application: the API, the pages with their static files, and what keeps both safe."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from aanspraak.api.security import STATIC, SecurityHeaders
from aanspraak.engine.model import RuleBase
from aanspraak.engine.reader import read_rules


def create_app(base: RuleBase | None = None) -> FastAPI:
    """The application over `base`, or over the law that comes with the program; found in `app.state.base`."""
    app = FastAPI(title="Aanspraak", openapi_url=None)
    app.state.base = base or read_rules()
    app.add_middleware(SecurityHeaders)
    if find_spec("aanspraak.web"):  # until the pages are there
        routes = import_module("aanspraak.web.routes")
        app.include_router(routes.router)
        app.mount(STATIC, StaticFiles(directory=Path(routes.__file__ or "").parent / "static"), name="static")
    return app
