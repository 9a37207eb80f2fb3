"""From the directory of a monitor to a directory that may go out."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from aanspraak.claims.faults import Fault, InputFaults
from aanspraak.claims.manifest import NAME, is_synthetic, sha256
from aanspraak.claims.output import csv_beside
from aanspraak.errors import UserError
from aanspraak.monitor.described import Described
from aanspraak.monitor.folder import Result, make_folder
from aanspraak.monitor.publication.content import UNSAFE, report
from aanspraak.monitor.publication.publish import Publication, publish
from aanspraak.monitor.publication.tables import SMALLEST, PublicationSet, PublishedTable, available, read_set


def run(source: Path, target: Path, secondary: bool, pdf: bool) -> Publication:
    """Publish the result tables of a monitor in `source` into the new directory `target`.

    `secondary` False leaves out secondary suppression; everything written then says that it is unsafe. Raises
    `UserError`; then `target` is not made.
    """
    made: list[Publication] = []

    def fill(directory: Path) -> Result:
        wanted, found = published(source, secondary)
        made.append(found)
        tables = [_write(directory, table, found, secondary) for table in wanted.tables]
        page = report(wanted, found, is_synthetic(source), secondary)
        content = _content(source, wanted, found, secondary)
        return Result(page, content, found.exposed == 0 and secondary, tables, wanted.columns, wanted.labels)

    make_folder(target, "publicatie", pdf, fill)
    return made[0]


def published(source: Path, secondary: bool = True) -> tuple[PublicationSet, Publication]:
    """The tables of the monitor that made `source`, safe to publish. Raises `UserError`."""
    monitor = monitor_of(source, available())
    wanted = read_set(monitor)
    with open_tables(source, wanted.sources, monitor) as con:
        return wanted, publish(con, wanted, secondary)


def open_tables(source: Path, names: Sequence[str], monitor: str) -> duckdb.DuckDBPyConnection:
    """The result tables of a monitor. Raises `InputFaults` when one is missing or cannot be read."""
    con = duckdb.connect()
    for name in names:
        file = source / f"{name}.parquet"
        remedy = f"Draai de monitor {monitor} opnieuw."
        if not file.is_file():
            raise InputFaults([Fault(file.name, None, "het bestand ontbreekt", remedy)])
        try:
            con.read_parquet(str(file)).create_view(name)
        except duckdb.Error as error:
            raise InputFaults([Fault(file.name, None, "is geen leesbaar Parquet-bestand", remedy)]) from error
    return con


def monitor_of(source: Path, known: Sequence[str]) -> str:
    """Which of the monitors in `known` made the directory, by its manifest. Raises `UserError`."""
    if not source.is_dir():
        raise UserError(f"De map {source} bestaat niet. Geef de map die een monitor heeft gemaakt.")
    try:
        step = json.loads((source / NAME).read_text(encoding="utf-8"))["stap"]
    except (OSError, ValueError, TypeError, KeyError):
        step = None
    if step not in known:
        problem = f"ontbreekt in {source} of noemt geen van deze monitors: {', '.join(known)}"
        remedy = "Geef de map die aanspraak monitor heeft gemaakt."
        raise InputFaults([Fault(NAME, None, problem, remedy)])
    return str(step)


def _write(directory: Path, table: PublishedTable, found: Publication, secondary: bool) -> Described:
    """The table as Parquet and as CSV."""
    rows = found.tables[table.id]
    columns = {name: pa.array([row.key[i] for row in rows]) for i, name in enumerate(table.dimensions)}
    columns["cel"] = pa.array([row.shown for row in rows], pa.string())
    for measure in table.columns:
        kind = pa.int64() if measure in table.measures else pa.float64()
        columns[measure] = pa.array([row.numbers[measure] for row in rows], kind)
    name = table.id if secondary else f"{table.id}_{UNSAFE}"
    pq.write_table(pa.table(columns), directory / f"{name}.parquet")
    csv_beside(directory / f"{name}.parquet")
    title = table.title if secondary else f"{UNSAFE.upper()}: {table.title}"
    return Described(name, title, table.source, table.dimensions)


def _content(source: Path, wanted: PublicationSet, found: Publication, secondary: bool) -> dict[str, Any]:
    """What may be known of the run: no number of the input, which is not for publication."""
    files = [NAME, *(f"{name}.parquet" for name in wanted.sources)]
    return {
        "monitor": monitor_of(source, available()),
        "opties": {"drempel": SMALLEST, "secundaire_onderdrukking": secondary},
        "invoer": [{"bestand": name, "sha256": sha256(source / name)} for name in files],
        "cellen": found.cells,
        "primair_onderdrukt": found.primary,
        "secundair_onderdrukt": found.secondary,
        "bedragen_dominant": found.dominated,
        "bedragen_secundair": found.amounts,
        "nauwer_te_bepalen": found.exposed,
        "precies_te_bepalen": found.exact,
    }
