"""What the tables and figures of a result are, for who reads the folder: the shape of `manifest.json`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import duckdb
import yaml

from aanspraak.monitor.exhibit import Exhibit

Columns = Mapping[str, tuple[str, str]]
"""The kind of every column and what it is called: aantal, euro, dagen, aandeel, verhouding, cel, overig."""


@dataclass(frozen=True)
class Described:
    """A table of a result. `dimensions` identify a row and sort the table; `per_client`: a row is of one person."""

    name: str
    title: str
    source: str
    dimensions: tuple[str, ...]
    per_client: bool = False
    empty: Mapping[str, str] | None = None
    """What no value in a dimension means, where it is not «onbekend»."""


def read_described(here: Traversable) -> tuple[dict[str, Described], Columns]:
    """The tables of a monitor and their columns, from its `tabellen.yaml`."""
    raw = yaml.safe_load((here / "tabellen.yaml").read_text(encoding="utf-8"))
    tables = {
        name: Described(
            name, one["titel"], one.get("bron", ""), tuple(one["dimensies"]), one.get("per_client", False),
            one.get("leeg"),
        )
        for name, one in raw["tabellen"].items()
    }  # fmt: skip
    return tables, read_columns(raw["kolommen"])


def read_columns(raw: Mapping[str, Mapping[str, str]]) -> Columns:
    """Columns as files write them: names with titles, under their kind."""
    return {name: (kind, title) for kind, names in raw.items() for name, title in names.items()}


def table_entries(directory: Path, tables: Iterable[Described], columns: Columns) -> list[dict[str, Any]]:
    """For the manifest: every table, as it lies in `directory` in Parquet."""
    return [_table(directory, table, columns) for table in tables]


def _table(directory: Path, table: Described, columns: Columns) -> dict[str, Any]:
    file = f"{table.name}.parquet"
    found = duckdb.read_parquet(str(directory / file))
    return {
        "naam": table.name,
        "titel": table.title,
        "bron": table.source,
        "bestand": file,
        "rijen": len(found),
        "per_client": table.per_client,
        "kolommen": [_column(name, table, columns) for name in found.columns],
    }


def _column(name: str, table: Described, columns: Columns) -> dict[str, str]:
    kind, title = columns[name]
    entry = {"naam": name, "titel": title, "soort": "dimensie" if name in table.dimensions else kind}
    return entry | {"leeg": table.empty[name]} if table.empty and name in table.empty else entry


def figure_entries(exhibits: Sequence[Exhibit]) -> list[dict[str, Any]]:
    """For the manifest: every exhibit, with its numbers in `figuren`."""
    return [
        {
            "naam": one.id,
            "titel": one.title,
            "bron": one.source,
            "soort": one.kind,
            "eenheid": one.unit,
            "x": one.x_title,
            "reeks": one.series_title,
            "bestand": f"figuren/{one.id}.csv",
        }
        for one in exhibits
    ]
