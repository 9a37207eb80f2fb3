"""At every request: who asks, whether they may, and not too often; and what is written down of it."""

from __future__ import annotations

import math
import time
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aanspraak.api.openapi import ROOT
from aanspraak.api.problems import MISSING, problem
from aanspraak.server.access import ELSEWHERE, place_of
from aanspraak.server.audit import AuditLog
from aanspraak.server.identity import RETURN, Identity, Refused, Unreachable
from aanspraak.server.metrics import Metrics
from aanspraak.server.rate import Rate, network
from aanspraak.users import NOBODY, OWNER, Role, current, serve_to
from aanspraak.web.pages import page

_EVENTS = {RETURN: "aanmelding", "/uitloggen": "afmelding"}
_REMOVES = "/verwijder"
"""The end of an address to which a form is sent that removes something: a form cannot send DELETE."""

_WHO = "Log eerst in; een programma stuurt een geldig toegangstoken mee (Authorization: Bearer)."
_LESS = "Uw rol laat dit niet toe. Vraag de beheerder om een andere rol."
_OFTEN = "Te veel verzoeken achter elkaar. Probeer het over {} seconden nog eens."
_DOWN = "De aanmelddienst is niet te bereiken. Probeer het later nog eens."


class Guard:
    """Lets in who may by the table of places; without `identity` everyone is who uses this machine."""

    def __init__(self, app: ASGIApp, metrics: Metrics, log: AuditLog | None, identity: Identity | None) -> None:
        self.app, self.metrics, self.log, self.identity = app, metrics, log, identity
        self.rate = Rate()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status, refusal = time.perf_counter(), 500, None
        place, least = place_of(scope["path"])

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._note(scope, place, least, status, refused=refusal is not None)
            await send(message)

        try:
            refusal = await self._refusal(scope, place, least)
            await (refusal or self.app)(scope, receive, send_noted)
        finally:
            self.metrics.count(place, scope["method"], status, time.perf_counter() - begun)

    def _note(self, scope: Scope, place: str, least: Role, status: int, *, refused: bool) -> None:
        """Write down what touches data or an account, before it goes: what cannot be noted is not given. Who asks too
        often would fill the log."""
        if self.log and status != 429 and (refused or least > Role.iedereen or place in _EVENTS):
            method = "DELETE" if scope["path"].endswith(_REMOVES) else scope["method"]
            self.log.write(current(), _EVENTS.get(place, "toegang"), method, place, status, refused=refused)

    async def _refusal(self, scope: Scope, place: str, least: Role) -> Response | None:
        """What is said to who may not; None for who may, and from here on it is known who asks."""
        if self.identity is None:
            serve_to(OWNER)
            return None
        headers, fault = Headers(scope=scope), 0
        serve_to(NOBODY)
        try:
            serve_to(await self.identity.user(headers))
        except Refused:
            fault = 401
        except Unreachable:
            fault = 503
        client = scope["client"]
        if seconds := self.rate.wait(current().kenmerk or network(client[0] if client else "")):
            after = str(math.ceil(seconds))
            return _said(scope, 429, _OFTEN.format(after), {"Retry-After": after})
        if fault:
            return _said(scope, fault, _WHO if fault == 401 else _DOWN, _ASKED if fault == 401 else {})
        if current().rol >= least:
            return None
        if place == ELSEWHERE:
            return _said(scope, 404, MISSING, {})
        if current().kenmerk:
            return _said(scope, 403, _LESS, {})
        if scope["method"] == "GET" and _is_page(scope):
            query = scope["query_string"].decode("latin-1")
            return RedirectResponse(f"/inloggen?naar={quote(scope['path'] + (query and f'?{query}'), safe='')}", 303)
        return _said(scope, 401, _WHO, _ASKED)


_ASKED = {"WWW-Authenticate": "Bearer"}


def _said(scope: Scope, status: int, detail: str, headers: dict[str, str]) -> Response:
    """A refusal as a page or as a problem."""
    if not _is_page(scope):
        return problem(status, detail, headers=headers)
    response = page("fout", status, base=scope["app"].state.base, fouten=[detail])
    response.headers.update(headers)
    return response


def _is_page(scope: Scope) -> bool:
    return not scope["path"].startswith(f"{ROOT}/") and "text/html" in Headers(scope=scope).get("accept", "")
