"""`aanspraak monitor`: what claims say about care for Wlz clients."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from aanspraak.cli.dutch import DutchCommand, DutchGroup
from aanspraak.cli.jaar import jaar
from aanspraak.cli.monitor_herhalen import herhalen
from aanspraak.cli.monitor_run import Backend, Gegevens, Pdf, Uitvoer, carry_out
from aanspraak.cli.regio import regio
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
    invoer: Gegevens,
    uitvoer: Uitvoer,
    backend: Backend = "duckdb",
    mpt_dagen: Annotated[
        Literal["letterlijk", "inclusief"],
        typer.Option(help="Dagen bij mpt: naar de letter van de bron, of met de laatste dag erbij."),
    ] = "letterlijk",
    pdf: Pdf = False,
) -> None:
    """Bepaal per cliënt en maand de leveringsvorm en de uitgaven, met tabellen, figuren en een rapport."""
    # A heavy import (Altair, DuckDB) that the other commands do not need.
    from aanspraak.monitor.leveringsvormen.run import MONITOR

    carry_out(MONITOR, invoer, uitvoer, backend, mpt_dagen, pdf)
