"""The files: valid, marked synthetic, the same for the same seed, and all or nothing."""

import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from aanspraak.claims.faults import UserError
from aanspraak.claims.read import read
from aanspraak.claims.schema import TABLES, ZVW_SECTOREN
from aanspraak.synthetic.codes import performances
from aanspraak.synthetic.generate import generate
from aanspraak.synthetic.sources import assumptions
from tests.synthetic.conftest import make

TINY = 0.002


def test_the_monitor_can_read_every_file(small: Path, tmp_path: Path) -> None:
    sources, warnings = read(small, list(TABLES), tmp_path, lambda _doing: None)
    assert {source.table for source in sources} == set(TABLES)
    assert all(source.rows for source in sources)
    assert warnings == []


def test_csv_holds_the_same_rows(small: Path, tmp_path: Path) -> None:
    make(tmp_path / "uit", fmt="csv")
    (tmp_path / "werk").mkdir()
    sources, _ = read(tmp_path / "uit", list(TABLES), tmp_path / "werk", lambda _doing: None)
    con = duckdb.connect()
    for source in sources:
        # An empty text in CSV comes back as null.
        columns = [f"coalesce({c.name}, '')" if c.name == "client" else c.name for c in TABLES[source.table].columns]
        rows = [
            f"SELECT {', '.join(columns)} FROM '{file}'" for file in (source.parquet, small / f"{source.table}.parquet")
        ]
        for one, other in (rows, rows[::-1]):
            assert con.execute(f"SELECT count(*) FROM ({one} EXCEPT ALL {other})").fetchone() == (0,), source.table


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("een", 5), ("twee", 5), ("drie", 6)):
        make(tmp_path / name, TINY, seed)
    files = sorted(path.name for path in (tmp_path / "een").iterdir())
    assert len(files) == len(TABLES) + 1
    one, two, three = (
        {file: (tmp_path / name / file).read_bytes() for file in files} for name in ("een", "twee", "drie")
    )
    assert one == two
    assert one["wlz_declaraties.parquet"] != three["wlz_declaraties.parquet"]
    assert one["prestaties.parquet"] == three["prestaties.parquet"]


def test_the_manifest_says_synthetic_and_counts(small: Path, data: duckdb.DuckDBPyConnection) -> None:
    manifest = json.loads((small / "manifest.json").read_text("utf-8"))
    assert manifest["synthetisch"] is True
    assert (manifest["zaad"], manifest["schaal"], manifest["jaren"]) == (2018, 0.01, list(range(2018, 2024)))
    assert manifest["versie"]
    assert "nza-2023 bijlage 3 tabel 6" in manifest["ijking"]
    for name, summary in manifest["bestanden"].items():
        columns = ", ".join(["count(*)", *(f"sum({column})" for column in summary["sommen"])])
        assert data.execute(f"SELECT {columns} FROM {name}").fetchone() == (
            summary["rijen"],
            *(Decimal(total) for total in summary["sommen"].values()),
        )


def test_the_noise_is_there_and_counted(small: Path, data: duckdb.DuckDBPyConnection) -> None:
    noise = json.loads((small / "manifest.json").read_text("utf-8"))["ruis"]
    where = {
        "correctie_creditregel": "bedrag < 0",
        "nulbedrag": "bedrag = 0",
        "zonder_client": "client IN ('', '0')",
        "elv": "soort = 'elv'",
        "gzsp": "soort = 'gzsp'",
    }
    for kind, condition in where.items():
        found = data.execute(
            "SELECT count(*), coalesce(sum(bedrag), 0) FROM wlz_declaraties JOIN prestaties USING (prestatiecode)"
            f" WHERE {condition}"
        ).fetchone()
        assert found == (noise[kind]["regels"], Decimal(noise[kind]["bedrag"])), kind
        assert noise[kind]["regels"] > 50
    assert set(noise) == {*where, "correctie_eerdere_regel"}
    both_kinds = data.execute("SELECT count(DISTINCT client) FROM wlz_declaraties WHERE client IN ('', '0')")
    assert both_kinds.fetchone() == (2,)


def test_corrections_net_out(data: duckdb.DuckDBPyConnection) -> None:
    credits_without_line = """
        SELECT client, prestatiecode, begindatum, einddatum, aantal, -bedrag FROM wlz_declaraties WHERE bedrag < 0
        EXCEPT ALL
        SELECT client, prestatiecode, begindatum, einddatum, aantal, bedrag FROM wlz_declaraties WHERE bedrag > 0
    """
    assert data.execute(f"SELECT count(*) FROM ({credits_without_line})").fetchone() == (0,)
    negative_months = """
        SELECT client, sector FROM zvw_declaraties GROUP BY client, sector, date_trunc('month', begindatum)
        HAVING sum(bedrag) <= 0
    """
    assert data.execute(f"SELECT count(*) FROM ({negative_months})").fetchone() == (0,)
    assert data.execute("SELECT count(*) > 50 FROM zvw_declaraties WHERE bedrag < 0").fetchone() == (True,)


def test_lines_lie_within_one_month_of_the_years(data: duckdb.DuckDBPyConnection) -> None:
    for table in ("wlz_declaraties", "zvw_declaraties"):
        outside = data.execute(
            f"SELECT count(*) FROM {table} WHERE year(begindatum) NOT BETWEEN 2018 AND 2023"
            " OR date_trunc('month', begindatum) <> date_trunc('month', einddatum) OR aantal <= 0"
        )
        assert outside.fetchone() == (0,), table


def test_days_are_charged_once_but_for_double_lines(data: duckdb.DuckDBPyConnection) -> None:
    wrong = data.execute(
        "SELECT count(*) FROM kept WHERE dagprestatie AND soort IN ('basis', 'vv9b')"
        " AND aantal <> einddatum - begindatum + 1"
    )
    assert wrong.fetchone() == (0,)


def test_every_kind_of_line_is_there(data: duckdb.DuckDBPyConnection) -> None:
    kinds = data.execute("SELECT DISTINCT soort FROM wlz_declaraties JOIN prestaties USING (prestatiecode)").fetchall()
    assert {kind for (kind,) in kinds} == {
        "basis", "vv9b", "toeslag", "modulair", "mutatiedag", "crisis", "elv", "gzsp",
    }  # fmt: skip
    sectors = {sector for (sector,) in data.execute("SELECT DISTINCT sector FROM zvw_declaraties").fetchall()}
    assert sectors == set(ZVW_SECTOREN)
    lines_per_month = data.execute(
        "SELECT count(*) / count(DISTINCT (client, maand)) FROM kept"
        " WHERE leveringsvorm = 'mpt' AND prestatiecode <> 'H330'"
    ).fetchall()[0][0]
    assert lines_per_month > 5


def test_some_lines_have_no_client_month(data: duckdb.DuckDBPyConnection) -> None:
    crisis_only = "SELECT 1 FROM kept ANTI JOIN client_months USING (client, maand)"
    assert data.execute(f"SELECT count(*) > 10 FROM ({crisis_only})").fetchone() == (True,)
    kinds = data.execute("SELECT DISTINCT soort FROM kept ANTI JOIN client_months USING (client, maand)").fetchall()
    assert kinds == [("crisis",)]
    without_wlz = "SELECT 1 FROM zvw_declaraties ANTI JOIN client_months USING (client)"
    assert data.execute(f"SELECT count(*) > 100 FROM ({without_wlz})").fetchone() == (True,)


def test_every_parquet_file_says_synthetic(small: Path) -> None:
    files = list(small.glob("*.parquet"))
    assert len(files) == len(TABLES)
    assert all(pq.read_metadata(file).metadata[b"synthetisch"] == b"ja" for file in files)


def test_gzsp_only_since_it_exists(data: duckdb.DuckDBPyConnection) -> None:
    first = data.execute(
        "SELECT min(begindatum) >= min(geldig_van) FROM wlz_declaraties JOIN prestaties USING (prestatiecode)"
        " WHERE soort = 'gzsp'"
    )
    assert first.fetchone() == (True,)


def test_everything_invented_is_marked(data: duckdb.DuckDBPyConnection) -> None:
    real = [row.code for row in performances(assumptions()) if not row.code.startswith("SYN")]
    assert real == ["H330"]
    unmarked = "SELECT count(*) FROM {} WHERE {} NOT LIKE 'SYN%'"
    assert data.execute(unmarked.format("wlz_declaraties", "zorgaanbieder")).fetchone() == (0,)
    assert data.execute(unmarked.format("zvw_declaraties", "prestatiecode")).fetchone() == (0,)
    for table in ("wlz_declaraties", "zvw_declaraties", "pgb_toekenningen", "indicaties", "overlijden"):
        where = "client NOT IN ('', '0') AND client"
        assert data.execute(unmarked.format(table, where)).fetchone() == (0,), table


@pytest.mark.parametrize(
    ("scale", "seed", "words"),
    [(0.0, 1, "De schaal 0.0 kan niet"), (11.0, 1, "De schaal 11.0 kan niet"), (0.01, -1, "Het zaad -1 kan niet")],
)
def test_impossible_options_are_refused(tmp_path: Path, scale: float, seed: int, words: str) -> None:
    with pytest.raises(UserError, match=words):
        make(tmp_path / "uit", scale, seed)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_directory_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "uit").mkdir()
    (tmp_path / "uit" / "mijn.txt").write_text("van mij", "utf-8")
    with pytest.raises(UserError, match="bestaat al"):
        make(tmp_path / "uit", TINY)
    assert (tmp_path / "uit" / "mijn.txt").read_text("utf-8") == "van mij"


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    def full(doing: str, _done: float) -> None:
        if doing.endswith("2018-03"):
            raise OSError(28, "No space left on device")

    with pytest.raises(UserError, match="kon niet worden geschreven"):
        generate(tmp_path / "uit", TINY, 1, "parquet", full)
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_run_leaves_nothing_and_can_start_again(tmp_path: Path) -> None:
    def stop(doing: str, _done: float) -> None:
        if doing.endswith("2019-06"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate(tmp_path / "uit", TINY, 1, "parquet", stop)
    assert list(tmp_path.iterdir()) == []
    make(tmp_path / "uit", TINY, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["uit"]
