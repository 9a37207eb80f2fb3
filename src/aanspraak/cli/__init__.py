"""The command line: `aanspraak`. Each command in a module of its own; this one ties them together."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from aanspraak.cli import regels, toets, vraag
from aanspraak.cli.dutch import DutchCommand, usage_words
from aanspraak.cli.lazy import LazyGroup
from aanspraak.cli.terminal import INTERRUPTED, USAGE, fail, warn
from aanspraak.engine.model import RuleBase
from aanspraak.errors import UserError

app = typer.Typer(
    help="Wie betaalt deze zorg: Wlz, Zvw of Wmo? Langs welke route, binnen welke grenzen, en waarom.",
    cls=LazyGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("toets", cls=DutchCommand)(toets.toets)
app.command("vraag", cls=DutchCommand)(vraag.vraag)
app.add_typer(regels.app, name="regels")


def main() -> None:
    """The program."""
    sys.exit(run())


def run(args: Sequence[str] | None = None, base: RuleBase | None = None) -> int:
    """Run a command, on the rules of `base` where given. Returns the exit code (docs/commandoregel.md).

    A user's mistake is shown in words; a fault of ours is raised.
    """
    try:
        return app(args, prog_name="aanspraak", standalone_mode=False, obj=base) or 0
    except UserError as error:
        return fail(error, error.code)
    except typer.TyperException as error:
        if words := usage_words(error):
            warn(f"Fout: {words} Zie `aanspraak --help`.", style="bold red")
        return USAGE
    except typer.Abort:
        return INTERRUPTED
