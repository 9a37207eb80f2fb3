"""The table that came out of a file of cases, as a page shows it: a part of the rows, with their rules in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
from sqlglot import exp

from aanspraak.engine.bulk_words import UNDECIDED, reason, rules_in
from aanspraak.engine.casevalues import fill
from aanspraak.engine.model import Decision, Rule, RuleBase, UserError
from aanspraak.engine.phrases import label
from aanspraak.engine.rule_words import rule_title

ROWS = 25
"""Rows on a page: with every column of the widest decision filled in, it stays under 100 kB."""

_HOLDS, _CAN = "regel", "kan"
"""What a filter begins with: a rule that holds, one that still can; else it is an outcome field."""


@dataclass(frozen=True)
class Table:
    """What came out of one decision (`Besluituitslag` of the contract), with the rules of it."""

    base: RuleBase
    besluit: Decision
    uitslag: Mapping[str, Any]
    rijen: int

    @property
    def bars(self) -> list[tuple[str, tuple[Rule, ...], int, int]]:
        """What stands in the place of a rule, or else the rules; in how many rows; in how many it still can hold."""
        certain, possible = self.uitslag["tellingen"], self.uitslag["kan_gelden"]
        cells = {**certain, **possible}
        return [
            (UNDECIDED.get(cell, ""), rules_in(self.besluit, cell), certain.get(cell, 0), possible.get(cell, 0))
            for cell in cells
            if cell
        ]

    @cached_property
    def filters(self) -> dict[str, dict[str, str]]:
        """What can be chosen to see: heading → what stands in the address → in words."""
        found = {"Regel": {f"{_HOLDS}:{cell}": _title(cell) for cell in self.uitslag["tellingen"] if cell}}
        for field, values in self.besluit.uitkomst.items():
            there = [value for value in values if any(self._decides(cell, field, value) for cell in self._cells)]
            words = {f"{field}:{value}": label(self.base, field, value) for value in there}
            found[self.base.concept(field).naam] = words
        if self.besluit.verzamel:
            found["Kan nog gelden"] = {f"{_CAN}:{rule}": _title(rule) for rule in self.uitslag["kan_gelden"]}
        return {heading: words for heading, words in found.items() if words}

    def where(self, shown: str) -> exp.Expr:
        """The rows that are asked for. Raises UserError for what is not in `filters`."""
        if not shown:
            return exp.true()
        if not any(shown in words for words in self.filters.values()):
            raise UserError("Deze keuze is er niet bij deze uitslag. Kies uit de lijst op de pagina.")
        part, _, value = shown.partition(":")
        if self.besluit.verzamel:
            column = f"{self.besluit.id}_{'open' if part == _CAN else 'regels'}"
            ids = exp.column(column, quoted=True)
            return fill("LIST_CONTAINS(STRING_SPLIT(:ids, '|'), :rule)", ids=ids, rule=exp.Literal.string(value))
        cells = [value] if part == _HOLDS else [cell for cell in self._cells if self._decides(cell, part, value)]
        return exp.column(f"{self.besluit.id}_regel", quoted=True).isin(*cells)

    @property
    def _cells(self) -> list[str]:
        return list(self.uitslag["tellingen"])

    def _decides(self, cell: str, field: str, value: str) -> bool:
        return any(rule.dan.get(field) == value for rule in rules_in(self.besluit, cell))


@dataclass(frozen=True, slots=True)
class Row:
    """A case: its number, what it gives in words, and what is decided: the rules, or the word in their place. Of a
    checklist `mogelijk` are the rules that can still hold."""

    nummer: int
    gegevens: list[tuple[str, str]]
    woord: str
    regels: tuple[Rule, ...]
    mogelijk: tuple[Rule, ...]
    uitkomst: Mapping[str, str]
    omdat: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the rows that are asked for, of how many."""

    toon: str
    nummer: int
    bladen: int
    gevonden: int
    rijen: list[Row]


def of(base: RuleBase, told: Mapping[str, Any], rows: int) -> Table:
    """The table of a decision. Raises UserError where its rules changed since."""
    decision = base.decision(told["besluit"])
    known = {rule.id for rule in decision.regels} | UNDECIDED.keys()
    named = {rule for cell in (*told["tellingen"], *told["kan_gelden"]) for rule in cell.split("|") if rule}
    if not named <= known:
        raise UserError("De regels zijn veranderd sinds dit bestand is beslist. Stuur het opnieuw.")
    return Table(base, decision, told, rows)


def sheet(table: Table, path: Path, shown: str, number: int) -> Sheet:
    """A page of the rows, from a file that is done. Raises UserError for a filter that is not there."""
    name, where = table.besluit.id, table.where(shown)
    cells = [f"{name}_regels", f"{name}_open"] if table.besluit.verzamel else [f"{name}_regel"]
    columns = [exp.column(column, quoted=True) for column in ("file_row_number", *table.uitslag["gebruikt"], *cells)]
    with duckdb.connect() as con:
        con.read_parquet(str(path), file_row_number=True).create_view("uitkomst")
        ((found,),) = con.execute(exp.select("count(*)").from_("uitkomst").where(where).sql("duckdb")).fetchall()
        pages = max(1, -(-found // ROWS))
        number = min(max(1, number), pages)
        query = exp.select(*columns).from_("uitkomst").where(where).order_by("file_row_number")
        part = con.execute(query.limit(ROWS).offset((number - 1) * ROWS).sql("duckdb")).fetchall()
    return Sheet(shown, number, pages, found, [_row(table, row) for row in part])


def _row(table: Table, row: tuple[Any, ...]) -> Row:
    used: list[str] = table.uitslag["gebruikt"]
    number, values, (cell, *possible) = row[0], row[1 : len(used) + 1], row[len(used) + 1 :]
    found = rules_in(table.besluit, cell)
    decides = {} if table.besluit.verzamel or not found else found[0].dan
    return Row(
        number + 1,
        list(_given(table.base, dict(zip(used, values, strict=True)))),
        UNDECIDED.get(cell, ""),
        found,
        rules_in(table.besluit, possible[0]) if possible else (),
        decides,
        "" if table.besluit.verzamel else reason(table.besluit, cell),
    )


def _given(base: RuleBase, values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        concept, text = base.concept(name), str(value).strip()
        if value is not None and text:
            yield concept.naam, concept.waarden.get(text, text)


def _title(cell: str) -> str:
    return UNDECIDED.get(cell) or " of ".join(rule_title(rule) for rule in cell.split("|"))
