"""The monitor finds in the data set what the second opinion finds."""

from pathlib import Path

import duckdb

from aanspraak.cli import run


def test_the_monitor_gives_the_same_client_months(small: Path, data: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert run(["monitor", "leveringsvormen", "--invoer", str(small), "--uitvoer", str(tmp_path / "uit")]) == 0
    found = f"""
        SELECT client, maand, bekostiging, sector, zorgprofiel, dagen::DOUBLE, dubbel, uitgaven_zvw_pmz
        FROM '{tmp_path / "uit" / "clientmaanden.parquet"}'
    """
    expected = """
        SELECT client, maand, bekostiging, sector, zorgprofiel, dagen::DOUBLE, dubbel, pmz FROM client_months
    """
    for one, other in ((found, expected), (expected, found)):
        assert data.execute(f"SELECT count(*) FROM ({one} EXCEPT ALL {other})").fetchall() == [(0,)]
    report = (tmp_path / "uit" / "rapport.html").read_text("utf-8")
    assert "synthetisch" in report
