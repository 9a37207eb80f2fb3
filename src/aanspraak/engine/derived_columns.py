"""Numbers that follow from dates (`afgeleid`) as SQL, alike in DuckDB and Spark.

The engines' own counts of months differ (from the last day of a month, from a 29 February), so these are written out
in years, months and days, as `dates.elapsed` counts them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlglot import exp

from aanspraak.engine.casevalues import fill
from aanspraak.engine.derived import derived_in
from aanspraak.engine.model import PEILDATUM, Concept, Derived, RuleBase, Unit

_DAYS = "DATE_DIFF('day', :first, :last)"
_MONTHS = (
    "((YEAR(:last) - YEAR(:first)) * 12 + MONTH(:last) - MONTH(:first) "
    "- CASE WHEN DAY(:last) < DAY(:first) AND :last <> LAST_DAY(:last) THEN 1 ELSE 0 END)"
)
_ELAPSED: dict[Unit, str] = {
    "dagen": _DAYS,
    "weken": f"CAST(FLOOR({_DAYS} / 7) AS BIGINT)",
    "maanden": _MONTHS,
    "jaren": f"CAST(FLOOR({_MONTHS} / 12) AS BIGINT)",
}


def elapsed_sql(unit: Unit, first: exp.Expression, last: exp.Expression) -> exp.Expression:
    """The whole units from one day to another, as `dates.elapsed`; NULL where either is."""
    return fill(_ELAPSED[unit], first=first, last=last)


def derived_value(concept: Concept, number: exp.Expression) -> exp.Expression:
    """The number where the concept can have it, else NULL: unknown."""
    can = number.between(exp.Literal.number(concept.van), exp.Literal.number(concept.tot))
    return exp.Case().when(can, number.copy())


def derivable(base: RuleBase, name: str, columns: Collection[str]) -> list[tuple[Concept, Derived]]:
    """The numbers a decision looks at that are not among the columns and follow from dates that are."""
    return [
        (concept, how)
        for concept, how in derived_in(base, name)
        if concept.id not in columns and {how.van, how.tot} <= {*columns}
    ]


def derived_query(
    base: RuleBase, name: str, relation: str, columns: Collection[str], *, peildatum: date | None = None
) -> exp.Select:
    """SELECT every column of `relation`, and the numbers a decision looks at that follow from dates among them (and
    from `peildatum`, one day for all rows). The query for `columns.decision_query` to stand on."""
    query = exp.select(*(exp.column(column, quoted=True) for column in columns)).from_(exp.to_table(relation))
    for concept, how in derivable(base, name, [*columns, PEILDATUM] if peildatum else columns):
        first, last = (
            day_literal(peildatum) if part == PEILDATUM and peildatum else exp.column(part, quoted=True)
            for part in (how.van, how.tot)
        )
        value = derived_value(concept, elapsed_sql(how.eenheid, first, last))
        query = query.select(exp.alias_(value, concept.id, quoted=True))
    return query


def day_literal(day: date) -> exp.Expression:
    """A day as SQL."""
    return exp.cast(exp.Literal.string(day.isoformat()), "DATE")
