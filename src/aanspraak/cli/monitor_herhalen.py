"""`aanspraak monitor herhalen`: a result made again from its manifest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aanspraak.cli.interrupt import in_order
from aanspraak.cli.terminal import FOUND, err, say, warn


def herhalen(
    resultaat: Annotated[Path, typer.Argument(metavar="RESULTAAT", help="De map met manifest.json van toen.")],
    invoer: Annotated[Path, typer.Option(metavar="MAP", help="De map met de gegevens van toen.")],
    uitvoer: Annotated[Path, typer.Option(metavar="MAP", help="De map die gemaakt wordt.")],
) -> None:
    """Maak een resultaat van de monitor leveringsvormen opnieuw en zeg of er hetzelfde uitkomt."""
    # A heavy import (Altair, DuckDB) that the other commands do not need.
    from aanspraak.monitor.leveringsvormen.repeat import repeat

    with in_order(), err.status("beginnen") as status:
        different = repeat(resultaat, invoer, uitvoer, status.update)
    if different:
        warn(f"Anders dan toen: {', '.join(different)}. De versies van toen en nu staan in manifest.json.")
        raise typer.Exit(FOUND)
    say("Elk bestand is gelijk aan dat van toen.")
