"""`aanspraak regels dekking`: which rules cite which part of a source, and which parts no rule cites."""

from __future__ import annotations

import typer

from aanspraak.cli.options import law
from aanspraak.cli.terminal import FOUND, heading, say, table
from aanspraak.engine.sources import coverage


def dekking(ctx: typer.Context) -> None:
    """Noem per deel van elke bron de regels die het aanhalen. Code 6 als een deel er geen heeft."""
    base = law(ctx).base
    rows, missing = [], []
    for source, part, title, rules in coverage(base):
        rows.append((source.id, part, title, ", ".join(rules) or "geen"))
        if not rules:
            missing.append((source.id, part, title))
    table(("bron", "deel", "titel", "regels"), rows)
    if missing:
        heading(f"Zonder regel: {len(missing)} van de {len(rows)} delen")
        for source_id, part, title in missing:
            say(f"{source_id} {part}: {title}", indent=2)
        raise typer.Exit(FOUND)
