"""The tables as they go out: rounded, suppressed, attacked."""

from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from aanspraak.errors import UserError
from aanspraak.monitor.publication.attack import attack
from aanspraak.monitor.publication.cells import Cells, build, rounded
from aanspraak.monitor.publication.suppress import protect
from aanspraak.monitor.publication.tables import SMALLEST, Key, Margins, PublicationSet, PublishedTable, compute

LARGE = 10
"""A mean is shown only of numbers of this many steps or more: rounding then moves neither by more than 5%."""

SHOWN, UNDER, HIDDEN = "getoond", f"<{SMALLEST}", "onderdrukt"
"""How a cell is shown: its numbers, "<10", or that it is left out."""


class Unsafe(UserError):
    """What would be published gives suppressed cells away."""

    code = 6


@dataclass(frozen=True)
class Row:
    """One cell of a table: the values of the dimensions, how it is shown, and its rounded numbers where it is."""

    key: Key
    shown: str
    numbers: dict[str, int | float | None]


@dataclass(frozen=True)
class Publication:
    """The rows of every table by its id, and what the attack found."""

    tables: dict[str, list[Row]]
    cells: int
    primary: int
    secondary: int
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
    cells = build(wanted, margins)
    problem = cells.problem
    suppressed = protect(problem) if secondary else problem.primary
    place = {mark: unit for unit, mark in cells.marks.items()}
    exposed, exact = set(), set()
    for one in attack(problem, suppressed):
        unit = int(problem.unit[one.cell])
        exposed.add(place.get(unit, unit))
        if one.high - one.low < problem.grain[one.cell] / 2:
            exact.add(place.get(unit, unit))
    if secondary and exposed:
        raise Unsafe(
            f"De publicatie is niet veilig: {len(exposed)} onderdrukte cellen zijn uit de andere te herleiden. "
            "Er is niets geschreven. Dit is een fout van het programma: meld haar."
        )
    return Publication(
        {table.id: _rows(table, wanted, margins, cells, suppressed) for table in wanted.tables},
        len(cells.units),
        int(problem.primary.sum()),
        int(suppressed[list(cells.units.values())].sum() - problem.primary.sum()),
        len(exposed),
        len(exact),
    )


def _rows(
    table: PublishedTable, wanted: PublicationSet, margins: Margins, cells: Cells, suppressed: NDArray[np.bool_]
) -> list[Row]:
    def shown(dimensions: tuple[str, ...], key: Key) -> str:
        unit = cells.units.get((dimensions, key))
        if unit is None or not suppressed[unit]:
            return SHOWN
        return HIDDEN if suppressed[cells.marks.get(unit, unit)] else UNDER

    rows = []
    for key, true in margins[table.dimensions].items():
        numbers: dict[str, int | float | None] = {}
        how = shown(table.dimensions, key)
        steps = {name: rounded(true[name], wanted.measures[name].step) for name in table.measures if name in true}
        for name in table.measures:
            fits = how == SHOWN and name in steps
            numbers[name] = steps[name] // wanted.measures[name].per if fits else None
        if table.within is not None:
            whole = tuple(key[table.dimensions.index(name)] for name in table.within)
            count = wanted.count
            total = rounded(margins[table.within][whole][count.name], count.step)
            fits = how == SHOWN and shown(table.within, whole) == SHOWN and total > 0
            numbers["aandeel"] = rounded(1000 * steps[count.name] / total, 1) / 1000 if fits else None
        for name, above, below in table.means:
            large = all(steps.get(one, 0) >= LARGE * wanted.measures[one].step for one in (above, below))
            numbers[name] = rounded(100 * steps[above] / steps[below], 1) / 100 if how == SHOWN and large else None
        rows.append(Row(key, how, numbers))
    return rows
