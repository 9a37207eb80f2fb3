"""The table of places is whole: every address is in it, and every form is held against its session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from aanspraak.api.openapi import LOGGED_IN
from aanspraak.server.access import ELSEWHERE, PLACES, place_of
from aanspraak.server.app import create_app
from aanspraak.users import Role
from aanspraak.web.forms import own_form

API = "/v1"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return create_app(folder=tmp_path_factory.mktemp("toegang"))


def addresses(app: FastAPI) -> Iterator[str]:
    api = next(route.app for route in app.routes if getattr(route, "path", "") == API)
    yield from (API + str(route.path) for route in iter_route_contexts(api.routes))
    yield from (str(route.path) for route in iter_route_contexts(app.routes) if route.path != API)


def test_every_address_has_its_place(app: FastAPI) -> None:
    found = list(addresses(app))
    assert {"/", "/metingen", "/static", f"{API}/taken/{{taak}}/uitkomst", f"{API}/openapi.json"} <= set(found)
    assert [path for path in found if place_of(path)[0] == ELSEWHERE] == []


def test_the_contract_says_the_same() -> None:
    of_api = {place.removeprefix(API) for place, least in PLACES.items() if place.startswith(API) and least}
    assert of_api == set(LOGGED_IN)


def test_a_place_holds_what_is_under_it_and_nothing_else() -> None:
    assert place_of("/") == ("/", Role.iedereen)
    assert place_of("/regels/a/verschil") == ("/regels", Role.iedereen)
    assert place_of("/v1/taken/0/uitkomst") == ("/v1/taken", Role.lezer)
    for path in ("/v1", "/v1/", "/v1/iets", "/regelsen", "/metingen2", "//metingen", "//", "/v2/taken", "", "x"):
        assert place_of(path) == (ELSEWHERE, Role.beheerder)
    assert place_of("/metingen/")[1] is Role.beheerder


def test_every_form_that_changes_something_is_held_against_its_session(app: FastAPI) -> None:
    routes = [r for r in iter_route_contexts(app.routes) if set(r.methods or ()) - {"GET", "HEAD"}]
    assert "/uitloggen" in [route.path for route in routes]
    open_forms = [r.path for r in routes if own_form not in [d.dependency for d in r.original_route.dependencies]]
    assert open_forms == []
