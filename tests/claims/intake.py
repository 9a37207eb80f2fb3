"""Reading in tests: a fixed key and day, and the rows that come out."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from aanspraak.claims.intake import Intake, Options, ingest

KEY = b"sleutel voor de proef, geen geheim"
TODAY = date(2026, 11, 22)
OPTIONS = Options(insurance="basis", asked_on=date(2022, 6, 30), today=TODAY)


def take_in(directory: Path, *contents: bytes, options: Options = OPTIONS, key: bytes = KEY) -> Intake:
    """Write each content to a file and read them all into `directory / "uit"`."""
    files = []
    for place, content in enumerate(contents, start=1):
        files.append(directory / f"bestand{place}")
        files[-1].write_bytes(content)
    return ingest(files, directory / "uit", key, options, lambda _doing, _part: None)


def rows(directory: Path, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    found = duckdb.read_parquet(str(directory / "uit" / f"{table}.parquet"))
    return found.query("t", f"SELECT {columns} FROM t").fetchall()
