"""The SQL against the oracle, and the engines against each other: the rows are the same exactly."""

from collections import Counter
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

from aanspraak.claims.backends import Backend
from aanspraak.claims.backends.duckdb import DuckDBBackend
from aanspraak.monitor.trajecten.compute import STEPS, TABLES, Choices, compute
from tests.monitor.datasets import write

from . import oracle, oracle_tables
from .histories import EMPTY, histories

Result = dict[str, Counter[tuple[Any, ...]]]
CLIENTS = 4000


def run(backend: Backend, data: oracle.Tables, scratch: Path, choices: Choices) -> Result:
    target = scratch / "uit"
    target.mkdir(exist_ok=True)
    rows = compute(backend, write(data, scratch), choices, scratch, target, lambda _: None)
    found = {name: duckdb.read_parquet(str(target / f"{name}.parquet")).fetchall() for name in TABLES}
    assert rows == {name: len(table) for name, table in found.items()}
    return {name: Counter(table) for name, table in found.items()}


def on_duckdb(data: oracle.Tables, scratch: Path, choices: Choices | None = None) -> Result:
    backend = DuckDBBackend(scratch)
    try:
        return run(backend, data, scratch, choices or Choices())
    finally:
        backend.close()


def expect(data: oracle.Tables, choices: Choices | None = None) -> Result:
    told = oracle.Choices(**asdict(choices or Choices()))
    return {name: Counter(rows) for name, rows in oracle_tables.everything(data, told).items()}


@cache
def many() -> oracle.Tables:
    return histories(CLIENTS, 5)


@cache
def many_expected() -> Result:
    return expect(many())


def test_duckdb_equals_the_oracle(tmp_path: Path) -> None:
    wanted = many_expected()
    assert wanted["trajecten"].total() > 2500
    found = on_duckdb(many(), tmp_path)
    for name in TABLES:
        assert found[name] == wanted[name], name


CHOICES = [
    Choices(gap=2),
    Choices(gap=0),
    Choices(closing_date=date(2020, 2, 20)),
    Choices(once_wlz=False),
    Choices(start_years=(2019, 2019)),
]


@pytest.mark.parametrize("choices", CHOICES)
def test_every_choice_does_what_it_says(choices: Choices, tmp_path: Path) -> None:
    wanted = expect(many(), choices)
    assert wanted != many_expected()
    found = on_duckdb(many(), tmp_path, choices)
    for name in TABLES:
        assert found[name] == wanted[name], name


def test_duckdb_equals_the_oracle_on_small_data_sets(tmp_path: Path) -> None:
    """Totals over few rows meet what large ones never do: one trajectory, no VV9b, nothing at all."""
    for data in [EMPTY, *(histories(2, seed) for seed in range(25))]:
        assert on_duckdb(data, tmp_path) == expect(data)


@pytest.mark.spark
def test_spark_equals_duckdb(spark: Backend, tmp_path: Path) -> None:
    wanted = many_expected()
    found = run(spark, many(), tmp_path, Choices())
    for name in TABLES:
        assert found[name] == wanted[name], name


FAULTS = [
    ("verblijfsregels", "IN ('ELV', 'GRZ')", "IN ('ELV')"),
    ("verblijfsregels", "bedrag <= 0", "bedrag < 0"),
    ("verblijfsregels", "NOT dagprestatie", "false"),
    ("verblijfsregels", "'vv9b' AND koppellijst.leveringsvorm = 'zzp'", "'vv9b'"),
    ("verblijfsregels", "('vv', 'ggz')", "('vv')"),
    ("verblijfsregels", "< koppellijst.geldig_tot", "<= koppellijst.geldig_tot"),
    ("verblijven", "> opties.aansluiting", ">= opties.aansluiting"),
    ("verblijven", "max(einddatum) OVER", "min(einddatum) OVER"),
    ("verblijven", "einddatum DESC, categorie", "einddatum, categorie"),
    ("verblijven", "< opties.venster_na", "<= opties.venster_na"),
    ("verblijven", "last_day(max(laatste))", "max(laatste)"),
    ("wlz_zorg", "('toeslag', 'mutatiedag')", "('toeslag')"),
    ("wlz_zorg", "HAVING sum(bedrag) > 0", ""),
    ("wlz_zorg", "pgb.bedrag IS NULL OR", ""),
    ("wlz_zorg", "zorg.vorm < 7 AND", "zorg.vorm < 2 AND"),
    ("zorg_rond_trajecten", "<= opties.venster_voor", "< opties.venster_voor"),
    ("zorg_rond_trajecten", "<= opties.venster_na", "< opties.venster_na"),
    ("zorg_rond_trajecten", "zorg.begin < traject.start", "zorg.begin <= traject.start"),
    ("zorg_rond_trajecten", "zorg.eind > traject.eind", "zorg.eind >= traject.eind"),
    ("toestanden", "'vv9', false),\n    (4", "'vv9', true),\n    (4"),
    ("trajecten", "overleden.datum >= traject.start", "true"),
    ("trajecten", "overleden.datum) <= opties", "overleden.datum) < opties"),
    ("trajecten", "eerste_ingang <= traject.eind", "eerste_ingang < traject.eind"),
    ("indicaties_rond_trajecten", ".ingangsdatum >= traject.start", ".ingangsdatum > traject.start"),
    ("indicaties_rond_trajecten", "pakket DESC\n        ) AS eerste", "pakket\n        ) AS eerste"),
    ("indicaties_rond_trajecten", "traject.zorgvorm = 'vv9b'", "false"),
    ("indicaties_rond_trajecten", "afgiftedatum > start", "afgiftedatum >= start"),
    ("indicaties_rond_trajecten", "greatest(ingangsdatum, afgiftedatum, start)", "greatest(ingangsdatum, start)"),
    ("inzet", "OR uitsluiting = 'na_sluitdatum'", ""),
    ("kosten", "count(DISTINCT client)", "count(client)"),
    ("ligduur", "trajecten - 1", "trajecten + 0"),
    ("ligduur", "+ trajecten) //", "+ 0) //"),
    ("grz_naar_vv9b", "OR indicatie_bij_start", ""),
    ("eerste_besluiten", "dagen <= termijn", "dagen < termijn"),
    ("eerste_besluiten", "traject.week_voor = 'geen_wlz' AND", ""),
    ("wachten_op_plek", "AND week_voor = 'geen_wlz'", ""),
]  # fmt: skip


@pytest.mark.parametrize(("step", "right", "wrong"), FAULTS)
def test_a_planted_fault_is_seen(
    step: str, right: str, wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The histories are rich enough: a fault in any line of the method changes a result."""
    steps = [replace(one, sql=one.sql.replace(right, wrong)) if one.name == step else one for one in STEPS]
    assert steps != STEPS
    monkeypatch.setattr("aanspraak.monitor.trajecten.compute.STEPS", steps)
    same = on_duckdb(many(), tmp_path) == many_expected()
    assert not same
