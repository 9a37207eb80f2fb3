"""The values in a file of cases as SQL: what a column means for a concept, and which of its values are wrong."""

from __future__ import annotations

from datetime import date
from typing import cast

import duckdb
from sqlglot import exp, parse_one

from aanspraak.engine.axes import Axis
from aanspraak.engine.casefile import VIEW, CaseFile, DataError
from aanspraak.engine.model import PEILDATUM, Concept, RuleBase

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


def row_values(con: duckdb.DuckDBPyConnection, base: RuleBase, cases: CaseFile, row: int) -> dict[str, object]:
    """The facts in one row of a file: name → value, or the text as it stands where it is not of the concept's kind."""
    names = [c for c in cases.columns if c in base.begrippen or c == PEILDATUM]
    values = [e for n in names for e in (typed(base.concept(n), cases.columns[n]), text(n))]
    found = con.execute(exp.select("1", *values).from_(VIEW).limit(1).offset(max(0, row - 1)).sql("duckdb")).fetchone()
    if row < 1 or found is None:
        (rows,) = con.execute(exp.select("count(*)").from_(VIEW).sql("duckdb")).fetchall()[0]
        raise DataError(f"{cases.path}: heeft geen rij {row}; kies een rij van 1 tot en met {rows}.")
    both = zip(names, found[1::2], found[2::2], strict=True)
    return {name: text if value is None else value for name, value, text in both if text is not None}


def text(column: str) -> exp.Expression:
    """A column as text without spaces around it; NULL where nothing is left."""
    return fill(_TEXT, raw=exp.column(column, quoted=True))


def typed(concept: Concept, physical: str) -> exp.Expression:
    """The column of a concept as its kind: text, whole number or day; NULL where it is not one."""
    if physical in _AS_IT_IS.get(concept.soort, ()):
        return exp.column(concept.id, quoted=True)
    return fill(_TYPED[concept.soort], text=text(concept.id))


def wrong(axis: Axis, physical: str) -> exp.Expression:
    """Whether a row has a value that the input cannot have. Nothing is not wrong: it is unknown."""
    value = typed(axis.concept, physical)
    if axis.values:
        good: exp.Expression = value.isin(*axis.values)
    else:
        low, high = (_constant(axis.concept, n) for n in (axis.concept.van, axis.concept.tot))
        good = value.between(low, high)
    return fill(":text IS NOT NULL AND NOT COALESCE(:good, FALSE)", text=text(axis.name), good=good)


def _constant(concept: Concept, number: int) -> exp.Expression:
    if concept.soort != "datum":
        return exp.Literal.number(number)
    return exp.cast(exp.Literal.string(date.fromordinal(number).isoformat()), "DATE")


def remedy(axis: Axis) -> str:
    """What to write instead."""
    if axis.values:
        return f"kies uit {', '.join(axis.values)}; laat leeg wat niet bekend is"
    verb = "schrijf" if axis.concept.soort == "datum" else "geef"
    return f"{verb} {allowed(axis.concept)}; laat leeg wat niet bekend is"


def allowed(concept: Concept) -> str:
    """What a number or a day can be."""
    if concept.soort == "datum":
        return "een datum als jjjj-mm-dd"
    return f"een heel getal van {concept.van} tot en met {concept.tot}"


def fill(template: str, **parts: exp.Expression) -> exp.Expression:
    """A piece of DuckDB's SQL with its :names replaced by expressions."""
    return cast(exp.Expression, exp.replace_placeholders(parse_one(template, dialect="duckdb"), **parts))
