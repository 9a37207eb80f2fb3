"""Figures of the tables of a result: as the report draws them, and of any number in any table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from html import escape
from textwrap import wrap
from threading import Lock
from typing import Any

from aanspraak.monitor.exhibit import Cell, Exhibit, distinct
from aanspraak.monitor.result_manifest import Column, Table
from aanspraak.monitor.results import Result
from aanspraak.monitor.results_rows import YEAR, Choice, chosen, label, values
from aanspraak.monitor.trajecten.alluvial import draw

MOST = 300
"""A figure of more bars than this cannot be read."""

_ONE_AT_A_TIME = Lock()
"""Altair cannot be imported nor used by several threads at once."""

_ROLES = ("x", "series", "row", "column")
_LINE, _LETTER, _NARROW = 18, 7.2, 520
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_SIDES = re.compile(r' (width|height)="[^"]*"')


def behind(result: Result, table: Table, choice: Choice) -> Exhibit:
    """The figure of the report of which this table has the numbers, with the chosen ones."""
    rows = chosen(result, table, choice).to_pylist()
    cells = tuple(Cell(row.get("kolom"), row.get("rij"), row.get("x"), row.get("reeks"), row["waarde"]) for row in rows)
    return replace(result.figures[table.naam], cells=cells)


def exhibit(result: Result, table: Table, choice: Choice, number: Column) -> Exhibit | None:
    """What is chosen as a figure: that of the report, or one of a number of a table; None where there is none."""
    found = behind(result, table, choice) if table.naam in result.figures else _made(result, table, choice, number)
    drawn = found.kind != "tabel" and any(cell.value is not None for cell in found.cells)
    return found if drawn else None


@lru_cache(maxsize=256)
def drawing(result: Result, name: str, choice: Choice, number: str) -> str:
    """The figure as SVG, with its title, its source and what a reader must know; empty where there is none.

    Kept: drawing takes a tenth of a second, and many readers choose the same. Raises `UserError` as `chosen` does.
    """
    table = result.tables[name]
    found = exhibit(result, table, choice, next(column for column in table.numbers if column.naam == number))
    if found is None:
        return ""
    source = f"Volgens {found.source}" if found.source else ""
    lines = [", ".join(_fixed(result, table, choice)), source, *marks(result)]
    with _ONE_AT_A_TIME:
        from aanspraak.monitor.charts import svg  # here, because Altair takes a third of a second to import

        drawn = draw(found) if found.kind == "stroom" else svg(found)
    return _headed(drawn, found.title, [line for line in lines if line])


def png(drawn: str) -> bytes:
    """The drawing as a picture, at twice its size."""
    with _ONE_AT_A_TIME:
        import vl_convert

        return vl_convert.svg_to_png(drawn, scale=2)


def warm_up(results: Iterable[Result]) -> None:
    """Draw one figure before somebody waits for it: the first takes a second, those after it a tenth."""
    every = ((result, table) for result in results for table in result.tables.values())
    if drawn := next(filter(None, (drawing(one, table.naam, (), table.numbers[0].naam) for one, table in every)), ""):
        png(drawn)


def marks(result: Result) -> list[str]:
    """What must stand wherever numbers of the result are shown."""
    found = []
    if result.manifest.synthetisch:
        found.append("Synthetisch: verzonnen gegevens, geen regel gaat over een echt mens.")
    if not result.public:
        found.append("Niet om te publiceren: kleine aantallen zijn hier niet beschermd.")
    return found


def _made(result: Result, table: Table, choice: Choice, number: Column) -> Exhibit:
    """A figure of one of the numbers of a table over the dimensions in which the chosen rows differ: years below, the
    others by colour and in panels. Without cells where that is nothing, or more than can be read."""
    rows = chosen(result, table, choice).to_pylist()
    free = [d for d in table.dimensions if len({row[d.naam] for row in rows}) > 1]
    free.sort(key=lambda d: d.naam == YEAR)
    roles = dict(zip(_ROLES, reversed(free), strict=False))
    if not free or len(free) > len(_ROLES) or len(rows) > MOST:
        rows = []
    cells = tuple(_cell(result, roles, row, number) for row in rows)
    return Exhibit(
        id=table.naam,
        title=f"{table.titel}: {number.titel}",
        source=table.bron or "",
        kind="naast",
        unit="aandeel" if number.soort == "aandeel" else "getal",
        x_title=roles["x"].titel if free else "",
        series_title=roles["series"].titel if "series" in roles else None,
        cells=cells,
        palette=tuple(distinct([cell.series for cell in cells])),
        y_title=number.titel,
    )


def _cell(result: Result, roles: dict[str, Column], row: dict[str, Any], number: Column) -> Cell:
    places = {role: label(result, column, row[column.naam]) for role, column in roles.items()}
    value = row[number.naam]
    return Cell(**{**dict.fromkeys(_ROLES), **places}, value=None if value is None else float(value))


def _fixed(result: Result, table: Table, choice: Choice) -> list[str]:
    """What was chosen, in words."""
    titles = {d.naam: d.titel for d in table.dimensions}
    names = values(result, table)
    return [f"{titles[name]}: {' of '.join(names[name][value] for value in wanted)}" for name, wanted in choice]


def _headed(drawn: str, title: str, lines: Sequence[str]) -> str:
    """The drawing under a title and lines of text."""
    opening, rest = drawn.split(">", 1)
    size = _SIZE.search(opening)
    assert size  # noqa: S101 - every drawing has a size
    wide, high = map(float, size.groups())
    width = max(wide, _NARROW)
    letters = int(width / _LETTER)
    text = [(line, "bold") for line in wrap(title, letters)]
    text += [(part, "normal") for line in lines for part in wrap(line, letters)]
    words = "".join(
        f'<text x="8" y="{_LINE * at}" font-weight="{weight}">{escape(line)}</text>'
        for at, (line, weight) in enumerate(text, 1)
    )
    top = _LINE * len(text) + 14
    style = 'font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#1b1f24"'
    box = f'width="{width:g}" height="{high + top:g}" viewBox="0 0 {width:g} {high + top:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-label="{escape(title)}">'
        f'<rect width="100%" height="100%" fill="white"/><g {style}>{words}</g>'
        f'{_SIDES.sub("", opening)} y="{top}" width="{wide:g}" height="{high:g}">{rest}</svg>'
    )
