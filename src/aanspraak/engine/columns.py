"""A decision over a whole table of cases, as one SQL query for DuckDB or Spark.

The number of the leaf that a row ends in gives its rule id and outcomes. It comes from chains of look-ups
(chain.py). For rows with what they need filled in, the quick way follows the decisions one upon the other. Where that
gives NULL an input is unknown, and the row goes through the diagram of the whole decision with «unknown» as one more
segment of every input: only that tells when the answer is the same whatever is filled in.

Columns that the table lacks are unknown for every row, and are fixed beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from sqlglot import exp

from aanspraak.engine.builder import IMPOSSIBLE
from aanspraak.engine.cells import Table
from aanspraak.engine.chain import Input, chain
from aanspraak.engine.lookups import Dialect as Dialect
from aanspraak.engine.lookups import element, look_up, segment
from aanspraak.engine.quick import QuickWay
from aanspraak.engine.unknown import Leaf, with_unknown

OPEN = "onbekend"
"""The rule id of a row whose unknown inputs can still change the decision."""


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
    leaves: dict[Leaf, int] = {}

    def number(leaf: Leaf) -> int:
        return leaves.setdefault(leaf, len(leaves) + 1)

    way = QuickWay(table, columns, {table.axes[level].name: at for level, at in known.items()}, dialect)
    quick = way.decide(lambda leaf: number(leaf if leaf == IMPOSSIBLE else frozenset({leaf})))
    exact = _exact(table, columns, known, number, dialect)
    name = table.decision.id
    leaf = exact if quick is None else exp.Coalesce(this=quick, expressions=[exact])
    inner: exp.Table | exp.Subquery = exp.to_table(relation)
    for column, expression in (*way.steps.items(), (f"_{name}", leaf)):
        step = exp.select("*", exp.alias_(expression, column, quoted=True, copy=False), copy=False)
        inner = step.from_(inner, copy=False).subquery("beslist", copy=False)
    select = exp.select(*(exp.column(c, quoted=True) for c in columns))
    for column, texts in _results(table, leaves).items():
        array = exp.cast(exp.Array(expressions=texts), "ARRAY<VARCHAR>", copy=False)
        text = element(array, exp.column(f"_{name}", quoted=True), dialect)
        select = select.select(exp.alias_(text, column, quoted=True), copy=False)
    return select.from_(inner, copy=False)


def outcome_column(table: Table, field: str) -> str:
    """The column of an outcome field: its name, with the decision's before it unless it begins with that."""
    name = table.decision.id
    return field if field == name else f"{name}_{field}"


def _results(table: Table, leaves: Collection[Leaf]) -> dict[str, list[exp.Expression]]:
    """Column → its text for every leaf."""
    rules = ["|".join(sorted(leaf)) if isinstance(leaf, frozenset) else leaf or OPEN for leaf in leaves]
    results: dict[str, list[exp.Expression]] = {f"{table.decision.id}_regel": [*map(exp.Literal.string, rules)]}
    for field in table.decision.uitkomst:
        results[outcome_column(table, field)] = [
            exp.Literal.string(table.rules[min(leaf)].dan[field]) if isinstance(leaf, frozenset) else exp.null()
            for leaf in leaves
        ]
    return results


def _exact(
    table: Table, columns: Collection[str], known: dict[int, int], number: Callable[[Leaf], int], dialect: Dialect
) -> exp.Expression:
    """The number of the leaf for every row."""
    diagrams, root = with_unknown(table, known)
    root = diagrams.fix(root, {i: axis.width for i, axis in enumerate(table.axes) if axis.name not in columns})
    if root < 0:
        return exp.Literal.number(number(diagrams.value(root)))

    def with_null(one: Input) -> exp.Expression:
        *numbers, unknown = one.number
        return exp.Coalesce(
            this=segment(table.axes[one.level], numbers, dialect), expressions=[exp.Literal.number(unknown)]
        )

    blocks = chain(diagrams, root, number)
    return look_up(blocks, [with_null(one) for block in blocks for one in block.inputs], exp.Literal.number(0), dialect)
