"""How much a request may bring along, and how slowly."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATIENCE, PACE = 30.0, 200_000
"""Seconds for a body to come, and bytes a second on top of it: a file may take longer."""


class Limit:
    """Refuses (413) a body of more than `most` bytes, for paths that end as in `more` than that many; and (408) one
    that comes too slowly."""

    def __init__(self, app: ASGIApp, most: int, more: Mapping[str, int]) -> None:
        self.app, self.most, self.more = app, most, more

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        left = next((most for path, most in self.more.items() if scope["path"].endswith(path)), self.most)
        until, whole = asyncio.get_running_loop().time() + PATIENCE + left / PACE, False

        async def receive_some() -> Message:
            nonlocal left, whole
            try:
                async with asyncio.timeout_at(None if whole else until):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, headers={"Connection": "close"}) from None
            left -= len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if left < 0:
                raise HTTPException(413)
            return message

        await self.app(scope, receive_some, send)
