"""`aanspraak synthese`: a synthetic Netherlands to run the monitors on."""

from __future__ import annotations

import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from aanspraak.cli.terminal import err, number, say


class Formaat(StrEnum):
    """How the tables are written."""

    parquet = "parquet"
    csv = "csv"


def synthese(
    uitvoer: Annotated[Path, typer.Option(metavar="MAP", help="De map die wordt gemaakt.")],
    schaal: Annotated[float, typer.Option(help="1 is heel Nederland, 0.01 een op de honderd cliënten.")] = 1.0,
    zaad: Annotated[int, typer.Option(help="Begin van het toeval: hetzelfde zaad geeft dezelfde gegevens.")] = 2018,
    formaat: Annotated[Formaat, typer.Option(help="Hoe de tabellen worden geschreven.")] = Formaat.parquet,
) -> None:
    """Maak een synthetisch Nederland: verzonnen cliënten en declaraties die optellen tot de gepubliceerde cijfers."""
    # Heavy imports (numpy, Arrow) that the other commands do not need.
    from aanspraak.synthetic.generate import generate

    # A polite end (kill, a scheduler) cleans up as an interrupt from the keyboard does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    columns = (TextColumn("Synthetisch Nederland: {task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, TimeElapsedColumn(), console=err, transient=True) as progress:
        task = progress.add_task("beginnen", total=1.0)
        manifest = generate(
            uitvoer,
            schaal,
            zaad,
            formaat.value,
            lambda doing, done: progress.update(task, description=doing, completed=done),
        )
    for name, table in manifest["bestanden"].items():
        say(f"{name}: {number(table['rijen'])} rijen")
    say(f"Geschreven: {uitvoer}. Deze gegevens zijn synthetisch: geen regel gaat over een echt mens.")
