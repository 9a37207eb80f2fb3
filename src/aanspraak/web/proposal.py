"""A reform as a form chooses it: by its name, with fields for what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Mapping

from aanspraak.engine.law import named_law, reforms
from aanspraak.engine.model import Reform, RuleBase, UserError
from aanspraak.engine.parameters import with_choices

OPEN = "open."
"""Before the name of a parameter in the name of its field; no concept has a point in its name."""
OPEN_OF = "open_van"
"""The field that says of which reform the other fields are."""


def is_control(name: str) -> bool:
    """Whether a field is one of a reform that leaves things open."""
    return name == OPEN_OF or name.startswith(OPEN)


def plain(reform: str) -> str:
    """The name of a reform without what was chosen."""
    return reform.partition(":")[0]


def asks_more(base: RuleBase, reform: str, fields: Mapping[str, str]) -> bool:
    """Whether a reform leaves things open of which nothing was asked yet."""
    name = plain(reform)
    return reform == name and name in reforms(base) and bool(reforms(base)[name].parameters) and not _of(name, fields)


def chosen(base: RuleBase, reform: str, fields: Mapping[str, str]) -> str:
    """The reform with what was filled in for it, as far as it differs from what the reform is read with
    (`name:parameter=value`)."""
    name = plain(reform)
    if name not in reforms(base) or not _of(name, fields):
        return reform
    given = {p: _written(fields.get(f"{OPEN}{p.id}", "")) for p in reforms(base)[name].parameters}
    return with_choices(name, {p.id: value for p, value in given.items() if value not in ("", p.waarde)})


def shown(base: RuleBase, reform: str) -> Reform | None:
    """The reform as a form shows it: with what was chosen, or where that cannot be with what it is read with.

    Raises UserError where there is no such reform.
    """
    try:
        return named_law(base, reform).reform
    except UserError:
        return named_law(base, plain(reform)).reform


def _of(name: str, fields: Mapping[str, str]) -> bool:
    return fields.get(OPEN_OF) == name


def _written(text: str) -> str:
    """Several values with a plus between, however they were separated."""
    return "+".join(part for part in re.split(r"[\s,;+]+", text) if part)
