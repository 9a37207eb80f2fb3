"""Many cases at once: a file goes in, a job is made, and the table with outcomes comes out."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import FileResponse, Response

from aanspraak.api import jobs
from aanspraak.api.asked import LawInQuery, decision_in
from aanspraak.api.job_models import Taak
from aanspraak.api.job_store import Job
from aanspraak.api.jobs import KINDS
from aanspraak.api.models import Day
from aanspraak.api.problems import Json, Problem

router = APIRouter(prefix="/taken", tags=["Veel casussen"])

_FILE: dict[str, Any] = {"required": True, "content": {kind: {"schema": {}} for kind in KINDS.values()}}
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
    besluit: Annotated[list[str], Query(min_length=1, description="De id van een besluit; mag vaker.")],
    peildatum: Annotated[Day | None, Query(description="Voor alle rijen. Zonder: kolom peildatum, of vandaag.")] = None,
) -> Response:
    """Beslis een bestand met een casus per rij: CSV (UTF-8), Excel of Parquet, kolommen met namen van begrippen."""
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    kind = next((name for name, media_type in KINDS.items() if media_type == sent), None)
    if kind is None:
        raise Problem(415, f"Stuur het bestand zelf, met als Content-Type een van: {', '.join(KINDS.values())}.")
    if jobs.is_full(request):
        raise Problem(429, jobs.BUSY)
    order: jobs.Order = {
        "besluiten": [decision_in(base, name).id for name in dict.fromkeys(besluit)],
        "peildatum": _text(peildatum),
        "kennisdatum": _text(request.query_params.get("kennisdatum")),
        "hervorming": request.query_params.get("hervorming"),
        "formaat": kind,
    }
    job = await jobs.make(request, order, request.stream())
    return Json(_data(_found(request, job)), 202, {"Location": f"{request.scope['root_path']}/taken/{job}"})


@router.get("/{taak}", operation_id="taak", responses={200: {"model": Taak}})
async def lees(request: Request, taak: TaakId) -> Response:
    """Hoe ver de taak is, en wat er uitkwam of misging."""
    return Json(_data(_found(request, taak)))


@router.get("/{taak}/uitkomst", operation_id="uitkomst", response_class=Response, responses=_RESULT)
async def uitkomst(
    request: Request,
    taak: TaakId,
    formaat: Annotated[Literal["csv", "xlsx", "parquet"], Query(description="Zie `formaten` van de taak.")] = "csv",
) -> Response:
    """Het bestand met de uitkomsten."""
    job = _found(request, taak)
    if job.status != "klaar":
        raise Problem(409, f"De taak is niet klaar: {job.status}. Vraag eerst /taken/{taak}.")
    if formaat not in job.uitslag["formaten"]:
        raise Problem(409, f"Er zijn te veel rijen voor {formaat}. Kies uit {', '.join(job.uitslag['formaten'])}.")
    return FileResponse(jobs.result(request, job, formaat), media_type=KINDS[formaat], filename=f"uitkomst.{formaat}")


@router.delete("/{taak}", operation_id="verwijderTaak", status_code=204, response_class=Response)
async def verwijder(request: Request, taak: TaakId) -> Response:
    """Verwijder de taak en haar bestanden."""
    jobs.forget(request, _found(request, taak))
    return Response(status_code=204)


def _found(request: Request, job: str) -> Job:
    found = jobs.find(request, job)
    if found is None:
        raise Problem(404, jobs.GONE)
    return found


def _data(job: Job) -> dict[str, Any]:
    done = job.status == "klaar"
    return {
        "taak": job.taak,
        "status": job.status,
        "voortgang": job.voortgang,
        "besluiten": job.opdracht["besluiten"],
        "hervorming": job.opdracht["hervorming"],
        "kennisdatum": job.opdracht["kennisdatum"],
        "uitslag": job.uitslag if done else None,
        "melding": job.melding,
        "fouten": [] if done or not job.uitslag else job.uitslag["fouten"],
    }


def _text(day: date | str | None) -> str | None:
    return str(day) if day else None
