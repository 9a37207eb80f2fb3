"""From the directory of a monitor to a directory that may go out."""

import csv
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from aanspraak.claims.faults import Fault, InputFaults
from aanspraak.claims.manifest import NAME, is_synthetic, sha256, write_manifest
from aanspraak.claims.output import output_directory
from aanspraak.errors import UserError
from aanspraak.monitor.publication.content import UNSAFE, report
from aanspraak.monitor.publication.publish import Publication, publish
from aanspraak.monitor.publication.tables import SMALLEST, PublicationSet, available, read_set
from aanspraak.monitor.report import html, require_pdf, write_pdf


def run(source: Path, target: Path, secondary: bool, pdf: bool) -> Publication:
    """Publish the result tables of a monitor in `source` into the new directory `target`.

    `secondary` False leaves out secondary suppression; everything written then says that it is unsafe. Raises
    `UserError`; then `target` is not made.
    """
    started = datetime.now(UTC)
    if pdf:
        require_pdf()
    wanted, found = published(source, secondary)
    synthetic = is_synthetic(source)
    with output_directory(target) as directory:
        for table in wanted.tables:
            name = f"{table.id}.csv" if secondary else f"{table.id}_{UNSAFE}.csv"
            _write(directory / name, table.dimensions, found, table.id)
        page = html(report(wanted, found, synthetic, secondary))
        (directory / "rapport.html").write_text(page, encoding="utf-8")
        if pdf:
            write_pdf(page, directory / "rapport.pdf")
        write_manifest(directory, "publicatie", started, _content(source, found, synthetic, secondary))
    return found


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


def _write(file: Path, dimensions: tuple[str, ...], found: Publication, table: str) -> None:
    rows = found.tables[table]
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, delimiter=";")
        writer.writerow([*dimensions, "cel", *(rows[0].numbers if rows else [])])
        writer.writerows([*row.key, row.shown, *row.numbers.values()] for row in rows)


def _content(source: Path, found: Publication, synthetic: bool, secondary: bool) -> dict[str, Any]:
    """What may be known of the run: no number of the input, which is not for publication."""
    return {
        "monitor": monitor_of(source, available()),
        "synthetisch": synthetic,
        "veilig": found.exposed == 0 and secondary,
        "opties": {"drempel": SMALLEST, "secundaire_onderdrukking": secondary},
        "invoer": [{"bestand": NAME, "sha256": sha256(source / NAME)}],
        "cellen": found.cells,
        "primair_onderdrukt": found.primary,
        "secundair_onderdrukt": found.secondary,
        "nauwer_te_bepalen": found.exposed,
        "precies_te_bepalen": found.exact,
    }
