"""The values of fields, for many lines at once, and what is wrong with them."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from aanspraak.claims.ei_layout import Field
from aanspraak.claims.ei_lines import Cells, Lines
from aanspraak.claims.faultlog import FaultLog, shape

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]

_CORRECT = "Laat de afzender de waarde verbeteren."


def texts(cells: Cells, field: Field) -> NDArray[np.str_]:
    """The field as text, without the spaces after it. Bytes that are not ASCII become ?."""
    part = cells[:, field.columns]
    ascii_only = np.where((part < 128) & (part > 0), part, ord("?")).astype(np.uint8)
    wide = ascii_only.view(f"S{part.shape[1]}").ravel().astype(f"U{part.shape[1]}")
    return np.char.rstrip(wide, " ")


def numbers(cells: Cells, field: Field) -> Ints:
    """The field as a whole number; meaningless where `is_number` does not hold."""
    digits = cells[:, field.columns].astype(np.int64) - ord("0")
    weights: Ints = 10 ** np.arange(digits.shape[1] - 1, -1, -1, dtype=np.int64)
    return np.asarray(digits @ weights)


def is_number(cells: Cells, field: Field) -> Mask:
    part = cells[:, field.columns]
    return np.asarray(np.all((part >= ord("0")) & (part <= ord("9")), axis=1))


def days(cells: Cells, field: Field) -> Days:
    """The field, EEJJMMDD, as a day; NaT where there is no such day."""
    whole = np.where(is_number(cells, field), numbers(cells, field), 0)
    year, month, day = whole // 10_000, whole // 100 % 100, whole % 100
    possible = (year > 0) & (month >= 1) & (month <= 12) & (day >= 1)
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    found = months.astype("datetime64[D]") + (day - 1)
    possible &= found.astype("datetime64[M]") == months
    return np.where(possible, found, np.datetime64("NaT", "D"))


def check_field(lines: Lines, field: Field, log: FaultLog) -> None:
    """Note in `log` every line whose value this field cannot have."""
    cells = lines.cells
    if field.kind == "getal":
        note(lines, field, ~is_number(cells, field), "is geen getal met voorloopnullen", _CORRECT, log)
    elif field.kind == "datum":
        found = days(cells, field)
        note(lines, field, np.isnat(found), "is geen bestaande datum (eejjmmdd)", _CORRECT, log)
        if field.earliest:
            early = found < np.datetime64(field.earliest)
            note(lines, field, early, f"ligt voor {field.earliest}, de eerste dag die de standaard kent", _CORRECT, log)
    elif field.kind == "code":
        note(
            lines, field, ~np.isin(texts(cells, field), field.allowed),
            "is geen bekende code", f"Kies uit: {', '.join(field.allowed)}.", log,
        )  # fmt: skip
    elif field.kind == "leeg":
        filled = np.any(cells[:, field.columns] != ord(" "), axis=1)
        remedy = "Vul alleen spaties in; staat hier iets, dan is de regel misschien verschoven."
        note(lines, field, filled, "is niet leeg", remedy, log)
    else:
        if not field.private:
            part = cells[:, field.columns]
            odd = np.any((part < ord(" ")) | (part > ord("~")), axis=1)
            note(lines, field, odd, "heeft een teken dat niet in een code hoort", _CORRECT, log)
        if field.required:
            note(lines, field, texts(cells, field) == "", "is leeg", "Vul de waarde in.", log)


def check_future(lines: Lines, field: Field, today: date, log: FaultLog) -> None:
    """Care that is claimed has been given."""
    note(lines, field, days(lines.cells, field) > np.datetime64(today), "ligt in de toekomst", _CORRECT, log)


def note(lines: Lines, field: Field, wrong: Mask, problem: str, remedy: str, log: FaultLog) -> None:
    """Note in `log` the lines where `wrong` holds, with the value of the field unless it is private."""
    rows = np.flatnonzero(wrong)
    if not len(rows):
        return
    shown: list[str | None] = [None] * len(rows)
    if not field.private and field.kind != "leeg":
        plain = shape if field.kind in ("getal", "datum") else str
        shown = [plain(value) for value in texts(lines.cells[rows], field).tolist()]
    log.add(field.label, problem, remedy, zip(lines.numbers[rows].tolist(), shown, strict=True))


def take(lines: Lines, where: Mask | Ints) -> Lines:
    """The lines where the mask holds, or at the given rows."""
    return Lines(lines.cells[where], lines.numbers[where])
