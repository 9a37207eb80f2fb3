"""`aanspraak besluit` on files: it decides what `toets` decides, keeps what it was given, and leaves nothing half."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import duckdb
import pytest

from aanspraak.engine.answer import answer
from aanspraak.engine.model import CaseError, RuleBase
from tests.cli.conftest import Command

DAY = date(2021, 6, 1)
ROWS = list(product(("gewoon", "elektrisch", "bak", "geen", None), ("ja", "nee", None), (0, 79, 80, None)))


def expected(base: RuleBase, row: tuple[str | None, str | None, int | None]) -> str:
    """The rule column for a row, from the answer for one case."""
    facts = {n: v for n, v in zip(("fiets", "lid", "breedte"), row, strict=True) if v is not None}
    try:
        return "|".join(sorted(r.id for r in answer(base, "stalling", facts, DAY).regels)) or "onbekend"
    except CaseError:
        return "onmogelijk"


@pytest.fixture
def every_case(folder: Path) -> Path:
    """Every combination, as CSV and as Parquet with real types and a boolean."""
    with duckdb.connect() as con:
        con.execute("CREATE TABLE rijen (nr INTEGER, fiets TEXT, lid TEXT, breedte INTEGER)")
        con.executemany("INSERT INTO rijen VALUES (?, ?, ?, ?)", [(i, *row) for i, row in enumerate(ROWS)])
        con.execute(f"COPY rijen TO '{folder}/alle.csv' (DELIMITER ',')")
        typed = (
            "SELECT nr, fiets, CASE lid WHEN 'ja' THEN true WHEN 'nee' THEN false END AS lid, breedte::DOUBLE breedte"
        )
        con.execute(f"COPY ({typed} FROM rijen) TO '{folder}/alle.parquet'")
    return folder


def rules_in(file: Path) -> list[str]:
    read = "read_csv(?, all_varchar = true)" if file.suffix == ".csv" else "read_parquet(?)"
    with duckdb.connect() as con:
        return [row[0] for row in con.execute(f"SELECT stalling_regel FROM {read}", [str(file)]).fetchall()]


@pytest.mark.parametrize("source", ["alle.csv", "alle.parquet"])
@pytest.mark.parametrize("target", ["uit.csv", "uit.parquet"])
def test_it_decides_as_one_case_is_decided(
    aanspraak: Command, base: RuleBase, every_case: Path, source: str, target: str
) -> None:
    result = aanspraak(f"besluit {source} --besluit stalling --uitvoer {target} --peildatum {DAY}")
    assert (result.code, result.err) == (0, "")
    assert rules_in(every_case / target) == [expected(base, row) for row in ROWS]


@pytest.mark.spark
@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::ResourceWarning", "ignore::pytest.PytestWarning")
@pytest.mark.usefixtures("spark")
def test_spark_writes_the_same_file(aanspraak: Command, every_case: Path) -> None:
    for backend in ("duckdb", "spark"):
        line = f"besluit alle.parquet --besluit stalling --uitvoer {backend}.csv --peildatum {DAY} --backend {backend}"
        assert aanspraak(line).code == 0
    assert (every_case / "spark.csv").read_text() == (every_case / "duckdb.csv").read_text()


def test_spark_that_is_missing_is_told(aanspraak: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    result = aanspraak("besluit fietsen.csv --besluit stalling --uitvoer uit.csv --backend spark")
    assert result.code == 2
    assert "ontbreekt" in result.err
    assert "--backend duckdb" in result.err
    assert not (folder / "uit.csv").exists()


def test_columns_keep_their_types_and_what_stands_in_them(aanspraak: Command, every_case: Path) -> None:
    assert aanspraak(f"besluit alle.parquet --besluit stalling --uitvoer uit.parquet --peildatum {DAY}").code == 0
    with duckdb.connect() as con:
        before = con.read_parquet(str(every_case / "alle.parquet"))
        after = con.read_parquet(str(every_case / "uit.parquet"))
        assert after.types[:4] == before.types
        assert after.project("nr, fiets, lid, breedte").fetchall() == before.fetchall()


@pytest.mark.parametrize("source", ["fietsen_fout.csv", "scheef.csv", "latin1.csv", "botsing.csv", "kapot.parquet"])
def test_a_wrong_file_leaves_the_old_output_and_nothing_else(aanspraak: Command, folder: Path, source: str) -> None:
    (folder / "uit.csv").write_text("van gisteren")
    before = sorted(folder.iterdir())
    assert aanspraak(f"besluit {source} --besluit stalling --uitvoer uit.csv").code == 5
    assert (folder / "uit.csv").read_text() == "van gisteren"
    assert sorted(folder.iterdir()) == before


def test_a_line_in_another_encoding_far_into_the_file_is_found(aanspraak: Command, folder: Path) -> None:
    rows = b"".join(b"gewoon;ja;x\n" for _ in range(50_000))
    (folder / "lang.csv").write_bytes(b"fiets;lid;wat\n" + rows + b"gewoon;ja;caf\xe9\n")
    result = aanspraak("besluit lang.csv --besluit stalling --uitvoer uit.csv")
    assert result.code == 5
    assert "regel 50002: geen UTF-8" in result.err
    assert not (folder / "uit.csv").exists()


def test_what_could_be_a_bsn_is_not_shown(aanspraak: Command, folder: Path) -> None:
    (folder / "bsn.csv").write_text("fiets;lid\n111222333;ja\n")
    result = aanspraak("besluit bsn.csv --besluit stalling --uitvoer uit.csv")
    assert result.code == 5
    assert "111222333" not in result.err
    assert "rij 1: «(mogelijk een BSN)»" in result.err


def test_today_is_told(aanspraak: Command) -> None:
    today = date.today()
    words = f"{today.day}-{today.month}-{today.year} (vandaag"
    assert words in aanspraak("besluit fietsen.csv --besluit stalling --uitvoer uit.csv").out
    assert words in aanspraak("toets --besluit stalling").out
