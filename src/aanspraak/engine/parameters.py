"""Parameters of a reform: `$name` in its cells and texts stands for a value that the user may choose."""

from __future__ import annotations

import re
from collections.abc import Mapping

from aanspraak.engine.model import UserError
from aanspraak.engine.yaml_lines import Document, Path_

_MARK = re.compile(r"\$([a-z][a-z0-9_]*)")


def split_choice(text: str) -> tuple[str, dict[str, object]]:
    """`name:a=28,b=VV7+VV8` as the name (or path) of a reform and the values chosen for its parameters.

    Raises UserError where a choice has no value.
    """
    name, _, choices = text.partition(":")
    chosen: dict[str, object] = {}
    for choice in choices.split(",") if choices else []:
        parameter, _, value = choice.partition("=")
        if not parameter or not value:
            raise UserError(f"«{choice}» is geen keuze bij hervorming «{name}»; schrijf {name}:parameter=waarde.")
        chosen[parameter] = value.split("+") if "+" in value else value
    return name, chosen


def with_choices(name: str, chosen: Mapping[str, object]) -> str:
    """The other way round: what to write to choose the same again."""
    return f"{name}:{','.join(f'{k}={written(v)}' for k, v in chosen.items())}" if chosen else name


def written(value: object) -> str:
    """A value of a parameter as one writes it to choose it."""
    return "+".join(value) if isinstance(value, list) else str(value)


def fill_in(document: Document, values: Mapping[str, object]) -> None:
    """Put the values in the place of their `$name`, a list as the items around it. A name without one is a fault."""
    document.data = _filled(document, (), document.data, values)


def _filled(document: Document, at: Path_, part: object, values: Mapping[str, object]) -> object:
    if isinstance(part, dict):
        return {key: _filled(document, (*at, key), value, values) for key, value in part.items()}
    if isinstance(part, list):
        items = [(item, _filled(document, (*at, i), item, values)) for i, item in enumerate(part)]
        return [v for item, new in items for v in (new if isinstance(item, str) and isinstance(new, list) else [new])]
    if not isinstance(part, str):
        return part
    for name in _MARK.findall(part):
        if name not in values:
            document.fault(at, f"«${name}» is geen parameter van deze hervorming; beschrijf hem bij parameters")
            return part
    whole = _MARK.fullmatch(part)
    return values[whole[1]] if whole else _MARK.sub(lambda mark: _words(values[mark[1]]), part)


def _words(value: object) -> str:
    names = [str(v) for v in value] if isinstance(value, list) else [str(value)]
    return " en ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
