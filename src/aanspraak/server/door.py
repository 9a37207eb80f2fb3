"""Who may come in: requests for this server, and changes only from its own pages or from a program."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from aanspraak.api.problems import MISSING, problem

_SAFE = ("GET", "HEAD", "OPTIONS")
_OWN = ("same-origin", "none")
"""What a browser says of its own page or an address typed in."""


class Door:
    """Refuses requests under another name than `hosts` (a page elsewhere that took on our address), and changes that
    a page elsewhere makes a browser send."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif not scope["path"].isprintable():  # a line break in it would pass the API by
            await problem(404, MISSING)(scope, receive, send)
        elif why := self._refused(scope["method"], Headers(scope=scope)):
            await problem(403, why)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _refused(self, method: str, headers: Headers) -> str:
        name, colon, port = headers.get("host", "").lower().rpartition(":")
        if (name if colon and port.isdigit() else f"{name}{colon}{port}") not in self.hosts:
            return f"Gebruik een adres van deze server: {', '.join(self.hosts)}."
        if method not in _SAFE and not _is_own(headers):
            return "Een andere website mag hier niets doen. Open de pagina zelf."
        return ""


def _is_own(headers: Headers) -> bool:
    """Whether it is not a page elsewhere that asks. An old browser names the page's origin; a program says nothing."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site in _OWN
    return origin is None or urlsplit(origin).netloc == headers.get("host")
