"""DuckDB: embedded, the default, and the dialect that the steps are written in."""

# ruff: noqa: S608 - the names are those of the steps and the schema; values go in as parameters
from pathlib import Path

import duckdb

from aanspraak.claims.steps import Step

QUERY_INTERRUPTED = "Query interrupted"
"""The RuntimeError that DuckDB makes of an interrupt (Ctrl-C, kill) while a query runs."""


class DuckDBBackend:
    name = "duckdb"
    version = duckdb.__version__

    def __init__(self, work: Path, memory_limit: str | None = None) -> None:
        self._con = duckdb.connect()
        if memory_limit:
            self._con.execute("SET memory_limit = ?", [memory_limit])
        self._con.execute("SET temp_directory = ?", [str(work)])
        # No step depends on the order of rows; without this a large result is held back to keep it.
        self._con.execute("SET preserve_insertion_order = false")

    def read(self, name: str, parquet: Path) -> None:
        self._con.read_parquet(str(parquet)).create_view(name)

    def run(self, step: Step) -> None:
        kind = "TABLE" if step.kept else "VIEW"
        self._con.execute(f"CREATE {kind} {step.name} AS {step.sql}")

    def write(self, name: str, order: tuple[str, ...], parquet: Path) -> int:
        return write_sorted(self._con, name, order, parquet)

    def close(self) -> None:
        self._con.close()


def write_sorted(con: duckdb.DuckDBPyConnection, name: str, order: tuple[str, ...], parquet: Path) -> int:
    """Write table `name` as one Parquet file, sorted by `order`; returns the number of rows."""
    query = f"SELECT * FROM {name} ORDER BY {', '.join(order)}"
    written = con.execute(f"COPY ({query}) TO {sql_path(parquet)}").fetchall()
    return int(written[0][0])


def sql_path(path: Path) -> str:
    """A path as an SQL literal, for the places where DuckDB takes no parameter."""
    return "'" + str(path).replace("'", "''") + "'"
