"""Many cases at once: a file goes in, a job is made, and the table with outcomes comes out.

A job is its maker's. Where nobody logs in, who has its address can read it: it cannot be guessed.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import FileResponse, Response

from aanspraak.api import job_store
from aanspraak.api.asked import LawInQuery, decision_in
from aanspraak.api.job_models import Taak
from aanspraak.api.job_store import Job, Store
from aanspraak.api.models import Day
from aanspraak.api.problems import Json, Problem
from aanspraak.users import current

router = APIRouter(prefix="/taken", tags=["Veel casussen"])

BYTES = 100_000_000
"""How large a file may be."""

WAITING = 10
"""How many jobs may wait."""

_KINDS = {
    "text/csv": ".csv",
    "application/vnd.apache.parquet": ".parquet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_TYPES = {suffix: kind for kind, suffix in _KINDS.items()}
_FILE: dict[str, Any] = {"required": True, "content": {kind: {"schema": {}} for kind in _KINDS}}
_RESULT: dict[int | str, dict[str, Any]] = {
    200: {"description": "Het bestand met de uitkomsten", "content": _FILE["content"]}
}

TaakId = Annotated[str, Path(description="De id die bij het maken is gegeven.")]


@router.post(
    "", operation_id="maakTaak", status_code=202, responses={202: {"model": Taak}},
    openapi_extra={"requestBody": _FILE},
)  # fmt: skip
async def maak(
    request: Request,
    base: LawInQuery,
    besluit: Annotated[str, Query(description="De id van het besluit; zie /besluiten.")],
    peildatum: Annotated[Day | None, Query(description="Voor alle rijen. Zonder: kolom peildatum, of vandaag.")] = None,
    uitvoer: Annotated[Literal["csv", "xlsx", "parquet"], Query(description="Hoe de uitkomst komt.")] = "csv",
) -> Response:
    """Beslis een bestand met een casus per rij: CSV (UTF-8), Excel of Parquet, kolommen met namen van begrippen."""
    store = _store(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _KINDS:
        raise Problem(415, f"Stuur het bestand zelf, met als Content-Type een van: {', '.join(_KINDS)}.")
    if len(job_store.waiting(store)) >= WAITING:
        raise Problem(429, "Er wachten al te veel bestanden. Probeer het over een paar minuten nog eens.")
    read = f"casussen{_KINDS[kind]}"
    task = {
        "besluit": decision_in(base, besluit).id,
        "peildatum": _text(peildatum),
        "kennisdatum": _text(request.query_params.get("kennisdatum")),
        "hervorming": request.query_params.get("hervorming"),
        "invoer": read,
        "uitvoer": f"uitkomst.{uitvoer}",
    }
    job = job_store.new_id(store)
    try:
        with (store.folder_of(job) / read).open("wb") as file:
            async for chunk in request.stream():
                file.write(chunk)
    except BaseException:  # too large, or gone halfway
        job_store.remove(store, job)
        raise
    job_store.add(store, job, current().kenmerk, task)
    request.app.state.woken.set()
    headers = {"Location": f"{request.scope['root_path']}/taken/{job}"}
    return Json(_data(_found(request, job)), 202, headers)


@router.get("/{taak}", operation_id="taak", responses={200: {"model": Taak}})
async def lees(request: Request, taak: TaakId) -> Response:
    """Hoe ver de taak is, en wat er uitkwam of misging."""
    return Json(_data(_found(request, taak)))


@router.get("/{taak}/uitkomst", operation_id="uitkomst", response_class=Response, responses=_RESULT)
async def uitkomst(request: Request, taak: TaakId) -> Response:
    """Het bestand met de uitkomsten."""
    job = _found(request, taak)
    if job.status != "klaar":
        raise Problem(409, f"De taak is niet klaar: {job.status}. Vraag eerst /taken/{taak}.")
    path = _store(request).folder_of(taak) / job.opdracht["uitvoer"]
    return FileResponse(path, media_type=_TYPES[path.suffix], filename=path.name)


@router.delete("/{taak}", operation_id="verwijderTaak", status_code=204, response_class=Response)
async def verwijder(request: Request, taak: TaakId) -> Response:
    """Verwijder de taak en haar bestanden."""
    job_store.remove(_store(request), _found(request, taak).taak)
    return Response(status_code=204)


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _found(request: Request, job: str) -> Job:
    found = job_store.get(_store(request), job, current().kenmerk)
    if found is None:
        raise Problem(404, "Deze taak is er niet, of niet meer: zij wordt een dag bewaard.")
    return found


def _data(job: Job) -> dict[str, Any]:
    return {
        "taak": job.taak,
        "status": job.status,
        "voortgang": job.voortgang,
        "besluit": job.opdracht["besluit"],
        "uitvoer": job.opdracht["uitvoer"],
        "uitslag": job.uitslag,
        "melding": job.melding,
    }


def _text(day: date | str | None) -> str | None:
    return str(day) if day else None
