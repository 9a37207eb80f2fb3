"""A decision over a file of cases inside DuckDB: read, checked, decided and written, a row out for every row in.

The columns that the decision needs are recognised by their name; every column passes through as it stands. A wrong
value stops the run before anything is written. Rows count from 1, the first one under the heading.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
from sqlglot import exp

from aanspraak.engine import casevalues
from aanspraak.engine.bulk_run import Run, values
from aanspraak.engine.casefile import VIEW, open_cases
from aanspraak.engine.checklist import Checklist
from aanspraak.engine.checklist_columns import checklist_query
from aanspraak.engine.columns import Dialect, decision_query

CASES = "gevallen"
"""The relation that is decided: every input column as `_in_<number>`, and what the decision needs, typed."""

ROW = "_rij"


def query(run: Run, dialect: Dialect = "duckdb") -> exp.Select:
    """The decision over the relation CASES: all its columns and the added ones."""
    columns = [*_raw(run), *values(run), *([ROW] if dialect == "spark" else [])]
    if isinstance(run.table, Checklist):
        return checklist_query(run.table, CASES, columns, dialect=dialect, peildatum=run.peildatum)
    return decision_query(run.table, CASES, columns, dialect=dialect, peildatum=run.peildatum)


def relation(run: Run, dialect: Dialect = "duckdb") -> exp.Select:
    """The relation CASES out of the file, in DuckDB's SQL. Spark keeps no order: for it, rows get their number."""
    raw = [exp.alias_(exp.column(c, quoted=True), alias) for c, alias in zip(run.cases.columns, _raw(run), strict=True)]
    inputs = [exp.alias_(value, name, quoted=True) for name, value in values(run).items()]
    return exp.select(*raw, *inputs, *([_row_number()] if dialect == "spark" else [])).from_(VIEW)


def output(run: Run, decided: exp.Select) -> exp.Select:
    """The columns of the input under their own names, then the added ones."""
    raw = [exp.alias_(exp.column(alias), c, quoted=True) for c, alias in zip(run.cases.columns, _raw(run), strict=True)]
    return exp.select(*raw, *(exp.column(c, quoted=True) for c in run.added)).from_(decided.subquery("besloten"))


def _raw(run: Run) -> list[str]:
    return [f"_in_{i}" for i in range(len(run.cases.columns))]


def _row_number() -> exp.Expression:
    return casevalues.fill(f"row_number() OVER () AS {ROW}")


def write(con: duckdb.DuckDBPyConnection, run: Run, target: Path) -> None:
    """Decide every row and write the output, in the order of the input."""
    view = exp.Create(this=exp.to_table(CASES), kind="VIEW", expression=relation(run), replace=True)
    con.execute(view.sql("duckdb"))
    save(con.sql(output(run, query(run)).sql("duckdb")), run, target)


def save(relation: duckdb.DuckDBPyRelation, run: Run, target: Path) -> None:
    """Write Parquet or CSV, as the name of the file says."""
    if target.suffix == ".parquet":
        relation.write_parquet(str(target), compression="zstd")
    else:
        relation.write_csv(str(target), sep=run.cases.delimiter or ";", header=True)


def counts(con: duckdb.DuckDBPyConnection, target: Path, column: str) -> list[tuple[str, int]]:
    """How many rows of a written output each value of a column of rule ids has."""
    open_cases(con, target, view="uitkomst")
    rule = exp.Coalesce(this=exp.column(column, quoted=True), expressions=[exp.Literal.string("")])
    grouped = exp.select(exp.alias_(rule, "regel"), "count(*)").from_("uitkomst").group_by("1").order_by("2 DESC", "1")
    return con.execute(grouped.sql("duckdb")).fetchall()
