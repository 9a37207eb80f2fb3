"""A real server with the law that comes with the program, on a free port, for all tests of the API."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn

from aanspraak.api.app import create_app
from aanspraak.engine.model import RuleBase
from aanspraak.engine.reader import read_rules


@pytest.fixture(scope="session")
def base() -> RuleBase:
    return read_rules()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the server is: http://127.0.0.1:<port>."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(create_app(), log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def api(address: str) -> Iterator[httpx.Client]:
    """A program that uses the API."""
    with httpx.Client(base_url=f"{address}/v1") as client:
        yield client
