"""`aanspraak monitor herhalen`: a result made again from its manifest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aanspraak.cli.monitor_run import Uitvoer, progress
from aanspraak.cli.terminal import FOUND, say, warn


def herhalen(
    resultaat: Annotated[Path, typer.Argument(metavar="RESULTAAT", help="De map met manifest.json van toen.")],
    invoer: Annotated[Path, typer.Option(metavar="MAP", help="De map met de gegevens van toen.")],
    uitvoer: Uitvoer,
) -> None:
    """Maak een resultaat van een monitor of van publicatie opnieuw en zeg of er hetzelfde uitkomt."""
    # A heavy import (Altair, DuckDB) that the other commands do not need.
    from aanspraak.monitor.repeat import repeat

    with progress(None) as doing:
        different = repeat(resultaat, invoer, uitvoer, doing)
    if different:
        warn(f"Anders dan toen: {', '.join(different)}. De versies van toen en nu staan in manifest.json.")
        raise typer.Exit(FOUND)
    say("Elk bestand is gelijk aan dat van toen.")
