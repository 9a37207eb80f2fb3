"""How often one visitor may ask: a bucket of tokens for each, that fills up again."""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

PER_SECOND, BURST = 20.0, 300.0
"""Requests that a visitor may go on making, and at once: far more than a person makes, and most programs."""

_REMEMBERED = 10_000
"""Visitors; above it those are forgotten whose bucket is full again."""


class Rate:
    """The buckets, in memory: every process has its own."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def wait(self, visitor: str) -> float:
        """Take a token; or the seconds after which there is one (0: it was taken)."""
        now = self._clock()
        tokens, since = self._buckets.pop(visitor, (BURST, now))
        tokens = min(BURST, tokens + (now - since) * PER_SECOND)
        taken = tokens >= 1
        self._buckets[visitor] = (tokens - taken, now)  # at the end: the order is that of the last visit
        if len(self._buckets) > _REMEMBERED:
            self._forget(now)
        return 0 if taken else (1 - tokens) / PER_SECOND

    def _forget(self, now: float) -> None:
        """The longest away: whose bucket is full, and one at least, so that memory stays what it is."""
        while self._buckets:
            visitor, (_, since) = next(iter(self._buckets.items()))
            if len(self._buckets) <= _REMEMBERED and now - since < BURST / PER_SECOND:
                return
            del self._buckets[visitor]


def network(address: str) -> str:
    """Who an address stands for: itself, or the /64 that one subscriber has in IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(int(found) >> 64) if isinstance(found, IPv6Address) else address
