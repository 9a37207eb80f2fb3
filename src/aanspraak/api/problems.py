"""Errors as problem+json (RFC 9457), in Dutch, with what to do about it. What could be a BSN is never said back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import compile_path

from aanspraak.engine.model import UserError
from aanspraak.privacy import without_bsn

MEDIA_TYPE = "application/problem+json"

MISSING = "Dit adres is er niet. De adressen staan in /v1/openapi.json."

_TITLES = {
    400: "Het verzoek klopt niet",
    401: "Niet ingelogd",
    403: "Niet toegestaan",
    404: "Niet gevonden",
    405: "Deze methode kan hier niet",
    408: "Te langzaam",
    409: "Nu niet mogelijk",
    413: "Te groot",
    415: "Dit soort bestand kan niet",
    422: "De gegevens kloppen niet",
    429: "Te veel tegelijk",
    500: "Een fout van ons",
    503: "Nu niet te bereiken",
}
_DETAILS = {
    404: MISSING,
    405: "Gebruik een methode uit de kop Allow.",
    408: "Het verzoek kwam te langzaam binnen. Probeer het nog eens, of stuur minder.",
    413: "Stuur minder: een casus mag 1 MB zijn, een bestand 100 MB.",
    500: "Er ging iets mis. Probeer het later nog eens, of meld het met het tijdstip.",
}
_FAULTS = {
    "missing": "ontbreekt; geef het",
    "extra_forbidden": "is hier niet bekend; haal het weg",
    "json_invalid": "is geen geldige JSON; kijk de tekst na",
    "string_type": "is geen tekst; zet de waarde tussen aanhalingstekens",
    "int_type": "is geen heel getal; geef tekst of een heel getal",
    "dict_type": "is geen lijst van namen met waarden",
    "model_attributes_type": "is geen JSON-object; stuur {…} als application/json",
}


class Json(JSONResponse):
    """JSON as it is read; what cannot be written as UTF-8 becomes a question mark."""

    def render(self, content: Any) -> bytes:
        try:
            return orjson.dumps(content)
        except orjson.JSONEncodeError:  # it refuses the same
            return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


class Problem(Exception):
    """A request that cannot be met. `detail` says why, and what to do."""

    def __init__(self, status: int, detail: str) -> None:
        self.status, self.detail = status, detail
        super().__init__(detail)


def install(api: FastAPI) -> None:
    """Make every error of the API a problem."""
    api.add_exception_handler(Problem, lambda _, e: problem(e.status, e.detail))
    api.add_exception_handler(UserError, lambda _, e: problem(422, str(e)))
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(Exception, lambda *_: problem(500, _DETAILS[500]))


def problem(
    status: int, detail: str, faults: list[dict[str, str]] | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """The answer to a request that cannot be met."""
    body: dict[str, Any] = {"type": "about:blank", "title": _title(status), "status": status}
    body["detail"] = without_bsn(detail)
    if faults:
        body["fouten"] = faults
    return Json(body, status, headers, MEDIA_TYPE)


def _title(status: int) -> str:
    return _TITLES.get(status) or HTTPStatus(status).phrase


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
    if error.status_code == 405:  # of a path with a route for each method Starlette names the first only
        error.headers = {"Allow": ", ".join(sorted(_methods(request)))}
    return problem(error.status_code, _DETAILS.get(error.status_code, _title(error.status_code)), headers=error.headers)


def _methods(request: Request) -> set[str]:
    path = request.scope["path"].removeprefix(request.scope["root_path"])
    routes = iter_route_contexts(request.app.routes)
    return {m for route in routes if compile_path(route.path or "")[0].match(path) for m in route.methods or ()}


def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - what it is registered for
    faults = [{"plaats": _place(e["loc"]), "melding": _words(e)} for e in error.errors()]
    detail = "; ".join(f"{fault['plaats']}: {fault['melding']}" for fault in faults)
    return problem(400, detail, faults)


def _place(loc: tuple[int | str, ...]) -> str:
    """Where it is wrong: the names on the way there. Those of types are left out."""
    _, *path = (str(part) for part in loc)
    return without_bsn(".".join(part for part in path if part not in ("str", "int"))) or "het verzoek"


def _words(error: Mapping[str, Any]) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    return _FAULTS.get(error["type"], "klopt niet; zie /v1/openapi.json")
