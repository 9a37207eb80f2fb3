"""Months and days of the data: all years with published figures of delivery forms or of short-term care."""

import numpy as np

from aanspraak.synthetic.arrays import Days, Ints
from aanspraak.synthetic.calibration import years
from aanspraak.synthetic.kortdurend_cijfers import trajectory_years


def data_years() -> range:
    return range(years()[0], trajectory_years()[-1] + 1)


def month_starts() -> Days:
    """The first day of every month, and of the month after the last."""
    return (
        np.arange(f"{data_years()[0]}-01", f"{data_years()[-1] + 1}-02", dtype="datetime64[M]")
        .astype("datetime64[D]")
        .astype(np.int64)
    )


def month_count() -> int:
    return 12 * len(data_years())


def year_of(month: int) -> int:
    """The calendar year of a month, counted from the first month of the data."""
    return data_years()[month // 12]


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
