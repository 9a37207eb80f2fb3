# ruff: noqa: S608 - file names are quoted here and column names are data to the reader
"""One file as it lies there, CSV or Parquet, as SQL that scans it with the number of every row."""

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb

from aanspraak.claims.backends.duckdb import sql_path
from aanspraak.claims.faults import Fault, InputFaults, Place


@dataclass(frozen=True)
class RawFile:
    """A file as it lies there: `scan` is SQL that yields its columns and `rij_`, `types` its column types."""

    file: Path
    scan: str
    types: dict[str, str]


def open_parquet(con: duckdb.DuckDBPyConnection, file: Path) -> RawFile:
    path = sql_path(file)
    described = con.execute(f"DESCRIBE SELECT * FROM read_parquet({path})").fetchall()
    scan = f"SELECT *, file_row_number + 1 AS rij_ FROM read_parquet({path}, file_row_number = true)"
    return RawFile(file, scan, {row[0]: row[1] for row in described})


def open_csv(file: Path) -> RawFile:
    """The columns come from the header line alone: nothing about a file is guessed from its rows."""
    header, delimiter = _header(file)
    if not header:
        raise InputFaults([Fault(file.name, None, "is leeg", "Zet ten minste een kopregel in het bestand.")])
    if repeated := sorted({name for name in header if header.count(name) > 1}):
        problem = f"kolommen komen meer dan eens voor: {', '.join(repeated)}"
        raise InputFaults([Fault(file.name, None, problem, "Geef elke kolom een eigen naam.")])
    columns = "{" + ", ".join(f"{_text(name)}: 'VARCHAR'" for name in header) + "}"
    scan = (
        f"SELECT *, row_number() OVER () AS rij_ FROM read_csv({sql_path(file)}, delim = '{delimiter}',"
        " header = true, quote = '\"', escape = '\"', nullstr = '', auto_detect = false,"
        f" columns = {columns}, ignore_errors = true, store_rejects = true)"
    )
    return RawFile(file, scan, dict.fromkeys(header, "VARCHAR"))


def _header(file: Path) -> tuple[list[str], str]:
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        first = lines.readline()
    delimiter = ";" if ";" in first else ","
    return next(csv.reader([first], delimiter=delimiter), []), delimiter


_REJECTED = {
    "TOO MANY COLUMNS": "heeft regels met te veel velden",
    "MISSING COLUMNS": "heeft regels met te weinig velden",
    "INVALID ENCODING": "heeft regels die geen UTF-8 zijn",
    "UNQUOTED VALUE": "heeft regels met een aanhalingsteken dat niet sluit",
}


def rejected_lines(con: duckdb.DuckDBPyConnection) -> dict[str, list[int]]:
    rows = con.execute("SELECT DISTINCT error_type::VARCHAR, line FROM reject_errors ORDER BY ALL").fetchall()
    found: dict[str, list[int]] = {}
    for kind, line in rows:
        found.setdefault(_REJECTED.get(kind, f"heeft onleesbare regels ({kind})"), []).append(line)
    return found


def at_lines(raw: RawFile, places: list[Place]) -> list[Place]:
    """From DuckDB's count of kept rows to lines in the file, where blank and rejected lines count as well."""
    wanted = {place.row: place.value for place in places}
    _, delimiter = _header(raw.file)
    found, row = [], 0
    with raw.file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        reader = csv.reader(lines, delimiter=delimiter)
        next(reader)
        for fields in reader:
            kept = fields[:-1] if fields[-1:] == [""] and len(fields) > len(raw.types) else fields
            if len(kept) != len(raw.types):
                continue
            row += 1
            if row in wanted:
                found.append(Place(reader.line_num, wanted[row]))
            if row >= max(wanted):
                break
    return found


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
