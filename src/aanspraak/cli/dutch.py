"""Typer's own words in Dutch: help screens and usage errors."""

from __future__ import annotations

import re
from typing import Any

from typer import TyperException, rich_utils
from typer.core import TyperCommand, TyperGroup

rich_utils.ARGUMENTS_PANEL_TITLE = "Argumenten"
rich_utils.OPTIONS_PANEL_TITLE = "Opties"
rich_utils.COMMANDS_PANEL_TITLE = "Opdrachten"
rich_utils.REQUIRED_LONG_STRING = "[verplicht]"
rich_utils.DEFAULT_STRING = "[standaard: {}]"

_WORDS = (
    (r"No such option: (\S+) ?\(Possible options: (.*)\)", r"De optie \1 bestaat niet. Bedoelt u \2?"),
    (r"No such option: (\S+)", r"De optie \1 bestaat niet."),
    (r"No such command '(.*?)'\. Did you mean (.*)\?", r"De opdracht «\1» bestaat niet. Bedoelt u \2?"),
    (r"No such command '(.*?)'\.?", r"De opdracht «\1» bestaat niet."),
    (r"Missing command\.?", "Er ontbreekt een opdracht."),
    (r"Missing argument '(.*?)'\.?", r"\1 ontbreekt."),
    (r"Missing option '(.*?)'\.?", r"De optie \1 ontbreekt."),
    (r"Option '(.*?)' requires .*", r"De optie \1 vraagt een waarde."),
    (r"Option '(.*?)' does not take a value\.", r"De optie \1 heeft geen waarde."),
    (r"Got unexpected extra argument.*? \((.*)\)", r"Te veel opgegeven: \1."),
    (r"Invalid value for '(.*?)': .*'(.*)' is not one of (.*)\.", r"«\2» kan niet bij \1; kies uit \3."),
    (r"Invalid value for '(.*?)': .* valid integer.*", r"Bij \1 hoort een heel getal."),
    (r"Invalid value for '(.*?)': .* valid number.*", r"Bij \1 hoort een getal."),
    (r"Invalid value for '(.*?)': .*", r"De waarde bij \1 kan niet."),
)


def usage_words(error: TyperException) -> str:
    """A usage error in Dutch; a message that we do not know stays as it is."""
    text = error.format_message()
    for pattern, dutch in _WORDS:
        if match := re.fullmatch(pattern, text, re.DOTALL):
            return match.expand(dutch)
    return text


class DutchCommand(TyperCommand):
    """A command with its help in Dutch."""

    def get_usage(self, ctx: Any) -> str:
        return _usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        return _help_option(super().get_help_option(ctx))


class DutchGroup(TyperGroup):
    """A group of commands with its help in Dutch."""

    def get_usage(self, ctx: Any) -> str:
        return _usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        return _help_option(super().get_help_option(ctx))


def _usage(text: str) -> str:
    return text.replace("Usage:", "Gebruik:", 1).replace("[OPTIONS]", "[OPTIES]").replace("COMMAND [ARGS]", "OPDRACHT")


def _help_option(option: Any) -> Any:
    option.help = "Toon deze uitleg."
    return option
