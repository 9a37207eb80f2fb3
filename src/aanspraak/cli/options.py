"""Options that commands share, and what they stand for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from aanspraak.engine.boxes import parse_value
from aanspraak.engine.given import did_you_mean
from aanspraak.engine.law import Law
from aanspraak.engine.law import law as law_of
from aanspraak.engine.model import PEILDATUM_CONCEPT, CaseError, Decision, RuleBase, UserError
from aanspraak.engine.reader import read_reform, read_rules

Besluit = Annotated[str, typer.Option(metavar="NAAM", help="Het besluit; zie `aanspraak regels lijst`.")]
Gegeven = Annotated[
    list[str] | None,
    typer.Option(metavar="NAAM=WAARDE", help="Een gegeven van de casus. Mag vaker; gaat voor dat in het bestand."),
]
Peildatum = Annotated[str, typer.Option(metavar="JJJJ-MM-DD", help="De dag waar het om gaat. Zonder: vandaag.")]
Hervorming = Annotated[
    str, typer.Option(metavar="NAAM|PAD", help="Leg een hervorming over de regels: een verkenning, geen geldend recht.")
]
Kennisdatum = Annotated[
    str, typer.Option(metavar="JJJJ-MM-DD", help="Zoals de regels op die dag bekend waren. Zonder: vandaag.")
]


def law(ctx: typer.Context, reform: str = "", known: str = "") -> Law:
    """The rules of the context (tests bring their own) or the law that comes with the program, as known on a day."""
    base = ctx.find_object(RuleBase) or read_rules()
    layer = read_reform(base, reform) if reform else None
    return law_of(base, layer, day(known, "--kennisdatum") if known else None)


def decision_named(base: RuleBase, name: str) -> Decision:
    """The decision of that name. Raises UserError with the nearest names."""
    if name in base.besluiten:
        return base.besluiten[name]
    names = ", ".join(sorted(base.besluiten))
    if not name:
        raise UserError(f"Welk besluit? Geef --besluit NAAM. Er zijn: {names}.")
    raise UserError(f"Er is geen besluit «{name}».{did_you_mean(name, base.besluiten)} Er zijn: {names}.")


def is_table(path: Path) -> bool:
    """Whether the name says that the file holds a table of cases."""
    return path.suffix.lower() in (".csv", ".parquet")


def day(raw: object, place: str) -> date:
    """A day as the user wrote it. Raises CaseError that begins with the place."""
    try:
        found = parse_value(raw, PEILDATUM_CONCEPT)
    except ValueError as error:
        raise CaseError(f"{place}: {error}") from None
    assert isinstance(found, date)  # noqa: S101 - what parse_value gives for a day
    return found
