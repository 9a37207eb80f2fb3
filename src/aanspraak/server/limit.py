"""How much a request may bring along."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Limit:
    """Refuses (413) a body of more than `most` bytes; for paths that end as in `more` than that many."""

    def __init__(self, app: ASGIApp, most: int, more: Mapping[str, int]) -> None:
        self.app, self.most, self.more = app, most, more

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        left = next((most for path, most in self.more.items() if scope["path"].endswith(path)), self.most)

        async def receive_some() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413)
            return message

        await self.app(scope, receive_some, send)
