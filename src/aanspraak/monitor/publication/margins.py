"""The true numbers of the tables of a publication, and of the sums that tables have in common."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import duckdb

from aanspraak.monitor.publication.tables import Key, Measure, PublicationSet

Margins = dict[tuple[str, ...], dict[Key, dict[str, float]]]
"""For every combination of dimensions its cells, by the values of the dimensions: every measure.

A measure that is null has no meaning in that cell, as every reader knows, and is not there: the days of a pgb."""


def compute(con: duckdb.DuckDBPyConnection, wanted: PublicationSet) -> Margins:
    """The true numbers: of all tables, of the sums that tables have in common though none shows them, and of the
    cells of a table that nobody sees (`joint`), with a zero where nothing is."""
    needed: dict[frozenset[str], list[Measure]] = defaultdict(list)
    for measure in wanted.measures.values():
        for names in wanted.places(measure):
            needed[names].append(measure)
    written = {frozenset(names): names for names in wanted.joint}
    written |= {frozenset(table.all_dimensions): table.all_dimensions for table in wanted.tables}
    found: Margins = {}
    for names in sorted(needed, key=sorted):
        dimensions = written.get(names, tuple(sorted(names)))
        cells: dict[Key, dict[str, float]] = defaultdict(dict)
        for rows, measures in _by_rows(needed[names]).items():
            for key, numbers in _grouped(con, wanted.rows[rows], dimensions, measures):
                cells[key] |= numbers
        found[dimensions] = dict(cells)
    for dimensions in wanted.joint:
        counts = [one.name for one in needed[frozenset(dimensions)]]
        for key in _possible(found, dimensions):
            for name in counts:
                found[dimensions].setdefault(key, {}).setdefault(name, 0.0)
    return found


def largest(con: duckdb.DuckDBPyConnection, wanted: PublicationSet) -> Margins:
    """Of the amounts in every cell of a table: that of the person who has most of it."""
    found: Margins = {}
    for table in wanted.tables if wanted.person else ():
        amounts = [one for name in table.measures if not (one := wanted.measures[name]).counts]
        cells = found.setdefault(table.all_dimensions, {})
        for rows, measures in _by_rows(amounts).items():
            each = (*table.all_dimensions, wanted.person)
            names = ", ".join(f'"{name}"' for name in table.all_dimensions)
            most = ", ".join(f'max("{one.name}") AS "{one.name}"' for one in measures)
            query = f"SELECT {names}, {most} FROM ({_query(wanted.rows[rows], each, measures)}) GROUP BY {names}"  # noqa: S608 - our own file
            for key, numbers in _read(con, query, len(table.all_dimensions), measures):
                cells.setdefault(key, {}).update(numbers)
    return found


def _by_rows(measures: Iterable[Measure]) -> Mapping[str, list[Measure]]:
    found: dict[str, list[Measure]] = defaultdict(list)
    for one in measures:
        found[one.rows].append(one)
    return found


def _grouped(
    con: duckdb.DuckDBPyConnection, rows: str, dimensions: tuple[str, ...], measures: list[Measure]
) -> list[tuple[Key, dict[str, float]]]:
    return _read(con, f"{_query(rows, dimensions, measures)} ORDER BY ALL", len(dimensions), measures)


def _query(rows: str, dimensions: tuple[str, ...], measures: list[Measure]) -> str:
    columns = ", ".join(f'"{name}"' for name in dimensions)
    numbers = ", ".join(f'CAST({one.sql} AS DOUBLE) AS "{one.name}"' for one in measures)
    grouped = f"GROUP BY {columns}" if columns else ""
    return f"SELECT {', '.join(filter(None, (columns, numbers)))} FROM ({rows}) {grouped}"  # noqa: S608 - our own file


def _read(
    con: duckdb.DuckDBPyConnection, query: str, width: int, measures: list[Measure]
) -> list[tuple[Key, dict[str, float]]]:
    names = [one.name for one in measures]
    return [
        (row[:width], {name: n for name, n in zip(names, row[width:], strict=True) if n is not None})
        for row in con.execute(query).fetchall()
    ]


def _possible(margins: Margins, dimensions: tuple[str, ...]) -> list[Key]:
    """Every cell over these dimensions that no coarser table shows to be zero."""
    found: list[dict[str, object]] = [{}]
    for coarse in sorted(one for one in margins if set(one) < set(dimensions)):
        cells = [dict(zip(coarse, key, strict=True)) for key in margins[coarse]]
        known = set(found[0]) & set(coarse) if found else set()
        by_known: dict[Key, list[dict[str, object]]] = defaultdict(list)
        for cell in cells:
            by_known[tuple(cell[name] for name in sorted(known))].append(cell)
        found = [one | cell for one in found for cell in by_known[tuple(one[name] for name in sorted(known))]]
    return [tuple(cell[name] for name in dimensions) for cell in found]
