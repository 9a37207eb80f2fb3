"""Months and days of the years with published figures. Days are int32, counted from 1970-01-01 as in Arrow."""

import numpy as np
from numpy.typing import NDArray

from aanspraak.synthetic.calibration import years

Days = NDArray[np.int32]


def month_starts() -> Days:
    """The first day of every month, and of the month after the last."""
    months = np.arange(f"{years()[0]}-01", f"{years()[-1] + 1}-02", dtype="datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int32)


def first_day(year: int) -> int:
    """1 January of `year`."""
    return int(np.datetime64(f"{year}-01-01", "D").astype(np.int64))


def add_months(days: Days, months: NDArray[np.integer]) -> Days:
    """The same day of the month `months` later; the last of the month where that day does not exist."""
    whole = days.astype("datetime64[D]")
    month = whole.astype("datetime64[M]")
    day = (whole - month.astype("datetime64[D]")).astype(np.int64)
    later = month + months
    last = ((later + 1).astype("datetime64[D]") - later.astype("datetime64[D]")).astype(np.int64) - 1
    return (later.astype("datetime64[D]") + np.minimum(day, last)).astype(np.int32)
