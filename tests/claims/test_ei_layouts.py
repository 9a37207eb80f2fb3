"""The layouts: true to the published positions, and complete enough for the reader."""

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest

from aanspraak.claims.ei_layout import Layout, layout_of, layouts
from aanspraak.claims.schema import TABLES

SHARED = Path(__file__).parents[3] / "shared" / "standards" / "vektis_layouts"
PUBLISHED = {"AW319": "AW319v1.4_BERu7.csv", "PM304": "PM304-3.2_EiCooker.csv"}
each_layout = pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.standard)


def _published(standard: str) -> dict[tuple[str, int, int], str]:
    file = SHARED / PUBLISHED[standard]
    if not file.exists():
        pytest.skip("../shared is er niet")
    with file.open(encoding="utf-8") as stream:
        return {
            (row.get("Recordcode") or row["Recordnaam"], int(row["Beginpositie"]), int(row["Eindpositie"])): row[
                "Naam gegevenselement"
            ]
            for row in csv.DictReader(stream)
        }


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-zëé]+|\d+", name.lower()))


@each_layout
def test_every_field_is_where_the_standard_has_it(layout: Layout) -> None:
    published = _published(layout.standard)
    for record in layout.records.values():
        for field in record.fields.values():
            name = published.get((record.code, field.first, field.last))
            assert name, f"{record.code} {field.label}"
            assert _words(name) & _words(field.name), f"{field.label}: {name}"


@each_layout
def test_fields_do_not_overlap_and_stay_within_the_line(layout: Layout) -> None:
    for record in layout.records.values():
        places = sorted((field.first, field.last) for field in record.fields.values())
        assert places[0][0] == 3, "after the two digits of the record"
        assert all(first <= last for first, last in places)
        assert all(last < first for (_, last), (first, _) in pairwise(places))
        assert record.fields.get("reserve") is None or places[-1][1] == layout.width


@each_layout
def test_every_message_has_a_place_or_a_reason(layout: Layout) -> None:
    assert {each.message for each in layout.destinations} == set(layout.messages)
    for each in layout.destinations:
        assert (each.table in TABLES) != bool(each.why_not)
        sector = next((column for column in TABLES.get(each.table or "", TABLES["overlijden"]).columns
                       if column.name == "sector"), None)  # fmt: skip
        assert (each.sector in sector.allowed) if sector else each.sector is None


@each_layout
def test_a_file_is_known_by_its_first_line(layout: Layout) -> None:
    for code in layout.messages:
        assert layout_of(f"01{code}".encode()) is layout
        assert layout_of(f"02{code}".encode()) is None
    assert layout_of(b"") is None
    assert layout_of(b"01188") is None
