"""`aanspraak monitor jaar`: one report on the results of the monitors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aanspraak.cli.interrupt import in_order
from aanspraak.cli.terminal import err, say


def jaar(
    resultaten: Annotated[
        list[Path],
        typer.Argument(
            metavar="RESULTAAT...", help="Mappen die monitors hebben gemaakt, van elke monitor hoogstens één."
        ),
    ],
    uitvoer: Annotated[Path, typer.Option(metavar="MAP", help="De map die gemaakt wordt.")],
    pdf: Annotated[bool, typer.Option("--pdf", help="Maak het rapport ook als PDF.")] = False,
) -> None:
    """Voeg leveringsvormen, trajecten en gemeenten samen tot één jaarrapport dat naar buiten kan."""
    # Heavy imports (Altair, DuckDB, HiGHS) that the other commands do not need.
    from aanspraak.monitor.jaar.run import run

    with in_order(), err.status("tabellen maken, onderdrukken en aanvallen"):
        run(resultaten, uitvoer, pdf)
    say(f"Klaar. Het rapport staat in {uitvoer / 'rapport.html'}.")
