"""PM304: paramedical care becomes lines of the Zvw."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from aanspraak.claims.faults import InputFaults
from aanspraak.claims.pseudonym import pseudonymiser
from aanspraak.claims.read import read
from tests.claims.intake import KEY, OPTIONS, rows, take_in
from tests.claims.messages import NO_BSN, Line, Person, as_file, message, paramedical, put
from tests.claims.strategies import people

ONE = [Person("999900006", (paramedical(Line(code="1000", quantity=1, cents=3250)),))]
pseudonym = pseudonymiser(KEY)


@settings(max_examples=30, deadline=None)
@given(people(date(1990, 1, 1)))
def test_what_is_written_is_read_back(persons: list[Person]) -> None:
    persons = [replace(person, lines=tuple(map(paramedical, person.lines))) for person in persons]
    with TemporaryDirectory() as name:
        directory = Path(name)
        take_in(directory, as_file(message("PM304", "107", persons)))
        expected = [
            (
                None if person.bsn == NO_BSN else pseudonym(person.bsn), "PMZ", None, line.code, line.begin, line.begin,
                Decimal(line.quantity), Decimal(line.cents) / 100, "basis", "04000001",
            )
            for person in persons for line in person.lines
        ]  # fmt: skip
        if expected:
            assert rows(directory, "zvw_declaraties") == expected
            sources, _ = read(directory / "uit", ["zvw_declaraties"], directory, lambda _: None)
            assert sources[0].rows == len(expected)
        else:
            assert not (directory / "uit" / "zvw_declaraties.parquet").exists()


def test_the_provider_is_the_first_of_the_header_that_is_filled(tmp_path: Path) -> None:
    lines = message("PM304", "107", ONE, provider="")
    put(lines[0], "PM304", "voorloop", "zorgverlener", "04999999")
    take_in(tmp_path, as_file(lines))
    assert rows(tmp_path, "zvw_declaraties", "zorgaanbieder") == [("04999999",)]


def test_the_insurance_is_asked_and_never_guessed(tmp_path: Path) -> None:
    content = as_file(message("PM304", "107", ONE))
    with pytest.raises(InputFaults, match="zegt niet onder welke verzekering de regels vallen"):
        take_in(tmp_path, content, options=replace(OPTIONS, insurance=None))
    take_in(tmp_path, content, options=replace(OPTIONS, insurance="aanvullend"))
    assert rows(tmp_path, "zvw_declaraties", "verzekering") == [("aanvullend",)]


def test_wlz_claims_need_no_insurance(tmp_path: Path) -> None:
    content = as_file(message("AW319", "187", [Person("999900006", (Line(),))]))
    take_in(tmp_path, content, options=replace(OPTIONS, insurance=None))
    assert len(rows(tmp_path, "wlz_declaraties")) == 1


def test_two_standards_make_one_data_set_with_the_same_clients(tmp_path: Path) -> None:
    wlz = as_file(message("AW319", "187", [Person("999900006", (Line(),))]))
    intake = take_in(tmp_path, wlz, as_file(message("PM304", "107", ONE)))
    assert intake.rows == {"wlz_declaraties": 1, "zvw_declaraties": 1}
    assert rows(tmp_path, "wlz_declaraties", "client") == rows(tmp_path, "zvw_declaraties", "client")
