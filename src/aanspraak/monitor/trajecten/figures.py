"""The tables and figures of the report, as long data read from the result tables."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import duckdb
import yaml

from aanspraak.monitor.exhibit import Exhibit
from aanspraak.monitor.figures import described_exhibits, prepare
from aanspraak.monitor.trajecten.compute import OPTIONS

_HERE = files(__package__) / "figuren"
LABELS: dict[str, str] = yaml.safe_load((_HERE / "labels.yaml").read_text(encoding="utf-8"))


def exhibits(con: duckdb.DuckDBPyConnection) -> dict[str, Exhibit]:
    """All tables and figures by id, in the order of `figuren.yaml`; makes their views on the result tables."""
    prepare(con, _HERE, OPTIONS, "inzet")
    return described_exhibits(con, _HERE, LABELS)


def ordered(rows: Sequence[tuple[Any, ...]], *labelled: int) -> list[tuple[Any, ...]]:
    """By every column, those at `labelled` in the order of the labels."""
    order = list(LABELS)
    return sorted(rows, key=lambda row: [order.index(v) if i in labelled else str(v) for i, v in enumerate(row)])


def least() -> int:
    """The smallest count that the report shows."""
    return int(OPTIONS["kleinste_cel"])
