"""Dates in, dates out: whole units elapsed and terms, in Python as they are defined, and alike in DuckDB and Spark."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, get_args

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlglot import exp

from aanspraak.engine.dates import elapsed, later, term_day
from aanspraak.engine.derived_columns import elapsed_sql
from aanspraak.engine.model import Term, Unit

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

UNITS: tuple[Unit, ...] = get_args(Unit)
LEAP, END = date(2020, 2, 29), date(2021, 1, 31)
days = st.dates(date(2018, 1, 1), date(2026, 12, 31)) | st.sampled_from(
    [LEAP, END, date(2021, 2, 28), date(2021, 3, 31), date(2024, 2, 29), date(2023, 12, 31), date(2024, 3, 1)]
)


@given(st.sampled_from(UNITS), days, days)
@example("maanden", END, date(2021, 2, 28))
@example("jaren", LEAP, date(2021, 2, 28))
@example("maanden", date(2021, 3, 31), date(2021, 2, 28))
def test_elapsed_is_the_largest_number_whose_day_is_not_past(unit: Unit, first: date, last: date) -> None:
    number = elapsed(unit, first, last)
    assert later(first, number, unit) <= last < later(first, number + 1, unit)


@pytest.mark.parametrize(
    ("day", "number", "unit", "expected"),
    [
        (date(2021, 3, 1), 14, "dagen", date(2021, 3, 15)),
        (date(2021, 3, 1), -2, "weken", date(2021, 2, 15)),
        (END, 1, "maanden", date(2021, 2, 28)),
        (date(2020, 1, 31), 1, "maanden", LEAP),
        (date(2021, 12, 15), 2, "maanden", date(2022, 2, 15)),
        (date(2021, 1, 15), -1, "maanden", date(2020, 12, 15)),
        (LEAP, 1, "jaren", date(2021, 2, 28)),
        (LEAP, 4, "jaren", date(2024, 2, 29)),
    ],
)
def test_later(day: date, number: int, unit: Unit, expected: date) -> None:
    assert later(day, number, unit) == expected


@given(days, st.integers(1, 400), st.sampled_from(UNITS), st.booleans())
def test_a_term_counts_its_first_day_only_when_told(day: date, number: int, unit: Unit, back: bool) -> None:
    amount = -number if back else number
    without = term_day(Term("dag", "dag", amount, unit, False), day)
    within = term_day(Term("dag", "dag", amount, unit, True), day)
    assert without == later(day, amount, unit)
    assert abs((without - day).days) - abs((within - day).days) == 1
    if unit == "dagen":  # the first day is one of them
        assert len({min(day, within) + timedelta(i) for i in range(abs((within - day).days) + 1)}) == number


PAIRS = sorted(
    {
        (a, b)
        for centre in (date(2020, 2, 29), date(2021, 1, 31), date(2023, 12, 31), date(2024, 3, 31), date(2021, 10, 31))
        for i in (-400, -366, -365, -60, -31, -30, -29, -28, -8, -7, -1, 0, 1, 6, 7, 27, 28, 29, 30, 31, 59, 365, 366)
        for j in range(-3, 4)
        for a, b in [(centre + timedelta(j), centre + timedelta(i))]
    }
)


def query(dialect: str) -> str:
    """The four units of every pair, one column each, in a fixed order."""
    columns = [exp.alias_(elapsed_sql(u, exp.column("van"), exp.column("tot")), u) for u in UNITS]
    return exp.select("van", "tot", *columns).from_("paren").order_by("van", "tot").sql(dialect)


EXPECTED = [(a, b, *(elapsed(u, a, b) for u in UNITS)) for a, b in PAIRS]


def test_duckdb_counts_as_python() -> None:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE paren (van DATE, tot DATE)")
        con.executemany("INSERT INTO paren VALUES (?, ?)", PAIRS)
        assert con.execute(query("duckdb")).fetchall() == EXPECTED


@given(st.lists(st.tuples(days, days), min_size=1, max_size=40, unique=True))
@settings(max_examples=40)
def test_duckdb_counts_as_python_on_any_days(pairs: list[tuple[date, date]]) -> None:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE paren (van DATE, tot DATE)")
        con.executemany("INSERT INTO paren VALUES (?, ?)", pairs)
        want = [(a, b, *(elapsed(u, a, b) for u in UNITS)) for a, b in sorted(pairs)]
        assert con.execute(query("duckdb")).fetchall() == want


@pytest.mark.spark
def test_spark_counts_as_python_also_where_the_clock_changes(spark: SparkSession) -> None:
    spark.conf.set("spark.sql.session.timeZone", "Europe/Amsterdam")
    try:
        spark.createDataFrame(PAIRS, "van DATE, tot DATE").createOrReplaceTempView("paren")
        assert [tuple(row) for row in spark.sql(query("spark")).collect()] == EXPECTED
    finally:
        spark.conf.set("spark.sql.session.timeZone", "UTC")
