"""The law that comes with the program, and one server with it for all tests of the API."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from aanspraak.engine.model import RuleBase
from aanspraak.engine.reader import read_rules
from tests.server.process import serving


@pytest.fixture(scope="session")
def base() -> RuleBase:
    return read_rules()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the server is: http://127.0.0.1:<port>."""
    with serving(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture(scope="session")
def api(address: str) -> Iterator[httpx.Client]:
    """A program that uses the API."""
    with httpx.Client(base_url=f"{address}/v1") as client:
        yield client
