"""How long the server waits for a visitor who says nothing, or says it slowly."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

HEADERS, MOST = 15, 65_536
"""Seconds, and bytes, to say what is asked: the first line and the headers."""


class Patient(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """A connection that ends where a request is not said in time, or at too great length. Between requests uvicorn
    itself waits (keep-alive); for a body `Limit` does."""

    _ending: asyncio.TimerHandle | None = None
    _said = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._await_request()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self._await_request()
            if self.cycle is None or not self.cycle.more_body:  # else it is the rest of what was answered already
                self._said += len(data)
            if self._said > MOST:
                self.transport.close()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _await_request(self) -> None:
        if self._ending is None:
            self._ending = self.loop.call_later(HEADERS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._ending:
            self._ending.cancel()
            self._ending, self._said = None, 0
