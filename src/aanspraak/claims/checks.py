"""From the schema to SQL: how a column is typed, and what makes a row faulty.

Expressions speak of `bron_<column>` (the value as it came) and `<column>` (the typed value, or NULL).
"""

import re
from dataclasses import dataclass

from aanspraak.claims.columns import Column, Kind, Table

_WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}
_FLOATING = {"FLOAT", "DOUBLE"}
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")
_SCALE = {Kind.MONEY: 2, Kind.QUANTITY: 4}
_WRITTEN = {
    Kind.DATE: r"\d{4}-\d{2}-\d{2}",
    Kind.MONEY: r"-?\d{1,15}(\.\d{1,2})?",
    Kind.QUANTITY: r"-?\d{1,13}(\.\d{1,4})?",
    Kind.INTEGER: r"-?\d{1,9}",
}


@dataclass(frozen=True)
class Check:
    """`faulty` is a boolean SQL expression; the message names `column`."""

    column: Column
    faulty: str
    problem: str
    remedy: str


def typed(column: Column, physical: str) -> str | None:
    """SQL that types `bron_<column>` of DuckDB type `physical`; None if that type cannot hold the column.

    The result is NULL where the value does not fit: nothing is rounded or guessed.
    """
    raw, kind = f"bron_{column.name}", column.kind
    if physical == "VARCHAR":
        return _from_text(raw, kind)
    cast = f"try_cast({raw} AS {kind.value})"
    if kind is Kind.DATE and physical.startswith("TIMESTAMP"):
        return f"CASE WHEN {cast} = {raw} THEN {cast} END"
    if kind in _SCALE or kind is Kind.INTEGER:
        if physical in _WHOLE:
            return cast
        if physical in _FLOATING:  # binary fractions are never exactly decimal: allow their noise, no more
            return f"CASE WHEN abs(CAST({cast} AS DOUBLE) - {raw}) < 0.000001 THEN {cast} END"
        if _DECIMAL.fullmatch(physical):
            return f"CASE WHEN {cast} = {raw} THEN {cast} END"
    return raw if physical == kind.value else None


def _from_text(raw: str, kind: Kind) -> str:
    if kind is Kind.TEXT:
        return raw
    if kind is Kind.BOOLEAN:
        return (
            f"CASE WHEN lower({raw}) IN ('ja', 'true', '1') THEN true"
            f" WHEN lower({raw}) IN ('nee', 'false', '0') THEN false END"
        )
    written = f"regexp_full_match({raw}, '{_WRITTEN[kind]}')"
    return f"CASE WHEN {written} THEN try_cast({raw} AS {kind.value}) END"


def fits_in_place(column: Column, physical: str) -> bool:
    """Whether the steps can read this Parquet type as it is; a narrower number is fine."""
    if match := _DECIMAL.fullmatch(physical):
        return int(match[1]) <= 18 and int(match[2]) <= _SCALE.get(column.kind, -1)
    return physical == column.kind.value


def checks(table: Table) -> list[Check]:
    """Everything that can be wrong with a row of this table, columns first, in the order of the schema."""
    found = [check for column in table.columns for check in _column_checks(column)]
    by_name = {column.name: column for column in table.columns}
    return found + [Check(by_name[rule.column], rule.faulty, rule.problem, rule.remedy) for rule in table.rules]


def _column_checks(column: Column) -> list[Check]:
    name, raw = column.name, f"bron_{column.name}"
    found = [
        Check(
            column,
            f"{raw} IS NOT NULL AND {name} IS NULL",
            f"is geen {column.kind.label}",
            "Verbeter de waarde.",
        )
    ]
    if not column.nullable:
        found.append(Check(column, f"{raw} IS NULL", "is leeg", "Vul de waarde in."))
    if column.allowed:
        choices = ", ".join(column.allowed)
        quoted = ", ".join(f"'{value}'" for value in column.allowed)
        found.append(Check(column, f"{name} NOT IN ({quoted})", "is geen bekende waarde", f"Kies uit: {choices}."))
    if column.pattern:
        found.append(
            Check(
                column,
                f"NOT regexp_full_match({name}, '{column.pattern}')",
                "heeft niet de vorm van de code",
                f"De vorm is {column.pattern}.",
            )
        )
    if column.lowest:
        low, high = (f"CAST('{bound}' AS {column.kind.value})" for bound in (column.lowest, column.highest))
        found.append(
            Check(
                column,
                f"{name} NOT BETWEEN {low} AND {high}",
                "is onmogelijk",
                f"De waarde ligt van {column.lowest} tot en met {column.highest}.",
            )
        )
    return found
