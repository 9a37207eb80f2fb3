"""The addresses of many cases at once: send a file, see how far it is, read and take what came out.

Of a file nothing is in an address but the id of its job, that cannot be guessed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from aanspraak.api import jobs
from aanspraak.api.job_store import KEPT, Job
from aanspraak.engine.law import Law, named_law, reforms
from aanspraak.engine.model import PEILDATUM, UserError
from aanspraak.web import bulk_table, proposal
from aanspraak.web.bulk_order import Faults, read_order
from aanspraak.web.bulk_template import TEMPLATES, columns
from aanspraak.web.casus import KNOWN, REFORM, read_day
from aanspraak.web.errors import PageRoute, rules
from aanspraak.web.forms import own_form
from aanspraak.web.overview import themes
from aanspraak.web.pages import page

router = APIRouter(prefix="/veel", route_class=PageRoute, include_in_schema=False)

_AGAIN = "2"
"""Seconds after which the browser asks again how far a job is."""


@router.get("")
async def empty(request: Request) -> HTMLResponse:
    """The form; a link can fill in decisions and a reform."""
    given = request.query_params
    return _form(request, {**given}, given.getlist("besluit"))


@router.post("", dependencies=[Depends(own_form)])
async def send(request: Request) -> Response:
    """A file with what is asked of it: on to its job, or the form with what is wrong."""
    async with request.form() as form:
        faults, order = read_order(rules(request), form, full=jobs.is_full(request))
        file = form.get("bestand")
        if faults or not isinstance(file, UploadFile):
            written = {name: value for name, value in form.items() if isinstance(value, str)}
            return _form(request, written, order["besluiten"], faults)
        job = await jobs.make(request, order, _chunks(file))
        return RedirectResponse(f"/veel/{job}", 303)


@router.get("/gegevens/{besluit}")
async def inputs(request: Request, besluit: str) -> HTMLResponse:
    """The columns that a file can have for a decision, with their values."""
    base = rules(request)
    decision = base.decision(besluit)
    return page("veel_gegevens", base=base, besluit=decision, kolommen=columns(base, decision))


@router.get("/gegevens/{besluit}/sjabloon.{formaat}")
async def template(request: Request, besluit: str, formaat: str) -> Response:
    """An empty file for a decision, to fill in."""
    if formaat not in TEMPLATES:
        raise UserError(f"Er is geen sjabloon als {formaat}. Kies uit {', '.join(TEMPLATES)}.")
    base = rules(request)
    headers = {"Content-Disposition": f'attachment; filename="casussen-{base.decision(besluit).id}.{formaat}"'}
    content = TEMPLATES[formaat](base, base.decision(besluit))
    return Response(content, media_type=jobs.KINDS[formaat], headers=headers)


@router.get("/{taak}")
async def job(request: Request, taak: str) -> Response:
    """How far a job is, what is wrong with its file, or what came out."""
    found = _found(request, taak)
    law = _law(request, found)
    if found.status == "klaar":
        return await _outcome(request, found, law)
    shown = page("veel_taak", base=law.base, taak=found, hervorming=law.reform, uren=_hours(KEPT))
    if found.status in ("wacht", "bezig"):
        shown.headers["Refresh"] = _AGAIN
    return shown


@router.get("/{taak}/uitkomst.{formaat}")
async def download(request: Request, taak: str, formaat: str) -> Response:
    """The whole table with outcomes."""
    found = _found(request, taak)
    if found.status != "klaar" or formaat not in found.uitslag["formaten"]:
        raise UserError("Dit bestand is er niet. Kijk op de pagina van de taak welke er zijn.")
    path = jobs.result(request, found, formaat)
    return FileResponse(path, media_type=jobs.KINDS[formaat], filename=path.name)


@router.post("/{taak}/verwijder", dependencies=[Depends(own_form)])
async def delete(request: Request, taak: str) -> Response:
    """Remove a job and its files."""
    jobs.forget(request, _found(request, taak))
    return RedirectResponse("/veel?verwijderd=ja", 303)


def _form(request: Request, given: Mapping[str, str], names: list[str], faults: Faults | None = None) -> HTMLResponse:
    base = rules(request)
    reform = proposal.chosen(base, given.get(REFORM, ""), given)
    return page(
        "veel",
        400 if faults else 200,
        base=base,
        themas=themes(base),
        gekozen=set(names) & base.besluiten.keys(),
        gegeven={PEILDATUM: "", KNOWN: "", **given},
        voorstel=proposal.shown(base, reform),
        hervormingen=reforms(base),
        fouten=faults or [],
        verwijderd="verwijderd" in given,
        uren=_hours(KEPT),
    )


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(1 << 20):
        yield chunk


def _found(request: Request, job: str) -> Job:
    found = jobs.find(request, job)
    if found is None:
        raise UserError(jobs.GONE)
    return found


def _law(request: Request, job: Job) -> Law:
    """The rules by which a job is decided."""
    order: jobs.Order = job.opdracht
    return named_law(rules(request), order["hervorming"] or "", read_day(order["kennisdatum"] or "", KNOWN))


async def _outcome(request: Request, job: Job, law: Law) -> HTMLResponse:
    """A page of the table of one of the decisions, with how often each rule came out."""
    asked = request.query_params
    told = {one["besluit"]: one for one in job.uitslag["besluiten"]}
    one = told.get(asked.get("besluit", ""), next(iter(told.values())))
    table = bulk_table.of(law.base, one, job.uitslag["rijen"])
    number = asked.get("blad", "1")
    sheet = await run_in_threadpool(
        bulk_table.sheet, table, jobs.result(request, job, "parquet"), asked.get("toon", ""),
        int(number) if number.isdecimal() else 1,
    )  # fmt: skip
    return page(
        "veel_uitslag",
        base=law.base,
        taak=job,
        hervorming=law.reform,
        besluiten=[law.base.decision(name) for name in told],
        dag=read_day(job.uitslag["peildatum"] or "", PEILDATUM),
        bekend=read_day(job.opdracht["kennisdatum"] or "", KNOWN),
        tabel=table,
        blad=sheet,
        uren=_hours(KEPT),
    )


def _hours(kept: timedelta) -> int:
    return round(kept.total_seconds() / 3600)
