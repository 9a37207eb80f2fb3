"""Whole days, weeks, months and years between and after dates.

So many months after a day is the day of that number in the later month, or its last day where it has none (a month
after 31 January is 28 or 29 February). Elapsed is the largest number for which that day is not past, so that both
count alike, before and after.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from aanspraak.engine.model import Term, Unit

_DAYS: dict[Unit, int] = {"dagen": 1, "weken": 7}
_MONTHS: dict[Unit, int] = {"maanden": 1, "jaren": 12}


def later(day: date, number: int, unit: Unit) -> date:
    """The day so many units later; earlier where the number is below zero."""
    if unit in _DAYS:
        return day + timedelta(number * _DAYS[unit])
    year, month = divmod(day.year * 12 + day.month - 1 + number * _MONTHS[unit], 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def elapsed(unit: Unit, first: date, last: date) -> int:
    """The whole units from one day to another, rounded down: below zero where `last` comes first."""
    if unit in _DAYS:
        return (last - first).days // _DAYS[unit]
    months = (last.year - first.year) * 12 + last.month - first.month
    reached = last.day >= first.day or last.day == monthrange(last.year, last.month)[1]
    return (months if reached else months - 1) // _MONTHS[unit]


def term_day(term: Term, day: date) -> date:
    """The day that a term gives, from the day it begins."""
    found = later(day, term.aantal, term.eenheid)
    if not term.eerste_dag_telt:
        return found
    return found - timedelta(1 if term.aantal > 0 else -1)
