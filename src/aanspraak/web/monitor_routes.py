"""The addresses of the pages about results of monitors: which there are, and of each its tables and figures.

These functions are not `async`: they leave the engine alone, and run beside what does use it.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from aanspraak.api.monitor_files import MEDIA_TYPES, disposition, table_file
from aanspraak.errors import UserError
from aanspraak.monitor.results import Result, visible
from aanspraak.monitor.results_figures import MOST, drawing, exhibit, marks, png
from aanspraak.monitor.results_rows import values
from aanspraak.web.errors import PageRoute, rules
from aanspraak.web.monitor import Chosen, read_choice, rows
from aanspraak.web.pages import page

router = APIRouter(prefix="/monitor", route_class=PageRoute, include_in_schema=False)


@router.get("")
def all_results(request: Request) -> HTMLResponse:
    """The results that there are, or how to make them."""
    return page("monitors", base=rules(request), resultaten=list(_results(request).values()))


@router.get("/{naam}")
def one_result(request: Request, naam: str) -> HTMLResponse:
    """The tables and figures of a result."""
    result = _result(request, naam)
    of_report = [table for name, table in result.tables.items() if name in result.figures]
    others = [table for name, table in result.tables.items() if name not in result.figures]
    return page(
        "monitor", base=rules(request), resultaat=result, van_rapport=of_report, andere=others, merken=marks(result)
    )


@router.get("/{naam}/rapport/{bestand}")
def report(request: Request, naam: str, bestand: str) -> Response:
    """The report, to keep: its style is in it, which a page of this site may not have."""
    result = _result(request, naam)
    if bestand not in result.reports:
        raise UserError(f"Er is geen {bestand} bij «{naam}».")
    return FileResponse(result.folder / bestand, filename=f"{naam}-{bestand}")


@router.get("/{naam}/{tabel}")
def one_table(request: Request, naam: str, tabel: str) -> HTMLResponse:
    """A table: what to choose, the figure, and the rows."""
    asked = _chosen(request, naam, tabel)
    return page(
        "tabel",
        base=rules(request),
        gekozen=asked,
        merken=marks(asked.result),
        keuzes=values(asked.result, asked.table),
        rijen=rows(asked),
        meeste=MOST,
        figuur=exhibit(asked.result, asked.table, asked.choice, asked.number),
    )


@router.get("/{naam}/{tabel}/figuur.svg")
def figure(request: Request, naam: str, tabel: str) -> Response:
    """The figure of what is chosen."""
    asked = _chosen(request, naam, tabel)
    return _file(asked, "svg", "inline", _drawn(asked).encode(), "image/svg+xml")


@router.get("/{naam}/{tabel}/figuur.png")
def picture(request: Request, naam: str, tabel: str) -> Response:
    """The figure of what is chosen, for a document that takes no SVG."""
    asked = _chosen(request, naam, tabel)
    return _file(asked, "png", "inline", png(_drawn(asked)), "image/png")


@router.get("/{naam}/{tabel}/tabel.{soort}")
def download(request: Request, naam: str, tabel: str, soort: str) -> Response:
    """All rows of what is chosen, as a file."""
    asked = _chosen(request, naam, tabel)
    if soort not in MEDIA_TYPES:
        raise UserError(f"Er is geen tabel als «{soort}». Kies uit {', '.join(MEDIA_TYPES)}.")
    content = table_file(asked.result, asked.table, asked.choice, soort)
    return _file(asked, soort, "attachment", content, MEDIA_TYPES[soort])


def _results(request: Request) -> dict[str, Result]:
    return visible(request.app.state.results)


def _result(request: Request, name: str) -> Result:
    found = _results(request)
    if name not in found:
        raise UserError(f"Er is geen resultaat «{name}». Kies er een op /monitor.")
    return found[name]


def _chosen(request: Request, name: str, table: str) -> Chosen:
    result = _result(request, name)
    if table not in result.tables:
        raise UserError(f"Er is geen tabel «{table}» in «{name}».")
    return read_choice(result, result.tables[table], request.query_params)


def _drawn(asked: Chosen) -> str:
    found = drawing(asked.result, asked.table.naam, asked.choice, asked.number.naam)
    if not found:
        raise UserError("Van deze keuze is er geen figuur.")
    return found


def _file(asked: Chosen, kind: str, how: str, content: bytes, media_type: str) -> Response:
    headers = {"Content-Disposition": disposition(asked.result, asked.table, kind, how)}
    return Response(content, media_type=media_type, headers=headers)
