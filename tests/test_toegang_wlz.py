"""The profiles in the rules say of every profile what the looked-up table of the law says, cell by cell."""

import csv
from datetime import date
from pathlib import Path

import pytest

from aanspraak.engine.answer import answer
from aanspraak.engine.reader import read_rules

TABLE = Path(__file__).parents[2] / "shared" / "law" / "zorgprofielen.csv"
READ_ON = date(2026, 5, 30)
"""The day of the text of the Regeling langdurige zorg that the table was made from."""
NO_CELL = {"onbekend", "geen_wlz_profiel"}
BASE = read_rules()
CODES = BASE.begrippen["zorgprofiel"].codes["COD163"]


@pytest.fixture(scope="module")
def profiles() -> dict[str, dict[str, str]]:
    """Row of the table by profile id."""
    if not TABLE.exists():
        pytest.skip("../shared is er niet")
    with TABLE.open(encoding="utf-8") as file:
        rows = {row["cod163_code"]: row for row in csv.DictReader(file)}
    return {profile: rows.pop(code) for profile, code in CODES.items()} | rows


def outcome(field: str, **facts: str) -> str:
    """What the decision that is named after its outcome says on the day of the table."""
    found = answer(BASE, field, facts, READ_ON).uitkomst
    assert found is not None, facts
    return found[field]


def test_the_concept_knows_every_profile_by_its_name(profiles: dict[str, dict[str, str]]) -> None:
    assert profiles.keys() == CODES.keys()
    labels = BASE.begrippen["zorgprofiel"].waarden
    names = {p: labels[p].partition(": ")[2].casefold() for p in profiles}  # after «VV 5: »; in the table after «VV »
    assert names == {p: row["name"].partition(" ")[2].casefold() for p, row in profiles.items()}


def test_pgb(profiles: dict[str, dict[str, str]]) -> None:
    without = {"pgb_aansluitend": "nee", "pgb_lvg_eind_2019": "nee"}
    for profile, row in profiles.items():
        cell = row["pgb_possible"]
        expected = {"transition": {"alleen_overgangsrecht"}, "": NO_CELL}.get(cell, {"ja" if cell == "yes" else "nee"})
        assert outcome("pgb_toegestaan", zorgprofiel=profile, **without) in expected, profile
        if "unless" in cell:
            earlier = without | {"pgb_lvg_eind_2019": "ja"}
            assert outcome("pgb_toegestaan", zorgprofiel=profile, **earlier) == "ja", profile


@pytest.mark.parametrize(
    ("column", "field", "yes", "no"),
    [
        ("meerzorg", "meerzorg_profiel", "op_de_lijst", "niet_op_de_lijst"),
        ("deeltijdverblijf", "deeltijdverblijf_toegestaan", "ja", "nee"),
    ],
)
def test_other_columns(profiles: dict[str, dict[str, str]], column: str, field: str, yes: str, no: str) -> None:
    for profile, row in profiles.items():
        expected = {"": NO_CELL, "yes": {yes}, "no": {no}}[row[column].split(" ")[0]]
        assert outcome(field, zorgprofiel=profile) in expected, profile
