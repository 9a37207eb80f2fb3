"""`aanspraak monitor`: what claims say about care for Wlz clients."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from aanspraak.cli.dutch import DutchCommand, DutchGroup
from aanspraak.cli.interrupt import in_order
from aanspraak.cli.jaar import jaar
from aanspraak.cli.monitor_herhalen import herhalen
from aanspraak.cli.regio import regio
from aanspraak.cli.terminal import err, say, warn
from aanspraak.cli.trajecten import trajecten

app = typer.Typer(help="Monitors over declaraties.", cls=DutchGroup, no_args_is_help=True)


@app.callback()
def monitor() -> None:
    """Monitors over declaraties."""


app.command(cls=DutchCommand)(herhalen)
app.command(cls=DutchCommand)(jaar)
app.command(cls=DutchCommand)(regio)
app.command(cls=DutchCommand)(trajecten)


@app.command(cls=DutchCommand)
def leveringsvormen(
    invoer: Annotated[Path, typer.Option(metavar="MAP", help="De map met de gegevens (CSV of Parquet).")],
    uitvoer: Annotated[Path, typer.Option(metavar="MAP", help="De map die gemaakt wordt.")],
    backend: Annotated[
        Literal["duckdb", "spark"], typer.Option(help="Het rekenprogramma; beide geven dezelfde rijen.")
    ] = "duckdb",
    mpt_dagen: Annotated[
        Literal["letterlijk", "inclusief"],
        typer.Option(help="Dagen bij mpt: naar de letter van de bron, of met de laatste dag erbij."),
    ] = "letterlijk",
    pdf: Annotated[bool, typer.Option("--pdf", help="Maak het rapport ook als PDF.")] = False,
) -> None:
    """Bepaal per cliënt en maand de leveringsvorm en de uitgaven, met tabellen, figuren en een rapport."""
    # A heavy import (Altair, DuckDB) that the other commands do not need.
    from aanspraak.monitor.leveringsvormen.run import STAGES, run

    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with in_order(), Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("beginnen", total=STAGES)
        warnings = run(
            invoer, uitvoer, backend, mpt_dagen, pdf, lambda doing: bar.update(task, advance=1, description=doing)
        )
    for warning in warnings:
        warn(f"Let op: {warning}")
    say(f"Klaar. Het rapport staat in {uitvoer / 'rapport.html'}.")
