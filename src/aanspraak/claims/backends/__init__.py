"""The engines that run the steps. One small class each; everything else is the same for all."""

from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from aanspraak.claims.backends.duckdb import DuckDBBackend
from aanspraak.claims.faults import MissingSoftware
from aanspraak.claims.steps import Step

_MEMORY = "25%"
"""What DuckDB may use of the memory there is; beyond it, it works on disk: the whole country fits on a laptop."""


class Backend(Protocol):
    """An engine with named tables. `version` says which release answered, for the manifest."""

    name: str
    version: str

    def read(self, name: str, parquet: Path) -> None:
        """Make a Parquet file known as table `name`."""

    def run(self, step: Step) -> None:
        """Run a step; afterwards its name is a table."""

    def write(self, name: str, order: tuple[str, ...], parquet: Path) -> int:
        """Write the output of a step as one Parquet file, sorted by `order`; returns the number of rows."""

    def close(self) -> None:
        """Release the engine. The work directory is the caller's."""


def open_backend(name: str, work: Path) -> Backend:
    """The engine called `name`; its temporary files go to `work`.

    Raises `MissingSoftware`, and `UserError` when the cluster that Spark is to use does not answer or share `work`.
    """
    if name == "duckdb":
        return DuckDBBackend(work, _MEMORY)
    if find_spec("pyspark") is None:
        raise MissingSoftware("PySpark ontbreekt. Installeer het met: pip install 'aanspraak[spark]'.")
    from aanspraak.claims.backends.spark import SparkBackend

    return SparkBackend(work)
