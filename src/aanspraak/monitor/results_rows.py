"""The rows of a table of a result, chosen by the values of its dimensions."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aanspraak.errors import UserError
from aanspraak.monitor.dutch import amount
from aanspraak.monitor.result_manifest import Column, Table
from aanspraak.monitor.results import Result

if TYPE_CHECKING:  # and within functions: a server without results does without these, and starts sooner
    import pyarrow as pa  # type: ignore[import-untyped]

EMPTY = "leeg"
"""How an empty cell of a dimension is chosen."""

YEAR = "jaar"
"""The dimension that figures have below."""

Choice = tuple[tuple[str, tuple[str, ...]], ...]
"""Dimensions with the values of which a row has one, as text; a dimension that is not there: all."""


def chosen(result: Result, table: Table, choice: Choice) -> pa.Table:
    """The rows that fit, by the dimensions, each in the order of its values.

    Raises `UserError` for a dimension or value that is not there.
    """
    import pyarrow.compute as pc  # type: ignore[import-untyped]

    rows, known = _rows(result, table.naam), values(result, table)
    for name, wanted in choice:
        if name not in known:
            raise UserError(f"De tabel {table.naam} heeft geen «{name}». Kies uit {', '.join(known)}.")
        for value in wanted:
            if value not in known[name]:
                raise UserError(f"{name}: «{value}» is er niet. Kies uit {', '.join(known[name])}.")
        rows = rows.filter(pc.is_in(_codes(rows[name]), _codes(wanted)))
    return rows


def values(result: Result, table: Table) -> dict[str, dict[str, str]]:
    """Every dimension with its values and what these are called, in the order to show them."""
    return _values(result, table.naam)


def code(value: Any) -> str:
    """A value of a dimension as it is chosen."""
    return EMPTY if value is None else str(value)


def label(result: Result, column: Column, value: Any) -> str:
    """A value of a column that is no number to draw, as a reader knows it."""
    if value is None:
        return column.leeg
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return amount(value) if isinstance(value, float) else result.manifest.labels.get(str(value), str(value))


@lru_cache(maxsize=256)
def _values(result: Result, name: str) -> dict[str, dict[str, str]]:
    rows, order = _read(result.file(result.tables[name])), list(result.manifest.labels)
    found = {}
    for column in result.tables[name].dimensions:
        present = rows[column.naam].unique().to_pylist()
        if name not in result.figures:  # these are in their order already
            present.sort(key=lambda value: _place(value, order, column))
        found[column.naam] = {code(value): label(result, column, value) for value in present}
    return found


def _place(value: Any, order: list[str], column: Column) -> tuple[int, int, float, str]:
    """Empty first where it means all and last where it means unknown; between them by the labels, then by itself."""
    if value is None:
        return (2 if column.leeg == "onbekend" else 0, 0, 0, "")
    written = str(value)
    known = order.index(written) if written in order else len(order)
    return (1, known, float(written) if written.isdecimal() else 0, written)


@lru_cache(maxsize=64)
def _rows(result: Result, name: str) -> pa.Table:
    """A whole table in its order, kept: tables that are shown have no row per person, so they are small."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table, known = result.tables[name], _values(result, name)
    rows = _read(result.file(table)).select([column.naam for column in table.kolommen])
    if not known:
        return rows
    ranks = pa.table({d: pc.index_in(_codes(rows[d]), _codes(found)) for d, found in known.items()})
    return rows.take(pc.sort_indices(ranks, sort_keys=[(d, "ascending") for d in known]))


def _codes(column: Any) -> Any:
    """A column, or the values wanted of it, as they are chosen."""
    import pyarrow as pa
    import pyarrow.compute as pc

    text = pc.cast(column, pa.string()) if isinstance(column, pa.ChunkedArray) else pa.array(column, pa.string())
    return pc.fill_null(text, EMPTY)


def _read(file: Path) -> pa.Table:
    import pyarrow as pa
    import pyarrow.csv as pc  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    if file.suffix == ".parquet":
        return pq.read_table(file)
    types = {**dict.fromkeys(("kolom", "rij", "x", "reeks"), pa.string()), "waarde": pa.float64()}
    options = pc.ConvertOptions(column_types=types, strings_can_be_null=True)
    return pc.read_csv(file, parse_options=pc.ParseOptions(delimiter=";"), convert_options=options)
