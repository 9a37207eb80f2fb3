"""What differs in a decision between two days or under a reform, alike for a decision and a checklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from aanspraak.engine.checklist_changes import changed_checks
from aanspraak.engine.graph import valid_on
from aanspraak.engine.model import Box, CaseError, Reform, Rule, RuleBase
from aanspraak.engine.reform import changed_situations
from aanspraak.engine.rule_words import period

Side = tuple[RuleBase, date]


@dataclass(frozen=True, slots=True)
class Shift:
    """Situations in which the rule `voor` makes place for `na`; of a checklist, None where it does not hold.
    `velden`: the outcome fields that become another, with the values before and after."""

    voor: Rule | None
    na: Rule | None
    velden: tuple[tuple[str, str, str], ...]
    situaties: tuple[Mapping[str, Box], ...]


def compared_days(reform: Reform | None, before: date | None, after: date | None) -> tuple[date, date]:
    """The days to compare where not both are told: a reform on the day it begins, else today."""
    then = after or (reform.vanaf if reform else date.today())
    return before or (then if reform else date.today()), then


@lru_cache(maxsize=256)
def changes(before: Side, after: Side, name: str) -> list[Shift]:
    """Every change. Raises CaseError for a day on which the decision cannot be asked, RuleError when one of the two
    rule bases has a gap or a contradiction."""
    first, last = valid_on(before[0], name)
    if not all(first <= day.toordinal() <= last for _, day in (before, after)):
        raise CaseError(f"Wij kennen deze regels {period((first, last))}. Kies twee dagen daarbinnen.")
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
