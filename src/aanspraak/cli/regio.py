"""`aanspraak monitor regio`: costs of care per municipality, from open data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aanspraak.cli.monitor_run import Pdf, Uitvoer, carry_out


def regio(
    invoer: Annotated[Path, typer.Option(metavar="MAP", help="De map met de bestanden per gemeente van Vektis (CSV).")],
    uitvoer: Uitvoer,
    pdf: Pdf = False,
) -> None:
    """Vergelijk kosten van zorg per gemeente en jaar, bij gelijke leeftijd en geslacht, uit open data van Vektis."""
    # Heavy imports (Altair, DuckDB) that the other commands do not need.
    from aanspraak.monitor.regio.run import MONITOR

    carry_out(MONITOR, invoer, uitvoer, "duckdb", None, pdf)
