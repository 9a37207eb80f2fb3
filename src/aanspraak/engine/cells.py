"""From tables to cells: every decision as a diagram over the segments of its inputs.

`compile_decision` lays the decisions that a decision rests on inside it, so that its diagram is a function of
plain inputs only. Validity is one more condition, on `peildatum`, so one diagram covers every day.
A leaf holds the id of the rule that decides, or a `Fault`, or IMPOSSIBLE.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from aanspraak.engine.axes import Axis
from aanspraak.engine.builder import IMPOSSIBLE as IMPOSSIBLE
from aanspraak.engine.builder import Builder, builders
from aanspraak.engine.builder import Fault as Fault
from aanspraak.engine.diagram import Diagrams, Ref
from aanspraak.engine.model import Box, Decision, Rule, RuleBase, RuleError

Facts = Mapping[str, str | int | date]


@dataclass(frozen=True)
class Table:
    """A decision over plain inputs: `root` in `diagrams`, level i testing `axes[i]`."""

    base: RuleBase
    decision: Decision
    axes: tuple[Axis, ...]
    diagrams: Diagrams
    root: Ref

    @cached_property
    def level(self) -> dict[str, int]:
        return {axis.name: i for i, axis in enumerate(self.axes)}

    @cached_property
    def tests(self) -> list[tuple[str, Callable[[str | int | date], int]]]:
        """For every level: the input, and what finds the segment of a value."""
        return [(axis.name, axis.segment) for axis in self.axes]

    @cached_property
    def rules(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.decision.regels}

    @cached_property
    def verdicts(self) -> dict[str, int]:
        """Rule id → number of what it decides; rules that decide the same have the same number."""
        numbers: dict[object, int] = {}
        return {r.id: numbers.setdefault(r.verdict, len(numbers)) for r in self.decision.regels}

    def segments(self, facts: Facts) -> dict[int, int]:
        """Known facts as level → segment; facts that this decision does not use are left out."""
        return {
            level: axis.segment(facts[axis.name])
            for level, axis in enumerate(self.axes)
            if facts.get(axis.name) is not None
        }

    def words(self, box: Mapping[int, list[int]]) -> dict[str, Box]:
        """Levels and segments as inputs and cells."""
        return {self.axes[level].name: self.axes[level].box(segments) for level, segments in box.items()}


@lru_cache(maxsize=256)
def compile_decision(base: RuleBase, name: str, given: frozenset[str] = frozenset()) -> Table:
    """The decision as a table over plain inputs; outcome fields in `given` count as plain inputs.

    Raises RuleError when some situation has no rule or several: `proof` tells which. A checklist is no such table:
    `checklist.compile_checklist`.
    """
    if base.decision(name).verzamel:
        raise TypeError(
            f"«{name}» is een lijst (treffer: verzamel): compile_checklist, of collect in plaats van answer"
        )
    return _faultless(compile_unchecked(base, name, given))


def compile_unchecked(base: RuleBase, name: str, given: frozenset[str] = frozenset()) -> Table:
    """As `compile_decision`, with the faults left in as leaves."""
    return _compile((base,), name, given)[0]


@lru_cache(maxsize=64)
def compile_pair(one: RuleBase, other: RuleBase, name: str) -> tuple[Table, Table]:
    """The same decision of two rule bases over the same axes and diagrams, so that they can be compared."""
    if one is other:
        table = compile_decision(one, name)
        return table, table
    first, second = map(_faultless, _compile((one, other), name, frozenset()))
    return first, second


def _compile(bases: Sequence[RuleBase], name: str, given: frozenset[str]) -> list[Table]:
    decisions = [base.decision(name) for base in bases]
    return [table_of(b, d) for b, d in zip(builders(bases, name, given), decisions, strict=True)]


def table_of(builder: Builder, decision: Decision) -> Table:
    """A decision as a table over the builder's axes."""
    return Table(builder.base, decision, builder.axes, builder.diagrams, builder.root(decision))


def _faultless(table: Table) -> Table:
    for fault in table.diagrams.values(table.root):
        if isinstance(fault, Fault):
            clash = f"de regels {', '.join(sorted(fault.rules))} spreken elkaar tegen"
            what = clash if fault.rules else "niet elke situatie heeft een regel"
            raise RuleError([f"Besluit «{table.decision.id}»: {what}. `aanspraak regels bewijs` toont waar."])
    return table
