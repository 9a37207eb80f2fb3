"""A table or figure: long data with what a reader must know of it, and the wide table made from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from aanspraak.monitor.dutch import amount, count, share

Unit = Literal[
    "clienten", "aandeel", "euro_per_dag", "euro_per_client", "miljoen", "trajecten", "aandeel_trajecten", "dagen",
    "getal",
]  # fmt: skip
Kind = Literal["tabel", "naast", "gestapeld", "stroom"]

UNIT_LABELS: dict[Unit, str] = {
    "clienten": "Gewogen cliënten",
    "aandeel": "Aandeel van de cliënten",
    "euro_per_dag": "Euro per dag",
    "euro_per_client": "Euro per cliënt",
    "miljoen": "Miljoen euro",
    "trajecten": "Trajecten",
    "aandeel_trajecten": "Aandeel van de trajecten",
    "dagen": "Dagen",
    "getal": "Getal",
}


_WRITTEN: dict[Unit, Callable[[float], str]] = {
    "clienten": count,
    "aandeel": share,
    "euro_per_dag": amount,
    "euro_per_client": count,
    "miljoen": partial(amount, places=1),
    "trajecten": count,
    "aandeel_trajecten": share,
    "dagen": partial(amount, places=1),
    "getal": amount,
}


@dataclass(frozen=True)
class Cell:
    """One number. `column` and `row` are the panel, `series` the colour; `value` None is too small to show."""

    column: str | None
    row: str | None
    x: str | None
    series: str | None
    value: float | None


@dataclass(frozen=True)
class Exhibit:
    id: str
    title: str
    source: str
    kind: Kind
    unit: Unit
    x_title: str
    series_title: str | None
    cells: tuple[Cell, ...]
    palette: tuple[str, ...] = ()
    """Every series that figures with this `series_title` can show: a series has the same colour in all of them."""
    y_title: str = ""
    """What the numbers are, where the unit does not say it."""


@dataclass(frozen=True)
class Table:
    """Ready to show: the first `names` columns are words, the others are numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    names: int = 1


def distinct(values: Sequence[str | None]) -> list[str]:
    """The values in order of first appearance, without None."""
    return [value for value in dict.fromkeys(values) if value is not None]


def wide(exhibit: Exhibit) -> Table:
    """The numbers as a reader wants them under a figure: series beside each other, panels below each other."""
    cells = exhibit.cells
    across = [cell.series if exhibit.series_title else cell.column for cell in cells]
    panels = [
        (title, [getattr(cell, name) for cell in cells])
        for title, name in (("Groep", "row"), ("Deelgroep", "column"))
        if len({getattr(cell, name) for cell in cells}) > 1 and not (name == "column" and not exhibit.series_title)
    ]
    keys = [(*(str(values[i]) for _, values in panels), str(cell.x)) for i, cell in enumerate(cells)]
    found = {(key, name): cell.value for key, name, cell in zip(keys, across, cells, strict=True)}
    headings = distinct(across)
    rows = tuple(
        key + tuple(_shown(found, key, name, exhibit.unit) for name in headings) for key in dict.fromkeys(keys)
    )
    return Table((*(title for title, _ in panels), exhibit.x_title, *headings), rows, len(panels) + 1)


def _shown(
    found: dict[tuple[tuple[str, ...], str | None], float | None], key: tuple[str, ...], name: str, unit: Unit
) -> str:
    if (key, name) not in found:
        return "–"
    value = found[key, name]
    if value is None:
        return "<10" if unit in ("clienten", "trajecten") else "·"
    return _WRITTEN[unit](value)
