"""A decision laid on a file of cases: which columns it uses, and which of its inputs follow from dates in the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
from sqlglot import exp

from aanspraak.engine import casevalues
from aanspraak.engine.casefile import VIEW, CaseFile, DataError
from aanspraak.engine.cells import Table
from aanspraak.engine.checklist import Checklist, compile_any
from aanspraak.engine.checklist_columns import open_column, rules_column
from aanspraak.engine.columns import outcome_column
from aanspraak.engine.derived import asked_for
from aanspraak.engine.derived_columns import day_literal, derivable, derived_value, elapsed_sql
from aanspraak.engine.graph import outcomes_used
from aanspraak.engine.model import PEILDATUM, Concept, Derived, RuleBase, UserError


@dataclass(frozen=True, slots=True)
class Run:
    """A decision laid on a file. `used` are the columns it needs and finds; with `peildatum` None the file has it.
    `derived` are the inputs without a column that follow from dates."""

    cases: CaseFile
    table: Table | Checklist
    used: tuple[str, ...]
    derived: tuple[tuple[Concept, Derived], ...]
    peildatum: date | None

    @property
    def absent(self) -> tuple[str, ...]:
        """What has no column, and is unknown for every row."""
        there = {*self.used, PEILDATUM, *(concept.id for concept, _ in self.derived)}
        names = [axis.name for axis in self.table.axes if axis.name not in there]
        return tuple(asked_for(self.table.base, names, {PEILDATUM: date.min}))

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
    derived = tuple((c, how) for c, how in derivable(base, name, {*cases.columns, PEILDATUM}) if c.id in inputs)
    inputs += [day for _, how in derived for day in (how.van, how.tot) if day not in inputs]
    alike = {column.strip().casefold(): column for column in cases.columns}
    for wrong in (alike[n] for n in inputs if n not in cases.columns and n in alike):
        raise DataError(f"{cases.path}: kolom «{wrong}» lijkt op «{wrong.strip().casefold()}»; schrijf haar zo.")
    used = tuple(n for n in inputs if n in cases.columns)
    if not set(used) - {PEILDATUM}:
        raise DataError(
            f"{cases.path}: geen enkele kolom is een gegeven van besluit «{name}». "
            f"Noem de kolommen zoals de gegevens heten: {', '.join(n for n in inputs if n != PEILDATUM)}."
        )
    run = Run(cases, table, used, derived, None if PEILDATUM in used else peildatum or today)
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


def typed(run: Run, name: str) -> exp.Expression:
    """An input of the file as its kind, in DuckDB's SQL over the view of the file; NULL where it is not one."""
    if name == PEILDATUM and run.peildatum:
        return day_literal(run.peildatum)
    return casevalues.typed(run.table.base.concept(name), run.cases.columns[name])


def number(run: Run, how: Derived) -> exp.Expression:
    """The number that follows from two dates of the file, whether or not it can be."""
    return elapsed_sql(how.eenheid, typed(run, how.van), typed(run, how.tot))


def values(run: Run) -> dict[str, exp.Expression]:
    """Every input that the file gives: name → its value."""
    return {name: typed(run, name) for name in run.used} | {
        concept.id: derived_value(concept, number(run, how)) for concept, how in run.derived
    }
