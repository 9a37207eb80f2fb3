"""What a method takes as given: `opties.yaml` of a monitor, a value with its source for every name; as tables."""

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import yaml


def read_options(here: Traversable) -> dict[str, Any]:
    """The values by their names."""
    raw = yaml.safe_load((here / "opties.yaml").read_text(encoding="utf-8"))
    return {name: entry["waarde"] for name, entry in raw.items()}


def option_tables(tables: Mapping[str, pa.Table], work: Path) -> dict[str, Path]:
    """What a user chose and a method takes as given, as Parquet files in `work` that the steps read."""
    for name, table in tables.items():
        pq.write_table(table, work / f"{name}.parquet")
    return {name: work / f"{name}.parquet" for name in tables}
