"""Months and days of the years with published figures."""

import numpy as np

from aanspraak.synthetic.arrays import Days, Ints
from aanspraak.synthetic.calibration import years


def month_starts() -> Days:
    """The first day of every month, and of the month after the last."""
    return (
        np.arange(f"{years()[0]}-01", f"{years()[-1] + 1}-02", dtype="datetime64[M]")
        .astype("datetime64[D]")
        .astype(np.int64)
    )


def month_count() -> int:
    return 12 * len(years())


def year_of(month: int) -> int:
    """The calendar year of a month, counted from the first month of the data."""
    return years()[month // 12]


def first_day(year: int) -> int:
    """1 January of `year`."""
    return int(np.datetime64(f"{year}-01-01", "D").astype(np.int64))


def add_months(days: Days, months: Ints) -> Days:
    """The same day of the month `months` later; the last of the month where that day does not exist."""
    whole_days = days.astype("datetime64[D]")
    month = whole_days.astype("datetime64[M]")
    day = whole_days - month.astype("datetime64[D]")
    later = month + months
    last = (later + 1).astype("datetime64[D]") - later.astype("datetime64[D]") - 1
    result: Days = (later.astype("datetime64[D]") + np.minimum(day, last)).astype(np.int64)
    return result
