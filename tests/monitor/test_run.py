"""The whole command: from a directory with claims to a report, and what happens when something is wrong."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from aanspraak.claims.backends.duckdb import QUERY_INTERRUPTED
from aanspraak.claims.faults import InputFaults, MissingSoftware, UserError
from aanspraak.cli import run
from aanspraak.monitor.leveringsvormen.compute import TABLES
from aanspraak.monitor.report import require_pdf
from tests.claims.test_read import WLZ

from .conftest import monitor
from .datasets import generated, together, write
from .oracle import clientmaanden


def test_every_table_is_there_as_parquet_and_csv(result: Path) -> None:
    rows = clientmaanden(together(generated(600)), 0)
    assert Counter(duckdb.read_parquet(str(result / "clientmaanden.parquet")).fetchall()) == Counter(rows)
    for name, described in TABLES.items():
        table = duckdb.read_parquet(str(result / f"{name}.parquet"))
        with (result / f"{name}.csv").open() as lines:
            found = list(csv.DictReader(lines, delimiter=";"))
        assert len(found) == len(table)
        assert list(found[0]) == table.columns
        assert len({tuple(row[column] for column in described.dimensions) for row in found}) == len(found), (
            "the order is total"
        )


def test_the_manifest_tells_what_went_in_and_what_became_of_it(claims: Path, result: Path) -> None:
    manifest = json.loads((result / "manifest.json").read_text())
    assert manifest["synthetisch"] is False
    assert manifest["opties"] == {"mpt_dagen": "letterlijk"}
    assert manifest["backend"] == {"naam": "duckdb", "versie": duckdb.__version__}
    files = {one["bestand"]: one["rijen"] for one in manifest["invoer"]}
    assert files["wlz_declaraties.parquet"] == len(duckdb.read_parquet(str(claims / "wlz_declaraties.parquet")))
    removed = {one["lot"]: one["regels"] for one in manifest["correcties"] if one["bestand"] == "wlz_declaraties"}
    assert removed.keys() == {
        "gebruikt", "prestatiecode_onbekend", "bedrag_nul_of_negatief", "client_leeg", "elv_of_gzsp",
    }  # fmt: skip
    assert sum(removed.values()) == files["wlz_declaraties.parquet"]


def test_a_result_is_not_made_again_from_other_data(
    claims: Path, result: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    write(together(generated(20)), tmp_path / "in")
    (tmp_path / "in/pgb_toekenningen.parquet").unlink()
    assert again(result, tmp_path / "in", tmp_path / "uit") == InputFaults.code
    said = capsys.readouterr().err
    assert "wlz_declaraties.parquet: is niet het bestand van toen" in said
    assert "pgb_toekenningen.parquet: het bestand ontbreekt" in said
    assert "zorgzwaartepakketten" not in said, "these are the same"
    for content, words in (
        ("", "is niet te lezen"), ('{"stap": "inlezen"}', "is niet van"), ('{"stap": "leveringsvormen"}', "mist"),
    ):  # fmt: skip
        (tmp_path / "manifest.json").write_text(content)
        assert again(tmp_path, claims, tmp_path / "uit") == UserError.code
        assert words in capsys.readouterr().err
    assert not (tmp_path / "uit").exists()


def again(then: Path, source: Path, target: Path) -> int:
    return run(["monitor", "herhalen", str(then), "--invoer", str(source), "--uitvoer", str(target)])


def test_every_euro_of_a_remaining_line_is_accounted_for(result: Path) -> None:
    manifest = json.loads((result / "manifest.json").read_text())
    used = sum(
        float(one["bedrag"])
        for one in manifest["correcties"]
        if one["bestand"] == "wlz_declaraties" and one["lot"] in ("gebruikt", "prestatiecode_onbekend")
    )
    counted = {one["telling"]: float(one["bedrag"] or 0) for one in manifest["tellingen"]}
    parts = ("clientmaanden", "maanden_zonder_leveringsvorm", "pgb_maanden_met_zorg_in_natura")
    assert sum(counted[part] for part in parts) == pytest.approx(used, abs=0.001)


def test_the_report_stands_alone_and_compares_real_data(result: Path) -> None:
    page = (result / "rapport.html").read_text()
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert "<script" not in page
    assert page.count("<svg ") >= 9
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert "Gewogen cliënten naast de tabellen van de NZa" in page
    assert "21.233" in page, "a published figure of table 1"
    with duckdb.connect() as con:
        care = con.read_parquet(str(result / "paramedische_zorg_zvw.parquet"))
        ((treated,),) = care.filter("jaar = 2019 AND leveringsvorm = 'vpt'").project("clienten").fetchall()
    row = re.search(r"<th[^>]*>unieke cliënten</th>\s*<th[^>]*>vpt</th>(.*?)</tr>", page, re.DOTALL)
    assert row is not None
    assert re.findall(r">([\d.]+)<", row[1]) == ["2019", "18.155", str(treated)]
    assert "synthetisch" not in page.lower()


def test_the_report_as_pdf(claims: Path, tmp_path: Path) -> None:
    try:
        require_pdf()
    except MissingSoftware as missing:
        pytest.skip(str(missing))
    assert monitor(claims, tmp_path / "uit", "--pdf") == 0
    assert (tmp_path / "uit/rapport.pdf").read_bytes().startswith(b"%PDF")


def test_a_small_cell_is_not_shown(result: Path) -> None:
    """Every cell of the figures rests on ten weighted clients or more."""
    small = duckdb.sql(
        f"SELECT count(*) FROM '{result}/clienten_per_jaar.parquet' WHERE gewogen_clienten < 10 AND sector = 'vv'"
    ).fetchall()[0][0]
    assert small > 0
    with (result / "figuren/tabel_2.csv").open() as lines:
        values = [row["waarde"] for row in csv.DictReader(lines, delimiter=";")]
    assert "" in values
    assert all(float(value) >= 10 for value in values if value)
    assert "&lt;10" in (result / "rapport.html").read_text()


def test_synthetic_data_say_so_everywhere_and_are_not_compared(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write(together(generated(20)), tmp_path / "in")
    (tmp_path / "in/manifest.json").write_text('{"synthetisch": true}')
    assert monitor(tmp_path / "in", tmp_path / "uit") == 0
    page = (tmp_path / "uit/rapport.html").read_text()
    assert "(synthetisch)</title>" in page
    assert 'class="banner"' in page
    assert "@top-center" in page
    assert "naast de tabellen van de NZa" not in page
    assert json.loads((tmp_path / "uit/manifest.json").read_text())["synthetisch"] is True


def test_a_year_without_some_months_is_told(
    claims: Path, result: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert monitor(claims, tmp_path / "uit") == 0
    lacking = "2019 mist 11 maanden; gewogen cliënten en uitgaven van dat jaar zijn te laag."
    assert f"Let op: {lacking}" in capsys.readouterr().err
    assert lacking in (result / "rapport.html").read_text()


def test_a_data_set_without_a_single_line_gives_an_empty_report(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write({**together([]), "prestaties": [], "zorgzwaartepakketten": []}, tmp_path / "in")
    assert monitor(tmp_path / "in", tmp_path / "uit") == 0
    assert "De gegevens bevatten hiervoor niets." in (tmp_path / "uit/rapport.html").read_text()


def test_faulty_data_are_refused_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    write(together(generated(20)), tmp_path / "in")
    (tmp_path / "in/wlz_declaraties.parquet").unlink()
    (tmp_path / "in/wlz_declaraties.csv").write_text(WLZ + "123456782;Z;2020-01-32;2020-01-31;1;1;;754\n")
    (tmp_path / "in/zvw_declaraties.parquet").unlink()
    before = sorted(tmp_path.rglob("*"))
    assert monitor(tmp_path / "in", tmp_path / "uit") not in (0, 1)
    assert sorted(tmp_path.rglob("*")) == before
    message = capsys.readouterr().err
    assert "heeft 2 fouten; er is niets geschreven" in message
    assert "rij 2: '2020-01-32'" in message
    assert "zvw_declaraties: het bestand ontbreekt" in message
    assert "123456782" not in message
    assert "Traceback" not in message


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt(), RuntimeError(QUERY_INTERRUPTED)])
def test_an_interrupt_leaves_nothing(
    interrupt: BaseException, claims: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise interrupt

    monkeypatch.setattr("aanspraak.monitor.leveringsvormen.run.report", interrupted)
    assert monitor(claims, tmp_path / "uit") == 130
    assert list(tmp_path.iterdir()) == []
