"""A checklist over a whole table of cases, as one SQL query for DuckDB or Spark: a column per rule, then joined."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from sqlglot import exp

from aanspraak.engine.builder import IMPOSSIBLE
from aanspraak.engine.checklist import HIT, YES, Checklist
from aanspraak.engine.columns import Dialect, decision_query, outcome_column


def checklist_query(
    checklist: Checklist,
    relation: str,
    columns: Collection[str],
    *,
    dialect: Dialect = "duckdb",
    peildatum: date | None = None,
) -> exp.Select:
    """SELECT every column of `relation`, `<besluit>_regels` and `<besluit>_open`.

    The arguments are those of `columns.decision_query`. `_regels` holds the ids of the rules that match for certain,
    «a|b» in the order of the file, empty for none, `onmogelijk` where the inputs cannot go together; `_open` those
    that an unknown input can still make match.
    """
    name = checklist.decision.id
    source, known = relation, list(columns)
    steps, certain, possible = [], [], []
    for number, (rule, check) in enumerate(zip(checklist.decision.regels, checklist.checks, strict=True)):
        numbered = replace(check, decision=replace(check.decision, id=f"_{name}_{number}"))
        steps.append((f"_stap_{number}", decision_query(numbered, source, known, dialect=dialect, peildatum=peildatum)))
        decided = exp.column(f"_{name}_{number}_regel", quoted=True)
        hit = exp.column(outcome_column(numbered, HIT), quoted=True)
        cannot = decided.eq(IMPOSSIBLE)
        certain.append(_when(hit.eq(YES), rule.id))
        possible.append(_when(exp.and_(hit.is_(exp.null()), exp.not_(cannot)), rule.id))
        source, known = f"_stap_{number}", [*known, decided.name, hit.name]
    rules = exp.Case().when(cannot, exp.Literal.string(IMPOSSIBLE)).else_(_joined(certain))
    query = exp.select(*(exp.column(c, quoted=True) for c in columns)).select(
        exp.alias_(rules, rules_column(checklist), quoted=True),
        exp.alias_(_joined(possible), open_column(checklist), quoted=True),
    )
    for step, decide in steps:
        query = query.with_(step, as_=decide, copy=False)
    return query.from_(source)


def rules_column(checklist: Checklist) -> str:
    """The column with the rules that match for certain."""
    return f"{checklist.decision.id}_regels"


def open_column(checklist: Checklist) -> str:
    """The column with the rules that can still match."""
    return f"{checklist.decision.id}_open"


def _when(condition: exp.Condition, rule: str) -> exp.Expression:
    return exp.Case().when(condition, exp.Literal.string(rule))


def _joined(ids: list[exp.Expression]) -> exp.Expression:
    """The ids that are there with a bar between; the separator first, as both dialects have it."""
    return exp.Anonymous(this="concat_ws", expressions=[exp.Literal.string("|"), *ids])
