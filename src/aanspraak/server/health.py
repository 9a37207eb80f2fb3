"""Whether the server lives and can work, and what it measures: for machines that look after it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from aanspraak.api.problems import Json
from aanspraak.errors import UserError
from aanspraak.server.audit import AuditLog
from aanspraak.web.errors import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/gezond/leeft")
async def lives() -> Response:
    """It answers."""
    return Json({"status": "leeft"})


@router.get("/gezond")
def is_ready(request: Request) -> Response:
    """It can work: the database answers. Not `async`: a database that does not would hold up all others."""
    try:
        with request.app.state.store.database.connect() as con:
            con.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return Json({"status": "ongezond", "database": "onbereikbaar"}, 503)
    return Json({"status": "gezond", "database": "goed"})


@router.get("/metingen")
def metrics(request: Request) -> Response:
    """Counts, durations and the queue."""
    return Response(request.app.state.metrics.text(), media_type=CONTENT_TYPE_LATEST)


@router.get("/logboek")
def log(request: Request) -> Response:
    """The last lines of the audit log."""
    kept: AuditLog | None = request.app.state.log
    if kept is None:
        raise UserError("Er wordt geen logboek bijgehouden: start met --logboek BESTAND.")
    return Response(kept.last(), media_type="application/jsonl")
