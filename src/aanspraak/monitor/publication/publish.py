"""The tables as they go out: rounded, suppressed, attacked."""

from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from aanspraak.errors import UserError
from aanspraak.monitor.publication.attack import Exposed, attack
from aanspraak.monitor.publication.cells import Cells, build, rounded
from aanspraak.monitor.publication.margins import Margins, compute, largest
from aanspraak.monitor.publication.suppress import protect
from aanspraak.monitor.publication.tables import SMALLEST, Key, PublicationSet, PublishedTable
from aanspraak.monitor.publication.units import Units

LARGE = 10
"""A mean is shown only of numbers of this many steps or more: rounding then moves neither by more than 5%."""

SHOWN, UNDER, HIDDEN = "getoond", f"<{SMALLEST}", "onderdrukt"
"""How a cell is shown: its numbers, "<10", or that it is left out."""


class Unsafe(UserError):
    """What would be published gives suppressed cells away."""

    code = 6


@dataclass(frozen=True)
class Row:
    """One cell of a table: the values of the dimensions, how it is shown, and its rounded numbers where it is.

    `left_out` are the amounts that a shown cell does not show, for one person has too much of them or to protect such.
    """

    key: Key
    shown: str
    numbers: dict[str, int | float | None]
    left_out: frozenset[str]


@dataclass(frozen=True)
class Publication:
    """The rows of every table by its id, and what the attack found."""

    tables: dict[str, list[Row]]
    cells: int
    primary: int
    secondary: int
    dominated: int
    """Amounts that are too much one person's."""
    amounts: int
    """Other amounts of shown cells that are left out, to protect amounts."""
    exposed: int
    """Primary cells that a reader can bound more closely than is safe; above zero only in the source's own way."""
    exact: int
    """Those of which a reader can tell the number itself."""


def publish(con: duckdb.DuckDBPyConnection, wanted: PublicationSet, secondary: bool = True) -> Publication:
    """Round and suppress the tables of a set over the result tables behind `con`, and attack the outcome.

    `secondary` False is the way of the source, for comparison. Raises `Unsafe` when the attack on what should be safe
    finds a cell, which only a fault of this program can cause.
    """
    margins = compute(con, wanted)
    cells = build(wanted, margins, largest(con, wanted))
    problem = cells.problem
    suppressed = protect(problem) if secondary else problem.primary
    exposed, exact = set(), set()
    for one in attack(problem, suppressed):
        cell = _cell(cells, one)
        exposed.add(cell)
        if one.high - one.low < problem.grain[one.cell] / 2:
            exact.add(cell)
    if secondary and exposed:
        raise Unsafe(
            f"De publicatie is niet veilig: {len(exposed)} onderdrukte cellen zijn uit de andere te herleiden. "
            "Er is niets geschreven. Dit is een fout van het programma: meld haar."
        )
    rows = list(cells.units.rows.values())
    dominated = [unit for unit in cells.units.amounts.values() if problem.primary[unit]]
    return Publication(
        {table.id: _rows(table, wanted, margins, cells, suppressed) for table in wanted.tables},
        len(rows),
        int(problem.primary[rows].sum()),
        int(suppressed[rows].sum() - problem.primary[rows].sum()),
        len(dominated),
        sum(
            bool(suppressed[unit]) and not problem.primary[unit] and not suppressed[cells.units.rows[table, key]]
            for (table, key, _), unit in cells.units.amounts.items()
        ),
        len(exposed),
        len(exact),
    )


def _rows(
    table: PublishedTable, wanted: PublicationSet, margins: Margins, cells: Cells, suppressed: NDArray[np.bool_]
) -> list[Row]:
    units = cells.units

    def shown(of: PublishedTable, key: Key) -> str:
        unit = units.rows.get((of.id, key))
        if unit is None or not suppressed[unit]:
            return SHOWN
        return HIDDEN if suppressed[units.marks.get(unit, unit)] else UNDER

    count = wanted.measures[table.measures[0]]
    rows = []
    for key, true in margins[table.all_dimensions].items():
        if not table.has(key) or not true.get(count.name):
            continue
        how = shown(table, key)
        left_out = {name for name in table.measures if _left_out(units, suppressed, table, key, name)}
        steps = {name: rounded(true[name], wanted.measures[name].step) for name in table.measures if name in true}
        numbers: dict[str, int | float | None] = {}
        for name in table.measures:
            fits = how == SHOWN and name in steps and name not in left_out
            numbers[name] = steps[name] // wanted.measures[name].per if fits else None
        if table.within is not None:
            whole = tuple(key[table.all_dimensions.index(name)] for name in table.within)
            total = rounded(margins[table.within][whole][count.name], count.step)
            of = next(one for one in wanted.tables if one.all_dimensions == table.within and one.has(whole))
            fits = how == SHOWN and shown(of, whole) == SHOWN and total > 0
            numbers["aandeel"] = rounded(1000 * steps[count.name] / total, 1) / 1000 if fits else None
        for name, above, below in table.means:
            large = all(steps.get(one, 0) >= LARGE * wanted.measures[one].step for one in (above, below))
            fits = how == SHOWN and large and left_out.isdisjoint((above, below))
            numbers[name] = rounded(100 * steps[above] / steps[below], 1) / 100 if fits else None
        rows.append(Row(key[len(table.hidden) :], how, numbers, frozenset(left_out)))
    return rows


def _left_out(units: Units, suppressed: NDArray[np.bool_], table: PublishedTable, key: Key, measure: str) -> bool:
    unit = units.amounts.get((table.id, key, measure))
    return unit is not None and bool(suppressed[unit])


def _cell(cells: Cells, found: Exposed) -> int:
    """The unit of what is exposed: of the whole cell when that is why it is suppressed, else of the amount."""
    unit, row = int(cells.problem.unit[found.cell]), int(cells.problem.row[found.cell])
    if row >= 0:
        return row if cells.problem.primary[row] else unit
    return next((of for of, mark in cells.units.marks.items() if mark == unit), unit)
