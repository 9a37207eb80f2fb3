"""One way to run a monitor: read and check the input, run the steps on an engine, and make the folder of the result."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

import duckdb

from aanspraak.claims.backends import Backend, open_backend
from aanspraak.claims.manifest import is_synthetic
from aanspraak.claims.output import csv_beside
from aanspraak.claims.steps import Step
from aanspraak.monitor.described import Columns, Described
from aanspraak.monitor.exhibit import Exhibit
from aanspraak.monitor.figures import open_results, records
from aanspraak.monitor.folder import Result, make_folder
from aanspraak.monitor.report import Report

Choices = TypeVar("Choices")
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Input:
    """What was read: a typed Parquet file for every table that comes in, and what the manifest says of each file."""

    tables: Mapping[str, Path]
    files: Sequence[Mapping[str, Any]]
    warnings: Sequence[str]


@dataclass(frozen=True)
class Run(Generic[Choices]):
    """What a report may tell of the run that it is on."""

    input: Input
    choices: Choices
    synthetic: bool
    engine: str


@dataclass(frozen=True)
class Shown:
    """What a monitor shows of its result tables."""

    report: Report
    exhibits: Sequence[Exhibit] = ()
    warnings: Sequence[str] = ()


@dataclass(frozen=True)
class Monitor(Generic[Choices]):
    """What is a monitor's own. `stages` says how often a run reports progress, None that it depends on the input."""

    name: str
    safe: bool
    tables: Mapping[str, Described]
    columns: Columns
    labels: Mapping[str, str]
    stages: int | None
    read: Callable[[Path, Path, Progress], Input]
    """From the directory with the input and one to work in."""
    compute: Callable[[Backend, Mapping[str, Path], Choices, Path, Path, Progress], dict[str, int]]
    """From the tables of the input to those of the result, in the second directory; the first is to work in."""
    show: Callable[[duckdb.DuckDBPyConnection, Run[Choices]], Shown]
    options: Callable[[Choices], dict[str, Any]] = field(default=lambda _: {})
    """The choices as the manifest has them; `choices` makes of those what they were."""
    choices: Callable[[Mapping[str, Any]], Choices | None] = field(default=lambda _: None)


def run(
    monitor: Monitor[Choices], source: Path, target: Path, engine: str, choices: Choices, pdf: bool, progress: Progress
) -> list[str]:
    """Run a monitor on the files in `source` into the new directory `target`.

    Returns warnings for the user. Raises `UserError`; then `target` is not made.
    """
    warnings: list[str] = []

    def fill(directory: Path) -> Result:
        synthetic = is_synthetic(source)
        work = directory / "werk"
        work.mkdir()
        given = monitor.read(source, work, progress)
        version, rows = _compute(monitor, given, engine, choices, directory, work, progress)
        shutil.rmtree(work)
        progress("rapport maken")
        with open_results(directory, monitor.tables) as con:
            shown = monitor.show(con, Run(given, choices, synthetic, f"{engine} {version}"))
            told = {name: records(con, name) for name in ("correcties", "tellingen") if name in monitor.tables}
        warnings.extend([*given.warnings, *shown.warnings])
        content = {
            "backend": {"naam": engine, "versie": version},
            "opties": monitor.options(choices),
            "invoer": given.files,
            **told,
            "rijen": rows,
        }
        tables = list(monitor.tables.values())
        return Result(shown.report, content, monitor.safe, tables, monitor.columns, monitor.labels, shown.exhibits)

    make_folder(target, monitor.name, pdf, fill)
    return warnings


def run_steps(
    backend: Backend,
    steps: Sequence[Step],
    tables: Mapping[str, Described],
    inputs: Mapping[str, Path],
    directory: Path,
    progress: Progress,
) -> dict[str, int]:
    """Run the steps on the Parquet files of `inputs`; write every table to `directory` as Parquet.

    Returns the rows of each.
    """
    for name, parquet in inputs.items():
        backend.read(name, parquet)
    rows = {}
    for step in steps:
        if step.kept:
            progress(f"{step.name} berekenen")
        if step.name not in tables:
            backend.run(step)
            continue
        # Sorted and written as it is computed, and read from there: the largest result is never a table in memory.
        backend.run(replace(step, kept=False))
        parquet = directory / f"{step.name}.parquet"
        rows[step.name] = backend.write(step.name, tables[step.name].dimensions, parquet)
        backend.read(step.name, parquet)
    return {name: rows[name] for name in tables}


def _compute(
    monitor: Monitor[Choices],
    given: Input,
    engine: str,
    choices: Choices,
    directory: Path,
    work: Path,
    progress: Progress,
) -> tuple[str, dict[str, int]]:
    """Write the result tables; returns the version of the engine and the rows of each table."""
    backend = open_backend(engine, work)
    try:
        rows = monitor.compute(backend, given.tables, choices, work, directory, progress)
    finally:
        backend.close()
    progress("tabellen als CSV schrijven")
    for name in monitor.tables:
        csv_beside(directory / f"{name}.parquet")
    return backend.version, rows
