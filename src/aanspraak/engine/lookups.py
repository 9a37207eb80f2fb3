"""The expressions of SQL that the chain of look-ups is made of, for DuckDB and Spark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from sqlglot import exp

from aanspraak.engine.axes import Axis
from aanspraak.engine.chain import Block

Dialect = Literal["duckdb", "spark"]

_ELEMENT = {"duckdb": "list_extract", "spark": "element_at"}
_POSITION = {"duckdb": "list_position", "spark": "array_position"}


def look_up(
    blocks: Sequence[Block], values: Sequence[exp.Expression], state: exp.Expression, dialect: Dialect
) -> exp.Expression:
    """What a run of blocks gives, of which only the last is an exit: a number from its entries; NULL for «not decided
    here», and where an input is NULL. `values` are the numbers of all inputs; `state` is that of the exit
    before, 0 at first."""
    left = iter(values)
    for block in blocks:
        index = state
        for one in block.inputs:
            times = exp.Mul(this=exp.paren(index, copy=False), expression=exp.Literal.number(one.width))
            index = exp.Add(this=times, expression=next(left))
        index = exp.Add(this=index, expression=exp.Literal.number(1))
        state = element(_numbers(block.entries, dialect), index, dialect)
        if block.exit and 0 in block.entries:
            state = exp.Nullif(this=state, expression=exp.Literal.number(0))
    return state


def segment(axis: Axis, number: Sequence[int], dialect: Dialect) -> exp.Expression:
    """The number, from 0, of the segment that a row falls in; NULL for NULL and for a text that is no value."""
    column = exp.column(axis.name, quoted=True)
    if not axis.values:
        return _interval(axis, number, column)
    # functions of one column: DuckDB works them out once for each value of a column with a dictionary
    values = exp.Array(expressions=[exp.Literal.string(v) for v in axis.values])
    position: exp.Expression = exp.Anonymous(this=_POSITION[dialect], expressions=[values, column])
    if dialect == "spark":  # a BIGINT, and 0 for a value that is not there
        position = exp.cast(exp.Nullif(this=position, expression=exp.Literal.number(0)), "INT", copy=False)
    if list(number) == list(range(len(number))):
        return exp.paren(exp.Sub(this=position, expression=exp.Literal.number(1)), copy=False)
    return element(_numbers(number, dialect), position, dialect)


def _interval(axis: Axis, number: Sequence[int], column: exp.Column) -> exp.Expression:
    case = exp.Case()
    for start, here, after in zip(axis.starts[1:], number, number[1:], strict=False):
        if here != after:
            case = case.when(exp.LT(this=column.copy(), expression=_constant(axis, start)), exp.Literal.number(here))
    return case.when(exp.not_(exp.Is(this=column.copy(), expression=exp.null())), exp.Literal.number(number[-1]))


def _constant(axis: Axis, number: int) -> exp.Expression:
    if axis.concept.soort != "datum":
        return exp.Literal.number(number)
    return exp.cast(exp.Literal.string(date.fromordinal(number).isoformat()), "DATE")


def _numbers(numbers: Sequence[int], dialect: Dialect) -> exp.Expression:
    """An array written as text: an engine reads that much sooner than an expression for every number."""
    text = ",".join(map(str, numbers))
    array = exp.Literal.string(f"[{text}]" if dialect == "duckdb" else text)
    split = exp.Anonymous(this="split", expressions=[array, exp.Literal.string(",")])
    return exp.cast(array if dialect == "duckdb" else split, "ARRAY<SMALLINT>", copy=False)


def element(array: exp.Expression, index: exp.Expression, dialect: Dialect) -> exp.Expression:
    """An element of an array, from 1."""
    return exp.Anonymous(this=_ELEMENT[dialect], expressions=[array, index])
