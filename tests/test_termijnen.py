"""Terms of admission and indication: the law of every day, and the days that follow from the dates."""

from datetime import date, timedelta

import pytest

from aanspraak.engine.answer import Answer, answer
from aanspraak.engine.cells import Facts
from aanspraak.engine.dates import term_day
from aanspraak.engine.reader import read_rules

BASE = read_rules()
ADMITTED = date(2026, 3, 1)
TODAY = date(2026, 11, 22)


def _answer(decision: str, facts: Facts, day: date = TODAY) -> Answer:
    got = answer(BASE, decision, facts, day)
    assert got.uitkomst is not None, "open"
    return got


def _days(got: Answer) -> list[date]:
    days = []
    for term in got.regels[0].termijnen:
        start = got.gegeven[term.vanaf]
        assert isinstance(start, date)
        days.append(term_day(term, start))
    return days


@pytest.mark.parametrize("wait", range(31))
def test_emergency_admission_day_by_day(wait: int) -> None:
    """A decision within two weeks reaches back to the admission; a later one does not (Zorginstituut 2025, 3.3.2)."""
    decided = ADMITTED + timedelta(wait)
    facts: Facts = {
        "uitslag_indicatie": "afgegeven",
        "opnamedatum": ADMITTED,
        "besluitdatum": decided,
        "verblijf_in_instelling": "ja",
    }
    days = [ADMITTED + timedelta(n) for n in range(wait + 2)]
    laws = [dict(_answer("termijn_spoedopname", facts, day).uitkomst or {})["wet"] for day in days]
    assert laws == ["wlz" if wait <= 14 else "zvw"] * wait + ["wlz"] * 2


def test_waiting_for_the_decision_says_until_when() -> None:
    facts: Facts = {"uitslag_indicatie": "nog_niet", "opnamedatum": ADMITTED}
    waiting = _answer("termijn_spoedopname", facts, date(2026, 3, 15))
    assert waiting.uitkomst == {"wet": "onbekend", "terugwerking": "nog_niet_bekend"}
    last, first_of_zvw = _days(waiting)
    assert (last, first_of_zvw) == (date(2026, 3, 15), date(2026, 3, 16))
    assert _answer("termijn_spoedopname", facts, first_of_zvw).uitkomst == {"wet": "zvw", "terugwerking": "nee"}


TERMS: list[tuple[str, Facts, date, list[date]]] = [
    (
        "termijn_indicatiebesluit",
        {"opname_bijzondere_omstandigheden": "nee", "aanvraagdatum": ADMITTED},
        TODAY,
        [date(2026, 4, 12)],
    ),
    (
        "termijn_indicatiebesluit",
        {"opname_bijzondere_omstandigheden": "ja", "aanvraagdatum": ADMITTED},
        TODAY,
        [date(2026, 3, 15)],
    ),
    ("termijn_crisisopname", {"zorgvorm": "wlz_crisis_vv", "opnamedatum": ADMITTED}, ADMITTED, [date(2026, 3, 14)]),
    ("termijn_crisisopname", {"zorgvorm": "wlz_crisis_ghz", "opnamedatum": ADMITTED}, ADMITTED, [date(2026, 4, 11)]),
    (
        "termijn_crisisopname",
        {"zorgvorm": "wlz_crisis_ghz", "opnamedatum": ADMITTED, "verlenging_crisis": "ja"},
        date(2026, 5, 1),
        [date(2026, 5, 23)],
    ),
    ("termijn_grz", {"startdatum_grz": date(2024, 8, 31)}, date(2024, 12, 1), [date(2025, 2, 27)]),
    ("termijn_grz", {"startdatum_grz": date(2026, 1, 1)}, TODAY, []),
    ("termijn_verblijf_zvw", {"begindatum_verblijf": date(2023, 2, 28)}, date(2025, 1, 1), [date(2026, 2, 26)]),
    ("termijn_indicatie", {"zorgprofiel": "VV9b", "ingangsdatum_indicatie": ADMITTED}, TODAY, [date(2026, 8, 31)]),
    ("termijn_indicatie", {"zorgprofiel": "LVG1", "ingangsdatum_indicatie": ADMITTED}, TODAY, [date(2029, 2, 28)]),
    ("termijn_indicatie", {"zorgprofiel": "SGLVG1", "ingangsdatum_indicatie": ADMITTED}, TODAY, [date(2029, 2, 28)]),
    ("termijn_indicatie", {"zorgprofiel": "VV5", "ingangsdatum_indicatie": ADMITTED}, TODAY, []),
]


@pytest.mark.parametrize(("decision", "facts", "day", "expected"), TERMS)
def test_days_that_follow_from_dates(decision: str, facts: Facts, day: date, expected: list[date]) -> None:
    assert _days(_answer(decision, facts, day)) == expected


LAST_DAYS: list[tuple[str, Facts, date, str]] = [
    ("termijn_crisisopname", {"zorgvorm": "wlz_crisis_vv", "opnamedatum": ADMITTED}, ADMITTED, "verlenging_crisis"),
    ("termijn_crisisopname", {"zorgvorm": "wlz_crisis_ghz", "opnamedatum": ADMITTED}, ADMITTED, "verlenging_crisis"),
    ("termijn_grz", {"startdatum_grz": date(2024, 1, 31)}, date(2024, 2, 1), "langer_revalideren_toegestaan"),
    (
        "termijn_verblijf_zvw",
        {"begindatum_verblijf": date(2023, 2, 28)},
        date(2023, 3, 1),
        "psychische_stoornis_verblijf",
    ),
]


@pytest.mark.parametrize(("decision", "facts", "day", "question"), LAST_DAYS)
def test_the_last_day_is_the_last_within_the_term(decision: str, facts: Facts, day: date, question: str) -> None:
    """The day that the term gives, and the number of days that the rule asks, must say the same."""
    facts = {**facts, question: "nee"}
    (last,) = _days(_answer(decision, facts, day))
    within, beyond = (dict(_answer(decision, facts, d).uitkomst or {}) for d in (last, last + timedelta(1)))
    assert "binnen" in within.values()
    assert "voorbij" in beyond.values()
