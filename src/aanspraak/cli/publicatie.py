"""`aanspraak publicatie`: the tables of a monitor, made safe to publish."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aanspraak.cli.interrupt import in_order
from aanspraak.cli.monitor_run import Pdf, Uitvoer, done
from aanspraak.cli.terminal import err, number, say, warn


def publicatie(
    invoer: Annotated[Path, typer.Option(metavar="MAP", help="De map die een monitor heeft gemaakt.")],
    uitvoer: Uitvoer,
    bronwijze: Annotated[
        bool,
        typer.Option("--bronwijze", help="ONVEILIG, ter vergelijking: alleen afronden en kleine cellen weglaten."),
    ] = False,
    pdf: Pdf = False,
) -> None:
    """Maak van de uitkomsten van een monitor tabellen die niemand onthullen, en val ze aan voor ze naar buiten gaan."""
    # Heavy imports (DuckDB, HiGHS) that the other commands do not need.
    from aanspraak.monitor.publication.run import run

    with in_order(), err.status("tabellen maken, onderdrukken en aanvallen"):
        found = run(invoer, uitvoer, secondary=not bronwijze, pdf=pdf)
    if bronwijze:
        warn(
            f"Onveilig: van {number(found.exposed)} van de {number(found.primary)} onderdrukte cellen is meer te "
            f"bepalen dan zij zeggen, van {number(found.exact)} precies hoeveel. Publiceer dit niet.",
            style="bold red",
        )
    say(
        f"{number(found.cells)} cellen, {number(found.primary)} onderdrukt als te klein en "
        f"{number(found.secondary)} om die te beschermen."
    )
    done(uitvoer)
