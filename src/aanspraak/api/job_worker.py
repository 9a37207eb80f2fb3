"""One job in a process of its own, so that a large file does not make others wait and can be stopped.

    python -m aanspraak.api.job_worker

Reads the task as JSON from standard input, works in the current folder, and writes lines of JSON: how far it is
(`voortgang`, 0 to 100), at the end `uitslag`, or `melding` where the file or the task is wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from aanspraak.api.sheets import excel_to_csv, write_csv, write_excel
from aanspraak.engine import bulk
from aanspraak.engine.bulk_check import check
from aanspraak.engine.bulk_run import prepare
from aanspraak.engine.casefile import DataError, open_cases, readable
from aanspraak.engine.law import named_law
from aanspraak.engine.model import UserError
from aanspraak.engine.reader import read_rules

T = TypeVar("T")

ROWS = 1_000_000
"""The rows that a file may have; more is for `aanspraak besluit`."""

_MEMORY = "2GB"
_WRITERS = {".csv": write_csv, ".xlsx": write_excel}


def main() -> None:
    """Do the task; a user's mistake is told and is no failure of this program."""
    try:
        _say(uitslag=run(json.load(sys.stdin)))
    except UserError as error:
        _say(melding=str(error))


def run(task: dict[str, Any]) -> dict[str, Any]:
    """Decide the file `invoer` into `uitvoer`, both in the current folder. Returns what it came to."""
    base = named_law(read_rules(), task["hervorming"] or "", _day(task["kennisdatum"])).base
    source, target = _readable(Path(task["invoer"])), Path(task["uitvoer"])
    with duckdb.connect() as con:
        con.execute("SET memory_limit = ?", [_MEMORY])
        con.execute("SET temp_directory = '.'")
        cases = open_cases(con, source)
        decided = target.with_suffix(".parquet")
        with readable(cases):
            found = prepare(con, base, task["besluit"], cases, _day(task["peildatum"]), date.today())
            if (rows := _watched(con, 0, 50, lambda: check(con, found))) > ROWS:
                raise DataError(f"{source}: heeft {rows} rijen; hier kunnen er {ROWS}. Neem `aanspraak besluit`.")
            _watched(con, 50, 95, lambda: bulk.write(con, found, decided))
        counts = dict(bulk.counts(con, decided, found.told[0]))
        if target.suffix in _WRITERS:
            _WRITERS[target.suffix](con, decided, target)
            decided.unlink()
    return {
        "rijen": rows,
        "gebruikt": list(found.used),
        "onbekend": list(found.absent),
        "peildatum": found.peildatum.isoformat() if found.peildatum else None,
        "tellingen": counts,
    }


def _readable(source: Path) -> Path:
    if source.suffix != ".xlsx":
        return source
    target = source.with_suffix(".csv")
    excel_to_csv(source, target)
    return target


def _watched(con: duckdb.DuckDBPyConnection, first: float, last: float, work: Callable[[], T]) -> T:
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(work)
        while not wait((job,), timeout=0.2).done:
            _say(voortgang=first + (last - first) * max(0.0, con.query_progress()) / 100)
        return job.result()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _say(**line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
