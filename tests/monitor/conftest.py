"""One engine per test session: a Java machine takes seconds to start."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from aanspraak.claims.backends import Backend, open_backend


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    backend = open_backend("spark", tmp_path_factory.mktemp("spark"))
    yield backend
    backend.close()


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory for examples that Hypothesis runs within one test."""
    return tmp_path_factory.mktemp("voorbeelden")
