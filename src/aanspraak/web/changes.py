"""What differs in a decision between two rule bases or two days, as a visitor reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from aanspraak.engine.checklist_changes import changed_checks
from aanspraak.engine.model import Box, Rule, RuleBase
from aanspraak.engine.reform import changed_situations

Side = tuple[RuleBase, date]


@dataclass(frozen=True, slots=True)
class Shift:
    """Situations in which the rule `voor` makes place for `na`; of a checklist, None where it does not hold.
    `velden`: the outcome fields that become another, with the values before and after."""

    voor: Rule | None
    na: Rule | None
    velden: tuple[tuple[str, str, str], ...]
    situaties: tuple[Mapping[str, Box], ...]


@lru_cache(maxsize=64)
def changes(before: Side, after: Side, name: str) -> list[Shift]:
    """Every change. Raises RuleError when one of the two has a gap or a contradiction."""
    if before[0].decision(name).verzamel:
        return [Shift(c.voor, c.na, (), c.situaties) for c in changed_checks(before, after, name)]
    return [
        Shift(
            c.voor,
            c.na,
            tuple((n, value, c.na.dan[n]) for n, value in c.voor.dan.items() if c.na.dan[n] != value),
            c.situaties,
        )
        for c in changed_situations(before, after, name)
    ]
