"""`aanspraak gegevens`: from the files of the sector to a data set, and how good that is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from aanspraak.claims import quality
from aanspraak.claims.faults import InputFaults
from aanspraak.claims.intake import Options, Report, ingest
from aanspraak.claims.intake_tables import Client
from aanspraak.claims.manifest import is_synthetic
from aanspraak.claims.pseudonym import load_key, make_key
from aanspraak.claims.read import read
from aanspraak.claims.schema import TABLES
from aanspraak.cli.dutch import DutchCommand, DutchGroup
from aanspraak.cli.interrupt import in_order
from aanspraak.cli.terminal import err, number, say, warn

app = typer.Typer(help="Gegevens inlezen en nakijken.", cls=DutchGroup, no_args_is_help=True)

_CODE_LISTS = ("prestaties", "zorgzwaartepakketten")

Koppellijst = Annotated[
    Path | None,
    typer.Option(metavar="MAP", help="De map met prestaties en zorgzwaartepakketten, om codes mee na te kijken."),
]


@app.command(cls=DutchCommand)
def inlezen(
    bestanden: Annotated[
        list[Path], typer.Argument(metavar="BESTAND...", help="AW319, PM304, JSON van de iWlz-registers, of een tabel.")
    ],
    uitvoer: Annotated[Path, typer.Option(metavar="MAP", help="De map met gegevens die wordt gemaakt.")],
    sleutel: Annotated[
        Path | None, typer.Option(metavar="BESTAND", help="De sleutel voor pseudoniemen. Zonder: AANSPRAAK_SLEUTEL.")
    ] = None,
    verzekering: Annotated[
        Literal["basis", "aanvullend"] | None, typer.Option(help="Waar Zvw-regels onder vallen: geen bericht zegt het.")
    ] = None,
    client: Annotated[
        Client | None, typer.Option(help="Wat er in de kolom client van een tabel staat. Er wordt niet geraden.")
    ] = None,
    peildatum: Annotated[
        datetime | None,
        typer.Option(metavar="JJJJ-MM-DD", formats=["%Y-%m-%d"], help="De dag waarop de registers zijn bevraagd."),
    ] = None,
    kwaliteit: Annotated[
        Path | None, typer.Option(metavar="RAPPORT", help="Schrijf een kwaliteitsrapport (HTML), ook bij fouten.")
    ] = None,
    koppellijst: Koppellijst = None,
) -> None:
    """Lees declaraties, registerantwoorden en tabellen in: nagekeken, met een pseudoniem in plaats van elk BSN."""
    options = Options(verzekering, peildatum.date() if peildatum else None, _today(), client)
    try:
        with in_order(), _progress() as report:
            intake = ingest(bestanden, uitvoer, load_key(sleutel), options, report)
    except InputFaults as refused:
        if kwaliteit:
            quality.write(quality.render([quality.fault_section(refused.faults)]), kwaliteit)
            warn(f"Alle fouten staan in {kwaliteit}.")
        raise
    for warning in intake.warnings:
        warn(f"Let op: {warning}")
    for reason, count in sorted(intake.left_out.items()):
        say(f"Niet ingelezen: {number(count)} ({reason}).")
    for table, count in sorted(intake.rows.items()):
        say(f"{table}: {number(count)} rijen")
    if kwaliteit:
        with in_order():
            parts = [*quality.intake_sections(intake), *_sections(uitvoer, koppellijst)]
        quality.write(quality.render(parts, intake.warnings), kwaliteit)
        say(f"Kwaliteitsrapport: {kwaliteit}")
    say(f"Geschreven: {uitvoer}.")


@app.command(cls=DutchCommand)
def nakijken(
    invoer: Annotated[Path, typer.Option(metavar="MAP", help="De map met de gegevens (CSV of Parquet).")],
    kwaliteit: Annotated[Path, typer.Option(metavar="RAPPORT", help="Het rapport (HTML) dat wordt gemaakt.")],
    koppellijst: Koppellijst = None,
) -> None:
    """Maak een kwaliteitsrapport over gegevens die er al zijn."""
    try:
        with in_order():
            parts = _sections(invoer, koppellijst)
    except InputFaults as refused:
        quality.write(quality.render([quality.fault_section(refused.faults)]), kwaliteit)
        raise
    warnings = ["deze gegevens zijn synthetisch: geen regel gaat over een echt mens."] if is_synthetic(invoer) else []
    quality.write(quality.render(parts, warnings), kwaliteit)
    say(f"Kwaliteitsrapport: {kwaliteit}")


@app.command(cls=DutchCommand)
def sleutel(bestand: Annotated[Path, typer.Argument(metavar="BESTAND", help="Het bestand dat wordt gemaakt.")]) -> None:
    """Maak een sleutel voor pseudoniemen. Bewaar hem veilig: zonder hem komt een cliënt niet meer overeen."""
    make_key(bestand)
    say(f"Sleutel: {bestand}. Dezelfde sleutel geeft dezelfde pseudoniemen; deel hem niet met wie de gegevens krijgt.")


def _sections(directory: Path, code_lists: Path | None) -> list[quality.Section]:
    """The quality of the tables that are in the directory, with code lists from another directory where given."""
    places = {name: directory for name in TABLES if _has(directory, name)}
    if code_lists:
        places |= dict.fromkeys(_CODE_LISTS, code_lists)
    with TemporaryDirectory() as work:
        tables = {}
        for name, place in places.items():
            (source,), _ = read(place, [name], Path(work), lambda _doing: None)
            tables[name] = source.parquet
        return quality.sections(tables, Path(work))


def _has(directory: Path, name: str) -> bool:
    return any((directory / f"{name}{suffix}").is_file() for suffix in (".parquet", ".csv"))


def _today() -> date:
    return datetime.now(UTC).date()


@contextmanager
def _progress() -> Iterator[Report]:
    columns = (TextColumn("{task.description} lezen"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("bestanden", total=1.0)
        yield lambda doing, part: bar.update(task, description=doing, completed=part)
