"""The command line: `aanspraak`. Each command in a module of its own; this one ties them together."""

from __future__ import annotations

import sys

import typer

from aanspraak.cli import besluit, regels, toets, vraag
from aanspraak.cli.terminal import fail
from aanspraak.engine.model import UserError

app = typer.Typer(
    help="Wie betaalt deze zorg: Wlz, Zvw of Wmo? Langs welke route, binnen welke grenzen, en waarom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("toets")(toets.toets)
app.command("vraag")(vraag.vraag)
app.command("besluit")(besluit.besluit)
app.add_typer(regels.app, name="regels")


def main() -> None:
    """Run a command. A user's mistake is shown in words and ends with the exit code of its kind."""
    try:
        app()
    except UserError as error:
        sys.exit(fail(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
