"""From tables to cells: every decision as a diagram over the segments of its inputs.

`compile_decision` lays the decisions that a decision rests on inside it, so that its diagram is a function of
plain inputs only. Validity is one more condition, on `peildatum`, so one diagram covers every day.
A leaf holds the id of the rule that decides, or a `Fault`, or IMPOSSIBLE.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache, reduce

from aanspraak.engine.axes import Axis, cut_axes
from aanspraak.engine.diagram import Diagrams, Ref
from aanspraak.engine.graph import inputs_of, outcomes_used
from aanspraak.engine.model import (
    PEILDATUM,
    Box,
    Decision,
    Rule,
    RuleBase,
    RuleError,
    contains,
)

IMPOSSIBLE = "onmogelijk"
"""The leaf of situations that cannot exist."""

Facts = Mapping[str, str | int | date]


@dataclass(frozen=True, slots=True)
class Fault:
    """No rule (empty) or several rules for one situation."""

    rules: frozenset[str] = frozenset()


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

    Raises RuleError when some situation has no rule or several: `proof` tells which.
    """
    return _faultless(compile_unchecked(base, name, given))


def compile_unchecked(base: RuleBase, name: str, given: frozenset[str] = frozenset()) -> Table:
    """As `compile_decision`, with the faults left in as leaves."""
    return _compile((base,), name, given)[0]


def compile_together(bases: Sequence[RuleBase], name: str) -> list[Table]:
    """The same decision of several rule bases over the same axes and diagrams, so that they can be compared."""
    return [_faultless(table) for table in _compile(bases, name, frozenset())]


def _compile(bases: Sequence[RuleBase], name: str, given: frozenset[str]) -> list[Table]:
    names = list(dict.fromkeys(n for base in bases for n in inputs_of(base, base.decision(name), given)))
    axes = tuple(cut_axes(bases, name, names, given))
    levels = {axis.name: level for level, axis in enumerate(axes)}
    widths = [axis.width for axis in axes]
    for base in bases:
        for outcome in outcomes_used(base, base.decision(name), given):
            if outcome not in levels:
                levels[outcome] = len(levels)
                widths.append(len(base.concept(outcome).waarden) + 1)
    diagrams = Diagrams(widths)
    tables = []
    for base in bases:
        build = _Builder(base, given, axes, levels, diagrams)
        rules = build.table(base.decision(name))
        root = diagrams.combine(lambda v, ok: v if ok else IMPOSSIBLE, rules, build.domain())
        tables.append(Table(base, base.decision(name), axes, diagrams, root))
    return tables


def _faultless(table: Table) -> Table:
    for fault in table.diagrams.values(table.root):
        if isinstance(fault, Fault):
            clash = f"de regels {', '.join(sorted(fault.rules))} spreken elkaar tegen"
            what = clash if fault.rules else "niet elke situatie heeft een regel"
            raise RuleError([f"Besluit «{table.decision.id}»: {what}. `aanspraak regels bewijs` toont waar."])
    return table


@dataclass
class _Builder:
    """Makes the diagram of a decision: first over its own conditions, with a level for each outcome it rests on
    (the last segment for «no outcome»), and then with the decision that gives the outcome in place of that level."""

    base: RuleBase
    given: frozenset[str]
    axes: tuple[Axis, ...]
    levels: Mapping[str, int]
    diagrams: Diagrams
    done: dict[str, Ref] = field(default_factory=dict)

    def table(self, decision: Decision) -> Ref:
        """The decision as a diagram of rule ids and faults; outside its validity, IMPOSSIBLE."""
        if decision.id not in self.done:
            self.done[decision.id] = self._table(decision)
        return self.done[decision.id]

    def _table(self, decision: Decision) -> Ref:
        d = self.diagrams
        matched = d.leaf(frozenset())
        for rule in decision.regels:
            here = self.all_of({**rule.als, PEILDATUM: (rule.geldig,)})
            only = frozenset({rule.id})
            matched = d.combine(frozenset.union, matched, d.map({True: only, False: frozenset()}.__getitem__, here))
        beaten_by = {r.id: r.in_afwijking_van for r in decision.regels}

        def decide(ids: frozenset[str]) -> str | Fault:
            left = ids - frozenset().union(*(beaten_by[r] for r in ids))
            return next(iter(left)) if len(left) == 1 else Fault(left)

        valid = self.all_of({PEILDATUM: (decision.geldig,)})
        root = d.combine(lambda v, ok: v if ok else IMPOSSIBLE, d.map(decide, matched), valid)
        for name in dict.fromkeys(n for rule in decision.regels for n in rule.als):
            if maker := self._maker(name):
                root = d.substitute(root, self.levels[name], self._outcome(maker, name))
        return root

    def _outcome(self, maker: Decision, name: str) -> Ref:
        """The outcome of a decision as the segments of its level."""
        values = list(self.base.concept(name).waarden)
        segment = {rule.id: values.index(rule.dan[name]) for rule in maker.regels}
        return self.diagrams.map(lambda rule: segment.get(rule, len(values)), self.table(maker))

    def domain(self) -> Ref:
        """True for the situations that can exist."""
        d = self.diagrams
        names = {axis.name for axis in self.axes}
        possible = d.leaf(True)
        for impossible in self.base.onmogelijk:
            if names.issuperset(impossible.als):
                possible = d.combine(lambda ok, bad: ok and not bad, possible, self.all_of(impossible.als))
        return possible

    def all_of(self, conditions: Mapping[str, Box]) -> Ref:
        d = self.diagrams
        tests = [self._test(name, box) for name, box in conditions.items()]
        return reduce(lambda a, b: d.combine(lambda x, y: x and y, a, b), tests, d.leaf(True))

    def _test(self, name: str, box: Box) -> Ref:
        level = self.levels[name]
        if self._maker(name):
            values = list(self.base.concept(name).waarden)
            return self.diagrams.test(level, lambda s: s < len(values) and values[s] in box)
        return self.diagrams.test(level, lambda s: contains(box, self.axes[level].sample(s)))

    def _maker(self, name: str) -> Decision | None:
        return None if name in self.given else self.base.producer(name)
