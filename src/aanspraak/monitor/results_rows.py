"""The rows of a table of a result, chosen by the values of its dimensions."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aanspraak.errors import UserError
from aanspraak.monitor.results import Column, Result, Table

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

EMPTY = "leeg"
"""How an empty cell of a dimension is chosen."""

YEAR = "jaar"
"""The dimension that figures have below."""

Choice = tuple[tuple[str, tuple[str, ...]], ...]
"""Dimensions with the values of which a row has one, as text; a dimension that is not there: all."""


def chosen(result: Result, table: Table, choice: Choice) -> pa.Table:
    """The rows that fit, in the order of the file. Raises `UserError` for a dimension or value that is not there."""
    import pyarrow.compute as pc  # type: ignore[import-untyped]

    rows = _read(result.file(table))
    known = values(result, table)
    for name, wanted in choice:
        if name not in known:
            raise UserError(f"De tabel {table.naam} heeft geen «{name}». Kies uit {', '.join(known)}.")
        for value in wanted:
            if value not in known[name]:
                raise UserError(f"{name}: «{value}» is er niet. Kies uit {', '.join(known[name])}.")
        text = pc.fill_null(pc.cast(rows[name], "string"), EMPTY)
        rows = rows.filter(pc.is_in(text, _strings(wanted)))
    return rows


def values(result: Result, table: Table) -> dict[str, dict[str, str]]:
    """Every dimension with its values and what these are called, in the order to show them."""
    rows, labels = _read(result.file(table)), result.manifest.labels
    order = {code: place for place, code in enumerate(labels)}
    found = {}
    for column in table.dimensions:
        present = rows[column.naam].unique().to_pylist()
        if table.naam not in result.figures:  # these are in their order already
            present.sort(key=lambda value: _place(value, order, column))
        found[column.naam] = {code(value): label(result, column, value) for value in present}
    return found


def code(value: Any) -> str:
    """A value of a dimension as it is chosen."""
    return EMPTY if value is None else str(value)


def label(result: Result, column: Column, value: Any) -> str:
    """A value of a dimension as a reader knows it."""
    return column.leeg if value is None else result.manifest.labels.get(str(value), str(value))


def _place(value: Any, order: dict[str, int], column: Column) -> tuple[int, int, float, str]:
    """Empty first where it means all and last where it means unknown; between them by the labels, then by itself."""
    if value is None:
        return (2 if column.leeg == "onbekend" else 0, 0, 0, "")
    known = order.get(str(value), len(order))
    number = float(value) if str(value).replace(".", "", 1).isdigit() else 0
    return (1, known, number, str(value))


@lru_cache(maxsize=64)
def _read(file: Path) -> pa.Table:
    """A whole table, kept: tables that may be shown have no row per person, so they are small."""
    # here and not above: a server without results does without these, and starts sooner
    import pyarrow as pa
    import pyarrow.csv as pc  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    if file.suffix == ".parquet":
        return pq.read_table(file)
    types = {**dict.fromkeys(("kolom", "rij", "x", "reeks"), pa.string()), "waarde": pa.float64()}
    options = pc.ConvertOptions(column_types=types, strings_can_be_null=True, null_values=[""])
    return pc.read_csv(file, parse_options=pc.ParseOptions(delimiter=";"), convert_options=options)


def _strings(wanted: tuple[str, ...]) -> Any:
    import pyarrow as pa

    return pa.array(wanted, pa.string())
