"""A long command ends in order: what it began to write is cleaned up, without a traceback."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import typer


@contextmanager
def in_order() -> Iterator[None]:
    """A polite end (kill, a scheduler) cleans up as an interrupt from the keyboard does, in a query of DuckDB too."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except RuntimeError as error:
        # A heavy import that is needed only here.
        from aanspraak.claims.backends.duckdb import QUERY_INTERRUPTED

        if str(error) != QUERY_INTERRUPTED:
            raise
        raise typer.Abort from error
