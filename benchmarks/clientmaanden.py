# ruff: noqa: S608 - the queries are our own
"""From claim lines to client-months: our steps against hand-written SQL, Polars and pandas, with the same answer.

    python clientmaanden.py [lines] [--memory 4GB]   # 5 million lines by default

Every way runs in a process of its own, from the same Parquet files, and reduces its client-months to one total.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb

from aanspraak.claims.backends.duckdb import DuckDBBackend
from aanspraak.monitor.leveringsvormen.compute import INPUTS, STEPS
from measure import Section, show

Total = list[tuple[str, int, str, str]]
"""Per form: client-months, days and spending."""

_LINES = 5_000_000
_ROUNDS = 3
_PANDAS_PART = 10
"""pandas does one client in so many, and its time is multiplied: it would not fit in memory."""

_CODES = """
    SELECT * FROM (VALUES
        ('ZI', 'basis', 'zzp', 'incl', 'vv', 5, true), ('ZE', 'basis', 'zzp', 'excl', 'vv', 4, true),
        ('VI', 'basis', 'vpt', 'incl', 'vg', 6, true), ('VE', 'basis', 'vpt', 'excl', 'vv', 6, true),
        ('M1', 'modulair', 'mpt', NULL, NULL, NULL, false), ('M2', 'modulair', 'mpt', NULL, NULL, NULL, false),
        ('TS', 'toeslag', NULL, NULL, NULL, NULL, true), ('EL', 'elv', NULL, NULL, NULL, NULL, true)
    ) AS codes (prestatiecode, soort, leveringsvorm, behandeling, sector, zorgprofiel, dagprestatie)
"""
# A client keeps to a form for some months; most lines are those of mpt, and the files come month by month.
_DATA = """
    SELECT
        'P' || md5(CAST(nummer AS VARCHAR))[:15] AS client,
        CASE
            WHEN toeval % 40 = 0 THEN 'TS' WHEN toeval % 97 = 0 THEN 'EL'
            WHEN vorm < 45 THEN 'ZI' WHEN vorm < 60 THEN 'ZE' WHEN vorm < 62 THEN 'VI' WHEN vorm < 66 THEN 'VE'
            WHEN toeval % 3 = 0 THEN 'M1' ELSE 'M2'
        END AS prestatiecode,
        begindatum,
        begindatum + CAST(toeval % 5 AS INTEGER) AS einddatum,
        CAST(1 + toeval % 5 AS DECIMAL(18, 4)) AS aantal,
        CAST((toeval % 30000) / 100.0 - 3 AS DECIMAL(18, 2)) AS bedrag,
        CAST(NULL AS VARCHAR) AS zorgaanbieder,
        CASE toeval % 3 WHEN 0 THEN '754' WHEN 1 THEN '804' END AS zorgzwaartepakket
    FROM (
        SELECT
            nummer, toeval, hash(nummer * 100 + maandnummer // 10) % 100 AS vorm,
            DATE '2018-01-01' + to_months(CAST(maandnummer AS INTEGER))
                + to_days(CAST(toeval // 7 % 28 AS INTEGER)) AS tijdstip,
            CAST(tijdstip AS DATE) AS begindatum
        FROM (
            SELECT hash(i) % {clients} AS nummer, hash(i + 1) AS toeval, i * 48 // {lines} AS maandnummer
            FROM range({lines}) AS regels (i)
        )
    )
"""


def make(lines: int, directory: Path) -> None:
    """The input tables; some seven lines a client-month, as in the synthetic Netherlands with its mpt."""
    clients = max(1, lines // (7 * 48))
    nothing = "NULL::VARCHAR client, NULL::DATE begindatum, NULL::VARCHAR sector, 0.00::DECIMAL(18, 2) bedrag"
    tables = {
        "wlz_declaraties": _DATA.format(lines=lines, clients=clients),
        "prestaties": f"SELECT *, DATE '2000-01-01' geldig_van, NULL::DATE geldig_tot FROM ({_CODES})",
        "zorgzwaartepakketten": "SELECT '754' AS zorgzwaartepakket, 'vv' AS sector, 5 AS zorgprofiel",
        "pgb_toekenningen": f"SELECT {nothing}, NULL::DATE einddatum, NULL::VARCHAR zorgzwaartepakket LIMIT 0",
        "zvw_declaraties": f"SELECT {nothing} LIMIT 0",
        "opties": "SELECT 0::INTEGER AS mpt_extra_dag",
    }
    with duckdb.connect() as con:
        for name, query in tables.items():
            con.execute(f"COPY ({query}) TO '{directory / name}.parquet' (COMPRESSION zstd)")


_TOTAL = """
    SELECT bekostiging, count(*), sum(dagen), sum(uitgaven) FROM ({months}) GROUP BY bekostiging ORDER BY bekostiging
"""


def ours(directory: Path, memory: str | None) -> Total:
    backend = DuckDBBackend(directory)
    con = backend._con
    if memory:
        con.execute("SET memory_limit = ?", [memory])
    for name in (*INPUTS, "opties"):
        backend.read(name, directory / f"{name}.parquet")
    wanted = {"koppellijst", "wlz_regels", "pgb_regels", "maandregels", "maanden", "leveringsvorm_per_maand"}
    for step in STEPS:
        if step.name in wanted:
            backend.run(step)
    months = "SELECT bekostiging, dagen, uitgaven_wlz AS uitgaven FROM leveringsvorm_per_maand"
    return con.execute(_TOTAL.format(months=months)).fetchall()


_BY_HAND = """
    CREATE TABLE clientmaanden AS
    SELECT
        client,
        maand,
        CASE WHEN basis IS NOT NULL THEN CASE basis % 10
            WHEN 4 THEN 'zzp_incl' WHEN 3 THEN 'zzp_excl' WHEN 2 THEN 'vpt_incl' ELSE 'vpt_excl' END ELSE 'mpt'
        END AS bekostiging,
        CASE WHEN basis IS NOT NULL THEN dagen ELSE eind - begin END AS dagen,
        CASE basis % 10 WHEN 4 THEN 'vv' WHEN 3 THEN 'vv' WHEN 2 THEN 'vg' WHEN 1 THEN 'vv'
            ELSE CASE pakket WHEN '754' THEN 'vv' END END AS sector,
        CASE basis % 10 WHEN 4 THEN 5 WHEN 3 THEN 4 WHEN 2 THEN 6 WHEN 1 THEN 6
            ELSE CASE pakket WHEN '754' THEN 5 END END AS zorgprofiel,
        uitgaven
    FROM (
        SELECT
            client, date_trunc('month', begindatum) AS maand,
            max(sleutel) FILTER (WHERE rang > 0) AS basis,
            max(sleutel) FILTER (WHERE rang = 0) AS mpt,
            sum(aantal) FILTER (WHERE rang > 0) AS dagen,
            min(begindatum) FILTER (WHERE rang = 0) AS begin,
            max(einddatum) FILTER (WHERE rang = 0) AS eind,
            any_value(zorgzwaartepakket) AS pakket,
            sum(bedrag) AS uitgaven
        FROM (
            SELECT
                *,
                CASE prestatiecode
                    WHEN 'ZI' THEN 4 WHEN 'ZE' THEN 3 WHEN 'VI' THEN 2 WHEN 'VE' THEN 1
                    WHEN 'M1' THEN 0 WHEN 'M2' THEN 0
                END AS rang,
                (begindatum - DATE '2000-01-01') * 1000000 + (einddatum - DATE '2000-01-01') * 10 + rang AS sleutel
            FROM '{file}'
            WHERE bedrag > 0 AND client NOT IN ('', '0') AND prestatiecode <> 'EL'
        )
        GROUP BY ALL
    )
    WHERE basis IS NOT NULL OR mpt IS NOT NULL
"""


def by_hand(directory: Path, memory: str | None) -> Total:
    """One query for these eight codes only: no koppellijst, periods, pgb, unknown codes or last zorgzwaartepakket."""
    with duckdb.connect() as con:
        con.execute("SET temp_directory = ?", [str(directory)])
        con.execute("SET preserve_insertion_order = false")
        if memory:
            con.execute("SET memory_limit = ?", [memory])
        con.execute(_BY_HAND.format(file=directory / "wlz_declaraties.parquet"))
        return con.execute(_TOTAL.format(months="FROM clientmaanden")).fetchall()


def in_polars(directory: Path, _memory: str | None) -> Total:
    import polars as pl

    day = pl.col("begindatum").cast(pl.Int64), pl.col("einddatum").cast(pl.Int64)
    ranks = {"ZI": 4, "ZE": 3, "VI": 2, "VE": 1, "M1": 0, "M2": 0}
    basic, modular = pl.col("rang") > 0, pl.col("rang") == 0
    months = (
        pl.scan_parquet(directory / "wlz_declaraties.parquet")
        .filter(pl.col("bedrag") > 0, ~pl.col("client").is_in(["", "0"]), pl.col("prestatiecode") != "EL")
        .with_columns(
            rang=pl.col("prestatiecode").replace_strict(ranks, default=None, return_dtype=pl.Int64),
            maand=pl.col("begindatum").dt.truncate("1mo"),
        )
        .with_columns(sleutel=day[0] * 1_000_000 + day[1] * 10 + pl.col("rang"))
        .group_by("client", "maand")
        .agg(
            basis=pl.col("sleutel").filter(basic).max(),
            mpt=pl.col("sleutel").filter(modular).max(),
            dagen=pl.col("aantal").filter(basic).sum(),
            begin=pl.col("begindatum").filter(modular).min(),
            eind=pl.col("einddatum").filter(modular).max(),
            uitgaven=pl.col("bedrag").sum(),
        )
        .filter(pl.col("basis").is_not_null() | pl.col("mpt").is_not_null())
        .with_columns(
            bekostiging=pl.when(pl.col("basis").is_null())
            .then(0)
            .otherwise(pl.col("basis") % 10)
            .replace_strict({4: "zzp_incl", 3: "zzp_excl", 2: "vpt_incl", 1: "vpt_excl", 0: "mpt"}),
            dagen=pl.when(pl.col("basis").is_null())
            .then((pl.col("eind") - pl.col("begin")).dt.total_days().cast(pl.Decimal(18, 4)))
            .otherwise(pl.col("dagen")),
        )
        .group_by("bekostiging")
        .agg(pl.len(), pl.col("dagen").sum(), pl.col("uitgaven").sum())
        .sort("bekostiging")
    )
    return months.collect(engine="streaming").rows()


def in_pandas(directory: Path, _memory: str | None) -> Total:
    """One client in `_PANDAS_PART`; numbers as floats and dates as numpy has them, for speed."""
    import numpy as np
    import pandas as pd

    with duckdb.connect() as con:  # not timed apart: reading is the smallest part
        lines = con.execute(
            f"""SELECT client, prestatiecode, begindatum, einddatum, aantal::DOUBLE aantal, bedrag::DOUBLE bedrag
                FROM '{directory / "wlz_declaraties.parquet"}' WHERE hash(client) % {_PANDAS_PART} = 0"""
        ).df()
    lines = lines[(lines.bedrag > 0) & ~lines.client.isin(["", "0"]) & (lines.prestatiecode != "EL")]
    lines["rang"] = lines.prestatiecode.map({"ZI": 4, "ZE": 3, "VI": 2, "VE": 1, "M1": 0, "M2": 0})
    begin = lines.begindatum.to_numpy("datetime64[D]")
    eind = lines.einddatum.to_numpy("datetime64[D]")
    lines["maand"] = begin.astype("datetime64[M]").astype(int)
    basic, modular = lines.rang > 0, lines.rang == 0
    key = begin.astype(int) * 1_000_000.0 + eind.astype(int) * 10.0 + lines.rang
    lines["basis"], lines["mpt"] = key.where(basic), key.where(modular)
    lines["dagen"] = lines.aantal.where(basic)
    lines["begin"] = pd.Series(begin.astype(float), lines.index).where(modular)
    lines["eind"] = pd.Series(eind.astype(float), lines.index).where(modular)
    months = lines.groupby(["client", "maand"], sort=False).agg(
        {"basis": "max", "mpt": "max", "dagen": "sum", "begin": "min", "eind": "max", "bedrag": "sum"}
    )
    months = months[months.basis.notna() | months.mpt.notna()]
    names = np.array(["mpt", "vpt_excl", "vpt_incl", "zzp_excl", "zzp_incl"])
    months["vorm"] = names[(months.basis.fillna(0) % 10).astype(int)]
    months["dagen"] = months.dagen.where(months.basis.notna(), months.eind - months.begin)
    totals = months.groupby("vorm").agg({"mpt": "size", "dagen": "sum", "bedrag": "sum"})
    return [(name, int(row.mpt), f"{row.dagen:.4f}", f"{row.bedrag:.2f}") for name, row in totals.iterrows()]


WAYS: dict[str, Callable[[Path, str | None], Total]] = {
    "ours": ours,
    "by hand": by_hand,
    "polars": in_polars,
    "pandas": in_pandas,
}
_LIBRARIES = {"polars": ("polars",), "pandas": ("numpy", "pandas")}
"""What to import before the clock starts."""
_LABELS = {
    "ours": "Aanspraak in DuckDB (the whole method)",
    "by hand": "hand-written SQL in DuckDB (eight codes, no exceptions)",
    "polars": "Polars streaming (as hand-written)",
    "pandas": f"pandas (1 in {_PANDAS_PART} clients, × {_PANDAS_PART})",
}


def measured(way: str, directory: Path, memory: str | None) -> dict[str, Any]:
    """Seconds, peak memory in bytes and total of one way; in this process."""
    for name in _LIBRARIES.get(way, ()):
        import_module(name)
    start = perf_counter()
    total = WAYS[way](directory, memory)
    seconds = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    comparable = [[row[0], row[1], str(Decimal(row[2]).normalize()), str(Decimal(row[3]).normalize())] for row in total]
    return {"seconds": seconds, "peak": peak, "total": comparable}


def section(lines: int, memory: str | None) -> Section:
    """All ways on the same files, interleaved, the best round of each. Raises when their totals differ."""
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        make(lines, directory)
        size = (directory / "wlz_declaraties.parquet").stat().st_size
        runs: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS}
        for _ in range(_ROUNDS):
            for way, done in runs.items():
                done.append(_in_process(way, directory, memory))
    exact = [run["total"] for way in ("ours", "by hand", "polars") for run in runs[way]]
    if any(total != exact[0] for total in exact):
        raise SystemExit(f"the ways differ: {exact}")
    best = {way: min(run["seconds"] for run in runs[way]) for way in WAYS}
    best["pandas"] *= _PANDAS_PART
    return Section(
        "Client-months",
        f"{lines / 1e6:.0f} million claim lines ({size / 1e6:.0f} MB Parquet) to "
        f"{sum(row[1] for row in exact[0]) / 1e6:.1f} million client-months, from files to the totals per form"
        f"{f', at most {memory}' if memory else ''}. Best of {_ROUNDS}, each in a process of its own.",
        ("what", "seconds", "against by hand", "peak memory"),
        tuple(
            (
                _LABELS[way],
                f"{best[way]:.2f}",
                f"{best[way] / best['by hand']:.2f}×",
                f"{max(run['peak'] for run in runs[way]) / 1e9:.1f} GB",
            )
            for way in WAYS
        ),
    )


def _in_process(way: str, directory: Path, memory: str | None) -> dict[str, Any]:
    command = [sys.executable, __file__, "--way", way, "--directory", str(directory)]
    command += ["--memory", memory] if memory else []
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", type=int, nargs="?", default=_LINES)
    parser.add_argument("--memory", help="DuckDB's memory limit, such as 4GB")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--directory", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.way:
        sys.stdout.write(json.dumps(measured(given.way, given.directory, given.memory)))
    else:
        show([section(given.lines, given.memory)])


if __name__ == "__main__":
    main()
