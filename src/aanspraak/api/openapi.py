"""The contract as OpenAPI 3.1, by the Dutch API Design Rules."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from aanspraak.api.models import Probleem
from aanspraak.api.problems import MEDIA_TYPE

VERSION = "1.0.0"
"""Of the API: the first number is in the address, all three go with every answer."""

ROOT = "/v1"

LOGGED_IN = ("/taken", "/monitors")
"""What asks for a role where users log in (the table of places in aanspraak.server.access says which)."""

_TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "Een toegangstoken van de aanmelddienst; nodig waar de server inloggen vraagt.",
}
_CONTACT = {"name": "Aanspraak", "url": "https://example.org/aanspraak", "email": "aanspraak@example.org"}
_HEADER = {"API-Version": {"$ref": "#/components/headers/ApiVersion"}}
_PROBLEMS = {
    "400": "Het verzoek klopt niet",
    "404": "Dit is er niet",
    "422": "De gegevens van de casus, of hun combinatie, kunnen niet",
    "default": "Een andere fout",
}


def document(api: FastAPI) -> dict[str, Any]:
    """The whole contract; made once."""
    if api.openapi_schema is None:
        api.openapi_schema = _document(api)
    return api.openapi_schema


def _document(api: FastAPI) -> dict[str, Any]:
    made = get_openapi(
        title="Aanspraak",
        version=VERSION,
        openapi_version="3.1.0",
        summary="Wie betaalt deze zorg: Wlz, Zvw of Wmo? Langs welke route, binnen welke grenzen, en waarom.",
        description="Geen juridisch advies en geen besluit over een persoon. Stuur geen persoonsgegevens.",
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        servers=[{"url": ROOT}],
        tags=api.openapi_tags,
        routes=api.routes,
    )
    made["info"]["contact"] = _CONTACT
    components = made["components"]
    components["headers"] = {"ApiVersion": {"description": "De versie van de API.", "schema": {"type": "string"}}}
    shape = Probleem.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"] |= {**shape.pop("$defs"), "Probleem": shape}
    for name in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(name, None)
    components["securitySchemes"] = {"toegangstoken": _TOKEN}
    for path, methods in made["paths"].items():
        for operation in methods.values():
            _finish(operation)
            if path.startswith(LOGGED_IN):
                operation["security"] = [{"toegangstoken": []}, {}]
    return made


def _finish(operation: dict[str, Any]) -> None:
    """The headers of every answer, and the problems that can come instead."""
    responses = operation["responses"]
    responses.pop("422", None)  # FastAPI's own words for what is a 400 here
    for status, words in _PROBLEMS.items():
        responses[status] = {
            "description": words,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Probleem"}}},
        }
    for response in responses.values():
        response["headers"] = {**response.get("headers", {}), **_HEADER}
