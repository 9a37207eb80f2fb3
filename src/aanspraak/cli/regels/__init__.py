"""`aanspraak regels`: look into the rules, prove them, compare them, and hand them on."""

from __future__ import annotations

import typer

from aanspraak.cli.dutch import DutchCommand, DutchGroup
from aanspraak.cli.regels.bewijs import bewijs
from aanspraak.cli.regels.dekking import dekking
from aanspraak.cli.regels.dmn import dmn
from aanspraak.cli.regels.lijst import lijst
from aanspraak.cli.regels.tijdlijn import tijdlijn
from aanspraak.cli.regels.toon import toon
from aanspraak.cli.regels.verschil import verschil

app = typer.Typer(help="Bekijk, bewijs en vergelijk de regels.", cls=DutchGroup, no_args_is_help=True)
for command in (lijst, toon, bewijs, verschil, tijdlijn, dekking, dmn):
    app.command(cls=DutchCommand)(command)
