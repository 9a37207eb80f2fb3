"""Data sets that several tests look at; made once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from aanspraak.synthetic.generate import generate
from tests.synthetic.method import open_data

SCALE = 0.01
LARGER = 0.1
SHORT_TERM = 0.25


def make(target: Path, scale: float = SCALE, seed: int = 2018, fmt: Any = "parquet") -> dict[str, Any]:
    return generate(target, scale, seed, fmt, lambda _doing, _done: None)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set at 1%."""
    target = tmp_path_factory.mktemp("synthese") / "klein"
    make(target)
    return target


@pytest.fixture(scope="session")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set at 10%."""
    target = tmp_path_factory.mktemp("synthese") / "groter"
    make(target, LARGER)
    return target


@pytest.fixture(scope="session")
def short_term(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set at 25% of everyone with short-term care, and of hardly anybody else."""
    target = tmp_path_factory.mktemp("synthese") / "kortdurend"
    generate(target, SHORT_TERM, 2018, "parquet", lambda _doing, _done: None, others=0.001)
    return target


@pytest.fixture(scope="session")
def data(small: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The data set at 1%, with the views of `method.open_data`."""
    with open_data(small) as con:
        yield con
