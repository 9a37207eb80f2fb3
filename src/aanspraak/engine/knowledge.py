"""The rules as they were known on a day: a retroactive change is known only from the day it was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from aanspraak.engine.graph import decisions_under
from aanspraak.engine.model import FIRST_DAY, LAST_DAY, Decision, Range, RuleBase, contains


def as_known(base: RuleBase, day: date) -> RuleBase:
    """The rule base with the rules that were recorded on that day (`vastgelegd`), and no others; reforms are laid
    over it afterwards."""
    return replace(base, besluiten=known_on(base.ooit or base.besluiten, day.toordinal()), kennisdatum=day)


def known_now(base: RuleBase, today: date) -> RuleBase:
    """Rules (without reforms) that were read on another day, as known today: a server runs on past the day on which
    other rules become known. The same object as long as nothing changes, so that what is compiled from it is kept."""
    periods = knowledge_periods(base)
    return _known_since(base, next(first for first, last in periods if first <= today.toordinal() <= last))


@lru_cache(maxsize=8)
def _known_since(base: RuleBase, day: int) -> RuleBase:
    """By the first day of a period of knowledge; `base` itself where that is what it holds."""
    then = replace(base, besluiten=known_on(base.ooit or base.besluiten, day))
    names = base.besluiten.keys() | then.besluiten.keys()
    same = all(_versions(base.besluiten.get(name)) == _versions(then.besluiten.get(name)) for name in names)
    return base if same else then


def known_on(decisions: Mapping[str, Decision], day: int) -> dict[str, Decision]:
    """Of every decision the rules known on a day (ordinal); decisions of which none was known are left out."""
    found = {name: _known(decision, day) for name, decision in decisions.items()}
    return {name: decision for name, decision in found.items() if decision.regels}


@lru_cache(maxsize=64)
def knowledge_periods(base: RuleBase) -> tuple[Range, ...]:
    """The periods in which what is known stays the same, first to last."""
    recorded = {r.vastgelegd for decision in (base.ooit or base.besluiten).values() for r in decision.regels}
    starts = sorted({FIRST_DAY} | {day for first, last in recorded for day in (first, last + 1) if day <= LAST_DAY})
    return tuple(zip(starts, [start - 1 for start in starts[1:]] + [LAST_DAY], strict=True))


def known_otherwise(base: RuleBase) -> Iterator[tuple[Range, RuleBase, set[str]]]:
    """The periods in which other rules were known than those of `base`, with these, and the decisions that were
    different then: of their own, or by what they rest on."""
    for period in knowledge_periods(base):
        then = as_known(base, date.fromordinal(period[0]))
        own = {name for name, d in then.besluiten.items() if _versions(d) != _versions(base.besluiten.get(name))}
        names = {d.id for d in then.besluiten.values() if any(u.id in own for u in decisions_under(then, d))}
        if names:
            yield period, then, names


def _versions(decision: Decision | None) -> set[tuple[str, Range]]:
    return {(rule.plaats, rule.geldig) for rule in decision.regels} if decision else set()


def _known(decision: Decision, day: int) -> Decision:
    """The same decision where all of it was known, so that what is equal can be seen to be."""
    rules = [rule for rule in decision.regels if contains((rule.vastgelegd,), day)]
    if len(rules) == len(decision.regels):
        return decision
    ids = {rule.id for rule in rules}
    kept = (replace(rule, in_afwijking_van=rule.in_afwijking_van & ids) for rule in rules)
    return replace(decision, regels=tuple(kept))
