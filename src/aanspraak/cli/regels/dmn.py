"""`aanspraak regels dmn`: a decision for other rule engines."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from aanspraak.cli.options import Hervorming, Kennisdatum, Peildatum, day, decision_named, law
from aanspraak.cli.terminal import raw
from aanspraak.engine.dmn import to_dmn


def dmn(
    ctx: typer.Context,
    naam: Annotated[str, typer.Argument(help="Het besluit; zie `aanspraak regels lijst`.")],
    peildatum: Peildatum = "",
    kennisdatum: Kennisdatum = "",
    hervorming: Hervorming = "",
) -> None:
    """Schrijf een besluit als DMN 1.5 (XML) naar de standaarduitvoer."""
    base = law(ctx, hervorming, kennisdatum).base
    when = day(peildatum, "--peildatum") if peildatum else date.today()
    raw(to_dmn(base, decision_named(base, naam).id, when))
