"""The whole command: from a directory with claims to a report, and what happens when something is wrong."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from aanspraak.claims.faults import MissingSoftware
from aanspraak.cli import run as aanspraak
from aanspraak.monitor.report import require_pdf
from aanspraak.monitor.trajecten.compute import TABLES
from tests.monitor.datasets import write

from .histories import EMPTY, histories
from .oracle import Choices, stays


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("invoer")
    write(histories(3000, 1), directory)
    return directory


@pytest.fixture(scope="module")
def result(claims: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("resultaat") / "uit"
    assert monitor(claims, target) == 0
    return target


def monitor(source: Path, target: Path, *options: str) -> int:
    return aanspraak(["monitor", "trajecten", "--invoer", str(source), "--uitvoer", str(target), *options])


def test_every_table_is_there_as_parquet_and_csv(result: Path) -> None:
    for name, described in TABLES.items():
        table = duckdb.read_parquet(str(result / f"{name}.parquet"))
        with (result / f"{name}.csv").open() as lines:
            found = list(csv.DictReader(lines, delimiter=";"))
        assert len(found) == len(table) > 0
        assert list(found[0]) == table.columns
        assert len({tuple(row[column] for column in described.dimensions) for row in found}) == len(found), (
            "the order is total"
        )


def test_the_manifest_counts_what_was_left_out(result: Path) -> None:
    manifest = json.loads((result / "manifest.json").read_text())
    every = stays(histories(3000, 1), Choices())
    told: dict[str, int] = {}
    for one in manifest["tellingen"]:
        told[one["telling"]] = told.get(one["telling"], 0) + one["aantal"]
    for reason in ("na_sluitdatum", "start_buiten_jaren", "categorie_buiten_trajecten"):
        assert told.get(reason, 0) == sum(stay.left_out == reason for stay in every)
    assert told["na_sluitdatum"] > 50
    assert told["trajecten"] == manifest["rijen"]["trajecten"]
    assert manifest["opties"]["startjaren"] == [2018, 2023]
    assert manifest["opties"]["sluitdatum"] is None
    lots = {one["lot"] for one in manifest["correcties"]}
    assert lots == {"gebruikt", "client_leeg", "geen_dagprestatie", "saldo_nul_of_negatief"}


def test_the_same_input_gives_the_same_bytes(claims: Path, result: Path, tmp_path: Path) -> None:
    assert monitor(claims, tmp_path / "nogeens") == 0
    one, two = (json.loads((d / "manifest.json").read_text())["uitvoer"] for d in (result, tmp_path / "nogeens"))
    assert one == two


def test_the_report_stands_alone(result: Path) -> None:
    page = (result / "rapport.html").read_text()
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert "<script" not in page
    assert page.count("<svg ") >= 11
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert "Van GRZ naar VV9b" in page
    assert "synthetisch" not in page.lower()


def test_a_small_cell_is_not_shown(result: Path) -> None:
    small = duckdb.sql(f"SELECT count(*) FROM '{result}/voor_na.parquet' WHERE trajecten < 10").fetchall()[0][0]
    assert small > 10
    for file in (result / "figuren").glob("*.csv"):
        with file.open() as lines:
            values = [float(row["waarde"]) for row in csv.DictReader(lines, delimiter=";") if row["waarde"]]
        if file.stem.startswith(("stroom", "tabel_5", "tabel_voor", "tabel_week", "tabel_twee", "tabel_ind")):
            assert values, file
            assert all(value == 0 or value >= 10 for value in values), file
    assert "&lt;10" in (result / "rapport.html").read_text()


def test_choices_reach_the_method_and_the_manifest(claims: Path, tmp_path: Path) -> None:
    options = ["--aansluiting", "3", "--sluitdatum", "2020-02-20", "--startjaren", "2019-2020", "--niet-eens-wlz"]
    assert monitor(claims, tmp_path / "uit", *options) == 0
    found = json.loads((tmp_path / "uit/manifest.json").read_text())["opties"]
    assert (found["aansluiting"], found["sluitdatum"]) == (3, "2020-02-20")
    assert (found["startjaren"], found["eens_wlz_altijd_wlz"]) == ([2019, 2020], [])
    file = tmp_path / "uit/trajecten.parquet"
    rows = duckdb.sql(f"SELECT max(eind), min(year(start)), bool_or(doorgetrokken) FROM '{file}'")
    last, first, carried = rows.fetchall()[0]
    assert (str(last) <= "2020-02-20", first, carried) == (True, 2019, False)


@pytest.mark.parametrize("years", ["2018", "2023-2018", "18-23"])
def test_years_that_cannot_be_are_refused(
    years: str, claims: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert monitor(claims, tmp_path / "uit", "--startjaren", years) == 2
    assert "--startjaren" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_data_set_without_a_single_line_gives_an_empty_report(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write(EMPTY, tmp_path / "in")
    assert monitor(tmp_path / "in", tmp_path / "uit") == 0
    assert "De gegevens bevatten hiervoor niets." in (tmp_path / "uit/rapport.html").read_text()


def test_synthetic_data_say_so(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write(histories(50, 2), tmp_path / "in")
    (tmp_path / "in/manifest.json").write_text('{"synthetisch": true}')
    assert monitor(tmp_path / "in", tmp_path / "uit") == 0
    assert "(synthetisch)</title>" in (tmp_path / "uit/rapport.html").read_text()
    assert json.loads((tmp_path / "uit/manifest.json").read_text())["synthetisch"] is True


def test_faulty_data_are_refused_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    write(histories(20, 3), tmp_path / "in")
    (tmp_path / "in/overlijden.parquet").unlink()
    before = sorted(tmp_path.rglob("*"))
    assert monitor(tmp_path / "in", tmp_path / "uit") not in (0, 1)
    assert sorted(tmp_path.rglob("*")) == before
    assert "overlijden: het bestand ontbreekt" in capsys.readouterr().err


def test_the_report_as_pdf(claims: Path, tmp_path: Path) -> None:
    try:
        require_pdf()
    except MissingSoftware as missing:
        pytest.skip(str(missing))
    assert monitor(claims, tmp_path / "uit", "--pdf") == 0
    assert (tmp_path / "uit/rapport.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.spark
def test_both_engines_give_the_same_files(claims: Path, result: Path, tmp_path: Path) -> None:
    """In a process of its own: a session of Spark belongs to one directory."""
    program = [sys.executable, "-c", "import sys; from aanspraak.cli import main; sys.exit(main())"]
    options = ["monitor", "trajecten", "--invoer", claims, "--uitvoer", tmp_path / "uit", "--backend", "spark"]
    subprocess.run([*program, *options], check=True, capture_output=True)
    for name in TABLES:
        assert (tmp_path / f"uit/{name}.csv").read_bytes() == (result / f"{name}.csv").read_bytes(), name
        on_spark, on_duckdb = (duckdb.read_parquet(str(d / f"{name}.parquet")) for d in (tmp_path / "uit", result))
        assert on_spark.types == on_duckdb.types, name
