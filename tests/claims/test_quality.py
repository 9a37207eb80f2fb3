"""The quality report: every kind of flaw planted in a data set is counted, and a sound set has none."""

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from aanspraak.claims.faults import Fault, Place, UserError
from aanspraak.claims.intake import Intake
from aanspraak.claims.quality import Section, fault_section, intake_sections, render, sections, write

TABLES = {
    "wlz_declaraties": """
        ('a', 'Z1', DATE '2021-01-01', DATE '2021-01-31', 31, 100.00, '47', '754'),
        ('a', 'Z1', DATE '2021-01-31', DATE '2021-02-28', 29, 50.00, '47', '754'),
        ('a', 'Z1', DATE '2021-04-01', DATE '2021-04-30', 30, -10.50, '47', '999'),
        ('b', 'Q9', DATE '2021-04-01', DATE '2021-04-30', 0, 0.00, NULL, NULL),
        ('b', 'Q9', DATE '2021-04-01', DATE '2021-04-30', 0, 0.00, NULL, NULL),
        (NULL, 'Z1', DATE '2022-04-01', DATE '2022-04-30', 30, 20.00, '47', '754')
    """,
    "indicaties": """
        ('a', DATE '2021-01-01', DATE '2021-01-01', NULL, '754'),
        ('a', DATE '2021-06-01', DATE '2021-06-01', NULL, '756'),
        ('b', DATE '2021-01-01', DATE '2021-01-01', DATE '2021-05-31', '754'),
        ('b', DATE '2021-06-01', DATE '2021-06-01', NULL, '000')
    """,
    "overlijden": "('b', DATE '2021-03-31')",
    "prestaties": """
        ('Z1', 'basis', 'zzp', 'incl', 'vv', 5, true, 'dag', DATE '2015-01-01', DATE '2022-01-01'),
        ('Q9', 'overig', NULL, NULL, NULL, NULL, false, NULL, DATE '2015-01-01', NULL)
    """,
    "zorgzwaartepakketten": "('754', 'vv', 5), ('756', 'vv', 7)",
}
COLUMNS = {
    "wlz_declaraties": "client, prestatiecode, begindatum, einddatum, aantal, bedrag, zorgaanbieder, zorgzwaartepakket",
    "indicaties": "client, afgiftedatum, ingangsdatum, einddatum, zorgzwaartepakket",
    "overlijden": "client, datum",
    "prestaties": "prestatiecode, soort, leveringsvorm, behandeling, sector, zorgprofiel, dagprestatie, eenheid,"
    " geldig_van, geldig_tot",
    "zorgzwaartepakketten": "zorgzwaartepakket, sector, zorgprofiel",
}


def found(directory: Path, *names: str) -> dict[str, Section]:
    parquet = {}
    for name in names or TABLES:
        parquet[name] = directory / f"{name}.parquet"
        duckdb.sql(f"SELECT * FROM (VALUES {TABLES[name]}) AS t ({COLUMNS[name]})").write_parquet(str(parquet[name]))
    return {section.title: section for section in sections(parquet, directory)}


def numbers(section: Section) -> list[tuple[Any, ...]]:
    return [tuple(str(value) if not isinstance(value, int) else value for value in row) for row in section.rows]


def test_every_flaw_is_counted(tmp_path: Path) -> None:
    answers = found(tmp_path)
    assert ("wlz_declaraties", "client", 1, "16,7%") in answers["Ontbrekende waarden"].rows
    assert answers["Dubbele regels"].rows == (("wlz_declaraties", 1),)
    assert numbers(answers["Overlappende Wlz-declaraties"]) == [("Z1", 1, "50.00")]
    assert answers["Overlappende indicaties"].rows == (("756", 1),)
    assert numbers(answers["Prestatiecodes die niet in de koppellijst staan"]) == [("Z1", 1, "20.00")]
    assert answers["Onbekende zorgzwaartepakketten: Wlz-regels"].rows == (("999", 1),)
    assert answers["Onbekende zorgzwaartepakketten: Indicaties"].rows == (("000", 1),)
    assert numbers(answers["Wlz-zorg na het overlijden"]) == [("Q9", 2, "0.00")]
    assert numbers(answers["Onwaarschijnlijke Wlz-declaraties"]) == [
        ("zonder client", 1, "20.00"), ("bedrag is nul", 2, "0.00"), ("aantal is nul", 2, "0.00"),
        ("begin en eind in verschillende maanden", 1, "50.00"), ("einddatum na vandaag", 0, "0.00"),
    ]  # fmt: skip


def test_months_are_added_up_and_empty_ones_named(tmp_path: Path) -> None:
    answers = found(tmp_path)
    months = numbers(answers["Wlz-declaraties per maand"])
    assert months[0] == ("2021-01", 2, 1, "150.00", "0.00", "150.00")
    assert months[1] == ("2021-02", 0, 0, "0.00", "0.00", "0.00")
    assert months[3] == ("2021-04", 3, 2, "0.00", "-10.50", "-10.50")
    assert len(months) == 16
    empty = [month for (month,) in answers["Maanden zonder Wlz-declaraties"].rows]
    assert empty[:3] == ["2021-02", "2021-03", "2021-05"]
    assert len(empty) == 13


def test_what_cannot_be_answered_says_which_tables_it_needs(tmp_path: Path) -> None:
    answers = found(tmp_path, "indicaties")
    assert answers["Prestatiecodes die niet in de koppellijst staan"].unanswered == ("prestaties", "wlz_declaraties")
    assert answers["Maanden zonder Wlz-declaraties"].unanswered == ("wlz_declaraties",)
    assert not answers["Overlappende indicaties"].unanswered
    page = render(answers.values())
    assert "Niet nagekeken: hiervoor is ook nodig prestaties en wlz_declaraties." in page


def test_the_page_is_dutch_whole_and_safe(tmp_path: Path) -> None:
    strange = Section("<b>", "uitleg & meer", ("kop",), (("<script>",), (12_345,)))
    page = render([strange, Section("Leeg", "Niets")], ["let <op>"])
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "12.345" in page
    assert "Niets gevonden" in page
    assert '<html lang="nl">' in page
    assert not re.search(r"""(src|href)=["'](?!#)""", page), "nothing from elsewhere"
    write(page, tmp_path / "rapport.html")
    assert (tmp_path / "rapport.html").read_text(encoding="utf-8") == page
    with pytest.raises(UserError, match="kon niet worden geschreven"):
        write(page, tmp_path / "geen" / "rapport.html")


def test_faults_and_intake_are_sections() -> None:
    fault = Fault("a.ei", "veld", "is fout", "Verbeter.", 25, (Place(3, "x"), Place(4, None)))
    assert fault_section([fault]).rows == (("a.ei", "veld", "is fout", 25, "3 ('x'), 4", "Verbeter."),)
    intake = Intake(inputs=[{"bestand": "a.ei", "soort": "AW319 1.4", "sha256": "x"}])
    intake.people["met BSN"] = 3
    files, people, left_out = intake_sections(intake)
    assert files.rows == (("a.ei", "AW319 1.4"),)
    assert people.rows == (("met BSN", 3),)
    assert left_out.rows == ()
