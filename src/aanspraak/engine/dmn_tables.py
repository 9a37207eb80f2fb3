"""The tables of a DMN document: of a decision and those under it the rules of one day as rows, in the order in which
they go before each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from aanspraak.engine.model import Box, Decision, Rule, RuleBase, contains, subtract

RULE, CONSEQUENCE = "regel", "gevolg"
"""The outputs that are no outcome fields."""


@dataclass(frozen=True, slots=True)
class DmnTable:
    """A decision on the day: its rules as rows, those that go before others first, and the inputs they test."""

    decision: Decision
    rows: tuple[Rule, ...]
    inputs: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return (RULE, CONSEQUENCE) if self.decision.verzamel else (RULE, *self.decision.uitkomst)

    @property
    def policy(self) -> str:
        if self.decision.verzamel:
            return "COLLECT"
        ids = {rule.id for rule in self.rows}
        return "FIRST" if any(rule.in_afwijking_van & ids for rule in self.rows) else "UNIQUE"


def dmn_tables(base: RuleBase, decision: Decision, day: int, done: set[str]) -> Iterator[DmnTable]:
    """The decisions that matter on the day, those underneath first."""
    done.add(decision.id)
    rules = [rule for rule in decision.regels if contains((rule.geldig,), day)]
    rows = tuple(_apart(base, rules) if decision.verzamel else _rows(rules))
    inputs = tuple(dict.fromkeys(name for rule in rows for name in rule.als))
    for name in inputs:
        maker = base.producer(name)
        if maker and maker.id not in done:
            yield from dmn_tables(base, maker, day, done)
    yield DmnTable(decision, rows, inputs)


def _rows(rules: Sequence[Rule]) -> Iterator[Rule]:
    """The rules in the order of the file, save that a rule stands after those that go before it."""
    done: set[str] = set()

    def place(rule: Rule) -> Iterator[Rule]:
        if rule.id not in done:
            done.add(rule.id)
            for other in rules:
                if rule.id in other.in_afwijking_van:
                    yield from place(other)
            yield rule

    for rule in rules:
        yield from place(rule)


def _apart(base: RuleBase, rules: Sequence[Rule]) -> Iterator[Rule]:
    """The rules without the situations of those that go before them; a rule then has several rows, or none."""
    for rule in rules:
        left = [rule.als]
        for other in rules:
            if rule.id in other.in_afwijking_van:
                left = [rest for als in left for rest in _without(base, als, other.als)]
        yield from (replace(rule, als=als) for als in left)


def _without(base: RuleBase, als: Mapping[str, Box], other: Mapping[str, Box]) -> Iterator[Mapping[str, Box]]:
    """The situations in which the one holds and the other does not, as conditions that exclude each other."""
    both = dict(als)
    for name, box in other.items():
        here = both.get(name, base.concept(name).domain)
        if rest := subtract(here, box):
            yield {**both, name: rest}
        both[name] = subtract(here, rest)
        if not both[name]:
            return
