"""Reading a data set: what is accepted as it is, what is converted, and what is refused with which words."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from aanspraak.claims.faults import InputFaults, UserError
from aanspraak.claims.read import Source, read
from aanspraak.claims.schema import TABLES

WLZ = "client;prestatiecode;begindatum;einddatum;aantal;bedrag;zorgaanbieder;zorgzwaartepakket\n"


def load(directory: Path, table: str = "wlz_declaraties") -> tuple[Source, list[str]]:
    work = directory / "werk"
    work.mkdir(exist_ok=True)
    sources, warnings = read(directory, [table], work, lambda _: None)
    return sources[0], warnings


def faults(directory: Path, table: str = "wlz_declaraties") -> str:
    with pytest.raises(InputFaults) as caught:
        load(directory, table)
    assert caught.value.code == 5
    assert not list((directory / "werk").iterdir()), "a refused file leaves nothing behind"
    return str(caught.value)


def rows(source: Source) -> list[tuple[object, ...]]:
    return duckdb.read_parquet(str(source.parquet)).fetchall()


def write_death(directory: Path) -> None:
    death = duckdb.sql("SELECT 'a' AS client, DATE '2020-01-01' AS datum")
    death.write_parquet(str(directory / "overlijden.parquet"))


def test_semicolons_and_commas_give_the_same_rows(tmp_path: Path) -> None:
    text = WLZ + 'a;Z1;2020-01-01;2020-01-31;31;3100.50;"Huis; Noord";754\n;Z1;2020-01-01;2020-01-01;1;-5;;\n'
    (tmp_path / "een").mkdir()
    (tmp_path / "twee").mkdir()
    (tmp_path / "een/wlz_declaraties.csv").write_text("\ufeff" + text, encoding="utf-8")
    comma = text.replace(";", ",").replace("Huis, Noord", "Huis; Noord")
    (tmp_path / "twee/wlz_declaraties.csv").write_text(comma, encoding="utf-8")
    een, _ = load(tmp_path / "een")
    twee, _ = load(tmp_path / "twee")
    assert rows(een) == rows(twee)
    assert [str(value) for value in rows(een)[0]] == [
        "a", "Z1", "2020-01-01", "2020-01-31", "31.0000", "3100.50", "Huis; Noord", "754",
    ]  # fmt: skip
    assert rows(een)[1][0] is None
    assert een.rows == 2


def test_every_fault_is_named_with_line_value_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "wlz_declaraties.csv").write_text(
        WLZ
        + "geheim1;Z1;2020-01-01;2020-01-31;31;10;;754\n"
        + "\n"
        + "geheim2;Z1;2020-02-30;2020-03-01;1;10;;754\n"
        + "geheim3;Z1;2020-01-01;2020-01-31;1;10,50;;754\n"
        + "geheim4;Z1;2020-01-01;2019-12-31;1;10.505;;5VV;\n"
        + "geheim5;;1819-01-01;2020-12-31;1;10;;754\n"
        + "geheim6;Z1;2020-01-01;2020-12-31;1;10;;754;extra\n"
    )
    message = faults(tmp_path)
    assert "heeft 8 fouten; er is niets geschreven" in message
    assert "kolom begindatum: is geen datum (jjjj-mm-dd)" in message
    assert "    rij 4: '2020-02-30'" in message
    assert "    rij 5: '10,50'" in message
    assert "    rij 6: '10.505'" in message
    assert "kolom zorgzwaartepakket: heeft niet de vorm van de code. De vorm is [0-9]{3}." in message
    assert "    rij 6: '5VV'" in message
    assert "kolom einddatum: ligt voor begindatum" in message
    assert "kolom prestatiecode: is leeg. Vul de waarde in." in message
    assert "    rij 7: '1819-01-01'" in message
    assert "heeft regels met te veel velden" in message
    assert "    rij 8" in message
    assert "geheim" not in message


def test_all_faults_are_counted_and_only_the_first_are_shown(tmp_path: Path) -> None:
    lines = "".join(f"a;Z1;2020-01-01;2020-01-31;1;x{i};;754\n" for i in range(100))
    (tmp_path / "wlz_declaraties.csv").write_text(WLZ + lines)
    message = faults(tmp_path)
    assert "heeft 100 fouten" in message
    assert message.count("    rij ") == 20
    assert "nog 80 plaatsen" in message


def test_a_missing_column_is_refused_and_an_unknown_one_is_only_mentioned(tmp_path: Path) -> None:
    (tmp_path / "overlijden.csv").write_text("client;dag\na;2020-01-01\n")
    message = faults(tmp_path, "overlijden")
    assert "overlijden.csv, kolom datum: de kolom ontbreekt" in message
    assert "gevonden: client, dag" in message
    (tmp_path / "overlijden.csv").write_text("client;dag;datum\na;x;2020-01-01\n")
    source, warnings = load(tmp_path, "overlijden")
    assert source.rows == 1
    assert warnings == ["overlijden.csv: kolom dag is onbekend en wordt niet gebruikt."]


def test_parquet_of_the_right_types_is_read_in_place(tmp_path: Path) -> None:
    write_death(tmp_path)
    source, _ = load(tmp_path, "overlijden")
    assert source.parquet == source.file


def test_parquet_of_other_types_is_converted_without_rounding(tmp_path: Path) -> None:
    query = """SELECT 'a' AS client, TIMESTAMP '2020-01-01' AS begindatum, DATE '2020-12-31' AS einddatum,
                      '754' AS zorgzwaartepakket, 0.1::DOUBLE + 0.2 AS bedrag"""
    duckdb.sql(query).write_parquet(str(tmp_path / "pgb_toekenningen.parquet"))
    source, _ = load(tmp_path, "pgb_toekenningen")
    assert [str(value) for value in rows(source)[0]] == ["a", "2020-01-01", "2020-12-31", "754", "0.30"]
    duckdb.sql(query.replace("0.1::DOUBLE", "0.125::DOUBLE")).write_parquet(str(tmp_path / "pgb_toekenningen.parquet"))
    (tmp_path / "werk/pgb_toekenningen.parquet").unlink()
    message = faults(tmp_path, "pgb_toekenningen")
    assert "kolom bedrag: is geen bedrag in euro's" in message
    assert "    rij 1: '0.325'" in message


def test_a_parquet_column_of_a_hopeless_type_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"client": [7], "datum": ["2020-01-01"]}), tmp_path / "overlijden.parquet")
    assert "kolom client: de kolom heeft het type BIGINT. Verwacht: tekst." in faults(tmp_path, "overlijden")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "is leeg. Zet ten minste een kopregel"),
        (b"client;client\na;b\n", "kolommen komen meer dan eens voor: client"),
        (b"client;datum\na;2020-01-01;;x\n", "te veel velden"),
        (b"client;datum\na\n", "te weinig velden"),
        (b"client;datum\n\xe9;2020-01-01\n", "geen UTF-8"),
    ],
)
def test_a_broken_csv_file_is_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    (tmp_path / "overlijden.csv").write_bytes(content)
    assert expected in faults(tmp_path, "overlijden")


def test_a_broken_parquet_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "overlijden.parquet").write_bytes(b"PAR1 not really")
    assert "is niet te lezen" in faults(tmp_path, "overlijden")


def test_a_missing_file_a_double_file_and_a_missing_directory(tmp_path: Path) -> None:
    (tmp_path / "werk").mkdir()
    assert "overlijden: het bestand ontbreekt. Zet overlijden.parquet of overlijden.csv" in faults(
        tmp_path, "overlijden"
    )
    (tmp_path / "overlijden.csv").write_text("client;datum\n")
    write_death(tmp_path)
    assert "staat er als Parquet én als CSV" in faults(tmp_path, "overlijden")
    with pytest.raises(UserError, match="bestaat niet"):
        read(tmp_path / "nergens", ["overlijden"], tmp_path, lambda _: None)


PRESTATIES = (
    "prestatiecode;soort;leveringsvorm;behandeling;sector;zorgprofiel;dagprestatie;eenheid;geldig_van;geldig_tot\n"
)


def test_the_koppellijst_must_be_unambiguous(tmp_path: Path) -> None:
    (tmp_path / "prestaties.csv").write_text(
        PRESTATIES
        + "A;basis;zzp;incl;vv;5;ja;dag;2018-01-01;2020-01-01\n"
        + "A;basis;zzp;incl;vv;6;ja;dag;2020-01-01;\n"
    )
    source, _ = load(tmp_path, "prestaties")
    assert [row[6] for row in rows(source)] == [True, True]
    (tmp_path / "werk/prestaties.parquet").unlink()
    (tmp_path / "prestaties.csv").write_text(
        PRESTATIES
        + "A;basis;zzp;incl;vv;5;ja;dag;2018-01-01;2020-01-02\n"
        + "A;basis;zzp;incl;vv;6;1;dag;2020-01-01;\n"
        + "B;basis;vpt;;vv;5;true;dag;2020-01-01;\n"
        + "C;basis;wmo;;vv;0;misschien;dag;2020-01-01;\n"
    )
    message = faults(tmp_path, "prestaties")
    assert "staat op dezelfde dag meer dan eens in de koppellijst" in message
    assert "kolom behandeling: ontbreekt bij een basisprestatie van zzp of vpt" in message
    assert "kolom leveringsvorm: is geen bekende waarde. Kies uit: zzp, vpt, mpt." in message
    assert "kolom zorgprofiel: is onmogelijk. De waarde ligt van 1 tot en met 99." in message
    assert "rij 5: 'misschien'" in message


def test_every_table_of_the_contract_can_be_empty(tmp_path: Path) -> None:
    (tmp_path / "werk").mkdir()
    for table in TABLES.values():
        header = ",".join(column.name for column in table.columns)
        (tmp_path / f"{table.name}.csv").write_text(header + "\n")
    sources, warnings = read(tmp_path, list(TABLES), tmp_path / "werk", lambda _: None)
    assert [source.rows for source in sources] == [0] * len(TABLES)
    assert warnings == []
