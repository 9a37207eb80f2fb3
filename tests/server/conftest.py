"""The server of the tests of the API; and one with a provider, where users log in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.conftest import address as address
from tests.server.provider import Secured, secured
from tests.web.conftest import axe as axe
from tests.web.conftest import chromium as chromium


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    with secured(tmp_path_factory.mktemp("beveiligd")) as server:
        yield server
