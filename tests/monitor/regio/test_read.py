"""Files as they were downloaded, through the years."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from aanspraak.claims.faults import InputFaults
from aanspraak.errors import UserError
from aanspraak.monitor.regio.read import Download, read

from .downloads import Line, lines, write

PLACES = ["URK", "SÚDWEST-FRYSLÂN"]


def rows(directory: Path) -> list[dict[str, object]]:
    read(directory, directory / "regels.parquet", lambda _: None)
    return pq.read_table(directory / "regels.parquet").to_pylist()


def downloads(directory: Path) -> tuple[list[Download], list[str]]:
    return read(directory, directory / "regels.parquet", lambda _: None)


@pytest.mark.parametrize(
    "how",
    [
        {"header": "hoofdletters"},
        {"header": "afgekapt"},
        {"encoding": "cp1252"},
        {"encoding": "utf-8-sig"},
        {"delimiter": ","},
        {"delimiter": "\t", "header": "afgekapt"},
    ],
    ids=str,
)
def test_every_format_gives_the_same_rows(how: dict[str, str], tmp_path: Path) -> None:
    for name in ("gewoon", "anders"):
        (tmp_path / name).mkdir()
    made = lines(2022, PLACES)
    write(tmp_path / "gewoon/vektis_2022_gemeente.csv", made)
    write(tmp_path / "anders/vektis_2022_gemeente.csv", made, **how)
    assert rows(tmp_path / "anders") == rows(tmp_path / "gewoon")


def test_decimal_commas_are_read_too(tmp_path: Path) -> None:
    made = lines(2022, PLACES)
    made[0]["kosten_gzsp"] = "1234,56"
    write(tmp_path / "2022.csv", made)
    assert rows(tmp_path)[2]["kosten"] == Decimal("1234.56")


def test_a_row_is_one_line_and_one_kind_of_care(tmp_path: Path) -> None:
    made = lines(2022, ["Urk"])
    write(tmp_path / "2022.csv", made)
    found = rows(tmp_path)
    assert len(found) == 6 * len(made)
    first = {row["soort"]: row for row in found[:6]}
    assert {(row["gemeente"], row["geslacht"], row["leeftijdsklasse"]) for row in found[:6]} == {
        ("URK", "M", "0 t/m 4 jaar")
    }
    parts = ("inschrijftarief", "consult", "mdz", "overig")
    assert first["huisartsenzorg"]["kosten"] == sum(Decimal(made[0][f"kosten_huisarts_{part}"]) for part in parts)
    assert first["gzsp"]["verzekerdejaren"] == Decimal(made[0]["aantal_verzekerdejaren"])
    assert found[-1]["gemeente"] is None


def test_gzsp_may_be_absent_before_it_had_a_column(tmp_path: Path) -> None:
    for year in (2019, 2022):
        made = lines(year, PLACES)
        write(tmp_path / f"{year}.csv", [{k: v for k, v in one.items() if k != "kosten_gzsp"} for one in made])
    with pytest.raises(InputFaults, match=r"2022.csv, kolom kosten_gzsp: de kolom ontbreekt in 2022") as found:
        downloads(tmp_path)
    assert "2019" not in str(found.value)


def test_an_unknown_column_is_named_with_the_year(tmp_path: Path) -> None:
    write(tmp_path / "vektis 2022.csv", [{**one, "kosten_nieuw": "1"} for one in lines(2022, PLACES)])
    found, warnings = downloads(tmp_path)
    assert [one.year for one in found] == [2022]
    assert warnings == ["vektis 2022.csv (2022): kolom kosten_nieuw is onbekend en wordt niet gebruikt."]


def wrong(**values: str) -> Callable[[list[Line]], None]:
    return lambda made: made[2].update(values)


FAULTS = {
    "kolom kosten_gzsp: is geen getal": wrong(kosten_gzsp="veel"),
    "kolom kosten_farmacie: de kolom staat er in 2022 meer dan eens": lambda made: [
        one.update({"KOSTEN_FARMACIE ": "1"}) for one in made
    ],
    "kolom geslacht: is geen M of V": wrong(geslacht="X"),
    "kolom leeftijdsklasse: is geen leeftijdsklasse": wrong(leeftijdsklasse="oud"),
    "kolom gemeentenaam: de regel is maar voor een deel ingedeeld": wrong(gemeentenaam=" "),
    "regel 4 heeft te weinig velden": lambda made: [made[2].pop(name) for name in list(made[2])[3:]],
    "kolom gemeentenaam: de kolom ontbreekt in 2022": lambda made: [one.pop("gemeentenaam") for one in made],
}


@pytest.mark.parametrize("message", FAULTS)
def test_a_faulty_file_is_refused_with_the_place(message: str, tmp_path: Path) -> None:
    made = lines(2022, PLACES)
    FAULTS[message](made)
    write(tmp_path / "2022.csv", made)
    with pytest.raises(InputFaults) as found:
        downloads(tmp_path)
    assert f"2022.csv, {message}" in str(found.value) or f"2022.csv: {message}" in str(found.value)
    assert "ontbreekt" in message or "meer dan eens" in message or "4" in str(found.value), "the line is named"


def test_a_file_must_say_its_year_and_be_alone_in_it(tmp_path: Path) -> None:
    for name in ("gemeente.csv", "a_2022.csv", "b_2022.csv"):
        write(tmp_path / name, lines(2022, PLACES))
    with pytest.raises(InputFaults) as found:
        downloads(tmp_path)
    assert "gemeente.csv: de naam zegt niet van welk jaar" in str(found.value)
    assert "b_2022.csv: er is nog een bestand van 2022: a_2022.csv" in str(found.value)


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="geen CSV-bestand"):
        downloads(tmp_path)
    with pytest.raises(UserError, match="bestaat niet"):
        read(tmp_path / "weg", tmp_path / "regels.parquet", lambda _: None)
