"""How the rules of a decision become a diagram: match, exceptions, validity, the decisions underneath, the domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce

from aanspraak.engine.axes import Axis, cut_axes
from aanspraak.engine.diagram import Diagrams, Ref
from aanspraak.engine.graph import inputs_of, outcomes_used
from aanspraak.engine.model import PEILDATUM, Box, Decision, RuleBase, contains

IMPOSSIBLE = "onmogelijk"
"""The leaf of situations that cannot exist."""


@dataclass(frozen=True, slots=True)
class Fault:
    """No rule (empty) or several rules for one situation."""

    rules: frozenset[str] = frozenset()


def builders(bases: Sequence[RuleBase], name: str, given: frozenset[str]) -> list[Builder]:
    """For each rule base what builds the decision of that name; all over the same axes and diagrams."""
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
    return [Builder(base, given, axes, levels, diagrams) for base in bases]


@dataclass
class Builder:
    """Makes the diagram of a decision: first over its own conditions, with a level for each outcome it rests on
    (the last segment for «no outcome»), and then with the decision that gives the outcome in place of that level."""

    base: RuleBase
    given: frozenset[str]
    axes: tuple[Axis, ...]
    levels: Mapping[str, int]
    diagrams: Diagrams
    done: dict[str, Ref] = field(default_factory=dict)

    def root(self, decision: Decision, *, own: bool = False) -> Ref:
        """A decision on top as a diagram of rule ids and faults; IMPOSSIBLE where the situation cannot exist.
        With `own` over its own conditions, as `own` gives them."""
        rules = self.own(decision) if own else self._table(decision)
        return self.diagrams.combine(lambda v, ok: v if ok else IMPOSSIBLE, rules, self._domain, keeps=True)

    def _under(self, decision: Decision) -> Ref:
        """A decision underneath, built once; what cannot exist is not told apart."""
        if decision.id not in self.done:
            self.done[decision.id] = self._table(decision)
        return self.done[decision.id]

    def _table(self, decision: Decision) -> Ref:
        """The rules over plain inputs; outside the decision's validity, IMPOSSIBLE."""
        root = self.own(decision)
        for name in dict.fromkeys(n for rule in decision.regels for n in rule.als):
            if maker := self.maker(name):
                root = self.diagrams.substitute(root, self.levels[name], self._outcome(maker, name))
        return root

    def own(self, decision: Decision) -> Ref:
        """The rules over the decision's own conditions, where an outcome of another decision has a level of its own;
        outside the decision's validity, IMPOSSIBLE."""
        d = self.diagrams
        matched = d.leaf(frozenset())
        for rule in decision.regels:
            here = self._all_of({**rule.als, PEILDATUM: (rule.geldig,)})
            ids = d.map({True: frozenset({rule.id}), False: frozenset()}.__getitem__, here)
            matched = d.combine(frozenset.union, matched, ids, keeps=frozenset())
        beaten_by = {r.id: r.in_afwijking_van for r in decision.regels}

        def decide(ids: frozenset[str]) -> str | Fault:
            left = ids - frozenset().union(*(beaten_by[r] for r in ids))
            return next(iter(left)) if len(left) == 1 else Fault(left)

        valid = self._all_of({PEILDATUM: (decision.geldig,)})
        return d.combine(lambda v, ok: v if ok else IMPOSSIBLE, d.map(decide, matched), valid, keeps=True)

    def _outcome(self, maker: Decision, name: str) -> Ref:
        """The outcome of a decision as the segments of its level."""
        segment = self.segments(maker, name)
        return self.diagrams.map(
            lambda rule: segment.get(rule, len(self.base.concept(name).waarden)), self._under(maker)
        )

    def segments(self, maker: Decision, name: str) -> dict[str, int]:
        """Rule id → the segment of the outcome it gives."""
        values = list(self.base.concept(name).waarden)
        return {rule.id: values.index(rule.dan[name]) for rule in maker.regels}

    @cached_property
    def _domain(self) -> Ref:
        """True for the situations that can exist."""
        d = self.diagrams
        names = {axis.name for axis in self.axes}
        possible = d.leaf(True)
        for impossible in self.base.onmogelijk:
            if names.issuperset(impossible.als):
                there = self._all_of(impossible.als)
                possible = d.combine(lambda ok, bad: ok and not bad, possible, there, keeps=False)
        return possible

    def _all_of(self, conditions: Mapping[str, Box]) -> Ref:
        d = self.diagrams
        tests = [self._test(name, box) for name, box in conditions.items()]
        return reduce(lambda a, b: d.combine(lambda x, y: x and y, a, b, keeps=True), tests, d.leaf(True))

    def _test(self, name: str, box: Box) -> Ref:
        level = self.levels[name]
        if self.maker(name):
            values = list(self.base.concept(name).waarden)
            return self.diagrams.test(level, lambda s: s < len(values) and values[s] in box)
        axis = next(axis for axis in self.axes if axis.name == name)
        return self.diagrams.test(level, lambda s: contains(box, axis.sample(s)))

    def maker(self, name: str) -> Decision | None:
        """The decision that gives the input; None for a plain input."""
        return None if name in self.given else self.base.producer(name)
