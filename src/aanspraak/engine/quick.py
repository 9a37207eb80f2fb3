"""The quick way to decide rows that have what they need: the decisions one upon the other, each a few look-ups.

Every step adds a column to the ones before: the number of the leaf where the row is decided, a state below zero where
it goes on, NULL where an input that it needs is unknown. A decision underneath is only worked out for the rows that
need its outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlglot import exp

from aanspraak.engine.axes import Axis
from aanspraak.engine.builder import Builder
from aanspraak.engine.cells import Table
from aanspraak.engine.chain import Block, chain
from aanspraak.engine.diagram import Diagrams, Ref
from aanspraak.engine.graph import inputs_of
from aanspraak.engine.lookups import Dialect, look_up, segment
from aanspraak.engine.model import PEILDATUM, Decision

_FEW = 4
"""Inputs that a decision may rest on to be worked out for every row: that costs less than telling the rows apart."""
_FIRST = exp.Literal.number(0)


@dataclass
class QuickWay:
    """The steps of a decision: column → expression over the relation and the steps before, in order. `columns` are
    those of the relation, `known` the inputs with the same segment in every row."""

    table: Table
    columns: Collection[str]
    known: Mapping[str, int]
    dialect: Dialect
    steps: dict[str, exp.Expression] = field(default_factory=dict)

    def decide(self, number: Callable[[str], int]) -> exp.Expression | None:
        """The number of the leaf (a rule id or IMPOSSIBLE) that `number` gives it, NULL for rows that this way does
        not decide. None where it decides nothing."""
        builder = self._apart(self.table.decision, [axis.name for axis in self.table.axes])
        root = builder.root(self.table.decision, own=True)
        column, complete = self._follow(builder, root, lambda leaf: number(leaf) if isinstance(leaf, str) else 0, None)
        if column is None or complete:
            return column
        decided = exp.GT(this=column, expression=exp.Literal.number(0))
        return exp.Case().when(decided, column.copy())

    def _follow(
        self,
        builder: Builder,
        root: Ref,
        number: Callable[[object], int],
        guard: exp.Expression | None,
        apart: bool = True,
    ) -> tuple[exp.Expression | None, bool]:
        """What decides, and whether it decides all; a step of its own, for the rows where `guard` goes on, or not
        `apart` and for every row."""
        names = list(builder.levels)
        root = builder.diagrams.fix(root, {names.index(name): at for name, at in self.known.items() if name in names})
        if root < 0:
            return exp.Literal.number(number(builder.diagrams.value(root))), True
        dear = frozenset(level for level, name in enumerate(names) if self._is_dear(builder.maker(name)))
        column: exp.Expression | None = None
        run: list[Block] = []
        for block in chain(builder.diagrams, root, number, dear):
            run.append(block)
            if not block.exit:
                continue
            inputs = [one for each in run for one in each.inputs]
            values = [self._input(builder, names[one.level], one.number, column or guard) for one in inputs]
            there = [value for value in values if value is not None]
            if len(there) < len(values):
                return column, False
            state = exp.Sub(this=exp.Neg(this=column), expression=exp.Literal.number(1)) if column else _FIRST
            found = look_up(run, there, state.copy(), self.dialect)
            if not apart:
                return found, True
            column = self._step(found, column or guard, column)
            run = []
        return column, True

    def _step(
        self, found: exp.Expression, guard: exp.Expression | None, otherwise: exp.Expression | None
    ) -> exp.Expression:
        if guard is not None:
            going_on = exp.LT(this=guard.copy(), expression=exp.Literal.number(0))
            found = exp.Case().when(going_on, found, copy=False)
            found = found.else_(otherwise.copy()) if otherwise is not None else found
        name = f"_{self.table.decision.id}_{len(self.steps)}"
        self.steps[name] = found
        return exp.column(name, quoted=True)

    def _input(
        self, builder: Builder, name: str, number: Sequence[int], guard: exp.Expression | None
    ) -> exp.Expression | None:
        """The number of the segment, from 0; None where the relation lacks what it takes."""
        maker = builder.maker(name)
        if maker is None:
            return segment(self._axis[name], number, self.dialect) if name in self.columns else None
        under = self._apart(maker)
        segments = under.segments(maker, name)
        found, complete = self._follow(  # from 1, for 0 is «not decided»
            under,
            under.own(maker),
            lambda rule: number[segments[rule]] + 1 if rule in segments else 0,
            guard,
            self._is_dear(maker),
        )
        if found is None or not complete:
            return None
        return exp.paren(exp.Sub(this=found, expression=exp.Literal.number(1)), copy=False)

    def _is_dear(self, maker: Decision | None) -> bool:
        return maker is not None and len(inputs_of(self.table.base, maker, self._given)) > _FEW

    def _apart(self, decision: Decision, domain: Iterable[str] = ()) -> Builder:
        """What builds a decision apart from the others: a level for each of its conditions, in the order in which its
        rules mention them, and after them for the inputs of `domain`."""
        base, axis = self.table.base, self._axis
        mentioned = (name for rule in decision.regels for name in rule.als)
        names = list(dict.fromkeys([PEILDATUM, *mentioned, *domain]))
        widths = [axis[name].width if name in axis else len(base.concept(name).waarden) + 1 for name in names]
        levels = {name: level for level, name in enumerate(names)}
        return Builder(base, self._given, self.table.axes, levels, Diagrams(widths))

    @cached_property
    def _axis(self) -> dict[str, Axis]:
        return {axis.name: axis for axis in self.table.axes}

    @cached_property
    def _given(self) -> frozenset[str]:
        """Outcomes that the relation gives itself."""
        return frozenset(name for name in self._axis if self.table.base.producer(name))
