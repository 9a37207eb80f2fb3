"""A decision over a file of cases inside DuckDB: read, checked, decided and written, a row out for every row in.

The columns that the decision needs are recognised by their name; every column passes through as it stands. A wrong
value stops the run before anything is written. Rows count from 1, the first one under the heading.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
from sqlglot import exp

from aanspraak.engine import casevalues
from aanspraak.engine.axes import Axis
from aanspraak.engine.casefile import SHOWN, VIEW, CaseFile, DataError, open_cases
from aanspraak.engine.cells import Table
from aanspraak.engine.checklist import Checklist, compile_any
from aanspraak.engine.checklist_columns import checklist_query, open_column, rules_column
from aanspraak.engine.columns import Dialect, decision_query, outcome_column
from aanspraak.engine.graph import outcomes_used
from aanspraak.engine.model import PEILDATUM, RuleBase, UserError

CASES = "gevallen"
"""The relation that is decided: every input column as `_in_<number>`, and what the decision needs, typed."""

ROW = "_rij"


@dataclass(frozen=True, slots=True)
class Run:
    """A decision laid on a file. `used` are the columns it needs and finds; with `peildatum` None the file has it."""

    cases: CaseFile
    table: Table | Checklist
    used: tuple[str, ...]
    peildatum: date | None

    @property
    def absent(self) -> tuple[str, ...]:
        """The inputs without a column: unknown for every row."""
        names = (axis.name for axis in self.table.axes)
        return tuple(name for name in names if name not in self.used and name != PEILDATUM)

    @property
    def added(self) -> tuple[str, ...]:
        """The columns that the run adds: the rule id, then the outcomes; of a checklist the rules that match, then
        those that still can."""
        if isinstance(self.table, Checklist):
            return (rules_column(self.table), open_column(self.table))
        decision = self.table.decision
        return (f"{decision.id}_regel", *(outcome_column(self.table, field) for field in decision.uitkomst))

    @property
    def told(self) -> tuple[str, ...]:
        """The added columns that hold rule ids."""
        return self.added if isinstance(self.table, Checklist) else self.added[:1]


def prepare(
    con: duckdb.DuckDBPyConnection, base: RuleBase, name: str, cases: CaseFile, peildatum: date | None, today: date
) -> Run:
    """Lay a decision on a file: `peildatum` for all rows, else a column of that name, else `today`.

    Raises DataError for columns that miss, clash or are filled in part; UserError for two kinds of peildatum.
    """
    if peildatum and PEILDATUM in cases.columns:
        raise UserError(f"{cases.path}: heeft al een kolom peildatum; laat --peildatum weg, of haal de kolom weg.")
    given = frozenset(_given(con, base, name, cases))
    table = compile_any(base, name, given)
    inputs = [axis.name for axis in table.axes]
    alike = {column.strip().casefold(): column for column in cases.columns}
    for wrong in (alike[n] for n in inputs if n not in cases.columns and n in alike):
        raise DataError(f"{cases.path}: kolom «{wrong}» lijkt op «{wrong.strip().casefold()}»; schrijf haar zo.")
    used = tuple(n for n in inputs if n in cases.columns)
    if not set(used) - {PEILDATUM}:
        raise DataError(
            f"{cases.path}: geen enkele kolom is een gegeven van besluit «{name}». "
            f"Noem de kolommen zoals de gegevens heten: {', '.join(n for n in inputs if n != PEILDATUM)}."
        )
    run = Run(cases, table, used, None if PEILDATUM in used else peildatum or today)
    if clash := sorted(set(run.added) & cases.columns.keys()):
        raise DataError(
            f"{cases.path}: de uitvoer krijgt ook een kolom {', '.join(clash)}; geef die in de invoer een andere naam."
        )
    return run


def _given(con: duckdb.DuckDBPyConnection, base: RuleBase, name: str, cases: CaseFile) -> list[str]:
    """Outcomes of decisions underneath that the file gives itself."""
    under = set(outcomes_used(base, base.decision(name)))
    found = []
    for column in (c for c in cases.columns if c in under):
        text = casevalues.text(column)
        filled, rows = con.execute(exp.select(exp.Count(this=text), "count(*)").from_(VIEW).sql("duckdb")).fetchall()[0]
        if 0 < filled < rows:
            raise DataError(
                f"{cases.path}: kolom «{column}» is een tussenuitkomst en leeg bij {rows - filled} van {rows} rijen; "
                "vul haar overal in, of haal de kolom weg zodat zij wordt afgeleid."
            )
        if filled:
            found.append(column)
    return found


def query(run: Run, dialect: Dialect = "duckdb") -> exp.Select:
    """The decision over the relation CASES: all its columns and the added ones."""
    columns = [*_raw(run), *run.used, *([ROW] if dialect == "spark" else [])]
    if isinstance(run.table, Checklist):
        return checklist_query(run.table, CASES, columns, dialect=dialect, peildatum=run.peildatum)
    return decision_query(run.table, CASES, columns, dialect=dialect, peildatum=run.peildatum)


def relation(run: Run, dialect: Dialect = "duckdb") -> exp.Select:
    """The relation CASES out of the file, in DuckDB's SQL. Spark keeps no order: for it, rows get their number."""
    raw = [exp.alias_(exp.column(c, quoted=True), alias) for c, alias in zip(run.cases.columns, _raw(run), strict=True)]
    values = [
        exp.alias_(casevalues.typed(a.concept, run.cases.columns[a.name]), a.name, quoted=True) for a in _axes(run)
    ]
    return exp.select(*raw, *values, *([_row_number()] if dialect == "spark" else [])).from_(VIEW)


def output(run: Run, decided: exp.Select) -> exp.Select:
    """The columns of the input under their own names, then the added ones."""
    raw = [exp.alias_(exp.column(alias), c, quoted=True) for c, alias in zip(run.cases.columns, _raw(run), strict=True)]
    return exp.select(*raw, *(exp.column(c, quoted=True) for c in run.added)).from_(decided.subquery("besloten"))


def _raw(run: Run) -> list[str]:
    return [f"_in_{i}" for i in range(len(run.cases.columns))]


def _row_number() -> exp.Expression:
    return casevalues.fill(f"row_number() OVER () AS {ROW}")


def check(con: duckdb.DuckDBPyConnection, run: Run) -> int:
    """The number of rows. Raises DataError with every kind of wrong value, counted, and the first places."""
    wrong = {axis.name: casevalues.wrong(axis, run.cases.columns[axis.name]) for axis in _axes(run)}
    counts = [exp.Filter(this=exp.Count(this=exp.Star()), expression=exp.Where(this=w)) for w in wrong.values()]
    rows, *found = con.execute(exp.select("count(*)", *counts).from_(VIEW).sql("duckdb")).fetchall()[0]
    if not any(found):
        return int(rows)
    lines = [f"{run.cases.path}: foute waarden: {sum(found)}; er is niets geschreven."]
    left = SHOWN
    for axis, count in zip(_axes(run), found, strict=True):
        if count:
            lines.append(f"  kolom {axis.name} ({axis.concept.naam}), {count}×: {casevalues.remedy(axis)}")
            lines += (places := [f"    rij {n}: «{v}»" for n, v in _places(con, axis.name, wrong[axis.name], left)])
            left -= len(places)
    if (hidden := sum(found) - SHOWN) > 0:
        lines.append(f"  … en nog {hidden}.")
    raise DataError("\n".join(lines))


def _places(con: duckdb.DuckDBPyConnection, column: str, wrong: exp.Expression, limit: int) -> list[tuple[int, str]]:
    raw = exp.column(column, quoted=True)
    numbered = exp.select("*", _row_number()).from_(VIEW).subquery("genummerd")
    first = exp.select(ROW, exp.cast(raw, "VARCHAR")).from_(numbered).where(wrong).order_by(ROW).limit(limit)
    return con.execute(first.sql("duckdb")).fetchall()


def write(con: duckdb.DuckDBPyConnection, run: Run, target: Path) -> None:
    """Decide every row and write the output, in the order of the input."""
    con.execute(exp.Create(this=exp.to_table(CASES), kind="VIEW", expression=relation(run)).sql("duckdb"))
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


def _axes(run: Run) -> list[Axis]:
    return [axis for axis in run.table.axes if axis.name in run.used]
