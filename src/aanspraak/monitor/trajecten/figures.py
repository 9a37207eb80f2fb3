"""The tables and figures of the report, as long data read from the result tables."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import yaml

from aanspraak.monitor.exhibit import Exhibit
from aanspraak.monitor.figures import read_exhibits
from aanspraak.monitor.trajecten.compute import OPTIONS, TABLES

_HERE = files(__package__) / "figuren"
LABELS: dict[str, str] = yaml.safe_load((_HERE / "labels.yaml").read_text(encoding="utf-8"))
_FIGURES = yaml.safe_load((_HERE / "figuren.yaml").read_text(encoding="utf-8"))


def open_results(directory: Path) -> duckdb.DuckDBPyConnection:
    """The result tables of a run, and the views that the figures are made of."""
    con = duckdb.connect()
    for name in TABLES:
        con.read_parquet(str(directory / f"{name}.parquet")).create_view(name)
    con.execute("SET VARIABLE basisjaar = ?", [base_year(con)])
    con.execute("SET VARIABLE kleinste_cel = ?", [least()])
    con.execute((_HERE / "bouwstenen.sql").read_text(encoding="utf-8"))
    return con


def base_year(con: duckdb.DuckDBPyConnection) -> int | None:
    """The year that one-year figures show: that of the source, or else the last year in the data."""
    years = [row[0] for row in con.execute("SELECT DISTINCT jaar FROM inzet ORDER BY jaar").fetchall()]
    wanted: int = OPTIONS["basisjaar"]
    return wanted if wanted in years else years[-1] if years else None


def exhibits(con: duckdb.DuckDBPyConnection) -> dict[str, Exhibit]:
    """All tables and figures by id, in the order of `figuren.yaml`."""
    return read_exhibits(con, _FIGURES, LABELS, base_year(con))


def ordered(rows: Sequence[tuple[Any, ...]], *labelled: int) -> list[tuple[Any, ...]]:
    """By every column, those at `labelled` in the order of the labels."""
    order = list(LABELS)
    return sorted(rows, key=lambda row: [order.index(v) if i in labelled else str(v) for i, v in enumerate(row)])


def least() -> int:
    """The smallest count that the report shows."""
    return int(OPTIONS["kleinste_cel"])
