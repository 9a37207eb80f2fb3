"""A visitor's mistake as a page: what is wrong, and how to go on."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from aanspraak.engine.knowledge import known_now
from aanspraak.engine.model import CaseError, RuleBase, RuleError, UserError
from aanspraak.web.pages import page

_WORDS = {413: "Wat u stuurde is te groot: een bestand mag 100 MB zijn. Deel het op, of neem `aanspraak besluit`."}


class PageRoute(APIRoute):
    """A route whose mistakes are shown in words: 400 for a case that cannot be, 404 for what is not there."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def shown(request: Request) -> Response:
            try:
                return await handler(request)
            except UserError as error:
                status = 400 if isinstance(error, CaseError | RuleError) else 404
                return page("fout", status, base=rules(request), fouten=error.said.split("\n"))
            except HTTPException as error:
                words = _WORDS.get(error.status_code, "Dit verzoek klopt niet.")
                return page("fout", error.status_code, base=rules(request), fouten=[words])

        return shown


def rules(request: Request) -> RuleBase:
    """The rules that the application serves, as known today."""
    base: RuleBase = request.app.state.base
    return known_now(base, date.today())
