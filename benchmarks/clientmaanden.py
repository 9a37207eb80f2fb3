# ruff: noqa: S608 - the queries are our own
"""From claim lines to client-months: our steps against hand-written SQL, Polars and pandas, with the same answer.

    python clientmaanden.py [lines] [--memory 4GB] [--spark]   # 5 million lines by default

Every way runs in a process of its own, from the same Parquet files, and reduces its client-months to one total.
`ours` is what `aanspraak monitor leveringsvormen` runs to find the form of every client-month, on its own engine.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from decimal import Decimal
from functools import partial
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import pyarrow.parquet as pq

from aanspraak.claims.backends import Backend, open_backend
from aanspraak.claims.backends.duckdb import DuckDBBackend
from aanspraak.claims.steps import Step, outside_inputs
from aanspraak.monitor.leveringsvormen.compute import STEPS
from measure import Section, show

Total = list[tuple[Any, ...]]
"""Per form: its name, client-months, days and spending."""

_LINES = 5_000_000
_ROUNDS = 3
"""Of each way; Spark, many times slower, runs once."""
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
    text, date = "NULL::VARCHAR", "NULL::DATE"
    nothing = (
        f"{text} client, {date} begindatum, {date} einddatum, {text} zorgzwaartepakket, 0.00::DECIMAL(18, 2) bedrag"
    )
    tables = {
        "wlz_declaraties": _DATA.format(lines=lines, clients=clients),
        "prestaties": f"SELECT *, DATE '2000-01-01' geldig_van, NULL::DATE geldig_tot FROM ({_CODES})",
        "zorgzwaartepakketten": "SELECT '754' AS zorgzwaartepakket, 'vv' AS sector, 5 AS zorgprofiel",
        "pgb_toekenningen": f"SELECT {nothing} LIMIT 0",
        "opties": "SELECT 0::INTEGER AS mpt_extra_dag",
    }
    with duckdb.connect() as con:
        for name, query in tables.items():
            con.execute(f"COPY ({query}) TO '{directory / name}.parquet' (COMPRESSION zstd)")


_TOTAL = """
    SELECT bekostiging, count(*) AS maanden, sum(dagen) AS dagen, sum(uitgaven) AS uitgaven
    FROM ({months}) AS clientmaanden
    GROUP BY bekostiging
    ORDER BY bekostiging
"""


def ours(directory: Path, backend: Backend, work: Path) -> Total:
    """The monitor's own steps as far as the form of each month, and one more that adds them up."""
    months = "SELECT bekostiging, dagen, uitgaven_wlz AS uitgaven FROM leveringsvorm_per_maand"
    total = Step("totaal", _TOTAL.format(months=months), frozenset({"leveringsvorm_per_maand"}), kept=True)
    steps = [*_up_to("leveringsvorm_per_maand"), total]
    for name in outside_inputs(steps):
        backend.read(name, directory / f"{name}.parquet")
    for step in steps:
        backend.run(step)
    backend.write(total.name, ("bekostiging",), work / "totaal.parquet")
    return [tuple(row.values()) for row in pq.ParquetFile(work / "totaal.parquet").read().to_pylist()]


def _up_to(name: str) -> list[Step]:
    """The monitor's step `name` and all it rests on, in order."""
    needed = {name}
    for step in reversed(STEPS):
        if step.name in needed:
            needed |= step.inputs
    return [step for step in STEPS if step.name in needed]


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


_OTHERS: dict[str, Callable[[Path, str | None], Total]] = {
    "by hand": by_hand,
    "polars": in_polars,
    "pandas": in_pandas,
}
_ENGINES = {"ours": "duckdb", "spark": "spark"}
_LIBRARIES = {"polars": ("polars",), "pandas": ("numpy", "pandas")}
_LABELS = {
    "ours": "Aanspraak in DuckDB (the whole method)",
    "by hand": "hand-written SQL in DuckDB (eight codes, no exceptions)",
    "polars": "Polars streaming (as hand-written)",
    "pandas": f"pandas (1 in {_PANDAS_PART} clients, × {_PANDAS_PART})",
    "spark": "Aanspraak in Spark on this machine (the whole method, once)",
}


def measured(way: str, directory: Path, memory: str | None) -> dict[str, Any]:
    """Seconds to start and to run, peak memory in bytes and total of one way; in this process."""
    with tempfile.TemporaryDirectory(dir=directory) as place, ExitStack() as stack:
        work, begin = Path(place), perf_counter()
        if way in _ENGINES:
            backend = stack.enter_context(closing(_engine(_ENGINES[way], work, memory)))
            run = partial(ours, directory, backend, work)
        else:
            for name in _LIBRARIES.get(way, ()):
                import_module(name)
            run = partial(_OTHERS[way], directory, memory)
        started = perf_counter()
        total = run()
        seconds = perf_counter() - started
        peak = _peak()
    comparable = [[row[0], row[1], *(str(Decimal(number).normalize()) for number in row[2:])] for row in total]
    return {"start": started - begin, "seconds": seconds, "peak": peak, "total": comparable}


def _engine(name: str, work: Path, memory: str | None) -> Backend:
    """The product's engine, with its own memory limit unless another is asked."""
    return DuckDBBackend(work, memory) if memory and name == "duckdb" else open_backend(name, work)


def _peak() -> int:
    """The most memory in bytes of this process and of those it started, of which Spark's does the work.

    As Linux counts it per program: what `getrusage` says begins with the peak of the process that started this one.
    """
    children = " ".join(file.read_text() for file in Path("/proc/self/task").glob("*/children")).split()
    status = "".join(Path(f"/proc/{process}/status").read_text() for process in ("self", *children))
    return sum(int(kilobytes) * 1024 for kilobytes in re.findall(r"VmHWM:\s+(\d+) kB", status))


def section(lines: int, memory: str | None, spark: bool) -> Section:
    """All ways on the same files, interleaved, the best round of each. Raises when their totals differ."""
    ways = [way for way in _LABELS if spark or way != "spark"]
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        make(lines, directory)
        size = (directory / "wlz_declaraties.parquet").stat().st_size
        runs: dict[str, list[dict[str, Any]]] = {way: [] for way in ways}
        for number in range(_ROUNDS):
            for way, done in runs.items():
                if way != "spark" or number == 0:
                    done.append(in_process(way, directory, memory))
    exact = [run["total"] for way in ways if way != "pandas" for run in runs[way]]
    if any(total != exact[0] for total in exact):
        raise SystemExit(f"the ways differ: {exact}")
    best = {way: min(runs[way], key=lambda run: run["seconds"]) for way in ways}
    seconds = {way: best[way]["seconds"] * (_PANDAS_PART if way == "pandas" else 1) for way in ways}
    return Section(
        "Client-months",
        f"{lines / 1e6:.0f} million claim lines ({size / 1e6:.0f} MB Parquet) to "
        f"{sum(row[1] for row in exact[0]) / 1e6:.1f} million client-months, from files to the totals per form"
        f"{f', DuckDB at most {memory}' if memory else ''}. Best of {_ROUNDS}, each in a process of its own. To start "
        "is to load the library or to open the engine; it is not in the seconds.",
        ("what", "seconds", "against by hand", "to start, s", "peak memory"),
        tuple(
            (
                _LABELS[way],
                f"{seconds[way]:.2f}",
                f"{seconds[way] / seconds['by hand']:.2f}×",
                f"{best[way]['start']:.1f}",
                f"{max(run['peak'] for run in runs[way]) / 1e9:.1f} GB",
            )
            for way in ways
        ),
    )


def in_process(way: str, directory: Path, memory: str | None = None, at_most: int | None = None) -> dict[str, Any]:
    """What `measured` gives, in a process of its own that the system gives `at_most` so many bytes.

    Raises CalledProcessError, which tells what the process said before it failed.
    """
    command = [sys.executable, __file__, "--way", way, "--directory", str(directory)]
    command += ["--memory", memory] if memory else []
    command += ["--at-most", str(at_most)] if at_most else []
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    except subprocess.CalledProcessError as error:
        error.add_note(error.stderr)
        raise
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", type=int, nargs="?", default=_LINES)
    parser.add_argument("--memory", help="DuckDB's memory limit, such as 4GB")
    parser.add_argument("--spark", action="store_true", help="our steps in Spark as well; needs Java and PySpark")
    parser.add_argument("--way", choices=_LABELS, help=argparse.SUPPRESS)
    parser.add_argument("--directory", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--at-most", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.at_most:
        resource.setrlimit(resource.RLIMIT_DATA, (given.at_most, given.at_most))
    if given.way:
        sys.stdout.write(json.dumps(measured(given.way, given.directory, given.memory)))
    else:
        show([section(given.lines, given.memory, given.spark)])


if __name__ == "__main__":
    main()
