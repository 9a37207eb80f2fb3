"""What is open to whom: the one table."""

from __future__ import annotations

from aanspraak.users import Role

PLACES = {
    "/": Role.iedereen,
    "/vraag": Role.iedereen,
    "/antwoord": Role.iedereen,
    "/brief": Role.iedereen,
    "/regels": Role.iedereen,
    "/hervormingen": Role.iedereen,
    "/bronnen": Role.iedereen,
    "/over": Role.iedereen,
    "/static": Role.iedereen,
    "/inloggen": Role.iedereen,
    "/inloggen/terug": Role.iedereen,
    "/uitloggen": Role.iedereen,
    "/account": Role.iedereen,
    "/gezond": Role.iedereen,
    "/veel": Role.lezer,
    "/monitor": Role.lezer,
    "/v1/openapi.json": Role.iedereen,
    "/v1/besluiten": Role.iedereen,
    "/v1/regels": Role.iedereen,
    "/v1/begrippen": Role.iedereen,
    "/v1/bronnen": Role.iedereen,
    "/v1/hervormingen": Role.iedereen,
    "/v1/taken": Role.lezer,
    "/v1/monitors": Role.lezer,
    "/metingen": Role.beheerder,
    "/logboek": Role.beheerder,
}
"""The least role for an address and all under it. Jobs are their maker's besides; of the monitor a reader is shown
what is published, and who analyses everything."""

ELSEWHERE = "elders"
"""What is not in the table: nobody comes there but who may come everywhere."""


def place_of(path: str) -> tuple[str, Role]:
    """The place in the table that holds an address, the longest that does, and the least role for it."""
    folder = path
    while folder not in PLACES:
        folder = folder.rpartition("/")[0]
        if not folder.strip("/"):
            return ELSEWHERE, Role.beheerder
    return folder, PLACES[folder]
