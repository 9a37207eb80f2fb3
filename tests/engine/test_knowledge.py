"""The rules as they were known: every day of knowledge against every day of validity; and retroactive changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanspraak.engine.answer import answer, decide
from aanspraak.engine.cells import compile_decision
from aanspraak.engine.knowledge import as_known, knowledge_periods, known_now
from aanspraak.engine.model import FIRST_DAY, LAST_DAY, PEILDATUM, RuleBase, RuleError, UserError
from aanspraak.engine.proof import prove_decision
from aanspraak.engine.reader import read_reform, read_rules
from aanspraak.engine.reform import changed_situations
from tests.engine.random_rules import DAYS, INPUTS, Case, completions, meaning, recorded_bases

KNOWN = (DAYS[0] - 1, *DAYS, DAYS[-1] + 1)


@given(recorded_bases(), st.sampled_from(KNOWN))
@settings(max_examples=80)
def test_as_known_is_the_rules_recorded_on_that_day(base: RuleBase, known: int) -> None:
    then = as_known(base, date.fromordinal(known))
    everything = replace(base, besluiten=base.ooit)
    table = compile_decision(then, "boven")
    for day in DAYS:
        for case in completions(then, "boven", dict.fromkeys(INPUTS) | {PEILDATUM: date.fromordinal(day)}):
            complete: Case = {name: value or _some(name) for name, value in case.items()}
            want = meaning(everything, "boven", complete, known)
            assert frozenset(rule.id for rule in decide(table, complete)) == want


def _some(name: str) -> str | int | date:
    """A value for an input that no known rule looks at."""
    return {"kleur": "rood", "vlag": "ja", "aantal": 0, "dag": date.fromordinal(DAYS[0])}[name]


@given(recorded_bases())
@settings(max_examples=60)
def test_between_two_days_of_a_period_nothing_is_recorded(base: RuleBase) -> None:
    periods = list(knowledge_periods(base))
    assert [periods[0][0], *(last + 1 for _, last in periods)] == [*(first for first, _ in periods), LAST_DAY + 1]
    recorded = {edge for d in base.ooit.values() for r in d.regels for edge in (r.vastgelegd[0], r.vastgelegd[1] + 1)}
    assert {first for first, _ in periods} == {FIRST_DAY} | {day for day in recorded if day <= LAST_DAY}


RULES = {
    "bronnen.yaml": "bronnen:\n  wet: {titel: Wet, uitgever: Staat, datum: 2015-01-01}\n",
    "themas.yaml": "themas: {thema: Het thema}\n",
    "begrippen/alles.yaml": "begrippen:\n"
    "  vlag: {soort: ja_nee, naam: vlag, vraag: Is er een vlag?}\n"
    "  wie: {soort: keuze, naam: wie, vraag: Wie?, waarden: {gemeente: Gemeente, rijk: Rijk, niemand: Niemand}}\n",
    "thema/besluit.yaml": """besluit: besluit
titel: Besluit
vraag: Wie betaalt?
uitkomst: {wie: [gemeente, rijk, niemand]}
geldig: 2015-01-01/
regels:
- {id: geen-vlag, als: {vlag: nee}, dan: {wie: niemand}, grond: [wet 1], omdat: Zo.}
- id: gemeente-betaalt
  als: {vlag: ja}
  geldig: /2019-01-01
  eerder_bekend: {2019-07-01: 2015-01-01/}
  dan: {wie: gemeente}
  grond: [wet 2]
  omdat: Zo.
- id: rijk-betaalt
  als: {vlag: ja}
  geldig: 2019-01-01/
  vastgelegd: 2019-07-01/
  dan: {wie: rijk}
  grond: [wet 3]
  omdat: Zo!
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A law that on 1 July 2019 changed from 1 January 2019 on."""
    for name, text in RULES.items():
        path = tmp_path / "wet" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "wet"


@pytest.mark.parametrize(
    ("known", "day", "who"),
    [
        (date(2019, 3, 1), date(2019, 3, 1), "gemeente"),
        (date(2019, 6, 30), date(2019, 3, 1), "gemeente"),
        (date(2019, 7, 1), date(2019, 3, 1), "rijk"),
        (date(2026, 1, 1), date(2019, 3, 1), "rijk"),
        (date(2026, 1, 1), date(2018, 12, 31), "gemeente"),
        (date(2019, 6, 30), date(2026, 1, 1), "gemeente"),
    ],
)
def test_a_retroactive_change_is_known_from_the_day_it_was_recorded(
    folder: Path, known: date, day: date, who: str
) -> None:
    base = read_rules(folder)
    assert answer(as_known(base, known), "besluit", {"vlag": "ja"}, day).uitkomst == {"wie": who}
    assert answer(base, "besluit", {"vlag": "ja"}, day).uitkomst == {"wie": "rijk" if day.year >= 2019 else "gemeente"}


def test_a_server_that_runs_on_learns_what_becomes_known(folder: Path) -> None:
    read = replace(as_known(read_rules(folder), date(2019, 3, 1)), kennisdatum=None)
    assert known_now(read, date(2019, 6, 30)) is read
    later = known_now(read, date(2019, 7, 1))
    assert later is known_now(read, date(2026, 1, 1))
    assert later.kennisdatum is None
    day = date(2019, 3, 1)
    assert answer(read, "besluit", {"vlag": "ja"}, day).uitkomst == {"wie": "gemeente"}
    assert answer(later, "besluit", {"vlag": "ja"}, day).uitkomst == {"wie": "rijk"}


def test_every_slice_is_proven_and_slices_can_be_compared(folder: Path) -> None:
    base = read_rules(folder)
    slices = [as_known(base, date.fromordinal(first)) for first, _ in knowledge_periods(base)]
    assert [date.fromordinal(first) for first, _ in knowledge_periods(base)][1:] == [date(2019, 7, 1)]
    assert [list(prove_decision(known, "besluit")) for known in slices] == [[], []]
    day = date(2019, 3, 1)
    (change,) = changed_situations((slices[0], day), (slices[1], day), "besluit")
    assert (change.voor.id, change.na.id) == ("gemeente-betaalt", "rijk-betaalt")


def test_a_gap_in_what_was_known_is_found_in_its_slice(folder: Path) -> None:
    path = folder / "thema" / "besluit.yaml"
    path.write_text(RULES["thema/besluit.yaml"].replace("  eerder_bekend: {2019-07-01: 2015-01-01/}\n", ""), "utf-8")
    base = read_rules(folder)
    before, after = (as_known(base, date.fromordinal(first)) for first, _ in knowledge_periods(base))
    assert [finding.soort for finding in prove_decision(before, "besluit")] == ["gat"]
    assert list(prove_decision(after, "besluit")) == []


def test_a_decision_of_which_nothing_was_known_is_not_there(folder: Path) -> None:
    path = folder / "thema" / "besluit.yaml"
    text = RULES["thema/besluit.yaml"].replace("omdat: Zo.}", "omdat: Zo., vastgelegd: 2018-01-01/}", 1)
    path.write_text(text.replace("  omdat: Zo.\n", "  omdat: Zo.\n  vastgelegd: 2018-01-01/\n"), "utf-8")
    with pytest.raises(UserError, match="Er is geen besluit «besluit»"):
        as_known(read_rules(folder), date(2017, 12, 31)).decision("besluit")


def test_a_reform_cannot_be_recorded(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(
        "hervorming: plan\ntitel: Plan\ngrond: [wet 1]\nvanaf: 2027-01-01\nwijzigingen:\n- besluit: besluit\n"
        "  regels:\n  - {id: nieuw, dan: {wie: rijk}, grond: [wet 1], omdat: Zo., vastgelegd: 2026-01-01/}\n",
        encoding="utf-8",
    )
    with pytest.raises(RuleError, match=r"plan\.yaml:7: een hervorming is nog niet vastgelegd"):
        read_reform(read_rules(folder), str(path))
