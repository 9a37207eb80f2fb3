"""A number that follows from dates: the same answer from the dates as from the number, asked by the date, computed in
tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanspraak.engine.answer import answer, decide
from aanspraak.engine.cells import compile_decision
from aanspraak.engine.columns import OPEN, decision_query
from aanspraak.engine.dates import elapsed
from aanspraak.engine.derived import derive
from aanspraak.engine.derived_columns import derived_query
from aanspraak.engine.model import (
    FIRST_DAY,
    LAST_DAY,
    PEILDATUM,
    CaseError,
    Concept,
    Decision,
    Derived,
    Rule,
    RuleBase,
    Unit,
    contains,
)
from aanspraak.engine.questions import effects, open_questions
from tests.engine.random_rules import GROUND

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

START = date(2024, 1, 31)
DAYS = [START + timedelta(i) for i in range(-70, 71)]
CUTS = (0, 2)
"""The rules: less than the first, less than the second, the rest."""


def base_of(unit: Unit, low: int, *, ask: bool = False) -> RuleBase:
    """A decision on the time from `dag` to the peildatum; ids are the outcomes."""
    concepts = {
        "dag": Concept("dag", "datum", "dag", "Welke dag?", van=FIRST_DAY, tot=LAST_DAY),
        "duur": Concept("duur", "getal", "duur", "Hoelang?" if ask else "", van=low, tot=99,
                        afgeleid=Derived(unit, "dag", PEILDATUM)),
        "uit": Concept("uit", "keuze", "uit", "Wat?", waarden={"voor": "V", "kort": "K", "lang": "L"}),
    }  # fmt: skip
    spans = {"voor": (low, CUTS[0] - 1), "kort": (CUTS[0], CUTS[1] - 1), "lang": (CUTS[1], 99)}
    rules = tuple(
        Rule(name, {"duur": (span,)}, {"uit": name}, GROUND, "Zo.", (FIRST_DAY, LAST_DAY))
        for name, span in spans.items()
        if span[0] <= span[1]
    )
    outcomes = tuple(rule.id for rule in rules)
    decision = Decision("wat", "Wat", "Wat?", {"uit": outcomes}, (FIRST_DAY, LAST_DAY), rules)
    return RuleBase(concepts, {}, {"wat": decision})


units = st.sampled_from(("dagen", "weken", "maanden"))


@given(units, st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_dates_give_the_answer_of_the_number(unit: Unit, first: date, day: date) -> None:
    base = base_of(unit, -99)
    number = elapsed(unit, first, day)
    assert answer(base, "wat", {"dag": first}, day).uitkomst == answer(base, "wat", {"duur": number}, day).uitkomst
    assert answer(base, "wat", {"dag": first}, day).waarden["duur"] == number


@pytest.mark.parametrize(("ask", "asked"), [(False, ["dag"]), (True, ["duur"])])
def test_the_date_is_asked_unless_the_number_has_a_question(ask: bool, asked: list[str]) -> None:
    table = compile_decision(base_of("dagen", 0, ask=ask), "wat")
    assert open_questions(table, {PEILDATUM: START}) == asked
    assert open_questions(table, {PEILDATUM: START, "dag": START}) == []
    assert open_questions(table, {PEILDATUM: START, "duur": 3}) == []


@given(units, st.sampled_from((0, -99)), st.sampled_from(DAYS))
@settings(max_examples=30)
def test_effects_of_a_date_tell_what_each_day_leaves(unit: Unit, low: int, day: date) -> None:
    table = compile_decision(base_of(unit, low), "wat")
    told = list(effects(table, {PEILDATUM: day}, "dag"))
    for first in DAYS:
        found = [effect.regels for effect in told if contains(effect.als, first.toordinal())]
        try:
            (rule,) = decide(table, derive(table.base, "wat", {PEILDATUM: day, "dag": first}))
        except CaseError:
            assert found == []
        else:
            assert found == [frozenset({rule.id})]


def test_a_number_that_cannot_be_or_that_differs_is_refused_with_the_dates() -> None:
    base = base_of("dagen", 0)
    with pytest.raises(CaseError, match=r"dag = 2024-02-01 en peildatum = 2024-01-31: duur is dan -1"):
        answer(base, "wat", {"dag": START + timedelta(1)}, START)
    with pytest.raises(CaseError, match=r"«2024-01-30» kan niet bij dag\. Geef een datum"):
        answer(base, "wat", {"dag": "2024-01-30"}, START)
    with pytest.raises(CaseError, match=r"duur is dan 0 en niet 5; kijk de datums na, of laat dat"):
        answer(base, "wat", {"dag": START, "duur": 5}, START)


def test_who_answers_questions_reads_names_and_no_ids() -> None:
    base = base_of("dagen", 0)
    named = replace(base, begrippen={**base.begrippen, "dag": replace(base.concept("dag"), naam="dag van opname")})
    for facts, said in (
        ({"dag": START + timedelta(1)}, "dag van opname is 1-2-2024 en peildatum is 31-1-2024: duur is dan -1"),
        ({"dag": "31 januari"}, "«31 januari» kan niet bij dag van opname. Geef een datum"),
    ):
        with pytest.raises(CaseError) as error:
            answer(named, "wat", facts, START)
        assert error.value.said.startswith(said)


def rows_of(unit: Unit, low: int) -> tuple[RuleBase, list[tuple[int, date | None, str]]]:
    """Cases with the rule that must decide them; a day that cannot be leaves it open."""
    base = base_of(unit, low)
    rows: list[tuple[int, date | None, str]] = [(-1, None, OPEN)]
    for number, first in enumerate(DAYS):
        try:
            rule = answer(base, "wat", {"dag": first}, START).regels[0].id
        except CaseError:
            rule = OPEN
        rows.append((number, first, rule))
    return base, rows


def query(base: RuleBase, dialect: str) -> str:
    numbers = derived_query(base, "wat", "zaken", ["nr", "dag"], peildatum=START)
    decided = decision_query(
        compile_decision(base, "wat"), "afgeleid", ["nr", "dag", "duur"], dialect=dialect, peildatum=START  # type: ignore[arg-type]
    )  # fmt: skip
    with_numbers = decided.with_("afgeleid", as_=numbers)
    return f"SELECT nr, dag, wat_regel FROM ({with_numbers.sql(dialect)}) ORDER BY nr"


@pytest.mark.parametrize("unit", ["dagen", "weken", "maanden"])
@pytest.mark.parametrize("low", [0, -99])
def test_duckdb_computes_the_number_a_table_lacks(unit: Unit, low: int) -> None:
    base, rows = rows_of(unit, low)
    with duckdb.connect() as con:
        con.execute("CREATE TABLE zaken (nr INT, dag DATE)")
        con.executemany("INSERT INTO zaken VALUES (?, ?)", [row[:2] for row in rows])
        assert con.execute(query(base, "duckdb")).fetchall() == rows


@pytest.mark.spark
@given(unit=units)
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_spark_computes_the_number_a_table_lacks(spark: SparkSession, unit: Unit) -> None:
    base, rows = rows_of(unit, 0)
    spark.createDataFrame([row[:2] for row in rows], "nr INT, dag DATE").createOrReplaceTempView("zaken")
    assert [tuple(row) for row in spark.sql(query(base, "spark")).collect()] == rows
