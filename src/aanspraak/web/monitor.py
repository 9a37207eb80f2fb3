"""What the pages about results show: the choices of a table, its rows in words, and whether there is a figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from aanspraak.errors import UserError
from aanspraak.monitor.dutch import amount, count, share
from aanspraak.monitor.exhibit import Table as Shown
from aanspraak.monitor.exhibit import wide
from aanspraak.monitor.result_manifest import Column, Table
from aanspraak.monitor.results import Result
from aanspraak.monitor.results_figures import MOST, behind
from aanspraak.monitor.results_rows import YEAR, Choice, chosen, code, label

NUMBER, PAGE = "maat", "pagina"
"""What stands in an address beside the choices."""

ROWS = 50
"""Rows on a page, at most."""

_DIGITS = 10
_FREE = 2
"""A table of more dimensions opens with a choice made in all but so many of the last, or but one."""

_WRITTEN: dict[str, Callable[[Any], str]] = {
    "euro": amount,
    "dagen": partial(amount, places=1),
    "aandeel": share,
    "verhouding": amount,
}


@dataclass(frozen=True)
class Chosen:
    """What is chosen of a table: values of dimensions, the number that is drawn, and the page of its rows."""

    result: Result
    table: Table
    choice: Choice
    number: Column
    page: int

    def query(self, page: int = 1) -> str:
        """The choice as it stands in an address: a dimension of which all is chosen stands there empty."""
        made = {d.naam: "" for d in self.table.dimensions} | {name: value for name, (value,) in self.choice}
        more = {NUMBER: self.number.naam} if len(self.table.numbers) > 1 else {}
        return urlencode(made | more | ({PAGE: str(page)} if page > 1 else {}))

    def value(self, name: str) -> str:
        """The value that is chosen of a dimension; empty for all."""
        return next((value for one, (value,) in self.choice if one == name), "")


def read_choice(result: Result, table: Table, query: Mapping[str, str]) -> Chosen:
    """What an address asks of a table; what it leaves out is as the table opens. Raises `UserError`."""
    numbers = {column.naam: column for column in table.numbers}
    number = query.get(NUMBER, next(iter(numbers)))
    if number not in numbers:
        raise UserError(f"{NUMBER}: «{number}» is er niet. Kies uit {', '.join(numbers)}.")
    written = query.get(PAGE, "1")
    page = int(written) if written.isascii() and written.isdecimal() and len(written) < _DIGITS else 0
    if not page:
        raise UserError(f"{PAGE}: «{written}» is geen nummer van een pagina.")
    asked = {name: value for name, value in query.items() if name not in (NUMBER, PAGE)}
    given = {**(_opening(result, table) if not asked else {}), **asked}
    choice = tuple((name, (value,)) for name, value in given.items() if value)
    return Chosen(result, table, choice, numbers[number], page)


def _opening(result: Result, table: Table) -> dict[str, str]:
    """A figure opens as the report shows it; a table where it has most rows, with the years beside each other and as
    much besides as can be drawn."""
    rows = chosen(result, table, ())
    if table.naam in result.figures or not rows.num_rows:
        return {}
    names = [d.naam for d in sorted(table.dimensions, key=lambda d: d.naam == YEAR)]
    for fixed in (names[:-_FREE], names[:-1]):
        groups = rows.group_by(fixed, use_threads=False).aggregate([([], "count_all")]).to_pylist()
        most = max(groups, key=lambda group: group["count_all"])
        if most["count_all"] <= MOST:
            break
    return {name: code(most[name]) for name in fixed}


@dataclass(frozen=True)
class Rows:
    """The rows of a page in words, and which page it is; of how many rows, as Dutch readers write it."""

    table: Shown
    page: int
    pages: int
    total: str


def rows(asked: Chosen) -> Rows:
    """What is chosen in words: under a figure as the report has it, of another table row by row."""
    result, table = asked.result, asked.table
    if table.naam in result.figures:
        shown = wide(behind(result, table, asked.choice))
        return Rows(shown, 1, 1, count(len(shown.rows)))
    found = chosen(result, table, asked.choice)
    pages = max(1, -(-found.num_rows // ROWS))
    page = min(asked.page, pages)
    part = found.slice((page - 1) * ROWS, ROWS).to_pylist()
    return Rows(_in_words(asked, part), page, pages, count(found.num_rows))


def _in_words(asked: Chosen, part: list[dict[str, Any]]) -> Shown:
    """Without the columns of which one value is chosen: the choice says it."""
    words = [column for column in asked.table.of_kind("dimensie", "overig") if not asked.value(column.naam)]
    numbers, marks = asked.table.numbers, asked.table.of_kind("cel")
    whole = {one.naam for one in numbers if all(row[one.naam] in (None, int(row[one.naam] or 0)) for row in part)}
    written = tuple(
        (
            *(label(asked.result, column, row[column.naam]) for column in words),
            *(_number(one, row, marks, first=one is numbers[0], whole=one.naam in whole) for one in numbers),
        )
        for row in part
    )
    return Shown(tuple(column.titel for column in (*words, *numbers)), written, len(words))


def _number(column: Column, row: dict[str, Any], marks: list[Column], *, first: bool, whole: bool) -> str:
    """A number as Dutch readers write it; of what is not shown the sign of a publication, that only counts carry."""
    value = row[column.naam]
    if value is None:
        hidden = str(next((row[mark.naam] for mark in marks), "getoond"))
        sign = hidden if first and hidden.startswith("<") else "·"
        return "–" if hidden == "getoond" else sign
    if column.soort == "aantal":
        return count(value) if whole else amount(value)
    return _WRITTEN[column.soort](value)
