"""`aanspraak monitor regio`: costs of care per municipality, from open data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aanspraak.cli.interrupt import in_order
from aanspraak.cli.terminal import err, say, warn


def regio(
    invoer: Annotated[Path, typer.Option(metavar="MAP", help="De map met de bestanden per gemeente van Vektis (CSV).")],
    uitvoer: Annotated[Path, typer.Option(metavar="MAP", help="De map die gemaakt wordt.")],
    pdf: Annotated[bool, typer.Option("--pdf", help="Maak het rapport ook als PDF.")] = False,
) -> None:
    """Vergelijk kosten van zorg per gemeente en jaar, bij gelijke leeftijd en geslacht, uit open data van Vektis."""
    # Heavy imports (Altair, DuckDB) that the other commands do not need.
    from aanspraak.monitor.regio.run import run

    with in_order(), err.status("beginnen") as status:
        warnings = run(invoer, uitvoer, pdf, status.update)
    for warning in warnings:
        warn(f"Let op: {warning}")
    say(f"Klaar. Het rapport staat in {uitvoer / 'rapport.html'}.")
