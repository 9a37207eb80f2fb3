"""Decisions by different hands that speak of the same care name the same law, in every delivery form."""

from datetime import date

import pytest

from aanspraak.engine.answer import answer
from aanspraak.engine.reader import read_rules

BASE = read_rules()
FORMS = [form for form in BASE.concept("leveringsvorm").waarden if form != "geen"]

SAME_CARE = [
    ("algemene_zorg", "bekostiging_mondzorg", {"soort_mondzorg": "kunstgebit"}),
    ("algemene_zorg", "bekostiging_behandeling", {"soort_behandeling": "huisarts"}),
    ("specifieke_behandeling", "bekostiging_behandeling", {"soort_behandeling": "groepsbehandeling"}),
    ("mobiliteitshulpmiddel", "bekostiging_hulpmiddelen", {"soort_hulpmiddel": "mobiliteit"}),
    ("gedeelde_voorzieningen", "bekostiging_hulpmiddelen", {"soort_hulpmiddel": "gedeeld"}),
    ("vervoer", "bekostiging_vervoer", {"doel_vervoer": "dagbesteding"}),
]
"""A part of the Wlz care, and a decision on who pays it with the facts that make it that part."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("part", "decision", "facts"), SAME_CARE, ids=[f"{d}: {p}" for p, d, _ in SAME_CARE])
def test_the_law_that_pays_is_that_of_the_package(part: str, decision: str, facts: dict[str, str], form: str) -> None:
    """`zorgprofiel`, `betaalwijze` and `behandeling_in_natura` may change the way of paying, not the law."""
    day = date(2024, 3, 1)
    package = answer(BASE, "pakket_leveringsvorm", {"leveringsvorm": form, "onderdeel_wlz": part}, day)
    given = {"wlz_indicatie": "ja", "leveringsvorm": form, "zorgprofiel": "VG5", "betaalwijze": "pgb"}
    paid = answer(BASE, decision, {**given, "behandeling_in_natura": "ja", **facts}, day)
    assert package.uitkomst is not None
    assert paid.uitkomst is not None
    assert paid.uitkomst["wet"] == package.uitkomst["wet"]
