"""How the commands of the monitors run: with a bar of progress, and what is told at the end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from aanspraak.cli.interrupt import in_order
from aanspraak.cli.terminal import err, say, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aanspraak.monitor.runner import Monitor

Choices = TypeVar("Choices")

Gegevens = Annotated[Path, typer.Option("--invoer", metavar="MAP", help="De map met de gegevens (CSV of Parquet).")]
Uitvoer = Annotated[Path, typer.Option(metavar="MAP", help="De map die gemaakt wordt.")]
Backend = Annotated[Literal["duckdb", "spark"], typer.Option(help="Het rekenprogramma; beide geven dezelfde rijen.")]
Pdf = Annotated[bool, typer.Option("--pdf", help="Maak het rapport ook als PDF.")]


@contextmanager
def progress(total: int | None) -> Iterator[Callable[[str], None]]:
    """A bar that says what is being done; `total` None where nobody knows how much that is."""
    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with in_order(), Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("beginnen", total=total)
        yield lambda doing: bar.update(task, advance=1, description=doing)


def carry_out(monitor: Monitor[Choices], source: Path, target: Path, backend: str, choices: Choices, pdf: bool) -> None:
    """Run a monitor and tell what the user must know."""
    # A heavy import (Altair, DuckDB) that the other commands do not need.
    from aanspraak.monitor.runner import run

    with progress(monitor.stages) as doing:
        warnings = run(monitor, source, target, backend, choices, pdf, doing)
    for warning in warnings:
        warn(f"Let op: {warning}")
    done(target)


def done(target: Path) -> None:
    """Where the report is."""
    say(f"Klaar. Het rapport staat in {target / 'rapport.html'}.")
