"""A decision over a file of cases inside DuckDB: read, checked, decided and written, a row out for every row in.

The columns that the decision needs are recognised by their name; every column passes through as it stands. A wrong
value stops the run before anything is written. Rows count from 1, the first one under the heading.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import duckdb
from sqlglot import exp, parse_one

from aanspraak.engine.axes import Axis
from aanspraak.engine.casefile import SHOWN, VIEW, CaseFile, DataError, open_cases, readable
from aanspraak.engine.cells import Table, compile_decision
from aanspraak.engine.columns import Dialect, decision_query, outcome_column
from aanspraak.engine.model import PEILDATUM, Concept, RuleBase, UserError

CASES = "gevallen"
"""The relation that is decided: every input column as `_in_<number>`, and what the decision needs, typed."""

ROW = "_rij"

_TEXT = "NULLIF(TRIM(CAST(:raw AS TEXT)), '')"
_TYPED = {
    "keuze": ":text",
    "ja_nee": "CASE LOWER(:text) WHEN 'true' THEN 'ja' WHEN 'false' THEN 'nee' ELSE :text END",
    "getal": r"CASE WHEN REGEXP_FULL_MATCH(:text, '-?[0-9]+(\.0+)?') "
    "THEN TRY_CAST(SPLIT_PART(:text, '.', 1) AS BIGINT) END",
    "datum": "CAST(COALESCE(TRY_STRPTIME(:text, '%Y-%m-%d'), TRY_STRPTIME(:text, '%d-%m-%Y'), "
    "TRY_STRPTIME(:text, '%Y-%m-%d 00:00:00')) AS DATE)",
}
_AS_IT_IS = {"getal": ("TINYINT", "SMALLINT", "INTEGER", "BIGINT"), "datum": ("DATE",)}


@dataclass(frozen=True, slots=True)
class Run:
    """A decision laid on a file. `used` are the columns it needs and finds; with `peildatum` None the file has it."""

    cases: CaseFile
    table: Table
    used: tuple[str, ...]
    peildatum: date | None

    @property
    def absent(self) -> tuple[str, ...]:
        """The inputs without a column: unknown for every row."""
        names = (axis.name for axis in self.table.axes)
        return tuple(name for name in names if name not in self.used and name != PEILDATUM)

    @property
    def added(self) -> tuple[str, ...]:
        """The columns that the run adds: the rule id, then the outcomes."""
        decision = self.table.decision
        return (f"{decision.id}_regel", *(outcome_column(self.table, field) for field in decision.uitkomst))


def prepare(
    con: duckdb.DuckDBPyConnection, base: RuleBase, name: str, cases: CaseFile, peildatum: date | None, today: date
) -> Run:
    """Lay a decision on a file: `peildatum` for all rows, else a column of that name, else `today`.

    Raises DataError for columns that miss, clash or are filled in part; UserError for two kinds of peildatum.
    """
    if peildatum and PEILDATUM in cases.columns:
        raise UserError(f"{cases.path}: heeft al een kolom peildatum; laat --peildatum weg, of haal de kolom weg.")
    given = frozenset(_given(con, base, name, cases))
    table = compile_decision(base, name, given)
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
    own = base.decision(name).uitkomst
    found = []
    for column in (c for c in cases.columns if c not in own and base.producer(c)):
        text = _text(column)
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
    return decision_query(run.table, CASES, columns, dialect=dialect, peildatum=run.peildatum)


def typed(run: Run, dialect: Dialect = "duckdb") -> exp.Select:
    """The relation CASES out of the file, in DuckDB's SQL. Spark keeps no order: for it, rows get their number."""
    raw = [exp.alias_(exp.column(c, quoted=True), alias) for c, alias in zip(run.cases.columns, _raw(run), strict=True)]
    values = [exp.alias_(_typed(a.concept, run.cases.columns[a.name]), a.name, quoted=True) for a in _axes(run)]
    return exp.select(*raw, *values, *([_row_number()] if dialect == "spark" else [])).from_(VIEW)


def output(run: Run, decided: exp.Select) -> exp.Select:
    """The columns of the input under their own names, then the added ones."""
    raw = [exp.alias_(exp.column(alias), c, quoted=True) for c, alias in zip(run.cases.columns, _raw(run), strict=True)]
    return exp.select(*raw, *(exp.column(c, quoted=True) for c in run.added)).from_(decided.subquery("besloten"))


def _raw(run: Run) -> list[str]:
    return [f"_in_{i}" for i in range(len(run.cases.columns))]


def _row_number() -> exp.Expression:
    return _fill(f"row_number() OVER () AS {ROW}")


def check(con: duckdb.DuckDBPyConnection, run: Run) -> int:
    """The number of rows. Raises DataError with every kind of wrong value, counted, and the first places."""
    wrong = {axis.name: _wrong(axis, run.cases.columns[axis.name]) for axis in _axes(run)}
    counts = [exp.Filter(this=exp.Count(this=exp.Star()), expression=exp.Where(this=w)) for w in wrong.values()]
    rows, *found = con.execute(exp.select("count(*)", *counts).from_(VIEW).sql("duckdb")).fetchall()[0]
    if not any(found):
        return int(rows)
    lines = [f"{run.cases.path}: {sum(found)} foute waarden; er is niets geschreven."]
    left = SHOWN
    for axis, count in zip(_axes(run), found, strict=True):
        if count:
            lines.append(f"  kolom {axis.name} ({axis.concept.naam}), {count}×: {_remedy(axis)}")
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
    con.execute(exp.Create(this=exp.to_table(CASES), kind="VIEW", expression=typed(run)).sql("duckdb"))
    with readable(run.cases):
        save(con.sql(output(run, query(run)).sql("duckdb")), run, target)


def save(relation: duckdb.DuckDBPyRelation, run: Run, target: Path) -> None:
    """Write Parquet or CSV, as the name of the file says."""
    if target.suffix == ".parquet":
        relation.write_parquet(str(target), compression="zstd")
    else:
        relation.write_csv(str(target), sep=run.cases.delimiter or ";", header=True)


def counts(con: duckdb.DuckDBPyConnection, run: Run, target: Path) -> list[tuple[str, int]]:
    """How many rows of a written output each rule id has."""
    written = open_cases(con, target, view="uitkomst")
    rule = exp.column(f"{run.table.decision.id}_regel", quoted=True)
    grouped = exp.select(rule, "count(*)").from_("uitkomst").group_by(rule).order_by("2 DESC", rule)
    with readable(written):
        return con.execute(grouped.sql("duckdb")).fetchall()


def row_values(con: duckdb.DuckDBPyConnection, base: RuleBase, cases: CaseFile, row: int) -> dict[str, object]:
    """The facts in one row of a file: name → value, or the text as it stands where it is not of the concept's kind."""
    names = [c for c in cases.columns if c in base.begrippen or c == PEILDATUM]
    values = [e for n in names for e in (_typed(base.concept(n), cases.columns[n]), _text(n))]
    found = con.execute(exp.select("1", *values).from_(VIEW).limit(1).offset(row - 1).sql("duckdb")).fetchone()
    if row < 1 or found is None:
        (rows,) = con.execute(exp.select("count(*)").from_(VIEW).sql("duckdb")).fetchall()[0]
        raise DataError(f"{cases.path}: heeft geen rij {row}; kies een rij van 1 tot en met {rows}.")
    both = zip(names, found[1::2], found[2::2], strict=True)
    return {name: text if value is None else value for name, value, text in both if text is not None}


def _axes(run: Run) -> list[Axis]:
    return [axis for axis in run.table.axes if axis.name in run.used]


def _text(column: str) -> exp.Expression:
    return _fill(_TEXT, raw=exp.column(column, quoted=True))


def _typed(concept: Concept, physical: str) -> exp.Expression:
    if physical in _AS_IT_IS.get(concept.soort, ()):
        return exp.column(concept.id, quoted=True)
    return _fill(_TYPED[concept.soort], text=_text(concept.id))


def _wrong(axis: Axis, physical: str) -> exp.Expression:
    value = _typed(axis.concept, physical)
    if axis.values:
        good: exp.Expression = value.isin(*axis.values)
    else:
        low, high = (_constant(axis.concept, n) for n in (axis.concept.van, axis.concept.tot))
        good = value.between(low, high)
    return _fill(":text IS NOT NULL AND NOT COALESCE(:good, FALSE)", text=_text(axis.name), good=good)


def _constant(concept: Concept, number: int) -> exp.Expression:
    if concept.soort != "datum":
        return exp.Literal.number(number)
    return exp.cast(exp.Literal.string(date.fromordinal(number).isoformat()), "DATE")


def _remedy(axis: Axis) -> str:
    if axis.values:
        return f"kies uit {', '.join(axis.values)}; laat leeg wat niet bekend is"
    if axis.concept.soort == "datum":
        return "schrijf een datum als jjjj-mm-dd; laat leeg wat niet bekend is"
    return f"geef een heel getal van {axis.concept.van} tot en met {axis.concept.tot}; laat leeg wat niet bekend is"


def _fill(template: str, **parts: exp.Expression) -> exp.Expression:
    return cast(exp.Expression, exp.replace_placeholders(parse_one(template, dialect="duckdb"), **parts))
