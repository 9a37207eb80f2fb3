"""The page of the documentation that is made from the data contract: every table and what may stand in it (Dutch)."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from aanspraak.claims.columns import Column
from aanspraak.claims.schema import TABLES
from rulepages import words


def table_page() -> str:
    """The page as Markdown."""
    # Markdown, not HTML, as in `rulepages`.
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"plain": words.plain, "limits": _limits}
    return environment.get_template("tabellen.md").render(tables=TABLES.values())


def _limits(column: Column) -> str:
    """What a value must be beyond its type."""
    if column.allowed:
        return ", ".join(column.allowed)
    if column.pattern:
        return f"`{column.pattern}`"
    return f"{column.lowest} tot en met {column.highest}" if column.lowest else ""
