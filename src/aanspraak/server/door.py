"""Who may come in: requests for this machine, and changes only from its own pages or from a program."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from aanspraak.api.problems import MISSING, problem

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

_SAFE = ("GET", "HEAD", "OPTIONS")
_OWN = (None, "same-origin", "none")
"""What a browser says of its own page or an address typed in; a program says nothing."""


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
            return f"Gebruik een adres van deze computer: {', '.join(self.hosts)}."
        if method not in _SAFE and headers.get("sec-fetch-site") not in _OWN:
            return "Een andere website mag hier niets doen. Open de pagina zelf."
        return ""
