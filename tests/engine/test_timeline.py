"""The days on which rules begin or end, and since when that was known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings

from aanspraak.engine.graph import decisions_under
from aanspraak.engine.model import FIRST_DAY, LAST_DAY, Decision, Rule, RuleBase
from aanspraak.engine.timeline import timeline
from tests.engine.random_rules import rule_bases


@given(rule_bases(whole=False))
@settings(max_examples=80)
def test_every_beginning_and_end_within_the_decision_is_told_once(base: RuleBase) -> None:
    top = base.besluiten["boven"]
    rules = [rule for decision in decisions_under(base, top) for rule in decision.regels]
    edges = [(rule.geldig[0], "begint", rule.id) for rule in rules]
    edges += [(rule.geldig[1] + 1, "vervalt", rule.id) for rule in rules]
    turns = list(timeline(base, "boven"))
    told = [(t.dag.toordinal(), "begint", rule.id) for t in turns for rule in t.begint]
    told += [(t.dag.toordinal(), "vervalt", rule.id) for t in turns for rule in t.vervalt]
    assert sorted(told) == sorted(edge for edge in edges if top.geldig[0] < edge[0] <= top.geldig[1])
    assert [t.dag for t in turns] == sorted(t.dag for t in turns)


def test_an_end_that_was_recorded_later_does_not_move_the_day_the_beginning_was_recorded() -> None:
    start, end, first, later = (date(year, 1, 1).toordinal() for year in (2016, 2019, 2015, 2020))
    whole = (first, LAST_DAY)
    base = _one_rule(whole, (start, end - 1))
    rule = base.besluiten["boven"].regels[0]
    thought = replace(rule, geldig=(start, LAST_DAY), vastgelegd=(start, later - 1))
    known = replace(rule, vastgelegd=(later, LAST_DAY))
    decision = base.besluiten["boven"]
    base = replace(
        base,
        besluiten={"boven": replace(decision, regels=(known,))},
        ooit={"boven": replace(decision, regels=(thought, known))},
    )
    begins, ends = timeline(base, "boven")
    assert (begins.dag.toordinal(), begins.vastgelegd) == (start, {"regel": date.fromordinal(start)})
    assert (ends.dag.toordinal(), ends.vastgelegd) == (end, {"regel": date.fromordinal(later)})


def test_what_was_always_known_has_no_day_of_recording() -> None:
    start = date(2016, 1, 1).toordinal()
    (turn,) = timeline(_one_rule((FIRST_DAY, LAST_DAY), (start, LAST_DAY)), "boven")
    assert turn.vastgelegd == {}


def _one_rule(valid: tuple[int, int], held: tuple[int, int]) -> RuleBase:
    rule = Rule("regel", {}, {"uit": "x"}, (), "Zo.", held)
    return RuleBase({}, {}, {"boven": Decision("boven", "Boven", "Wat?", {"uit": ("x",)}, valid, (rule,))})
