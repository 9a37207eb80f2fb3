"""Two independent engines read the export and decide as this engine does."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from aanspraak.engine.cells import Table
from aanspraak.engine.dmn import to_dmn
from aanspraak.engine.model import RuleBase, contains
from aanspraak.engine.reader import read_rules
from tests.dmn.readers import Case, ask_npm, npm_answers, python_answers
from tests.dmn.samples import engine_answer, periods, random_case, table_of
from tests.engine.random_rules import DAYS, checklists, rule_bases

CASES = 10_000
BASE = read_rules()
TABLES = {name: table_of(BASE, name) for name in BASE.besluiten}
SPANS = [(name, span) for name, table in TABLES.items() for span in periods(table)]


@pytest.mark.parametrize(("number", "name", "span"), [(i, *s) for i, s in enumerate(SPANS)])
def test_real_decisions(number: int, name: str, span: tuple[int, int]) -> None:
    """In every period of every decision, on a day of it; the cases are divided over them."""
    rng = np.random.default_rng(number)
    day = date.fromordinal(int(rng.integers(*span, endpoint=True)))
    count = CASES // len(SPANS) + (number < CASES % len(SPANS))
    _check(BASE, TABLES[name], day, [random_case(TABLES[name], day, rng) for _ in range(count)])


@given(rule_bases(), st.sampled_from(DAYS), st.integers(0, 2**32))
@settings(max_examples=40)
def test_random_tables(base: RuleBase, day: int, seed: int) -> None:
    _check_random(base, day, seed)


@given(checklists(), st.sampled_from(DAYS), st.integers(0, 2**32))
@settings(max_examples=40)
def test_random_checklists(base: RuleBase, day: int, seed: int) -> None:
    assume(contains((base.besluiten["boven"].geldig,), day))
    _check_random(base, day, seed)


def _check_random(base: RuleBase, day: int, seed: int) -> None:
    rng, table = np.random.default_rng(seed), table_of(base, "boven")
    on = date.fromordinal(day)
    try:
        cases = [random_case(table, on, rng) for _ in range(10)]
    except ValueError:
        assume(False)
    _check(base, table, on, cases)


def _check(base: RuleBase, table: Table, day: date, cases: list[Case]) -> None:
    name = table.decision.id
    ask_npm(to_dmn(base, name, day, "1.3"), cases)
    xml = to_dmn(base, name, day)
    try:
        python = python_answers(xml, cases) if _every_table_has_inputs(xml) else None
    finally:  # or the next test would read them
        npm = npm_answers()
    expected = [engine_answer(base, name, case, day, said) for case, said in zip(cases, npm, strict=True)]
    assert all(name in answer for answer in expected)
    assert npm == expected
    assert python in (None, expected)


def _every_table_has_inputs(xml: str) -> bool:
    tables = etree.fromstring(xml).iterfind(".//{*}decisionTable")
    return all(table.find("{*}input") is not None for table in tables)
