"""The history of a decision: every day on which it changes, and what a reader would notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import ModuleType

import pytest

from aanspraak.engine.model import LAST_DAY, Citation, Concept, Decision, Limit, Practice, Rule, RuleBase
from aanspraak.engine.reform import Change

NINE, TWENTY = Limit("keer", "aantal", maximum=9), Limit("keer", "aantal", maximum=20)
START = date(2015, 1, 1).toordinal()
TURN = date(2020, 7, 1).toordinal()


def rule(name: str, outcome: str, geldig: tuple[int, int] = (START, LAST_DAY), **rest: object) -> Rule:
    return Rule(name, {}, {"wet": outcome}, (Citation("bron", "1"),), "Omdat.", geldig, **rest)  # type: ignore[arg-type]


def decision(name: str, field: str, rules: tuple[Rule, ...]) -> Decision:
    return Decision(name, name, "?", {field: ("wlz", "zvw")}, (START, LAST_DAY), rules)


def laws(*decisions: Decision) -> RuleBase:
    values = {"wlz": "Wlz", "zvw": "Zvw"}
    concepts = {f: Concept(f, "keuze", f, "?", waarden=values) for d in decisions for f in d.uitkomst}
    return RuleBase(concepts, {}, {d.id: d for d in decisions})


@pytest.fixture
def history(rulepages: ModuleType) -> ModuleType:
    return rulepages.history


def test_a_day_names_the_rules_that_begin_and_end_and_the_situations_that_differ(history: ModuleType) -> None:
    old, new = rule("oud", "wlz", (START, TURN - 1)), rule("nieuw", "zvw", (TURN, LAST_DAY))
    base = laws(decision("besluit", "wet", (old, new)))
    (change,) = history.change_days(base, base.besluiten["besluit"])
    assert (change.vorige, change.dag) == (date(2020, 6, 30), date(2020, 7, 1))
    assert (change.begint, change.vervalt, change.door) == (("nieuw",), ("oud",), ())
    assert [(c.voor.id, c.na.id) for c in change.wijzigingen] == [("oud", "nieuw")]


def test_a_day_on_which_only_a_decision_underneath_changes_names_that(history: ModuleType) -> None:
    under = decision("onder", "aard", (
        replace(rule("oud", "wlz", (START, TURN - 1)), dan={"aard": "wlz"}),
        replace(rule("nieuw", "zvw", (TURN, LAST_DAY)), dan={"aard": "zvw"}),
    ))  # fmt: skip
    over = decision("boven", "wet", tuple(
        replace(rule(f"bij-{v}", v), als={"aard": frozenset({v})}) for v in ("wlz", "zvw")
    ))  # fmt: skip
    (change,) = history.change_days(laws(under, over), over)
    assert (change.begint, change.vervalt) == ((), ())
    assert change.door == (under,)
    assert [(c.voor.id, c.na.id) for c in change.wijzigingen] == [("bij-wlz", "bij-zvw")]


def test_rules_that_never_change_have_no_history(history: ModuleType) -> None:
    base = laws(decision("besluit", "wet", (rule("een", "wlz", (START, LAST_DAY)),)))
    assert list(history.change_days(base, base.besluiten["besluit"])) == []


def test_changes_are_together_only_when_a_reader_notices_the_same(history: ModuleType) -> None:
    where = ({},)
    pairs = [
        (rule("a", "wlz"), rule("b", "zvw")),
        (rule("c", "wlz"), rule("d", "zvw")),
        (rule("e", "wlz", grens=NINE), rule("f", "wlz", grens=TWENTY)),
        (rule("g", "wlz", grens=NINE), rule("h", "wlz")),
        (rule("i", "wlz"), rule("j", "wlz", voorwaarden=("Eis.",), praktijk=Practice("Anders.", ()))),
    ]
    found = list(history.shifts(tuple(Change(old, new, where) for old, new in pairs)))
    assert [(s.regels_voor, s.regels_na) for s in found] == [
        (("a", "c"), ("b", "d")),
        (("e",), ("f",)),
        (("g",), ("h",)),
        (("i",), ("j",)),
    ]
    assert (found[0].voor, found[0].na, found[0].grens) == ({"wet": "wlz"}, {"wet": "zvw"}, None)
    assert [s.grens for s in found[1:]] == [(NINE, TWENTY), (NINE, None), None]
    assert found[3].anders == ("de voorwaarden", "de praktijk")
    assert len(found[0].situaties) == 2
