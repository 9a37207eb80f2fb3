"""`aanspraak regels lijst`: the decisions there are."""

from __future__ import annotations

import typer

from aanspraak.cli.options import Kennisdatum, law
from aanspraak.cli.terminal import number, table
from aanspraak.cli.words import period


def lijst(ctx: typer.Context, kennisdatum: Kennisdatum = "") -> None:
    """Noem de besluiten per thema, met hun geldigheid en het aantal regels en voorbeelden."""
    base = law(ctx, known=kennisdatum).base
    rows = [
        (d.thema, d.id, d.titel, period(d.geldig), number(len(d.regels)), number(len(d.voorbeelden)))
        for d in base.besluiten.values()
    ]
    columns = ("thema", "besluit", "titel", "geldig", "regels", "voorbeelden")
    table(columns, rows, numbers=("regels", "voorbeelden"))
