"""From a directory with claims to a directory with tables, figures, report and manifest."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aanspraak.claims.backends import open_backend
from aanspraak.claims.manifest import is_synthetic, write_manifest
from aanspraak.claims.output import csv_beside, output_directory
from aanspraak.claims.read import Source, read
from aanspraak.monitor.figures import records, write_exhibits
from aanspraak.monitor.report import html, require_pdf, write_pdf
from aanspraak.monitor.trajecten.compute import INPUTS, OPTIONS, STEPS, TABLES, Choices, compute
from aanspraak.monitor.trajecten.content import report
from aanspraak.monitor.trajecten.figures import exhibits, open_results

STAGES = len(INPUTS) + sum(step.kept for step in STEPS) + 2
"""How often `run` reports progress."""


def run(
    source: Path, target: Path, engine: str, choices: Choices, pdf: bool, progress: Callable[[str], None]
) -> list[str]:
    """Compute the trajectories of the data set in `source` into the new directory `target`.

    Returns warnings for the user. Raises `UserError`; then `target` is not made.
    """
    started = datetime.now(UTC)
    if pdf:
        require_pdf()
    synthetic = is_synthetic(source)
    with output_directory(target) as directory:
        work = directory / "werk"
        work.mkdir()
        sources, warnings = read(source, INPUTS, work, progress)
        version, rows = _compute(sources, engine, choices, directory, work, progress)
        shutil.rmtree(work)
        progress("rapport maken")
        with open_results(directory) as con:
            shown = exhibits(con)
            page = html(report(con, shown, sources, synthetic, choices, f"{engine} {version}"))
            content = {
                "synthetisch": synthetic,
                "backend": {"naam": engine, "versie": version},
                "opties": _options(choices),
                "invoer": [{"bestand": one.file.name, "rijen": one.rows, "sha256": one.sha256} for one in sources],
                "correcties": records(con, "correcties"),
                "tellingen": records(con, "tellingen"),
                "rijen": rows,
            }
        write_exhibits(directory / "figuren", shown.values())
        (directory / "rapport.html").write_text(page, encoding="utf-8")
        if pdf:
            write_pdf(page, directory / "rapport.pdf")
        write_manifest(directory, "trajecten", started, content)
    return warnings


def _options(choices: Choices) -> dict[str, Any]:
    """What the user chose, and what the method takes as given."""
    return {
        **OPTIONS,
        "aansluiting": choices.gap,
        "sluitdatum": choices.closing_date and choices.closing_date.isoformat(),
        "eens_wlz_altijd_wlz": OPTIONS["eens_wlz_altijd_wlz"] if choices.once_wlz else [],
        "startjaren": list(choices.start_years),
    }


def _compute(
    sources: list[Source],
    engine: str,
    choices: Choices,
    directory: Path,
    work: Path,
    progress: Callable[[str], None],
) -> tuple[str, dict[str, int]]:
    """Write the result tables; returns the version of the engine and the rows of each table."""
    backend = open_backend(engine, work)
    try:
        inputs = {one.table: one.parquet for one in sources}
        rows = compute(backend, inputs, choices, work, directory, progress)
    finally:
        backend.close()
    progress("tabellen als CSV schrijven")
    for name in TABLES:
        csv_beside(directory / f"{name}.parquet")
    return backend.version, rows
