"""What of a publication is shown or suppressed as one, and what must be suppressed for itself."""

from dataclasses import dataclass, field
from math import log2

from aanspraak.monitor.publication.margins import Margins
from aanspraak.monitor.publication.tables import Key, PublicationSet, PublishedTable

_MARK_LOSS = 0.5
"""What readers lose when a cell under ten does not even say so: less than any cell that is left out."""

_DOMINANT = 0.5
"""An amount is not shown when more of it than this is one person's: the rule of thumb for dominance in the guidelines
for output checking of the European statistical institutes (Bond, Brandt and De Wolf 2015)."""


@dataclass
class Units:
    """What is shown or suppressed as one: the counts of a cell of a table, the mark "<10" in its place, an amount."""

    small: list[bool] = field(default_factory=list)
    loss: list[float] = field(default_factory=list)
    rows: dict[tuple[str, Key], int] = field(default_factory=dict)
    """By table and cell. Where it is suppressed the amounts of the cell are too."""
    marks: dict[int, int] = field(default_factory=dict)
    """For the units of counts under ten: the unit of their mark. Where that is suppressed the cell is just left out."""
    amounts: dict[tuple[str, Key, str], int] = field(default_factory=dict)

    def add(self, small: bool, loss: float) -> int:
        self.small.append(small)
        self.loss.append(loss)
        return len(self.small) - 1


def all_units(wanted: PublicationSet, margins: Margins, largest: Margins) -> Units:
    """The units of every cell of every table."""
    units = Units()
    for table in wanted.tables:
        for key, numbers in margins[table.all_dimensions].items():
            if table.has(key) and numbers.get(table.measures[0]):
                _add(units, wanted, table, key, numbers, largest)
    return units


def _add(
    units: Units, wanted: PublicationSet, table: PublishedTable, key: Key, numbers: dict[str, float], largest: Margins
) -> None:
    count = wanted.measures[table.measures[0]]
    measured = [one for name in table.measures if name in numbers for one in [wanted.measures[name]]]
    small = any(0 < numbers[one.name] < one.step for one in measured if one.counts)
    row = units.rows[table.id, key] = units.add(small, 1 + log2(max(1.0, numbers[count.name] / count.step)))
    if numbers[count.name] < count.step:
        units.marks[row] = units.add(False, _MARK_LOSS)
    for one in measured:
        if not one.counts:
            value = numbers[one.name]
            most = largest.get(table.all_dimensions, {}).get(key, {}).get(one.name, 0.0)
            # up to a whole step rounding alone protects the one who has most of it
            dominated = excess(value, most) > one.step
            units.amounts[table.id, key, one.name] = units.add(dominated, 1 + log2(max(1.0, value / one.step)))


def excess(value: float, most: float) -> float:
    """How wide an amount must stay unknown for the one with most of it: up to where that is not too large a part.

    The protection level of the dominance rule (Hundepool and others 2012, chapter 4).
    """
    return most / _DOMINANT - value
