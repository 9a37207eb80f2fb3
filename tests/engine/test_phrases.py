"""What is said of rules that do not hold: short enough to read, and still true."""

from __future__ import annotations

from datetime import date

import pytest

from aanspraak.engine.answer import why_not
from aanspraak.engine.boxes import box_words
from aanspraak.engine.model import ALWAYS, PEILDATUM, Concept, Rule, RuleBase
from aanspraak.engine.phrases import miss_words, why_not_words

PROFILES = {f"V{n}": f"VV {n}: Wonen met zorg {n}" for n in range(1, 11)} | {"L1": "LG 1: Wonen", "geen": "Geen, nu"}
PROFILE = Concept("profiel", "keuze", "zorgprofiel", "Welk?", waarden=PROFILES)
NAMES = {f"naam{n}": f"Een lange naam, die wel {n} keer in een zin past" for n in range(1, 8)}
ILLNESS = Concept("kwaal", "keuze", "kwaal", "Welke?", waarden=NAMES)
BASE = RuleBase({"profiel": PROFILE, "kwaal": ILLNESS}, {}, {})


def rule(**als: frozenset[str]) -> Rule:
    return Rule("r", als, {}, (), "Zo is het.", ALWAYS)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["V4", "V5", "V6", "V10"], "VV 4 t/m VV 6 of VV 10"),
        (["V4", "V5"], "VV 4 of VV 5"),
        (["V9", "V10", "L1"], "VV 9, VV 10 of LG 1"),  # a row goes on only under the same letters
        (["V1", "V2", "V4", "geen"], "VV 1, VV 2, VV 4 of «Geen, nu»"),
        ([name for name in PROFILES if name not in ("V1", "V2", "V3")], "alles behalve VV 1 t/m VV 3"),
    ],
)
def test_numbered_values_in_a_row_are_one(values: list[str], words: str) -> None:
    assert box_words(frozenset(values), PROFILE, labels=True) == words


def test_what_is_too_long_is_counted() -> None:
    words = box_words(frozenset(["naam2", "naam3", "naam4"]), ILLNESS, labels=True)
    assert words.count("«") == 3
    more = Concept("kwaal", "keuze", "kwaal", "Welke?", waarden=NAMES | {f"x{n}": f"Iets {n}?" for n in range(9)})
    assert box_words(frozenset(NAMES), more, labels=True) == (
        f"«{NAMES['naam1']}», «{NAMES['naam2']}», «{NAMES['naam3']}» of een van 4 andere"
    )
    assert box_words(frozenset(NAMES), more, labels=True, whole=True).count("«") == len(NAMES)


def test_a_short_name_that_two_values_share_is_not_used() -> None:
    concept = Concept("k", "keuze", "k", "?", waarden={"a": "Thuis: alleen", "b": "Thuis: samen", "c": "Elders: ver"})
    assert box_words(frozenset("abc"), concept, labels=True) == "«Thuis: alleen», «Thuis: samen» of «Elders»"


@pytest.mark.parametrize(
    ("als", "facts", "words"),
    [
        (
            {"profiel": frozenset({"V4", "V5", "V6"})},
            {"profiel": "V1"},
            "zorgprofiel is «VV 1», en dit geldt alleen bij VV 4 t/m VV 6",
        ),
        (
            {"profiel": frozenset(PROFILES) - {"V1"}},
            {"profiel": "V1"},
            "zorgprofiel is «VV 1», en dit geldt niet bij VV 1",
        ),
        ({"profiel": frozenset({"V2"})}, {}, "nog niet bekend: zorgprofiel; dit geldt alleen bij VV 2"),
    ],
)
def test_why_a_rule_does_not_hold(als: dict[str, frozenset[str]], facts: dict[str, str], words: str) -> None:
    why = why_not(rule(**als), (), {**facts, PEILDATUM: date(2026, 1, 1)})
    assert why_not_words(BASE, why) == words


def test_what_cannot_be_together() -> None:
    why = why_not(rule(profiel=frozenset({"V2"})), (), {PEILDATUM: date(2026, 1, 1)})
    assert miss_words(BASE, why) == (
        "dit geldt alleen bij zorgprofiel VV 2, en dat kan niet samen met de andere gegevens"
    )
