"""Results of monitors: which there are, their tables, and the rows of these, chosen by the values of dimensions.

These functions are not `async`: they leave the engine alone, and run beside what does use it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from aanspraak.api.asked import missing
from aanspraak.api.monitor_files import MEDIA_TYPES, disposition, table_file
from aanspraak.api.monitor_models import Monitor, Monitors, Rijen
from aanspraak.api.openapi import ROOT
from aanspraak.api.problems import Json
from aanspraak.monitor.result_manifest import Table
from aanspraak.monitor.results import Result, visible
from aanspraak.monitor.results_rows import Choice, chosen, values

router = APIRouter(prefix="/monitors", tags=["Monitors"])

MOST = 1000
"""Rows on a page, at most."""

_OWN = ("pagina", "grootte", "formaat")
_CHOICES: dict[str, Any] = {
    "parameters": [
        {
            "name": "keuze",
            "in": "query",
            "description": "Dimensies met een waarde: `jaar=2021&sector=vv`. Een dimensie mag vaker; zonder: alle "
            "waarden. `leeg`: rijen waarin zij leeg is.",
            "style": "form",
            "explode": True,
            "schema": {"type": "object", "additionalProperties": {"type": "string"}},
        }
    ]
}
_ROWS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": Rijen,
        "headers": {"Link": {"description": "De pagina's eromheen (RFC 8288).", "schema": {"type": "string"}}},
        "content": {kind.split(";")[0]: {"schema": {}} for kind in MEDIA_TYPES.values()},
    }
}

Naam = Annotated[str, Path(description="De naam van het resultaat; zie /monitors.")]


@router.get("", operation_id="monitors", responses={200: {"model": Monitors}})
def monitors(request: Request) -> Response:
    """De resultaten van monitors die deze server toont."""
    return Json(Monitors.of([_line(result) for result in _results(request).values()]))


@router.get("/{naam}", operation_id="monitor", responses={200: {"model": Monitor}})
def monitor(request: Request, naam: Naam) -> Response:
    """Een resultaat met zijn tabellen, hun kolommen, en waaruit te kiezen is."""
    result = _result(request, naam)
    tables = [_described(result, table) for table in result.tables.values()]
    return Json({**_line(result), "tabellen": tables})


@router.get("/{naam}/tabellen/{tabel}", operation_id="tabel", responses=_ROWS, openapi_extra=_CHOICES)
def tabel(
    request: Request,
    naam: Naam,
    tabel: Annotated[str, Path(description="De naam van de tabel; zie /monitors/{naam}.")],
    pagina: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    grootte: Annotated[int, Query(ge=1, le=MOST, description="Rijen op een pagina.")] = 100,
    formaat: Annotated[
        Literal["json", "csv", "xlsx", "parquet"], Query(description="Alleen JSON gaat per pagina.")
    ] = "json",
) -> Response:
    """De rijen van een tabel, met codes; tel ze niet op: er staan totalen tussen."""
    result = _result(request, naam)
    if tabel not in result.tables:
        raise missing("tabel", tabel, result.tables)
    table, choice = result.tables[tabel], _choice(request)
    if formaat != "json":
        headers = {"Content-Disposition": disposition(result, table, formaat)}
        return Response(table_file(result, table, choice, formaat), media_type=MEDIA_TYPES[formaat], headers=headers)
    rows = chosen(result, table, choice)
    pages = max(1, -(-rows.num_rows // grootte))
    part = rows.slice((pagina - 1) * grootte, grootte).to_pylist()
    said = {
        "monitor": naam,
        "tabel": tabel,
        "titel": table.titel,
        "bron": table.bron,
        "synthetisch": result.manifest.synthetisch,
        "veilig": result.public,
        "aantal": rows.num_rows,
        "pagina": pagina,
        "paginas": pages,
        "items": [{name: _plain(value) for name, value in row.items()} for row in part],
    }
    return Json(said, headers={"Link": _links(request, pagina, pages)})


def _results(request: Request) -> dict[str, Result]:
    return visible(request.app.state.results)


def _result(request: Request, name: str) -> Result:
    found = _results(request)
    if name not in found:
        raise missing("monitor", name, found)
    return found[name]


def _line(result: Result) -> dict[str, Any]:
    said = result.manifest
    return {
        "monitor": result.name,
        "stap": said.stap,
        "titel": said.titel,
        "gemaakt": said.begonnen.isoformat(),
        "uit": result.sources,
        "synthetisch": said.synthetisch,
        "veilig": result.public,
    }


def _described(result: Result, table: Table) -> dict[str, Any]:
    known = values(result, table)
    return {
        "tabel": table.naam,
        "titel": table.titel,
        "bron": table.bron,
        "kolommen": [
            {"kolom": one.naam, "titel": one.titel, "soort": one.soort, "waarden": known.get(one.naam, {})}
            for one in table.kolommen
        ],
    }


def _choice(request: Request) -> Choice:
    names = [name for name in dict.fromkeys(request.query_params) if name not in _OWN]
    return tuple((name, tuple(request.query_params.getlist(name))) for name in names)


def _links(request: Request, page: int, pages: int) -> str:
    others = [pair for pair in request.query_params.multi_items() if pair[0] != "pagina"]
    there = {"first": 1, "prev": min(page - 1, pages), "next": page + 1, "last": pages}
    path = ROOT + quote(request.scope["path"].removeprefix(request.scope["root_path"]))
    return ", ".join(
        f'<{path}?{urlencode([*others, ("pagina", str(number))])}>; rel="{name}"'
        for name, number in there.items()
        if 1 <= number <= pages
    )


def _plain(value: Any) -> Any:
    """A cell as JSON has it."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
