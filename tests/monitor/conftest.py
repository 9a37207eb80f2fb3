"""What the tests of a session share: a data set, the result of a run on it, and one engine of Spark."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from aanspraak.claims.backends import Backend, open_backend
from aanspraak.cli import run

from .datasets import generated, together, write


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    backend = open_backend("spark", tmp_path_factory.mktemp("spark"))
    yield backend
    backend.close()


@pytest.fixture(scope="session")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set of generated claims, with more than ten clients in most cells."""
    directory = tmp_path_factory.mktemp("invoer")
    write(together(generated(600)), directory)
    return directory


@pytest.fixture(scope="session")
def result(claims: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("resultaat") / "uit"
    assert monitor(claims, target) == 0
    return target


def monitor(source: Path, target: Path, *options: str) -> int:
    return run(["monitor", "leveringsvormen", "--invoer", str(source), "--uitvoer", str(target), *options])
