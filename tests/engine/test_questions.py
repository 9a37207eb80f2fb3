"""Questions where inputs imply each other: what is asked is enough, and the easy question comes first."""

from __future__ import annotations

from datetime import date

import pytest

from aanspraak.engine.answer import decide
from aanspraak.engine.cells import compile_decision
from aanspraak.engine.model import FIRST_DAY, LAST_DAY, PEILDATUM, Box, CaseError, Decision, Impossible, Rule, RuleBase
from aanspraak.engine.questions import open_questions
from tests.engine.random_rules import CONCEPTS, GROUND, Case

ALWAYS = (FIRST_DAY, LAST_DAY)
DAY: Case = {PEILDATUM: date(2020, 1, 1)}


def base_of(impossible: list[dict[str, Box]], *rules: tuple[dict[str, Box], str]) -> RuleBase:
    """A decision with these rules (conditions and outcome), in which these combinations cannot be."""
    rows = tuple(Rule(f"r{i}", als, {"uit": out}, GROUND, "Zo.", ALWAYS) for i, (als, out) in enumerate(rules))
    decision = Decision("boven", "Boven", "Wat?", {"uit": ("x", "y", "z")}, ALWAYS, rows)
    return RuleBase(CONCEPTS, {}, {"boven": decision}, tuple(Impossible(als, "Kan niet.") for als in impossible))


def only(*values: str) -> frozenset[str]:
    return frozenset(values)


def asked(base: RuleBase, **known: str) -> list[str]:
    return open_questions(compile_decision(base, "boven"), {**DAY, **known})


def test_of_two_inputs_that_say_the_same_both_can_settle_it_but_one_is_enough() -> None:
    same = [{"vlag": only("ja"), "kleur": only("rood")}, {"vlag": only("nee"), "kleur": only("wit", "blauw")}]
    red, other = only("rood"), only("wit", "blauw")
    base = base_of(same, ({"vlag": only("ja"), "kleur": other}, "x"), ({"vlag": only("nee"), "kleur": red}, "y"),
                   ({"vlag": only("ja"), "kleur": red}, "z"), ({"vlag": only("nee"), "kleur": other}, "z"))  # fmt: skip
    assert asked(base) in (["vlag"], ["kleur"])
    assert asked(base, vlag="ja") == []
    assert asked(base, kleur="rood") == []


def test_the_easy_question_comes_before_the_one_that_implies_it() -> None:
    """«Is there a flag?» narrows, though «which colour?» (red: no flag) alone would settle it."""
    implied = [{"vlag": only("nee"), "kleur": only("wit", "blauw")}, {"vlag": only("ja"), "kleur": only("rood")}]
    base = base_of(
        implied,
        ({"vlag": only("nee")}, "x"),
        ({"vlag": only("ja"), "kleur": only("wit")}, "y"),
        ({"vlag": only("ja"), "kleur": only("blauw", "rood")}, "z"),
    )
    assert asked(base) == ["vlag", "kleur"]
    assert asked(base, vlag="nee") == []
    assert asked(base, vlag="ja") == ["kleur"]
    assert asked(base, kleur="wit") == []


def test_an_answer_that_makes_the_rest_impossible_is_no_reason_to_ask() -> None:
    base = base_of(
        [{"vlag": only("nee"), "kleur": only("wit")}],
        ({"kleur": only("rood", "blauw")}, "x"),
        ({"kleur": only("wit"), "vlag": only("ja")}, "y"),
        ({"kleur": only("wit"), "vlag": only("nee")}, "z"),
    )
    assert asked(base, kleur="wit") == []
    assert asked(base) == ["kleur"]


def test_an_impossible_case_is_refused_with_the_reason() -> None:
    base = base_of(
        [{"vlag": only("nee"), "kleur": only("wit")}],
        ({"kleur": only("rood", "blauw")}, "x"),
        ({"kleur": only("wit"), "vlag": only("ja")}, "y"),
        ({"kleur": only("wit"), "vlag": only("nee")}, "z"),
    )
    table = compile_decision(base, "boven")
    with pytest.raises(CaseError, match=r"kleur = wit.*Kan niet\.") as error:
        decide(table, {**DAY, "kleur": "wit", "vlag": "nee"})
    colour, flag = base.concept("kleur"), base.concept("vlag")
    assert error.value.said == (
        f"Dit kan niet samen: {flag.naam}: {flag.waarden['nee']}; {colour.naam}: {colour.waarden['wit']}. Kan niet."
    )
    with pytest.raises(CaseError, match="«paars» kan niet bij kleur"):
        decide(table, {**DAY, "kleur": "paars"})
