"""`aanspraak mcp`: the answers for an AI assistant, over standard input and output."""

from __future__ import annotations

from importlib.util import find_spec

import typer

from aanspraak.cli.options import law
from aanspraak.engine.model import UserError


def mcp(ctx: typer.Context) -> None:
    """Beantwoord vragen van een AI-assistent (Model Context Protocol) via standaardinvoer en -uitvoer."""
    if find_spec("mcp") is None:
        raise UserError("De software voor MCP ontbreekt. Installeer haar met: pip install 'aanspraak[mcp]'.")
    from aanspraak.mcp.server import create_server  # an optional extra

    create_server(law(ctx).base).run("stdio")
