"""From the downloaded files to a directory with tables, report and manifest."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from aanspraak.claims.backends import open_backend
from aanspraak.claims.manifest import write_manifest
from aanspraak.claims.output import csv_beside, output_directory
from aanspraak.monitor.regio.compute import TABLES, compute
from aanspraak.monitor.regio.content import report
from aanspraak.monitor.regio.read import read
from aanspraak.monitor.report import html, require_pdf, write_pdf


def run(source: Path, target: Path, pdf: bool, progress: Callable[[str], None]) -> list[str]:
    """Compute the figures per municipality from the files in `source` into the new directory `target`.

    Returns warnings for the user. Raises `UserError`; then `target` is not made.
    """
    started = datetime.now(UTC)
    if pdf:
        require_pdf()
    with output_directory(target) as directory:
        work = directory / "werk"
        work.mkdir()
        downloads, warnings = read(source, work / "regels.parquet", progress)
        rows = {}
        backend = open_backend("duckdb", work)
        try:
            compute(backend, work / "regels.parquet", work, progress)
            for name, order in TABLES.items():
                rows[name] = backend.write(name, order, directory / f"{name}.parquet")
                csv_beside(directory / f"{name}.parquet")
        finally:
            backend.close()
        shutil.rmtree(work)
        progress("rapport maken")
        with duckdb.connect() as con:
            for name in TABLES:
                con.read_parquet(str(directory / f"{name}.parquet")).create_view(name)
            page = html(report(con, downloads))
        (directory / "rapport.html").write_text(page, encoding="utf-8")
        if pdf:
            write_pdf(page, directory / "rapport.pdf")
        content = {
            "synthetisch": False,
            "backend": {"naam": backend.name, "versie": backend.version},
            "invoer": [
                {"bestand": one.file.name, "jaar": one.year, "rijen": one.rows, "sha256": one.sha256}
                for one in downloads
            ],
            "rijen": rows,
        }
        write_manifest(directory, "regio", started, content)
    return warnings
