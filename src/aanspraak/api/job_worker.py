"""One job in a process of its own, so that a large file does not make others wait and can be stopped.

    python -m aanspraak.api.job_worker

Reads the order as JSON from standard input, works in the current folder, and writes lines of JSON: how far it is
(`voortgang`, 0 to 100), at the end `uitslag`, or `melding` and `fouten` where the file or the order is wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from aanspraak.api.job_table import counted, join
from aanspraak.api.jobs import Order
from aanspraak.api.sheets import excel_to_csv, write_csv, write_excel
from aanspraak.engine import bulk
from aanspraak.engine.bulk_check import Fault, WrongValues, check
from aanspraak.engine.bulk_run import prepare
from aanspraak.engine.casefile import DataError, open_cases, readable
from aanspraak.engine.law import named_law
from aanspraak.engine.model import UserError
from aanspraak.engine.reader import read_rules
from aanspraak.privacy import without_bsn

T = TypeVar("T")

ROWS = 1_000_000
"""The rows that a file may have; more is for `aanspraak besluit`."""

COLUMNS = 1_000
"""The columns that a file may have: far more than there are concepts, and each takes time before a row is read."""

SHEET_ROWS = 100_000
"""The rows up to which the outcome comes as an Excel file too: writing one takes a second for every 10,000."""

_MEMORY = "2GB"
_HEADING = 1 << 20


def main() -> None:
    """Do what is asked; a user's mistake is told and is no failure of this program."""
    try:
        _say(uitslag=run(json.load(sys.stdin)))
    except UserError as error:
        faults = error.faults if isinstance(error, WrongValues) else []
        _say(melding=without_bsn(str(error)), fouten=[_fault(fault) for fault in faults])


def run(order: Order) -> dict[str, Any]:
    """Decide the file `casussen` into `uitkomst`, both in the current folder. Returns what it came to."""
    base = named_law(read_rules(), order["hervorming"] or "", _day(order["kennisdatum"])).base
    source, target = _readable(Path(f"casussen.{order['formaat']}")), Path("uitkomst.parquet")
    with duckdb.connect() as con:
        con.execute("SET memory_limit = ?", [_MEMORY])
        con.execute("SET temp_directory = '.'")
        if (columns := _columns(con, source)) > COLUMNS:
            raise DataError(
                f"{source}: heeft {columns} kolommen; hier kunnen er {COLUMNS}. Haal weg wat niet nodig is."
            )
        cases = open_cases(con, source)
        with readable(cases):
            day, names = _day(order["peildatum"]), order["besluiten"]
            runs = [prepare(con, base, name, cases, day, date.today()) for name in names]
            if (rows := _watched(con, 0, 30, lambda: check(con, *runs))) > ROWS:
                raise DataError(f"{source}: heeft {rows} rijen; hier kunnen er {ROWS}. Neem `aanspraak besluit`.")
            parts = [(one, Path(f"deel-{number}.parquet")) for number, one in enumerate(runs)]
            for number, (one, part) in enumerate(parts):
                first, last = (30 + 50 * n / len(runs) for n in (number, number + 1))
                _watched(con, first, last, lambda one=one, part=part: bulk.write(con, one, part))  # type: ignore[misc]
        told = [counted(con, one, part) for one, part in parts]
        _watched(con, 80, 90, lambda: join(con, parts, told, target))
        kinds = ["csv", "xlsx", "parquet"] if rows <= SHEET_ROWS else ["csv", "parquet"]
        write_csv(con, target, target.with_suffix(".csv"))
        if "xlsx" in kinds:
            write_excel(con, target, target.with_suffix(".xlsx"))
    for _, part in parts:
        part.unlink()
    peildatum = runs[0].peildatum.isoformat() if runs[0].peildatum else None
    return {"rijen": rows, "peildatum": peildatum, "besluiten": told, "formaten": kinds}


def _readable(source: Path) -> Path:
    if source.suffix != ".xlsx":
        return source
    target = source.with_suffix(".csv")
    excel_to_csv(source, target)
    return target


def _columns(con: duckdb.DuckDBPyConnection, source: Path) -> int:
    """How many columns a file has, without reading it: for CSV the separators in the heading, at most so many."""
    if source.suffix == ".parquet":
        try:
            return int(con.execute("SELECT count(*) - 1 FROM parquet_schema(?)", [str(source)]).fetchall()[0][0])
        except duckdb.Error:
            return 0  # it is no Parquet file, and that is told when it is read
    with source.open("rb") as lines:
        heading = lines.readline(_HEADING)
    return max(heading.count(b";"), heading.count(b",")) + 1


def _watched(con: duckdb.DuckDBPyConnection, first: float, last: float, work: Callable[[], T]) -> T:
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(work)
        while not wait((job,), timeout=0.2).done:
            _say(voortgang=first + (last - first) * max(0.0, con.query_progress()) / 100)
        return job.result()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _fault(fault: Fault) -> dict[str, Any]:
    places = [{"rij": row, "waarde": without_bsn(value)} for row, value in fault.plaatsen]
    return {**asdict(fault), "plaatsen": places}


def _say(**line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
