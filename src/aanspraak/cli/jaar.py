"""`aanspraak monitor jaar`: one report on the results of the monitors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aanspraak.cli.interrupt import in_order
from aanspraak.cli.monitor_run import Pdf, Uitvoer, done
from aanspraak.cli.terminal import err


def jaar(
    resultaten: Annotated[
        list[Path],
        typer.Argument(
            metavar="RESULTAAT...", help="Mappen die monitors hebben gemaakt, van elke monitor hoogstens één."
        ),
    ],
    uitvoer: Uitvoer,
    pdf: Pdf = False,
) -> None:
    """Voeg leveringsvormen, trajecten en gemeenten samen tot één jaarrapport dat naar buiten kan."""
    # Heavy imports (Altair, DuckDB, HiGHS) that the other commands do not need.
    from aanspraak.monitor.jaar.run import run

    with in_order(), err.status("tabellen maken, onderdrukken en aanvallen"):
        run(resultaten, uitvoer, pdf)
    done(uitvoer)
