"""The addresses for logging in and out, and what is known of who has logged in."""

from __future__ import annotations

import hmac
from contextlib import suppress

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from aanspraak.engine.model import CaseError
from aanspraak.server.identity import RETURN, Identity, Refused, Unreachable, cookies
from aanspraak.users import NOBODY, User, current, serve_to
from aanspraak.web.errors import PageRoute, rules
from aanspraak.web.forms import own_form
from aanspraak.web.pages import page

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_AGAIN = "Deze aanmelding is verlopen, of al gebruikt. Log opnieuw in."
_REFUSED = "De aanmelddienst heeft u niet aangemeld. Log opnieuw in."
_DOWN = "De aanmelddienst is niet te bereiken. Probeer het later nog eens."


@router.get("/inloggen")
async def log_in(request: Request, naar: str = "/account") -> Response:
    """To the provider, and from there back to a page of ours."""
    identity = _identity(request)
    login = identity.sessions.begin(naar if _is_ours(naar) else "/account")
    try:
        response = RedirectResponse(await identity.provider.login_address(login), 303)
    except Unreachable:
        return page("fout", 503, base=rules(request), fouten=[_DOWN])
    identity.set_cookie(response, identity.login_cookie, login.state)
    return response


@router.get(RETURN)
async def come_back(request: Request, state: str = "", code: str = "", iss: str = "") -> Response:
    """The provider sent the user back: open a session, a new one whatever the browser had."""
    identity, kept = _identity(request), cookies(request.headers)
    begun = kept.get(identity.login_cookie, "")
    login = identity.sessions.take(state) if hmac.compare_digest(begun.encode(), state.encode()) else None
    if login is None:
        return page("fout", 400, base=rules(request), fouten=[_AGAIN])
    try:
        if not code or iss not in ("", identity.provider.oidc.issuer):
            raise Refused
        claims, token = await identity.provider.logged_in(code, login)
    except Refused:
        return page("fout", 403, base=rules(request), fouten=[_REFUSED])
    except Unreachable:
        return page("fout", 503, base=rules(request), fouten=[_DOWN])
    identity.sessions.close(kept.get(identity.cookie, ""))
    kenmerk, role = identity.known(claims)
    serve_to(User(kenmerk, role))
    response = RedirectResponse(login.then, 303)
    identity.set_cookie(response, identity.login_cookie, "")
    identity.set_cookie(response, identity.cookie, identity.sessions.open(kenmerk, role, token))
    return response


@router.post("/uitloggen", dependencies=[Depends(own_form)])
async def log_out(request: Request) -> Response:
    """Out of the session here, and at the provider."""
    identity = _identity(request)
    token, then = identity.sessions.close(cookies(request.headers).get(identity.cookie, "")), ""
    if token:
        with suppress(Unreachable):  # the session here is over all the same
            then = await identity.provider.logout_address(token)
    gone = current()
    serve_to(NOBODY)
    response = page("uitgelogd", base=rules(request), naar=then)
    serve_to(gone)  # of whom the log says that they logged out
    if then:  # not by a redirect: the policy for forms holds for all that these lead to, wherever a provider goes on to
        response.headers["Refresh"] = f"0; url={then}"
    identity.set_cookie(response, identity.cookie, "")
    return response


@router.get("/account")
async def account(request: Request) -> HTMLResponse:
    """Who has logged in, and what that person may."""
    return page("account", base=rules(request), gebruiker=current())


def _identity(request: Request) -> Identity:
    identity: Identity | None = request.app.state.identity
    if identity is None:
        raise CaseError("Op deze computer hoeft u niet in te loggen: alles is open.")
    return identity


def _is_ours(address: str) -> bool:
    """A path on this site, and nothing that a browser would take for another."""
    return address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
