"""Commands that are loaded when they are called, so that a short question does not wait for the heavy libraries."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from aanspraak.cli.dutch import DutchCommand, DutchGroup

_LATER = ("besluit", "gegevens", "mcp", "monitor", "publicatie", "serve", "synthese")
"""Modules of this package with an `app` (a group of commands) or a function of their own name (one command)."""


class LazyGroup(DutchGroup):
    """The commands that were added, and after them those of _LATER."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*super().list_commands(ctx), *_LATER]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in _LATER:
            return super().get_command(ctx, cmd_name)
        module = import_module(f"{__package__}.{cmd_name}")
        around = typer.Typer(add_completion=False, callback=lambda: None)
        if app := getattr(module, "app", None):
            around.add_typer(app, name=cmd_name)
        else:
            around.command(cmd_name, cls=DutchCommand)(getattr(module, cmd_name))
        return get_command(around).commands[cmd_name]  # type: ignore[attr-defined]
