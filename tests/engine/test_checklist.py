"""A checklist returns every rule that matches: answer, questions, columns and proof agree on random lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanspraak.engine.cells import compile_decision
from aanspraak.engine.checklist import compile_checklist
from aanspraak.engine.checklist_changes import changed_checks
from aanspraak.engine.checklist_columns import checklist_query
from aanspraak.engine.collect import Collected, collect
from aanspraak.engine.graph import inputs_of
from aanspraak.engine.model import (
    ALWAYS,
    PEILDATUM,
    CaseError,
    Decision,
    Reform,
    ReformChange,
    Rule,
    RuleBase,
    contains,
    ordinal,
)
from aanspraak.engine.proof import prove_decision
from aanspraak.engine.proof_z3 import prove_decision_z3
from aanspraak.engine.questions import effects, open_questions
from aanspraak.engine.reform import apply_reform
from tests.engine.random_rules import (
    CONCEPTS,
    DAYS,
    INPUTS,
    Case,
    cases,
    checklists,
    completions,
    meaning,
    values_of,
)

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def matches(base: RuleBase, case: Case) -> list[tuple[Case, frozenset[str]]]:
    """Every complete case that can exist, with the rules that match it."""
    both = ((c, meaning(base, "boven", c)) for c in completions(base, "boven", case))
    return [(c, rules) for c, rules in both if rules is not None]


def certain_and_possible(base: RuleBase, case: Case) -> tuple[list[str], list[str]] | None:
    """By definition: the rules that match every completion, and those that match some; None where there is none."""
    found = [rules for _, rules in matches(base, case)]
    if not found:
        return None
    certain, possible = frozenset.intersection(*found), frozenset().union(*found)
    ids = [rule.id for rule in base.besluiten["boven"].regels]
    return [r for r in ids if r in certain], [r for r in ids if r in possible - certain]


def collected(base: RuleBase, case: Case) -> Collected:
    return collect(base, "boven", {n: v for n, v in case.items() if n != PEILDATUM}, case[PEILDATUM])  # type: ignore[arg-type]


@given(checklists(), cases())
def test_rules_are_certain_possible_or_neither(base: RuleBase, case: Case) -> None:
    want = certain_and_possible(base, case)
    if want is None:
        with pytest.raises(CaseError):
            collected(base, case)
        return
    got = collected(base, case)
    assert ([r.id for r in got.treft], [w.regel.id for w in got.mogelijk]) == want
    others = [r for r in base.besluiten["boven"].regels if r.id not in (*want[0], *want[1])]
    assert [w.regel for w in got.treft_niet] == others
    for why in got.treft_niet:
        if why.wijkt_voor:
            before = [got.besluit.rule(rule) for rule in why.wijkt_voor.split(" of ")]
            assert all(why.regel.id in rule.in_afwijking_van for rule in before)
        elif why.is_ is not None:
            assert not contains(why.vereist, ordinal(why.is_))


@given(checklists(), cases())
@settings(max_examples=150)
def test_questions_are_those_that_change_which_rules_match(base: RuleBase, case: Case) -> None:
    try:
        checklist = compile_checklist(base, "boven")
        asked = open_questions(checklist, case)
    except CaseError:
        return
    assert asked == [n for n in inputs_of(base, checklist.decision) if n in asked and case.get(n) is None]
    possible = matches(base, case)
    groups: dict[tuple[object, ...], set[frozenset[str]]] = {}
    for c, rules in possible:
        groups.setdefault(tuple(c[n] for n in asked), set()).add(rules)
    assert all(len(found) == 1 for found in groups.values()), "knowing what is asked tells which rules match"
    for name in asked:
        told = list(effects(checklist, case, name))
        for value in values_of(CONCEPTS[name]):
            left = [rules for c, rules in possible if c[name] == value]
            union = frozenset().union(*left)
            assert [e.regels for e in told if contains(e.als, ordinal(value))] == ([union] if left else [])
        narrowed = {frozenset(rules for c, rules in possible if c[name] == v) for v in values_of(CONCEPTS[name])}
        assert len(narrowed - {frozenset()}) > 1 or _alone(possible, name), f"{name} can change nothing"


def _alone(possible: list[tuple[Case, frozenset[str]]], name: str) -> bool:
    """Whether two cases differ in that input alone and in the rules that match."""
    groups: dict[tuple[object, ...], set[frozenset[str]]] = {}
    for c, rules in possible:
        groups.setdefault(tuple(v for n, v in c.items() if n != name), set()).add(rules)
    return any(len(found) > 1 for found in groups.values())


@given(checklists())
@settings(max_examples=60)
def test_proof_finds_every_rule_that_never_matches(base: RuleBase) -> None:
    matched = {
        rule
        for day in DAYS
        for _, rules in matches(base, dict.fromkeys(INPUTS) | {PEILDATUM: date.fromordinal(day)})
        for rule in rules
    }
    want = {("nooit", frozenset({r.id})) for r in base.besluiten["boven"].regels if r.id not in matched}
    assert {(f.soort, f.regels) for f in prove_decision(base, "boven")} == want
    assert prove_decision_z3(base, "boven") == want


def columns_of(base: RuleBase, case: Case) -> tuple[str, str]:
    want = certain_and_possible(base, case)
    return ("|".join(want[0]), "|".join(want[1])) if want else ("onmogelijk", "")


@given(checklists(), st.lists(cases(), min_size=1, max_size=30))
@settings(max_examples=60)
def test_duckdb_collects_as_the_answer_does(base: RuleBase, rows: list[Case]) -> None:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE zaken (nr INT, kleur VARCHAR, vlag VARCHAR, aantal INT, dag DATE, peildatum DATE)")
        con.executemany(
            "INSERT INTO zaken VALUES (?, ?, ?, ?, ?, ?)",
            [[i, *(row[n] for n in (*INPUTS, PEILDATUM))] for i, row in enumerate(rows)],
        )
        query = checklist_query(compile_checklist(base, "boven"), "zaken", ["nr", *INPUTS, PEILDATUM]).sql("duckdb")
        got = con.execute(f"SELECT nr, boven_regels, boven_open FROM ({query}) ORDER BY nr").fetchall()
    assert got == [(i, *columns_of(base, row)) for i, row in enumerate(rows)]


@pytest.mark.spark
@given(base=checklists(), rows=st.lists(cases(), min_size=5, max_size=15))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_spark_collects_as_the_answer_does(spark: SparkSession, base: RuleBase, rows: list[Case]) -> None:
    columns = ["nr", *INPUTS, PEILDATUM]
    spark.createDataFrame(
        [(i, *(row[n] for n in columns[1:])) for i, row in enumerate(rows)],
        "nr INT, kleur STRING, vlag STRING, aantal INT, dag DATE, peildatum DATE",
    ).createOrReplaceTempView("zaken")
    query = checklist_query(compile_checklist(base, "boven"), "zaken", columns, dialect="spark").sql("spark")
    got = [tuple(r) for r in spark.sql(f"SELECT nr, boven_regels, boven_open FROM ({query}) ORDER BY nr").collect()]
    assert got == [(i, *columns_of(base, row)) for i, row in enumerate(rows)]


@given(checklists(), checklists())
@settings(max_examples=60)
def test_changed_checks_are_complete_and_apart(before: RuleBase, after: RuleBase) -> None:
    after = replace(after, onmogelijk=before.onmogelijk)
    day = date.fromordinal(DAYS[2])
    changes = list(changed_checks((before, day), (after, day), "boven"))
    old_rules, new_rules = ({r.id: r for r in base.besluiten["boven"].regels} for base in (before, after))
    both = [name for base in (before, after) for name in inputs_of(base, base.besluiten["boven"])]
    names = [name for name in dict.fromkeys(both) if name != PEILDATUM]
    for values in product(*(values_of(CONCEPTS[n]) for n in names)):
        case: Case = dict(zip(names, values, strict=True)) | {PEILDATUM: day}
        old, new = meaning(before, "boven", case), meaning(after, "boven", case)
        if old is None or new is None or _cannot_be(before, case):
            continue
        for rule in {*old_rules, *new_rules}:
            told = [
                (change.voor is not None, change.na is not None)
                for change in changes
                if change.regel == rule
                for box in change.situaties
                if all(contains(cell, ordinal(case[n])) for n, cell in box.items())  # type: ignore[arg-type]
            ]
            hits = rule in old, rule in new
            alike = not any(hits) or (all(hits) and old_rules[rule].verdict == new_rules[rule].verdict)
            assert told == ([] if alike else [hits])


@given(checklists())
@settings(max_examples=30)
def test_a_reform_ends_and_adds_rules_of_a_checklist(base: RuleBase) -> None:
    first, *_ = base.besluiten["boven"].regels
    new = Rule("nieuw", {"vlag": frozenset({"ja"})}, {}, first.grond, "Zo.", ALWAYS, gevolg="afwijzen")
    day = date.fromordinal(DAYS[2])
    changes = (ReformChange("boven", frozenset({first.id}), (new,)),)
    reformed = apply_reform(base, Reform("plan", "Plan", (), day, (), changes))
    for flag in ("ja", "nee"):
        try:
            ids = [rule.id for rule in collect(reformed, "boven", {"vlag": flag}, day).treft]
        except CaseError:
            continue
        assert first.id not in ids
        assert ("nieuw" in ids) == (flag == "ja")


def test_a_checklist_is_no_table() -> None:
    rule = Rule("regel", {}, {}, (), "Zo.", ALWAYS, gevolg="afwijzen")
    decision = Decision("lijst", "Lijst", "Wat?", {}, ALWAYS, (rule,), verzamel=True)
    with pytest.raises(TypeError, match="«lijst» is een lijst"):
        compile_decision(RuleBase({}, {}, {"lijst": decision}), "lijst")


def _cannot_be(base: RuleBase, case: Case) -> bool:
    return any(
        all(n in case and contains(cell, ordinal(case[n])) for n, cell in impossible.als.items())  # type: ignore[arg-type]
        for impossible in base.onmogelijk
    )
