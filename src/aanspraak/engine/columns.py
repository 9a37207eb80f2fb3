"""A decision over a whole table of cases, as one SQL query for DuckDB or Spark.

The diagram becomes a short chain of look-ups. Each input gives a small number, the segment it falls in (the last
one for NULL: unknown). A block of inputs with the state so far indexes an array that holds the next state; the last
state is the verdict. A decision with few inputs is one look-up; every block's array stays small enough to be
fast, and the query grows with the diagram, not with the product of the inputs.

Columns that the table lacks are unknown for every row, and are fixed beforehand.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from itertools import product
from math import prod
from typing import Literal

from sqlglot import exp

from aanspraak.engine.axes import Axis
from aanspraak.engine.cells import Table
from aanspraak.engine.diagram import Diagrams, Ref
from aanspraak.engine.unknown import with_unknown

Dialect = Literal["duckdb", "spark"]

OPEN = "onbekend"
"""The rule id of a row whose unknown inputs can still change the decision."""

_ELEMENT = {"duckdb": "list_extract", "spark": "element_at"}
_BLOCK = 1024
"""Entries an array may have. Anything from 256 to 4096 is as fast; more costs time to plan (docs/snelheid.md)."""


def decision_query(
    table: Table,
    relation: str,
    columns: Collection[str],
    *,
    dialect: Dialect = "duckdb",
    peildatum: date | None = None,
) -> exp.Select:
    """SELECT every column of `relation`, and `<besluit>_regel` and `<besluit>_<veld>` for every outcome field.

    `columns` are the columns of the relation; `peildatum` is one day for all rows, or None for a column of that
    name. The rule id is «a|b» where rules that decide the same are both possible, `onbekend` where it is open (the
    outcomes are then NULL), `onmogelijk` where the inputs cannot go together.
    """
    known = {} if peildatum is None else {0: table.axes[0].segment(peildatum)}
    diagrams, root = with_unknown(table, known)
    root = diagrams.fix(root, {i: axis.width for i, axis in enumerate(table.axes) if axis.name not in columns})
    state, leaves = _chain(table, diagrams, root, dialect)
    name = table.decision.id
    inner = exp.select("*", exp.alias_(state, f"_{name}", copy=False), copy=False).from_(exp.to_table(relation))
    column = exp.column(f"_{name}", quoted=True)
    rules = ["|".join(sorted(leaf)) if isinstance(leaf, frozenset) else leaf or OPEN for leaf in leaves]
    select = exp.select(*(exp.column(c, quoted=True) for c in columns)).select(
        exp.alias_(_element([exp.Literal.string(r) for r in rules], column, dialect), f"{name}_regel", quoted=True)
    )
    for field in table.decision.uitkomst:
        values = [
            exp.Literal.string(table.rules[next(iter(leaf))].dan[field]) if isinstance(leaf, frozenset) else exp.null()
            for leaf in leaves
        ]
        select = select.select(exp.alias_(_element(values, column, dialect), outcome_column(table, field), quoted=True))
    return select.from_(inner.subquery("beslist", copy=False), copy=False)


def outcome_column(table: Table, field: str) -> str:
    """The column of an outcome field: its name, with the decision's before it unless it begins with that."""
    name = table.decision.id
    return field if field == name else f"{name}_{field}"


def _chain(table: Table, diagrams: Diagrams, root: Ref, dialect: Dialect) -> tuple[exp.Expression, list[object]]:
    """The expression for the final state (from 1), and the leaf of every final state."""
    levels = sorted(diagrams.depends_on(root))
    merged = {level: _merge(diagrams, root, level) for level in levels}
    states: list[Ref] = [root]
    state: exp.Expression | None = None
    while levels:
        size = 1
        while size < len(levels) and len(states) * prod(merged[v][1] for v in levels[: size + 1]) <= _BLOCK:
            size += 1
        block, levels = levels[:size], levels[size:]
        widths = [merged[level][1] for level in block]
        picks = [merged[level][2] for level in block]
        ends: dict[Ref, int] = {}
        entries = []
        for start in states:
            for segments in product(*(range(w) for w in widths)):
                at = {level: pick[s] for level, pick, s in zip(block, picks, segments, strict=True)}
                entries.append(ends.setdefault(_walk(diagrams, start, at), len(ends) + 1))
        index: exp.Expression = (
            exp.Literal.number(0)
            if state is None
            else exp.Paren(this=exp.Sub(this=state, expression=exp.Literal.number(1)))
        )
        for level, width in zip(block, widths, strict=True):
            index = exp.Add(
                this=exp.Mul(this=exp.Paren(this=index), expression=exp.Literal.number(width)),
                expression=_segment(table.axes[level], merged[level][0]),
            )
        state = _element(
            [exp.Literal.number(e) for e in entries],
            exp.Add(this=index, expression=exp.Literal.number(1)),
            dialect,
            "SMALLINT",
        )
        states = list(ends)
    return state or exp.Literal.number(1), [diagrams.value(ref) for ref in states]


def _walk(diagrams: Diagrams, ref: Ref, at: dict[int, int]) -> Ref:
    while ref >= 0 and diagrams.levels[ref] in at:
        ref = diagrams.children[ref][at[diagrams.levels[ref]]]
    return ref


def _merge(diagrams: Diagrams, root: Ref, level: int) -> tuple[list[int], int, list[int]]:
    """Segments that lead to the same everywhere count as one: segment → number, how many, number → a segment."""
    nodes = [diagrams.children[r] for r in diagrams.reach(root) if r >= 0 and diagrams.levels[r] == level]
    numbers: dict[tuple[Ref, ...], int] = {}
    number = [numbers.setdefault(children, len(numbers)) for children in zip(*nodes, strict=True)]
    return number, len(numbers), [number.index(n) for n in range(len(numbers))]


def _segment(axis: Axis, number: Sequence[int]) -> exp.Expression:
    """The number of the segment that a row falls in; NULL falls in the last."""
    column = exp.column(axis.name, quoted=True)
    unknown = number[-1]
    case = exp.Case()
    if axis.values:
        for n in dict.fromkeys(number[:-1]):
            values = [exp.Literal.string(v) for v, m in zip(axis.values, number, strict=False) if m == n]
            if n != unknown:
                case = case.when(exp.In(this=column.copy(), expressions=values), exp.Literal.number(n))
        return case.else_(exp.Literal.number(unknown)) if case.args.get("ifs") else exp.Literal.number(unknown)
    case = case.when(exp.Is(this=column.copy(), expression=exp.null()), exp.Literal.number(unknown))
    for start, here, after in zip(axis.starts[1:], number, number[1:], strict=False):
        if here != after:
            case = case.when(exp.LT(this=column.copy(), expression=_constant(axis, start)), exp.Literal.number(here))
    return case.else_(exp.Literal.number(number[len(axis.starts) - 1]))


def _constant(axis: Axis, number: int) -> exp.Expression:
    if axis.concept.soort != "datum":
        return exp.Literal.number(number)
    return exp.cast(exp.Literal.string(date.fromordinal(number).isoformat()), "DATE")


def _element(
    values: Sequence[exp.Expression], index: exp.Expression, dialect: Dialect, kind: str = "VARCHAR"
) -> exp.Expression:
    array = exp.cast(exp.Array(expressions=list(values)), f"ARRAY<{kind}>", copy=False)
    return exp.Anonymous(this=_ELEMENT[dialect], expressions=[array, index])
