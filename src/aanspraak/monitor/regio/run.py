"""The monitor of the municipalities, for the runner."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from aanspraak.monitor.regio.compute import COLUMNS, TABLES, compute
from aanspraak.monitor.regio.content import report
from aanspraak.monitor.regio.overview import KINDS
from aanspraak.monitor.regio.read import read
from aanspraak.monitor.runner import Input, Monitor, Run, Shown


def _read(source: Path, work: Path, progress: Callable[[str], None]) -> Input:
    downloads, warnings = read(source, work / "regels.parquet", progress)
    files = [{"bestand": one.file.name, "jaar": one.year, "rijen": one.rows, "sha256": one.sha256} for one in downloads]
    return Input({"regels": work / "regels.parquet"}, files, warnings)


def _show(con: duckdb.DuckDBPyConnection, given: Run[None]) -> Shown:
    return Shown(report(con, given.input.files))


MONITOR = Monitor[None](
    name="regio",
    safe=True,  # open data
    tables=TABLES,
    columns=COLUMNS,
    labels={kind: one["naam"] for kind, one in KINDS.items()},
    stages=None,
    read=_read,
    compute=compute,
    show=_show,
)
