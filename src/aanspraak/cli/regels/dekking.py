"""`aanspraak regels dekking`: which rules or reforms cite which part of a source, and which parts none cites."""

from __future__ import annotations

import typer

from aanspraak.cli.options import Kennisdatum, law
from aanspraak.cli.terminal import FOUND, heading, say, table
from aanspraak.engine.law import reforms
from aanspraak.engine.sources import coverage


def dekking(ctx: typer.Context, kennisdatum: Kennisdatum = "") -> None:
    """Noem per deel van elke bron de regels die het aanhalen, en per voorstel de hervormingen.

    Code 6 als een deel of voorstel er geen heeft.
    """
    base = law(ctx, known=kennisdatum).base
    rows, missing = [], []
    for source, part, title, covered in coverage(base, reforms(base).values()):
        rows.append((source.id, part, title, ", ".join(covered) or "geen"))
        if not covered:
            missing.append((source.id, part, title))
    table(("bron", "deel", "titel", "gedekt door"), rows)
    if missing:
        heading(f"Nergens in verwerkt: {len(missing)} van de {len(rows)} delen")
        for source_id, part, title in missing:
            say(f"{source_id} {part}: {title}", indent=2)
        raise typer.Exit(FOUND)
