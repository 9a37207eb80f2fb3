"""The tables of a publication: which there are, and what ties their numbers together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import combinations
from typing import Any, Literal

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
    rows: str = ""
    """Which rows are measured; of a set with one kind of rows, those."""
    part_of: str = ""
    """A measure that is never less in the same cell, as every reader knows: persons with care, of all persons."""
    sum_of: tuple[str, ...] = ()
    """Measures that add up to this one in every cell."""
    most: int = 0
    """How many of `part_of` one person can have: months in a year. 0: any number."""

    @property
    def counts(self) -> bool:
        return self.kind != "bedrag"


@dataclass(frozen=True)
class PublishedTable:
    """`within`: dimensions of the table whose cells the shares are of. `means`: name, and the two measures divided."""

    id: str
    title: str
    source: str
    dimensions: tuple[str, ...]
    measures: tuple[str, ...]
    """The first is the count of the table."""
    within: tuple[str, ...] | None
    means: tuple[tuple[str, str, str], ...]
    hidden: tuple[str, ...] = ()
    """Dimensions that go before the others and are not shown: they follow from those, or have one value."""
    only: Mapping[str, tuple[str, ...]] | None = None
    """The values of dimensions that the table has; None for all."""

    @property
    def all_dimensions(self) -> tuple[str, ...]:
        return (*self.hidden, *self.dimensions)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every number of a row."""
        share = () if self.within is None else ("aandeel",)
        return (*self.measures, *share, *(name for name, _, _ in self.means))

    def has(self, key: Key) -> bool:
        """Whether a cell, by the values of `all_dimensions`, is one of the table."""
        return all(key[self.all_dimensions.index(name)] in values for name, values in (self.only or {}).items())


@dataclass(frozen=True)
class PublicationSet:
    """Everything that is published together of one monitor: its tables share one attack."""

    title: str
    sources: tuple[str, ...]
    """The result tables that it is made from."""
    rows: Mapping[str, str]
    """Queries: the rows that the tables group, with a column for every dimension."""
    measures: dict[str, Measure]
    tables: tuple[PublishedTable, ...]
    columns: Columns
    labels: dict[str, str]
    joint: tuple[tuple[str, ...], ...] = ()
    """Dimensions of tables that nobody sees, in which tables that tie each other in a circle come together."""
    person: str = ""
    """The column of the rows that says whose they are."""

    def heading(self, column: str) -> str:
        """What a column is called for a reader."""
        return self.columns[column][1]

    def label(self, value: Any) -> str:
        """What a value of a dimension is called for a reader."""
        return self.labels.get(str(value), str(value))

    def shown_in(self, measure: str) -> list[PublishedTable]:
        return [table for table in self.tables if measure in table.measures]

    def places(self, measure: Measure) -> set[frozenset[str]]:
        """The dimensions of all sums that say something of a measure: those of tables, those that tables have in
        common, and those in common with the tables of what it is a part of."""
        own = {frozenset(table.all_dimensions) for table in self.shown_in(measure.name)}
        if measure.kind == "telling":
            joints = {frozenset(names) for names in self.joint}
            own |= {names for names in joints if any(one < names for one in own)}
        whole = {frozenset(table.all_dimensions) for table in self.shown_in(measure.part_of)}
        return closure(own | {one & other for one in own for other in whole})


def available() -> list[str]:
    """The monitors that have something to publish."""
    names = [file.name for file in files(__package__).iterdir()]
    return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


def read_set(monitor: str) -> PublicationSet:
    """What is published of a monitor, from its file in this folder."""
    raw = yaml.safe_load((files(__package__) / f"{monitor}.yaml").read_text(encoding="utf-8"))
    labels = files("aanspraak.monitor").joinpath(*raw["labels"].split("/")).read_text(encoding="utf-8")
    first = next(iter(raw["rijen"]))
    return PublicationSet(
        raw["titel"],
        tuple(raw["bronnen"]),
        raw["rijen"],
        {name: _measure(name, one, first) for name, one in raw["maten"].items()},
        tuple(_table(one, raw.get("volgt", {})) for one in raw["tabellen"]),
        read_columns(raw["kolommen"]),
        yaml.safe_load(labels) | raw.get("namen", {}),
        tuple(tuple(one) for one in raw.get("samen", [])),
        raw["persoon"],
    )


def _measure(name: str, raw: dict[str, Any], rows: str) -> Measure:
    per = raw.get("per", 1)
    return Measure(
        name, raw["soort"], raw["sql"], raw["stap"] if raw["soort"] == "bedrag" else SMALLEST * per, per,
        raw.get("rijen", rows), raw.get("deel_van", ""), tuple(raw.get("som_van", ())), raw.get("hoogstens", 0),
    )  # fmt: skip


def _table(raw: dict[str, Any], follows: Mapping[str, str]) -> PublishedTable:
    only = {name: tuple(values) for name, values in raw.get("alleen", {}).items()}
    fixed = [name for name, values in only.items() if len(values) == 1]

    def hidden(names: list[str]) -> tuple[str, ...]:
        implied = [coarse for fine, coarse in follows.items() if fine in names]
        return tuple(sorted({*implied, *fixed} - set(names)))

    within = raw.get("aandeel_binnen")
    return PublishedTable(
        raw["id"],
        raw["titel"],
        raw["bron"],
        tuple(raw["dimensies"]),
        tuple(raw["maten"]),
        None if within is None else (*hidden(within), *within),
        tuple((name, *pair) for name, pair in raw.get("gemiddelden", {}).items()),
        hidden(raw["dimensies"]),
        only or None,
    )


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
