"""The tables of a publication: which there are, and their true numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from itertools import combinations
from typing import Any, Literal

import duckdb
import yaml

from aanspraak.monitor.described import Columns, read_columns

SMALLEST = 10
"""A rule of this project: no count under ten persons is published, and counts are rounded to tens."""

Kind = Literal["telling", "uniek", "bedrag"]
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Measure:
    """A number of every cell. `telling` counts and adds up; `uniek` counts persons, of whom one can be in more
    cells, so that parts add up to the total or more; `bedrag` adds up and is no count: euros, days."""

    name: str
    kind: Kind
    sql: str
    step: int
    """Published numbers are multiples of this."""
    per: int = 1
    """What is counted is shown divided by this: months as years."""


@dataclass(frozen=True)
class PublishedTable:
    """`within`: dimensions of the table whose cells the shares are of. `means`: name, and the two measures divided."""

    id: str
    title: str
    source: str
    dimensions: tuple[str, ...]
    measures: tuple[str, ...]
    within: tuple[str, ...] | None
    means: tuple[tuple[str, str, str], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every number of a row."""
        share = () if self.within is None else ("aandeel",)
        return (*self.measures, *share, *(name for name, _, _ in self.means))


@dataclass(frozen=True)
class PublicationSet:
    """Everything that is published together of one monitor: its tables share one attack."""

    title: str
    sources: tuple[str, ...]
    """The result tables that it is made from."""
    rows: str
    """Query: the rows that the tables group, with a column for every dimension."""
    measures: dict[str, Measure]
    """The first is the `telling`, which every table shows."""
    tables: tuple[PublishedTable, ...]
    columns: Columns
    labels: dict[str, str]

    @property
    def count(self) -> Measure:
        return next(iter(self.measures.values()))

    def heading(self, column: str) -> str:
        """What a column is called for a reader."""
        return self.columns[column][1]

    def label(self, value: Any) -> str:
        """What a value of a dimension is called for a reader."""
        return self.labels.get(str(value), str(value))


Margins = dict[tuple[str, ...], dict[Key, dict[str, float]]]
"""For every combination of dimensions its cells, by the values of the dimensions: every measure.

A measure that is null has no meaning in that cell, as every reader knows, and is not there: the days of a pgb."""


def available() -> list[str]:
    """The monitors that have something to publish."""
    names = [file.name for file in files(__package__).iterdir()]
    return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


def read_set(monitor: str) -> PublicationSet:
    """What is published of a monitor, from its file in this folder."""
    raw = yaml.safe_load((files(__package__) / f"{monitor}.yaml").read_text(encoding="utf-8"))
    labels = files("aanspraak.monitor").joinpath(*raw["labels"].split("/")).read_text(encoding="utf-8")
    measures = {name: _measure(name, one) for name, one in raw["maten"].items()}
    return PublicationSet(
        raw["titel"],
        tuple(raw["bronnen"]),
        raw["rijen"],
        measures,
        tuple(_table(one, next(iter(measures))) for one in raw["tabellen"]),
        read_columns(raw["kolommen"]),
        yaml.safe_load(labels),
    )


def _measure(name: str, raw: dict[str, Any]) -> Measure:
    per = raw.get("per", 1)
    step = raw["stap"] if raw["soort"] == "bedrag" else SMALLEST * per
    return Measure(name, raw["soort"], raw["sql"], step, per)


def _table(raw: dict[str, Any], count: str) -> PublishedTable:
    means = tuple((name, *pair) for name, pair in raw.get("gemiddelden", {}).items())
    return PublishedTable(
        raw["id"],
        raw["titel"],
        raw["bron"],
        tuple(raw["dimensies"]),
        (count, *raw.get("maten", [])),
        tuple(raw["aandeel_binnen"]) if "aandeel_binnen" in raw else None,
        means,
    )


def compute(con: duckdb.DuckDBPyConnection, wanted: PublicationSet) -> Margins:
    """The true numbers of all tables, and of the sums that tables have in common though none shows them."""
    shown = {frozenset(table.dimensions): table.dimensions for table in wanted.tables}
    found: Margins = {}
    for names in sorted(closure(shown), key=sorted):
        dimensions = shown.get(names, tuple(sorted(names)))
        columns = ", ".join(f'"{name}"' for name in dimensions)
        numbers = ", ".join(f'CAST({one.sql} AS DOUBLE) AS "{name}"' for name, one in wanted.measures.items())
        grouped = f"GROUP BY {columns}" if columns else ""
        query = f"SELECT {', '.join(filter(None, (columns, numbers)))} FROM ({wanted.rows}) {grouped} ORDER BY ALL"  # noqa: S608 - our own file
        rows = con.execute(query).fetchall()
        width = len(dimensions)
        found[dimensions] = {
            row[:width]: {
                name: value for name, value in zip(wanted.measures, row[width:], strict=True) if value is not None
            }
            for row in rows
        }
    return found


def closure(tables: Iterable[frozenset[str]]) -> set[frozenset[str]]:
    """The dimensions of the tables, and those that tables share: their sums are the same in both.

    Raises ValueError when tables tie each other in a circle, because then sums do not say all that a reader knows.
    """
    found = set(tables)
    if not _acyclic([set(table) for table in found]):
        raise ValueError(f"tables tie each other in a circle: {sorted(map(sorted, found))}")
    while new := {one & other for one, other in combinations(found, 2)} - found:
        found |= new
    return found


def _acyclic(edges: list[set[str]]) -> bool:
    """Whether the tables form a tree, by the reduction of Graham, Yu and Ozsoyoglu."""
    while True:
        before = [set(edge) for edge in edges]
        edges = [{name for name in edge if sum(name in other for other in edges) > 1} for edge in edges]
        edges = [
            edge
            for i, edge in enumerate(edges)
            if not any(edge < other or (edge == other and j < i) for j, other in enumerate(edges) if j != i)
        ]
        if edges == before:
            return len(edges) <= 1
