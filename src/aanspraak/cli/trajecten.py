"""`aanspraak monitor trajecten`: trajectories of short-term care."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Annotated

import typer

from aanspraak.cli.monitor_run import Backend, Gegevens, Pdf, Uitvoer, carry_out


def trajecten(
    invoer: Gegevens,
    uitvoer: Uitvoer,
    backend: Backend = "duckdb",
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
    pdf: Pdf = False,
) -> None:
    """Bepaal trajecten van kortdurende zorg (ELV, GRZ, VV9b, Wlz-crisiszorg), met tabellen, figuren en een rapport."""
    # A heavy import (Altair, DuckDB) that the other commands do not need.
    from aanspraak.monitor.trajecten.compute import Choices
    from aanspraak.monitor.trajecten.run import MONITOR

    choices = Choices(closing_date=sluitdatum.date() if sluitdatum else None, once_wlz=eens_wlz)
    if aansluiting is not None:
        choices = replace(choices, gap=aansluiting)
    if startjaren:
        choices = replace(choices, start_years=_years(startjaren))
    carry_out(MONITOR, invoer, uitvoer, backend, choices, pdf)


def _years(written: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{4})-(\d{4})", written)
    if not found or found[1] > found[2]:
        raise typer.BadParameter(
            f"«{written}» is geen begin- en eindjaar. Schrijf bijvoorbeeld 2018-2023.", param_hint="--startjaren"
        )
    return int(found[1]), int(found[2])
