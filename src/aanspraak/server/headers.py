"""Headers that go with every answer."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

NOT_KEPT = {"Cache-Control": "no-store"}
"""A browser keeps no page and no answer: its address or its text can hold a case."""


def security(*, https: bool) -> dict[str, str]:
    """Those that keep a browser from what no page of ours asks."""
    return {**_SECURITY, **({"Strict-Transport-Security": "max-age=31536000"} if https else {})}


class AddHeaders:
    """Adds `headers` to every answer, and those of `under` to the answers of paths under a folder: the first that
    fits, and "" fits all."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str], under: Mapping[str, Mapping[str, str]]) -> None:
        self.app = app
        self.folders = {folder and f"{folder}/": {**headers, **more} for folder, more in under.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = next(headers for folder, headers in self.folders.items() if scope["path"].startswith(folder))

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self.app(scope, receive, send_with)
