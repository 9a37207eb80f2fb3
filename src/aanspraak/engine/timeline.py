"""The days on which the rules of a decision change: which begin, which end, and since when that was known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from aanspraak.engine.graph import decisions_under
from aanspraak.engine.model import FIRST_DAY, Decision, Rule, RuleBase


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which rules of a decision begin, or are over. `vastgelegd`: rule id → the day on which that was
    recorded, where it was not always known."""

    dag: date
    besluit: Decision
    begint: tuple[Rule, ...]
    vervalt: tuple[Rule, ...]
    vastgelegd: dict[str, date]


def timeline(base: RuleBase, name: str) -> Iterator[Turn]:
    """Every turn of a decision and of those it rests on, from the day after its first to its last: by day, and on a
    day those underneath first."""
    top = base.decision(name)
    found = (turn for decision in decisions_under(base, top) for turn in _turns(base, decision))
    within = (turn for turn in found if top.geldig[0] < turn.dag.toordinal() <= top.geldig[1])
    return iter(sorted(within, key=lambda turn: turn.dag))


def _turns(base: RuleBase, decision: Decision) -> Iterator[Turn]:
    for day in {day for rule in decision.regels for day in (rule.geldig[0], rule.geldig[1] + 1)}:
        begin = tuple(rule for rule in decision.regels if rule.geldig[0] == day)
        end = tuple(rule for rule in decision.regels if rule.geldig[1] + 1 == day)
        known = {rule.id: _recorded(base, decision, rule, 0) for rule in begin}
        known |= {rule.id: _recorded(base, decision, rule, 1) for rule in end}
        recorded = {rule: date.fromordinal(first) for rule, first in known.items() if first > FIRST_DAY}
        yield Turn(date.fromordinal(day), decision, begin, end, recorded)


def _recorded(base: RuleBase, decision: Decision, rule: Rule, edge: int) -> int:
    """Since when it was known that the rule begins (edge 0) or ends (edge 1) on the day it does."""
    versions = (rule, *base.ooit.get(decision.id, decision).regels)
    return min(r.vastgelegd[0] for r in versions if r.id == rule.id and r.geldig[edge] == rule.geldig[edge])
