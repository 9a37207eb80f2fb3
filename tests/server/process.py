"""A real server on a free port."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from aanspraak.monitor.results import Result
from aanspraak.server.app import OPEN, create_app
from aanspraak.server.patience import Patient
from aanspraak.server.settings import Settings


def free_port() -> socket.socket:
    """A port of this machine that is ours."""
    return socket.create_server(("127.0.0.1", 0))


def address_of(listening: socket.socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextmanager
def serving(
    folder: Path,
    settings: Settings = OPEN,
    listening: socket.socket | None = None,
    results: Mapping[str, Result] | None = None,
) -> Iterator[str]:
    """The application with its jobs in a folder, and results of monitors; gives its address."""
    with listening or free_port() as listening:
        app = create_app(folder=folder, settings=settings, results=results or {})
        server = uvicorn.Server(uvicorn.Config(app, http=Patient, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield address_of(listening)
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()
