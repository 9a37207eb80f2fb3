"""Answer, questions, columns and proof agree with the meaning of the rules, on random tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING
from unittest.mock import patch

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanspraak.engine import chain, quick
from aanspraak.engine.answer import answer, decide
from aanspraak.engine.cells import Table, compile_decision
from aanspraak.engine.columns import OPEN, decision_query
from aanspraak.engine.graph import inputs_of
from aanspraak.engine.model import PEILDATUM, CaseError, Decision, RuleBase, contains, ordinal
from aanspraak.engine.proof import prove_decision
from aanspraak.engine.questions import effects, open_questions
from aanspraak.engine.reader import read_rules
from aanspraak.engine.reform import changed_situations
from tests.engine.random_rules import CONCEPTS, DAYS, INPUTS, Case, cases, completions, meaning, rule_bases, values_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def verdicts(base: RuleBase, case: Case) -> set[frozenset[str]]:
    return {rules for c in completions(base, "boven", case) if (rules := meaning(base, "boven", c)) is not None}


def expected(base: RuleBase, table: Table, case: Case) -> frozenset[str] | None:
    """The rules that must decide; empty where it is open; None where the case cannot exist."""
    possible = frozenset().union(*(found := verdicts(base, case)))
    if not found:
        return None
    return possible if len({table.verdicts[r] for r in possible}) == 1 else frozenset()


@given(rule_bases(), cases())
def test_answer_is_given_when_every_completion_agrees(base: RuleBase, case: Case) -> None:
    table = compile_decision(base, "boven")
    want = expected(base, table, case)
    if want is None:
        with pytest.raises(CaseError):
            decide(table, case)
        return
    assert frozenset(rule.id for rule in decide(table, case)) == want
    got = answer(base, "boven", {n: v for n, v in case.items() if n != PEILDATUM}, case[PEILDATUM])
    assert (got.uitkomst is None) == (want == frozenset())
    assert {w.regel.id for w in got.alternatieven} == {r.id for r in table.decision.regels} - want


@given(rule_bases(), cases())
def test_why_not_names_what_is_in_the_way(base: RuleBase, case: Case) -> None:
    try:
        got = answer(base, "boven", {n: v for n, v in case.items() if n != PEILDATUM}, case[PEILDATUM])
    except CaseError:
        return
    facts = {n: v for n, v in case.items() if n != PEILDATUM}
    rests = any("tussen" in rule.als for rule in got.besluit.regels)
    under = answer(base, "onder", facts, case[PEILDATUM]).uitkomst if rests else None
    outcomes = {**case, "tussen": (under or {}).get("tussen")}
    needed = any("tussen" in rule.als for rule in got.regels or got.besluit.regels)
    assert [a.besluit.id for a in got.rust_op] == (["onder"] if needed else [])
    for why in got.alternatieven:
        if why.wijkt_voor:
            assert why.regel.id in got.besluit.rule(why.wijkt_voor).in_afwijking_van
        elif why.begrip:
            assert why.is_ == outcomes[why.begrip]
            assert why.is_ is None or not contains(why.vereist, ordinal(why.is_))
        else:
            assert got.uitkomst is None


@given(rule_bases(), cases())
@settings(max_examples=150)
def test_questions_are_exactly_those_that_matter(base: RuleBase, case: Case) -> None:
    table = compile_decision(base, "boven")
    asked = open_questions(table, case)
    assert asked == [n for n in inputs_of(base, table.decision) if n in asked]
    assert not {n for n in asked if case.get(n) is not None}
    possible = [
        (c, table.verdicts[next(iter(rules))])
        for c in completions(base, "boven", case)
        if (rules := meaning(base, "boven", c)) is not None
    ]
    groups: dict[tuple[object, ...], set[int]] = {}
    for c, verdict in possible:
        groups.setdefault(tuple(c[n] for n in asked), set()).add(verdict)
    assert all(len(found) == 1 for found in groups.values()), "knowing what is asked decides"
    for name in asked:
        others: dict[tuple[object, ...], set[int]] = {}
        for c, verdict in possible:
            others.setdefault(tuple(c[n] for n in asked if n != name), set()).add(verdict)
        narrowed: dict[object, set[int]] = {}
        for c, verdict in possible:
            narrowed.setdefault(c[name], set()).add(verdict)
        alone = any(len(found) > 1 for found in others.values())
        assert alone or len({frozenset(found) for found in narrowed.values()}) > 1, f"{name} can change nothing"
    if not base.onmogelijk:
        assert set(asked) == _pivotal(possible, [n for n in INPUTS if case.get(n) is None])


def _pivotal(possible: list[tuple[Case, int]], names: list[str]) -> set[str]:
    """The inputs for which two cases differ in that input alone and in the verdict."""
    found = set()
    for name in names:
        groups: dict[tuple[object, ...], set[int]] = {}
        for c, verdict in possible:
            groups.setdefault(tuple(v for n, v in c.items() if n != name), set()).add(verdict)
        if any(len(verdicts) > 1 for verdicts in groups.values()):
            found.add(name)
    return found


@given(rule_bases(), cases())
@settings(max_examples=50)
def test_effects_tell_what_each_answer_leaves_open(base: RuleBase, case: Case) -> None:
    table = compile_decision(base, "boven")
    for name in open_questions(table, case):
        told = list(effects(table, case, name))
        for value in values_of(CONCEPTS[name]):
            left = frozenset().union(*verdicts(base, {**case, name: value}))
            assert [e.regels for e in told if contains(e.als, ordinal(value))] == ([left] if left else [])


@given(rule_bases(whole=False))
def test_proof_finds_every_gap_clash_and_idle_rule(base: RuleBase) -> None:
    if any(f.soort != "nooit" for f in prove_decision(base, "onder")):
        base = replace(base, besluiten={"boven": _alone(base.besluiten["boven"])})
    leaves = {
        rules
        for day in DAYS
        for c in completions(base, "boven", {PEILDATUM: date.fromordinal(day)})
        if (rules := meaning(base, "boven", c)) is not None
    }
    want = {("gat", frozenset[str]())} if frozenset() in leaves else set()
    want |= {("tegenspraak", frozenset(pair)) for rules in leaves for pair in combinations(rules, 2)}
    want |= {
        ("nooit", frozenset({rule.id}))
        for rule in base.besluiten["boven"].regels
        if not any(rule.id in rules for rules in leaves)
    }
    assert {(f.soort, f.regels) for f in prove_decision(base, "boven")} == want
    pytest.importorskip("z3", reason="Z3 ontbreekt: uv sync --extra bewijs")
    from aanspraak.engine.proof_z3 import prove_decision_z3

    assert prove_decision_z3(base, "boven") == want


def _alone(decision: Decision) -> Decision:
    """The decision without the conditions on the one under it."""
    rules = (replace(r, als={n: b for n, b in r.als.items() if n != "tussen"}) for r in decision.regels)
    return replace(decision, regels=tuple(rules))


@given(rule_bases(), rule_bases())
@settings(max_examples=60)
def test_changed_situations_are_complete_and_apart(before: RuleBase, after: RuleBase) -> None:
    after = replace(after, onmogelijk=before.onmogelijk)
    day = date.fromordinal(DAYS[2])
    changes = list(changed_situations((before, day), (after, day), "boven"))
    for case in completions(before, "boven", dict.fromkeys(INPUTS) | {PEILDATUM: day}):
        case = {n: v or values_of(CONCEPTS[n])[0] for n, v in case.items() if n != PEILDATUM} | {PEILDATUM: day}
        old, new = meaning(before, "boven", case), meaning(after, "boven", case)
        if old is None or new is None:
            continue
        a, b = before.besluiten["boven"].rule(*old), after.besluiten["boven"].rule(*new)
        told = [
            (change.voor.id, change.na.id)
            for change in changes
            for box in change.situaties
            if all(contains(cell, ordinal(case[n])) for n, cell in box.items())
        ]
        assert told == ([(a.id, b.id)] if a.verdict != b.verdict else [])


@given(
    base=rule_bases(),
    rows=st.lists(cases(), min_size=1, max_size=30),
    absent=st.sets(st.sampled_from(INPUTS), max_size=2),
    one_day=st.booleans(),
    few=st.sampled_from([0, quick._FEW]),
    entries=st.sampled_from([3, chain._ENTRIES]),
)
@settings(max_examples=120)
def test_duckdb_decides_as_the_answer_does(
    base: RuleBase, rows: list[Case], absent: set[str], one_day: bool, few: int, entries: int
) -> None:
    """Also where columns are absent, all rows are of one day, every outcome is worked out only for the rows that need
    it (`few`), and look-ups are small (`entries`)."""
    table = compile_decision(base, "boven")
    day = rows[0][PEILDATUM] if one_day else None
    rows = [{**row, **dict.fromkeys(absent), **({PEILDATUM: day} if day else {})} for row in rows]
    columns = ["nr", *(n for n in (*INPUTS, PEILDATUM) if n not in absent)]
    with duckdb.connect() as con, patch.object(quick, "_FEW", few), patch.object(chain, "_ENTRIES", entries):
        con.execute("CREATE TABLE zaken (nr INT, kleur VARCHAR, vlag VARCHAR, aantal INT, dag DATE, peildatum DATE)")
        con.executemany(
            "INSERT INTO zaken VALUES (?, ?, ?, ?, ?, ?)",
            [[i, *(row[n] for n in (*INPUTS, PEILDATUM))] for i, row in enumerate(rows)],
        )
        query = decision_query(table, "zaken", columns, peildatum=day).sql("duckdb")
        got = con.execute(f"SELECT nr, boven_regel, boven_uit FROM ({query}) ORDER BY nr").fetchall()
    assert got == [(i, *in_words(base, table, row)) for i, row in enumerate(rows)]


def test_a_condition_on_the_result_is_not_written_out_into_the_look_ups() -> None:
    """Copied into the steps below them the steps would grow without bound."""
    table = compile_decision(read_rules(), "bekostiging_paramedische_zorg")
    names = [axis.name for axis in table.axes]
    with duckdb.connect() as con:
        kinds = {"keuze": "VARCHAR", "ja_nee": "VARCHAR", "getal": "INT", "datum": "DATE"}
        con.execute(f"CREATE TABLE zaken ({', '.join(f'{a.name} {kinds[a.concept.soort]}' for a in table.axes)})")
        query = decision_query(table, "zaken", names).sql("duckdb")
        rule = "bekostiging_paramedische_zorg_regel"
        plan = con.execute(f"EXPLAIN SELECT * FROM ({query}) WHERE {rule} = 'x' OR {rule} = 'y'").fetchall()[0][1]
    assert len(plan) < 2 * len(query)


def in_words(base: RuleBase, table: Table, row: Case) -> tuple[str, str | None]:
    want = expected(base, table, row)
    if not want:
        return ("onmogelijk" if want is None else OPEN), None
    return "|".join(sorted(want)), table.rules[next(iter(want))].dan["uit"]


@pytest.mark.spark
@given(base=rule_bases(), rows=st.lists(cases(), min_size=5, max_size=15))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_spark_decides_as_the_answer_does(spark: SparkSession, base: RuleBase, rows: list[Case]) -> None:
    table = compile_decision(base, "boven")
    columns = ["nr", *INPUTS, PEILDATUM]
    spark.createDataFrame(
        [(i, *(row[n] for n in columns[1:])) for i, row in enumerate(rows)],
        "nr INT, kleur STRING, vlag STRING, aantal INT, dag DATE, peildatum DATE",
    ).createOrReplaceTempView("zaken")
    query = decision_query(table, "zaken", columns, dialect="spark").sql("spark")
    got = [tuple(r) for r in spark.sql(f"SELECT nr, boven_regel, boven_uit FROM ({query}) ORDER BY nr").collect()]
    assert got == [(i, *in_words(base, table, row)) for i, row in enumerate(rows)]
