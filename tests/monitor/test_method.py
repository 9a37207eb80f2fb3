"""The SQL against the oracle, and the engines against each other: the rows are the same exactly."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from aanspraak.claims.backends import Backend
from aanspraak.claims.backends.duckdb import DuckDBBackend
from aanspraak.monitor.leveringsvormen.compute import OPTIONS, STEPS, TABLES, MptDagen, compute

from .datasets import generated, together, write
from .oracle import Tables, everything

CODES = set(OPTIONS["paramedische_prestaties"])
Result = dict[str, Counter[tuple[Any, ...]]]


def run(backend: Backend, data: Tables, scratch: Path, mpt_dagen: MptDagen = "letterlijk") -> Result:
    rows = compute(backend, write(data, scratch), mpt_dagen, scratch, scratch, lambda _: None)
    found = {name: duckdb.read_parquet(str(scratch / f"{name}.parquet")).fetchall() for name in TABLES}
    assert rows == {name: len(table) for name, table in found.items()}
    return {name: Counter(table) for name, table in found.items()}


def expect(data: Tables, extra_day: int = 0) -> Result:
    return {name: Counter(rows) for name, rows in everything(data, extra_day, CODES).items()}


def on_duckdb(data: Tables, scratch: Path, mpt_dagen: MptDagen = "letterlijk") -> Result:
    backend = DuckDBBackend(scratch)
    try:
        return run(backend, data, scratch, mpt_dagen)
    finally:
        backend.close()


@pytest.mark.parametrize("mpt_dagen", ["letterlijk", "inclusief"])
def test_duckdb_equals_the_oracle(mpt_dagen: MptDagen, tmp_path: Path) -> None:
    data = together(generated(600))
    found = on_duckdb(data, tmp_path, mpt_dagen)
    wanted = expect(data, extra_day=int(mpt_dagen == "inclusief"))
    assert wanted["clientmaanden"].total() > 2000
    for name in TABLES:
        assert found[name] == wanted[name], name


def test_duckdb_equals_the_oracle_on_every_small_data_set(tmp_path: Path) -> None:
    """Totals over few rows meet what large ones never do: no days, no spending, one client, nothing at all."""
    nothing = {name: [] for name in ("wlz_declaraties", "pgb_toekenningen", "zvw_declaraties")}
    for data in [together([nothing]), *(together([data]) for data in generated(15))]:
        assert on_duckdb(data, tmp_path) == expect(data)


@pytest.mark.spark
def test_spark_equals_duckdb(spark: Backend, tmp_path: Path) -> None:
    data = together(generated(600))
    wanted = on_duckdb(data, tmp_path)
    assert wanted["clientmaanden"].total() > 2000
    found = run(spark, data, tmp_path)
    for name in TABLES:
        assert found[name] == wanted[name], name


FAULTS = [
    ("koppellijst", "'mutatiedag', ", ""),
    ("koppellijst", "'basis', 'vv9b'", "'basis'"),
    ("koppellijst", "WHEN 'zzp_excl' THEN 3", "WHEN 'zzp_excl' THEN 5"),
    ("wlz_regels", "bedrag <= 0", "bedrag < 0"),
    ("wlz_regels", "'elv', 'gzsp'", "'elv'"),
    ("wlz_regels", "< koppellijst.geldig_tot", "<= koppellijst.geldig_tot"),
    ("wlz_regels", "last_day(regel.begindatum)", "last_day(regel.einddatum)"),
    ("pgb_regels", "('', '0')", "('')"),
    ("maandregels", "day(begindatum) * 100000", "0"),
    ("koppellijst", "+ volgorde * 10000", "- volgorde * 10000 + 10000000000"),
    ("koppellijst", "'mpt' THEN 100000000000000000", "'mpt' THEN 300000000000000000"),
    ("maandregels", "+ 1, 0)", "+ 1, 9000)"),
    ("koppellijst", "AND dagprestatie AS", "AS"),
    ("leveringsvorm_per_maand", "+ opties.mpt_extra_dag", "+ 1"),
    ("leveringsvorm_per_maand", "> day(beslist", ">= day(beslist"),
    ("zvw_maanden", "uitgaven > 0", "uitgaven <> 0"),
    ("clienten_per_jaar", "count(DISTINCT client)", "count(client)"),
    ("clienten_per_jaar", "+ 12", ""),
    ("uitgaven_per_dag", "+ dagdelen", ""),
    ("paramedische_zorg_wlz", "count(DISTINCT client)", "count(*)"),
    ("algemeen_of_specifiek", "AND zvw.jaar = wlz.jaar", ""),
]


@pytest.mark.parametrize(("step", "right", "wrong"), FAULTS)
def test_a_planted_fault_is_seen(
    step: str, right: str, wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The generated data are rich enough: a fault in any line of the method changes a result."""
    steps = [replace(one, sql=one.sql.replace(right, wrong)) if one.name == step else one for one in STEPS]
    assert steps != STEPS
    monkeypatch.setattr("aanspraak.monitor.leveringsvormen.compute.STEPS", steps)
    data = together(generated(600))
    same = on_duckdb(data, tmp_path) == expect(data)
    assert not same
