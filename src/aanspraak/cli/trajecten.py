"""`aanspraak monitor trajecten`: trajectories of short-term care."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from aanspraak.cli.interrupt import in_order
from aanspraak.cli.terminal import err, say, warn


def trajecten(
    invoer: Annotated[Path, typer.Option(metavar="MAP", help="De map met de gegevens (CSV of Parquet).")],
    uitvoer: Annotated[Path, typer.Option(metavar="MAP", help="De map die gemaakt wordt.")],
    backend: Annotated[
        Literal["duckdb", "spark"], typer.Option(help="Het rekenprogramma; beide geven dezelfde rijen.")
    ] = "duckdb",
    aansluiting: Annotated[
        int | None,
        typer.Option(
            min=0, help="Hoeveel dagen er van een einddatum tot de volgende begindatum mogen zitten. Zonder: één."
        ),
    ] = None,
    sluitdatum: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="JJJJ-MM-DD",
            help="Trajecten die later eindigen vallen af. Zonder: 14 dagen voor het einde van de gegevens.",
        ),
    ] = None,
    startjaren: Annotated[
        str,
        typer.Option(
            metavar="JJJJ-JJJJ", help="Het eerste en laatste jaar waarin een traject begint. Zonder: die van de bron."
        ),
    ] = "",
    eens_wlz: Annotated[
        bool,
        typer.Option("--eens-wlz/--niet-eens-wlz", help="Eens Wlz, altijd Wlz: trek de vorm van ervoor door."),
    ] = True,
    pdf: Annotated[bool, typer.Option("--pdf", help="Maak het rapport ook als PDF.")] = False,
) -> None:
    """Bepaal trajecten van kortdurende zorg (ELV, GRZ, VV9b, Wlz-crisiszorg), met tabellen, figuren en een rapport."""
    # A heavy import (Altair, DuckDB) that the other commands do not need.
    from aanspraak.monitor.trajecten.compute import Choices
    from aanspraak.monitor.trajecten.run import STAGES, run

    choices = Choices(closing_date=sluitdatum.date() if sluitdatum else None, once_wlz=eens_wlz)
    if aansluiting is not None:
        choices = replace(choices, gap=aansluiting)
    if startjaren:
        choices = replace(choices, start_years=_years(startjaren))
    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with in_order(), Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("beginnen", total=STAGES)
        warnings = run(
            invoer, uitvoer, backend, choices, pdf, lambda doing: bar.update(task, advance=1, description=doing)
        )
    for warning in warnings:
        warn(f"Let op: {warning}")
    say(f"Klaar. Het rapport staat in {uitvoer / 'rapport.html'}.")


def _years(written: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{4})-(\d{4})", written)
    if not found or found[1] > found[2]:
        raise typer.BadParameter(
            f"«{written}» is geen begin- en eindjaar. Schrijf bijvoorbeeld 2018-2023.", param_hint="--startjaren"
        )
    return int(found[1]), int(found[2])
