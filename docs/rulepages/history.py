"""How the rules of a decision changed: the days, the rules that began and ended, and the situations that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from aanspraak.engine.checklist_changes import CheckChange, changed_checks
from aanspraak.engine.model import Box, Decision, Limit, RuleBase
from aanspraak.engine.reform import Change, changed_situations
from aanspraak.engine.timeline import timeline


@dataclass(frozen=True, slots=True)
class ChangeDay:
    """A day on which a decision becomes another. `begint` and `vervalt`: its own rules, with in `vastgelegd` the day
    that was recorded where it was not always known; `door`: the decisions underneath whose rules change that day."""

    vorige: date
    dag: date
    begint: tuple[str, ...]
    vervalt: tuple[str, ...]
    vastgelegd: Mapping[str, date]
    door: tuple[Decision, ...]
    wijzigingen: tuple[Change, ...] | tuple[CheckChange, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """Situations that change alike. `voor` and `na`: the outcome fields that differ; `grens`: the limit before and
    after where it differs; `anders`: what else of the rules differs."""

    voor: Mapping[str, str]
    na: Mapping[str, str]
    grens: tuple[Limit | None, Limit | None] | None
    anders: tuple[str, ...]
    regels_voor: tuple[str, ...]
    regels_na: tuple[str, ...]
    situaties: tuple[Mapping[str, Box], ...]


def change_days(base: RuleBase, decision: Decision) -> Iterator[ChangeDay]:
    """Every day after the decision's first on which a rule of it, or of one underneath, begins or ends."""
    for dag, group in groupby(timeline(base, decision.id), key=lambda turn: turn.dag):
        turns = list(group)
        own = next((turn for turn in turns if turn.besluit is decision), None)
        before = dag - timedelta(days=1)
        yield ChangeDay(
            before,
            dag,
            tuple(rule.id for rule in own.begint) if own else (),
            tuple(rule.id for rule in own.vervalt) if own else (),
            own.vastgelegd if own else {},
            tuple(turn.besluit for turn in turns if turn.besluit is not decision),
            tuple(changes_between((base, before), (base, dag), decision)),
        )


def changes_between(
    before: tuple[RuleBase, date], after: tuple[RuleBase, date], decision: Decision
) -> Iterator[Change] | Iterator[CheckChange]:
    """What differs in a decision, or of a checklist in each of its rules."""
    return (changed_checks if decision.verzamel else changed_situations)(before, after, decision.id)


def shifts(changes: tuple[Change, ...]) -> Iterator[Shift]:
    """The changes grouped by what a reader notices: the outcome, the limit, and what else differs."""
    groups: dict[object, list[Change]] = {}
    for change in changes:
        fields = tuple((n, change.voor.dan[n], change.na.dan[n]) for n in _fields(change))
        groups.setdefault((fields, _limits(change), _others(change)), []).append(change)
    for group in groups.values():
        first = group[0]
        yield Shift(
            {name: first.voor.dan[name] for name in _fields(first)},
            {name: first.na.dan[name] for name in _fields(first)},
            _limits(first),
            _others(first),
            tuple(dict.fromkeys(c.voor.id for c in group)),
            tuple(dict.fromkeys(c.na.id for c in group)),
            tuple(situation for c in group for situation in c.situaties),
        )


def _fields(change: Change) -> list[str]:
    return [name for name, value in change.voor.dan.items() if value != change.na.dan[name]]


def _limits(change: Change) -> tuple[Limit | None, Limit | None] | None:
    limits = change.voor.grens, change.na.grens
    return limits if limits[0] != limits[1] else None


def _others(change: Change) -> tuple[str, ...]:
    parts = {
        "termijnen": "de termijnen",
        "voorwaarden": "de voorwaarden",
        "regelen": "wat te regelen valt",
        "praktijk": "de praktijk",
    }
    return tuple(words for part, words in parts.items() if getattr(change.voor, part) != getattr(change.na, part))
