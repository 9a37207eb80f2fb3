"""Tables as people keep them: an Excel file as CSV that the engine reads, and a result that a spreadsheet can open."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

import duckdb
import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from sqlglot import exp

from aanspraak.engine.casefile import DataError
from aanspraak.engine.casevalues import fill

UNPACKED = 200_000_000
"""The bytes that an Excel file may unpack to."""

_GUARDED = (
    "CASE WHEN regexp_matches(:cell, '^[=+@\t\r-]') AND TRY_CAST(:cell AS DOUBLE) IS NULL "
    "THEN '''' || :cell ELSE :cell END"
)
"""Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay."""


def excel_to_csv(source: Path, target: Path) -> None:
    """The first sheet as CSV. Raises DataError for what is no Excel file or unpacks to too much."""
    try:
        with zipfile.ZipFile(source) as parts:
            if sum(part.file_size for part in parts.infolist()) > UNPACKED:
                raise DataError(f"{source}: is uitgepakt te groot; sla het op als CSV of Parquet.")
        with source.open("rb") as file, target.open("w", encoding="utf-8", newline="") as lines:
            sheet = openpyxl.load_workbook(file, read_only=True, data_only=True).worksheets[0]
            sheet.reset_dimensions()  # the file says them, and could say anything
            writer = csv.writer(lines, delimiter=";", quoting=csv.QUOTE_ALL)
            writer.writerows(_rows(sheet.iter_rows(values_only=True)))
    except (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, IndexError, ValueError):
        raise DataError(f"{source}: is niet te lezen als Excel-bestand; sla het op als .xlsx of .csv.") from None


def _rows(rows: Iterator[tuple[object, ...]]) -> Iterator[list[str]]:
    """The heading, and the rows under it to the last that holds something, as wide as the heading."""
    header = [re.sub(r"\s+", " ", _text(cell)).strip() for cell in next(rows, ())]
    while header and not header[-1]:
        header.pop()
    yield header
    blank = 0
    for row in rows:
        cells = [_text(cell) for cell in row[: len(header)]]
        if not any(cells):
            blank += 1
            continue
        yield from ([""] * len(header) for _ in range(blank))  # so that a row keeps its number
        yield cells + [""] * (len(header) - len(cells))
        blank = 0


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def write_csv(con: duckdb.DuckDBPyConnection, source: Path, target: Path) -> None:
    """A Parquet file as CSV that Excel opens as it is: `;` between, and a byte order mark first."""
    part = target.with_suffix(".deel")
    con.sql(_safe(con, source)).write_csv(str(part), sep=";", header=True)
    with target.open("wb") as out, part.open("rb") as text:
        out.write(b"\xef\xbb\xbf")
        while chunk := text.read(1 << 20):
            out.write(chunk)
    part.unlink()


def write_excel(con: duckdb.DuckDBPyConnection, source: Path, target: Path) -> None:
    """A Parquet file as an Excel file with one sheet."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("uitkomst")
    con.execute(_safe(con, source))
    sheet.append([column[0] for column in con.description or ()])
    while rows := con.fetchmany(10_000):
        for row in rows:
            sheet.append(row)
    book.save(target)


def _safe(con: duckdb.DuckDBPyConnection, source: Path) -> str:
    """The query for the table with its text guarded."""
    relation = con.read_parquet(str(source))
    cells = (exp.column(name, quoted=True) for name in relation.columns)
    safe = [
        exp.alias_(fill(_GUARDED, cell=cell) if kind == "VARCHAR" else cell, cell.name, quoted=True)
        for cell, kind in zip(cells, map(str, relation.types), strict=True)
    ]
    relation.create_view("uitkomst_parquet")
    return exp.select(*safe).from_("uitkomst_parquet").sql("duckdb")
