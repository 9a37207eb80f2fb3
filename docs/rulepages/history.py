"""How the rules of a decision changed: the days, the rules that began and ended, and the situations that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from aanspraak.engine.graph import decisions_under
from aanspraak.engine.model import Box, Decision, RuleBase
from aanspraak.engine.reform import Change, changed_situations


@dataclass(frozen=True, slots=True)
class ChangeDay:
    """A day on which a decision becomes another. `begint` and `vervalt`: its own rules; `door`: the decisions
    underneath whose rules change that day."""

    vorige: date
    dag: date
    begint: tuple[str, ...]
    vervalt: tuple[str, ...]
    door: tuple[Decision, ...]
    wijzigingen: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """Situations whose outcome changes alike: the fields that differ before and after, and rules on both sides."""

    voor: Mapping[str, str]
    na: Mapping[str, str]
    regels_voor: tuple[str, ...]
    regels_na: tuple[str, ...]
    situaties: tuple[Mapping[str, Box], ...]


def change_days(base: RuleBase, decision: Decision) -> Iterator[ChangeDay]:
    """Every day after the decision's first on which a rule of it, or of one underneath, begins or ends."""
    under = list(decisions_under(base, decision))
    for number in sorted({day for d in under for day in _days(d)}):
        if not decision.geldig[0] < number <= decision.geldig[1]:
            continue
        dag = date.fromordinal(number)
        before = dag - timedelta(days=1)
        yield ChangeDay(
            before,
            dag,
            tuple(r.id for r in decision.regels if r.geldig[0] == number),
            tuple(r.id for r in decision.regels if r.geldig[1] + 1 == number),
            tuple(d for d in under if d is not decision and number in _days(d)),
            tuple(changed_situations((base, before), (base, dag), decision.id)),
        )


def shifts(changes: tuple[Change, ...]) -> Iterator[Shift]:
    """The changes grouped by what a reader notices: the outcome fields that differ. Where only conditions, limits or
    practice differ, the fields are empty."""
    groups: dict[tuple[tuple[str, str, str], ...], list[Change]] = {}
    for change in changes:
        old, new = change.voor.dan, change.na.dan
        groups.setdefault(tuple((n, old[n], new[n]) for n in old if old[n] != new[n]), []).append(change)
    for differ, group in groups.items():
        yield Shift(
            {name: before for name, before, _ in differ},
            {name: after for name, _, after in differ},
            tuple(dict.fromkeys(c.voor.id for c in group)),
            tuple(dict.fromkeys(c.na.id for c in group)),
            tuple(situation for c in group for situation in c.situaties),
        )


def _days(decision: Decision) -> set[int]:
    return {day for rule in decision.regels for day in (rule.geldig[0], rule.geldig[1] + 1)}
