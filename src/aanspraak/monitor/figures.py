"""Tables and figures described in YAML, made from the views behind a connection.

Each description has `id`, `titel` (with {jaar}), `bron`, `soort`, `eenheid`, `x`, `reeks` and `sql`, a query for long
data (kolom, rij, x, reeks, waarde). What else it has are parameters of its query.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import duckdb
import yaml

from aanspraak.monitor.exhibit import Cell, Exhibit, distinct

_DESCRIBED = {"id", "titel", "bron", "soort", "eenheid", "x", "reeks", "sql"}


def open_results(directory: Path, tables: Iterable[str]) -> duckdb.DuckDBPyConnection:
    """The result tables of a run, under their names."""
    con = duckdb.connect()
    for name in tables:
        con.read_parquet(str(directory / f"{name}.parquet")).create_view(name)
    return con


def prepare(con: duckdb.DuckDBPyConnection, here: Traversable, options: Mapping[str, Any], table: str) -> None:
    """Make the views that the figures are made of, and their variables; `table` says which years there are.

    `basisjaar`, the year that one-year figures show, is that of the source, or else the last one in the data.
    """
    years = [row[0] for row in con.execute(f"SELECT DISTINCT jaar FROM {table} ORDER BY jaar").fetchall()]  # noqa: S608
    wanted = options["basisjaar"]
    con.execute("SET VARIABLE basisjaar = ?", [wanted if wanted in years else years[-1] if years else None])
    con.execute("SET VARIABLE kleinste_cel = ?", [options["kleinste_cel"]])
    con.execute((here / "bouwstenen.sql").read_text(encoding="utf-8"))


def described_exhibits(
    con: duckdb.DuckDBPyConnection, here: Traversable, labels: Mapping[str, str]
) -> dict[str, Exhibit]:
    """All tables and figures of `figuren.yaml` by id, in their order."""
    figures = yaml.safe_load((here / "figuren.yaml").read_text(encoding="utf-8"))
    ((year,),) = con.execute("SELECT getvariable('basisjaar')").fetchall()
    return read_exhibits(con, figures, labels, year)


def read_exhibits(
    con: duckdb.DuckDBPyConnection, figures: Sequence[dict[str, Any]], labels: Mapping[str, str], year: int | None
) -> dict[str, Exhibit]:
    """All tables and figures by id, in their order, with codes as `labels` call them."""
    return _with_palettes([_exhibit(con, figure, labels, year) for figure in figures])


def _with_palettes(found: Sequence[Exhibit]) -> dict[str, Exhibit]:
    series: dict[str | None, list[str | None]] = defaultdict(list)
    for exhibit in found:
        series[exhibit.series_title] += [cell.series for cell in exhibit.cells]
    palettes = {title: tuple(distinct(values)) for title, values in series.items()}
    return {exhibit.id: replace(exhibit, palette=palettes[exhibit.series_title]) for exhibit in found}


def write_exhibits(directory: Path, shown: Iterable[Exhibit]) -> None:
    """The numbers behind every table and figure of the report, as shown: too small a cell is empty."""
    directory.mkdir()
    for exhibit in shown:
        with (directory / f"{exhibit.id}.csv").open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, delimiter=";")
            writer.writerow(["kolom", "rij", "x", "reeks", "waarde"])
            writer.writerows((cell.column, cell.row, cell.x, cell.series, cell.value) for cell in exhibit.cells)


def stored_exhibits(directory: Path, entries: Iterable[Mapping[str, Any]]) -> dict[str, Exhibit]:
    """The exhibits of a result by id, from `figuren` in its manifest and the files that `write_exhibits` made."""
    return _with_palettes(
        [
            Exhibit(
                one["naam"], one["titel"], one["bron"], one["soort"], one["eenheid"], one["x"], one["reeks"],
                tuple(_stored_cells(directory / one["bestand"])),
            )
            for one in entries
        ]
    )  # fmt: skip


def _stored_cells(file: Path) -> Iterator[Cell]:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            column, line, x, series, value = (row[name] or None for name in ("kolom", "rij", "x", "reeks", "waarde"))
            yield Cell(column, line, x, series, float(value) if value else None)


def records(con: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    """The rows of a table for the manifest: amounts and dates as text."""
    found = con.table(table).order("ALL")
    return [dict(zip(found.columns, map(_plain, row), strict=True)) for row in found.fetchall()]


def _exhibit(
    con: duckdb.DuckDBPyConnection, figure: dict[str, Any], labels: Mapping[str, str], year: int | None
) -> Exhibit:
    given = {name: value for name, value in figure.items() if name not in _DESCRIBED}
    order = list(labels)

    def place(value: object) -> tuple[int, str]:
        """Labelled codes in the order of the labels, then numbers and other words by themselves."""
        if value in order:
            return order.index(str(value)), ""
        return len(order), f"{value:06}" if isinstance(value, int) else str(value)

    def label(value: object) -> str | None:
        return None if value is None else labels.get(str(value), str(value))

    query = f"SELECT kolom, rij, x, reeks, waarde FROM ({figure['sql']})"  # noqa: S608 - the query is our own file
    rows = con.execute(query, given or None).fetchall()
    cells = [
        Cell(label(column), label(row), label(x), label(series), None if value is None else float(value))
        for column, row, x, series, value in sorted(rows, key=lambda cell: [place(cell[part]) for part in (1, 0, 2, 3)])
    ]
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


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int) else str(value)
