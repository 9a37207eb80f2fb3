"""A file of cases, CSV or Parquet, opened as a view in DuckDB."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from aanspraak.engine.model import UserError

VIEW = "bron"
"""The view of the file's columns: text for CSV, their own types for Parquet."""

SHOWN = 10
"""How many wrong lines or values a message shows; all are counted."""

_PARQUET = "{}: is niet te lezen als Parquet; lever het bestand opnieuw aan."
_FAULTY_LINES = {
    "TOO MANY COLUMNS": "te veel velden",
    "MISSING COLUMNS": "te weinig velden",
    "INVALID ENCODING": "geen UTF-8",
    "UNQUOTED VALUE": "een aanhalingsteken dat niet sluit",
}


class DataError(UserError):
    """A file of cases cannot be used."""

    code = 5


@dataclass(frozen=True, slots=True)
class CaseFile:
    """`columns`: name → DuckDB type. `delimiter` is None for Parquet."""

    path: Path
    columns: dict[str, str]
    delimiter: str | None


def open_cases(con: duckdb.DuckDBPyConnection, path: Path, view: str = VIEW) -> CaseFile:
    """Open a file as a view. Raises UserError when there is none, DataError when it cannot be read."""
    if path.suffix.lower() not in (".csv", ".parquet"):
        raise UserError(f"{path}: geef een bestand dat eindigt op .csv of .parquet.")
    if not path.is_file():
        raise UserError(f"{path}: {'dit is een map' if path.is_dir() else 'dit bestand is er niet'}; geef een bestand.")
    header, delimiter = _header(path) if path.suffix.lower() == ".csv" else ([], None)
    try:
        relation = _csv(con, path, header, delimiter) if delimiter else con.read_parquet(str(path))
    except duckdb.Error:
        raise DataError(_PARQUET.format(path)) from None
    relation.create_view(view)
    return CaseFile(path, dict(zip(relation.columns, map(str, relation.types), strict=True)), delimiter)


@contextmanager
def readable(cases: CaseFile) -> Iterator[None]:
    """Around work that reads the file: lines that cannot be read become a DataError that names them."""
    try:
        yield
    except duckdb.InvalidInputException as error:
        raise (DataError(_faulty_lines(cases)) if cases.delimiter else error) from None


def _csv(
    con: duckdb.DuckDBPyConnection, path: Path, header: list[str], delimiter: str, *, lenient: bool = False
) -> duckdb.DuckDBPyRelation:
    """Nothing is guessed from the rows: the heading names the columns and all are text."""
    return con.read_csv(
        str(path), header=True, delimiter=delimiter, columns=dict.fromkeys(header, "VARCHAR"), auto_detect=False,
        quotechar='"', escapechar='"', ignore_errors=lenient, store_rejects=lenient,
    )  # fmt: skip


def _header(path: Path) -> tuple[list[str], str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            first = lines.readline()
    except UnicodeDecodeError:
        raise DataError(f"{path}: is geen UTF-8; sla het bestand op als CSV in UTF-8.") from None
    delimiter = ";" if ";" in first else ","
    header = next(csv.reader([first], delimiter=delimiter), [])
    if not header:
        raise DataError(f"{path}: is leeg; zet ten minste een kopregel in het bestand.")
    names = [name.casefold() for name in header]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise DataError(f"{path}: kolom {', '.join(repeated)} staat er meer dan eens; geef elke kolom een eigen naam.")
    return header, delimiter


def _faulty_lines(cases: CaseFile) -> str:
    with duckdb.connect() as con:
        _csv(con, cases.path, list(cases.columns), cases.delimiter or ",", lenient=True).fetchall()
        found = con.execute("SELECT DISTINCT line, error_type::VARCHAR FROM reject_errors ORDER BY ALL").fetchall()
    lines = [f"  regel {line}: {_FAULTY_LINES.get(kind, kind.lower())}" for line, kind in found[:SHOWN]]
    more = [f"  … en nog {len(found) - SHOWN}."] if len(found) > SHOWN else []
    return "\n".join([f"{cases.path}: onleesbare regels: {len(found)}; verbeter ze.", *lines, *more])
