"""The tables and figures of the report, as long data read from the result tables."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import yaml

from aanspraak.monitor.exhibit import Cell, Exhibit, distinct
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
    found = [_exhibit(con, figure) for figure in _FIGURES]
    series: dict[str | None, list[str | None]] = defaultdict(list)
    for exhibit in found:
        series[exhibit.series_title] += [cell.series for cell in exhibit.cells]
    palettes = {title: tuple(distinct(values)) for title, values in series.items()}
    return {exhibit.id: replace(exhibit, palette=palettes[exhibit.series_title]) for exhibit in found}


def _exhibit(con: duckdb.DuckDBPyConnection, figure: dict[str, Any]) -> Exhibit:
    given = {"vorm": figure["vorm"]} if "vorm" in figure else None
    order = list(LABELS)

    def place(value: object) -> tuple[int, str]:
        """Labelled codes in the order of the labels, then other words and numbers by themselves."""
        return (order.index(str(value)), "") if value in order else (len(order), str(value))

    query = f"SELECT kolom, rij, x, reeks, waarde FROM ({figure['sql']})"  # noqa: S608 - the query is our own file
    rows = con.execute(query, given).fetchall()
    cells = [
        Cell(label(column), label(row), label(x), label(series), None if value is None else float(value))
        for column, row, x, series, value in sorted(rows, key=lambda cell: [place(cell[part]) for part in (1, 0, 2, 3)])
    ]
    year = con.execute("SELECT getvariable('basisjaar')").fetchall()[0][0]
    return Exhibit(
        figure["id"],
        figure["titel"].format(jaar=year),
        figure["bron"],
        figure["soort"],
        figure["eenheid"],
        figure["x"],
        figure.get("reeks"),
        tuple(cells),
    )


def label(value: object) -> str | None:
    return None if value is None else LABELS.get(str(value), str(value))


def ordered(rows: Sequence[tuple[Any, ...]], *labelled: int) -> list[tuple[Any, ...]]:
    """By every column, those at `labelled` in the order of the labels."""
    order = list(LABELS)
    return sorted(rows, key=lambda row: [order.index(v) if i in labelled else str(v) for i, v in enumerate(row)])


def least() -> int:
    """The smallest count that the report shows."""
    return int(OPTIONS["kleinste_cel"])
